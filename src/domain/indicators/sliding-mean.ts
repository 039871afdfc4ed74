import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * Mean of the last `period` numbers of a column, such as those of another indicator. In the blocks of `Donchian`: floats
 * that are added and later taken away again would leave something behind each time; here nothing is ever taken away.
 */
export class SlidingMean {
  /** Of fewer numbers than `period` it means nothing; whoever asks knows how many there were. */
  readonly value: Column<Float64Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  readonly #cells: Column<Float64Array>;
  readonly #sum: Column<Float64Array>;
  readonly #cursor: Column<Int32Array>;

  constructor(table: SymbolColumns, period: number) {
    this.#table = table;
    this.#period = period;
    this.value = table.float64();
    this.#cells = table.float64(period);
    this.#sum = table.float64();
    this.#cursor = table.int32();
  }

  /** Takes a number of each symbol that has a bar. */
  update(bars: BarColumns<PriceArray>, of: Float64Array): void {
    const width = widthIn(this.#table, bars);
    const capacity = this.#table.capacity;
    const period = this.#period;
    const { volume } = bars;
    const value = this.value.values;
    const cells = this.#cells.values;
    const sums = this.#sum.values;
    const cursor = this.#cursor.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const at = cursor[s] as number;
      const cell = at * capacity + s;
      const now = of[s] as number;
      const sum = at === 0 ? now : (sums[s] as number) + now;
      sums[s] = sum;
      cells[cell] = now;
      const full = at + 1 === period;
      const rest = full ? 0 : (cells[cell + capacity] as number);
      cursor[s] = full ? 0 : at + 1;
      if (full) this.#turn(s);
      value[s] = (sum + rest) / period;
    }
  }

  /** The sums from each cell to the end of the block. */
  #turn(s: number): void {
    const capacity = this.#table.capacity;
    const cells = this.#cells.values;
    for (let cell = (this.#period - 2) * capacity + s; cell >= 0; cell -= capacity) {
      cells[cell] = (cells[cell] as number) + (cells[cell + capacity] as number);
    }
  }
}
