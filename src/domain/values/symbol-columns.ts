/** A typed array over all symbols, perhaps in several rows; `values` is replaced when the table widens. */
export type Column<Values extends Numbers> = { values: Values };
export type Numbers = Int32Array | Float64Array | Uint8Array;

/** What takes part in the hash of a session. */
export type StateSink = {
  numbers(values: Numbers): void;
  text(value: string): void;
};

type Registered = { readonly column: Column<Numbers>; readonly rows: number; readonly hashed: boolean; readonly bySymbol: boolean };

/**
 * The state of a service: columns of typed arrays over all symbols, row-major, `rows` × `capacity`.
 * A cell of row r and symbol s is `values[r * table.capacity + s]`. Kernels take `values` and `capacity` into locals
 * before their loop. A window of each symbol lies the other way round. When a session lists more symbols than fit, `ensure` widens every column and keeps its contents.
 */
export class SymbolColumns {
  capacity: number;
  count = 0;
  /** Whether prices and volumes are whole numbers in floats, because those of a foreign file may not fit 32 bits. */
  readonly wide: boolean;
  readonly #columns: Registered[] = [];

  /** Without a capacity the first session decides it, and nothing is allocated twice. */
  constructor(capacity = 0, wide = false) {
    this.capacity = capacity;
    this.wide = wide;
  }

  int32(rows = 1, hashed = true): Column<Int32Array> {
    return this.#register({ values: new Int32Array(rows * this.capacity) }, rows, hashed);
  }

  float64(rows = 1, hashed = true): Column<Float64Array> {
    return this.#register({ values: new Float64Array(rows * this.capacity) }, rows, hashed);
  }

  /** Prices or volumes as the bars have them. */
  prices(rows = 1, hashed = true): Column<Int32Array | Float64Array> {
    return this.wide ? this.float64(rows, hashed) : this.int32(rows, hashed);
  }

  uint8(rows = 1, hashed = true): Column<Uint8Array> {
    return this.#register({ values: new Uint8Array(rows * this.capacity) }, rows, hashed);
  }

  /**
   * `cells` prices of each symbol side by side: cell i of symbol s is `values[s * cells + i]`. For windows in which each
   * symbol is somewhere else, since it lacked other bars: the next bar then finds its cells in the cache.
   */
  priceWindow(cells: number, hashed = true): Column<Int32Array | Float64Array> {
    return this.wide ? this.window(cells, hashed) : this.int32Window(cells, hashed);
  }

  window(cells: number, hashed = true): Column<Float64Array> {
    return this.#register({ values: new Float64Array(cells * this.capacity) }, cells, hashed, true);
  }

  int32Window(cells: number, hashed = true): Column<Int32Array> {
    return this.#register({ values: new Int32Array(cells * this.capacity) }, cells, hashed, true);
  }

  uint8Window(cells: number, hashed = true): Column<Uint8Array> {
    return this.#register({ values: new Uint8Array(cells * this.capacity) }, cells, hashed, true);
  }

  /** Room for `count` symbols. New cells are zero. */
  ensure(count: number): void {
    if (count > this.count) this.count = count;
    if (count <= this.capacity) return;
    const wider = roomFor(Math.max(count, this.capacity + (this.capacity >> 1)));
    for (const { column, rows, bySymbol } of this.#columns) {
      // Windows lie one after the other, so all of them are one row.
      column.values = bySymbol
        ? widened(column.values, 1, this.capacity * rows, wider * rows)
        : widened(column.values, rows, this.capacity, wider);
    }
    this.capacity = wider;
  }

  /** A symbol starts anew, as if it had never been seen: after a split its past is of another scale. */
  forget(symbol: number): void {
    for (const { column, rows, bySymbol } of this.#columns) {
      if (bySymbol) column.values.fill(0, symbol * rows, (symbol + 1) * rows);
      else for (let row = 0; row < rows; row++) column.values[row * this.capacity + symbol] = 0;
    }
  }

  /** Every hashed cell of the symbols in use, row by row, so that the hash does not depend on the capacity. */
  hashInto(sink: StateSink): void {
    for (const { column, rows, hashed, bySymbol } of this.#columns) {
      if (!hashed) continue;
      if (bySymbol) {
        sink.numbers(column.values.subarray(0, rows * this.count));
        continue;
      }
      for (let row = 0; row < rows; row++) {
        const from = row * this.capacity;
        sink.numbers(column.values.subarray(from, from + this.count));
      }
    }
  }

  #register<Values extends Numbers>(column: Column<Values>, rows: number, hashed: boolean, bySymbol = false): Column<Values> {
    this.#columns.push({ column: column as Column<Numbers>, rows, hashed, bySymbol });
    return column;
  }
}

/** A multiple of eight, but of no higher power of two: rows that far apart would share the same few lines of the cache. */
function roomFor(count: number): number {
  const room = Math.ceil(count / 8) * 8;
  return room % 16 === 0 ? room + 8 : room;
}

function widened(values: Numbers, rows: number, from: number, to: number): Numbers {
  const Kind = values.constructor as new (length: number) => Numbers;
  const wide = new Kind(rows * to);
  for (let row = 0; row < rows; row++) wide.set(values.subarray(row * from, (row + 1) * from), row * to);
  return wide;
}
