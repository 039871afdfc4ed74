import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * Average true range of Wilder, in 1e-4; begins as TA-Lib does, with the mean of the true ranges of bars 1 to `period`.
 * Bar 0 has none, for it has no close before it.
 */
export class Atr {
  /** 0 until there are `period` + 1 bars. */
  readonly value: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  readonly #before: Column<PriceArray>;
  readonly #seed: Column<Float64Array>;

  constructor(table: SymbolColumns, period = 14) {
    this.#table = table;
    this.#period = period;
    this.value = table.float64();
    this.count = table.int32();
    this.#before = table.prices();
    this.#seed = table.float64();
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) > this.#period;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const period = this.#period;
    const { high, low, close, volume } = bars;
    const value = this.value.values;
    const count = this.count.values;
    const before = this.#before.values;
    const seed = this.#seed.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const last = before[s] as number;
      const seen = count[s] as number;
      const top = high[s] as number;
      const bottom = low[s] as number;
      before[s] = close[s] as number;
      count[s] = seen + 1;
      if (seen === 0) continue;
      const range = (top > last ? top : last) - (bottom < last ? bottom : last);
      if (seen > period) {
        value[s] = ((value[s] as number) * (period - 1) + range) / period;
        continue;
      }
      const total = (seed[s] as number) + range;
      seed[s] = total;
      if (seen === period) value[s] = total / period;
    }
  }
}
