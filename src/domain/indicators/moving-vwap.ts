import type { BarColumns, PriceArray } from '#domain/events/frame';
import { SlidingMean } from '#domain/indicators/sliding-mean';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * Volume-weighted average of the typical price (high + low + close) / 3 over `period` bars, in 1e-4, or of all four prices.
 * TA-Lib has none; first on bar `period`, as its moving averages. A window in which no share traded leaves it as it was.
 */
export class MovingVwap {
  /** 0 until there are `period` bars. */
  readonly value: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  readonly #prices: 3 | 4;
  readonly #traded: Column<Float64Array>;
  readonly #weighted: Column<Float64Array>;
  readonly #meanTraded: SlidingMean;
  readonly #meanWeighted: SlidingMean;

  constructor(table: SymbolColumns, period = 20, ofAllFour = false) {
    this.#table = table;
    this.#period = period;
    this.#prices = ofAllFour ? 4 : 3;
    this.value = table.float64();
    this.count = table.int32();
    this.#traded = table.float64();
    this.#weighted = table.float64();
    this.#meanTraded = new SlidingMean(table, period);
    this.#meanWeighted = new SlidingMean(table, period);
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) >= this.#period;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const period = this.#period;
    const { open, high, low, close, volume } = bars;
    const prices = this.#prices;
    const traded = this.#traded.values;
    const weighted = this.#weighted.values;
    for (let s = 0; s < width; s++) {
      const shares = volume[s] as number;
      traded[s] = shares;
      const sum = (high[s] as number) + (low[s] as number) + (close[s] as number) + (prices === 4 ? (open[s] as number) : 0);
      weighted[s] = sum * shares;
    }
    this.#meanTraded.update(bars, traded);
    this.#meanWeighted.update(bars, weighted);
    const value = this.value.values;
    const count = this.count.values;
    const shares = this.#meanTraded.value.values;
    const money = this.#meanWeighted.value.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const seen = (count[s] as number) + 1;
      count[s] = seen;
      const many = shares[s] as number;
      const average = many > 0 ? (money[s] as number) / (prices * many) : (value[s] as number);
      value[s] = seen < period ? 0 : average;
    }
  }
}
