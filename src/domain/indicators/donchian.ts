import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * Donchian channel, in 1e-4: the highest high and the lowest low of `period` bars, the current one among them, as in MAX of
 * the highs and MIN of the lows of TA-Lib. First on bar `period`.
 *
 * Bars are taken in blocks of `period`. A window is the end of one block and the beginning of the next: the extremes of
 * the beginning are kept as it grows, those of every possible end are made in one pass when a block is full. That is two
 * comparisons a bar however long the window is, and nothing that depends on the prices.
 */
export class Donchian {
  /** The middle between the two; 0, as they are, until there are `period` bars. */
  readonly value: Column<Float64Array>;
  readonly upper: Column<Float64Array>;
  readonly lower: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  /** The bars of this block up to the cursor; after it the extremes from each cell to the end of the block before. */
  readonly #highs: Column<PriceArray>;
  readonly #lows: Column<PriceArray>;
  /** Extremes of this block so far. */
  readonly #top: Column<PriceArray>;
  readonly #bottom: Column<PriceArray>;
  readonly #cursor: Column<Int32Array>;

  constructor(table: SymbolColumns, period = 20) {
    this.#table = table;
    this.#period = period;
    this.value = table.float64();
    this.upper = table.float64();
    this.lower = table.float64();
    this.count = table.int32();
    this.#highs = table.prices(period);
    this.#lows = table.prices(period);
    this.#top = table.prices();
    this.#bottom = table.prices();
    this.#cursor = table.int32();
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) >= this.#period;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const capacity = this.#table.capacity;
    const period = this.#period;
    const wide = this.#table.wide;
    const { high, low, volume } = bars;
    const value = this.value.values;
    const upper = this.upper.values;
    const lower = this.lower.values;
    const count = this.count.values;
    const highs = this.#highs.values;
    const lows = this.#lows.values;
    const tops = this.#top.values;
    const bottoms = this.#bottom.values;
    const cursor = this.#cursor.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const seen = (count[s] as number) + 1;
      count[s] = seen;
      const at = cursor[s] as number;
      const cell = at * capacity + s;
      const up = high[s] as number;
      const down = low[s] as number;
      const topBefore = at === 0 ? up : (tops[s] as number);
      const bottomBefore = at === 0 ? down : (bottoms[s] as number);
      // Which of two is the greater cannot be foreseen: a mask is faster than a branch, where the difference has 32 bits.
      const rise = up - topBefore;
      const fall = down - bottomBefore;
      const top = wide ? Math.max(up, topBefore) : topBefore + (rise & ~(rise >> 31));
      const bottom = wide ? Math.min(down, bottomBefore) : bottomBefore + (fall & (fall >> 31));
      tops[s] = top;
      bottoms[s] = bottom;
      highs[cell] = up;
      lows[cell] = down;
      // When the block is full nothing is left of the one before, and the cell just written changes no extreme.
      const full = at + 1 === period;
      const rest = full ? cell : cell + capacity;
      const over = (highs[rest] as number) - top;
      const under = (lows[rest] as number) - bottom;
      const highest = wide ? Math.max(highs[rest] as number, top) : top + (over & ~(over >> 31));
      const lowest = wide ? Math.min(lows[rest] as number, bottom) : bottom + (under & (under >> 31));
      cursor[s] = full ? 0 : at + 1;
      if (full) this.#turn(s);
      // From the first bar on, as in `Sma`.
      const middle = (highest + lowest) / 2;
      value[s] = seen < period ? 0 : middle;
      upper[s] = seen < period ? 0 : highest;
      lower[s] = seen < period ? 0 : lowest;
    }
  }

  /** The extremes from each cell to the end of the block. */
  #turn(s: number): void {
    const capacity = this.#table.capacity;
    const highs = this.#highs.values;
    const lows = this.#lows.values;
    for (let cell = (this.#period - 2) * capacity + s; cell >= 0; cell -= capacity) {
      highs[cell] = Math.max(highs[cell] as number, highs[cell + capacity] as number);
      lows[cell] = Math.min(lows[cell] as number, lows[cell + capacity] as number);
    }
  }
}
