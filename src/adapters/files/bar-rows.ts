import { type Ticker, ticker } from '#domain/values/symbol';

/** Ints of one row between the parser and the grid: where it belongs, what it says, where it was read. */
export const ROW_INTS = 10;
export const ROW_DAY = 0;
export const ROW_SYMBOL = 1;
/** Local minute of the day; 0 in daily bars. */
export const ROW_MINUTE = 2;
export const ROW_OPEN = 3;
export const ROW_HIGH = 4;
export const ROW_LOW = 5;
export const ROW_CLOSE = 6;
export const ROW_VOLUME = 7;
export const ROW_FILE = 8;
export const ROW_LINE = 9;

/** Rows one after another in one growing array, because a bar of ten integers in ten arrays costs ten growths. */
export class BarRows {
  values: Int32Array;
  count = 0;

  constructor(rows = 256) {
    this.values = new Int32Array(rows * ROW_INTS);
  }

  /** Copies rows `from` to `to` (exclusive) of another array of rows. */
  append(values: Int32Array, from: number, to: number): void {
    const needed = (this.count + to - from) * ROW_INTS;
    if (needed > this.values.length) this.#grow(needed);
    this.values.set(values.subarray(from * ROW_INTS, to * ROW_INTS), this.count * ROW_INTS);
    this.count += to - from;
  }

  #grow(needed: number): void {
    let size = Math.max(this.values.length, ROW_INTS);
    while (size < needed) size *= 2;
    const wider = new Int32Array(size);
    wider.set(this.values.subarray(0, this.count * ROW_INTS));
    this.values = wider;
  }
}

/** Tickers as small integers in order of first reading, however their class is written (D11). */
export class TickerTable {
  readonly names: Ticker[] = [];
  readonly #byText = new Map<string, number>();

  indexOf(text: string): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const name = ticker(text);
    const index = this.#byText.get(name) ?? this.names.push(name) - 1;
    this.#byText.set(name, index).set(text, index);
    return index;
  }
}
