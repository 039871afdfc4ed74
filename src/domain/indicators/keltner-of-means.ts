import type { BarColumns, PriceArray } from '#domain/events/frame';
import { MeanTrueRange } from '#domain/indicators/mean-true-range';
import { SlidingMean } from '#domain/indicators/sliding-mean';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * The older Keltner channel, in 1e-4: a plain mean of the typical price (high + low + close) / 3 and `factor` plain means of
 * the true range to either side, over `rangePeriod` bars. TA-Lib has none; first when both means are there.
 */
export class KeltnerOfMeans {
  /** The middle; 0, as the others are, until both means are there. */
  readonly value: Column<Float64Array>;
  readonly upper: Column<Float64Array>;
  readonly lower: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #factor: number;
  readonly #warm: number;
  readonly #typical: Column<Float64Array>;
  readonly #middle: SlidingMean;
  readonly #range: MeanTrueRange;

  constructor(table: SymbolColumns, period = 20, factor = 2, rangePeriod = 10) {
    this.#table = table;
    this.#factor = factor;
    this.#warm = Math.max(period, rangePeriod + 1);
    this.value = table.float64();
    this.upper = table.float64();
    this.lower = table.float64();
    this.count = table.int32();
    this.#typical = table.float64();
    this.#middle = new SlidingMean(table, period);
    this.#range = new MeanTrueRange(table, rangePeriod);
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) >= this.#warm;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const { high, low, close, volume } = bars;
    const typical = this.#typical.values;
    for (let s = 0; s < width; s++) typical[s] = (high[s] as number) + (low[s] as number) + (close[s] as number);
    this.#middle.update(bars, typical);
    this.#range.update(bars);
    const middles = this.#middle.value.values;
    const ranges = this.#range.value.values;
    const count = this.count.values;
    const value = this.value.values;
    const upper = this.upper.values;
    const lower = this.lower.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const seen = (count[s] as number) + 1;
      count[s] = seen;
      const middle = (middles[s] as number) / 3;
      const reach = this.#factor * (ranges[s] as number);
      value[s] = seen < this.#warm ? 0 : middle;
      upper[s] = seen < this.#warm ? 0 : middle + reach;
      lower[s] = seen < this.#warm ? 0 : middle - reach;
    }
  }
}
