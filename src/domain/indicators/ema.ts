import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Exponential moving average of the close, in 1e-4; begins as TA-Lib does, with the mean of the first `period` closes. */
export class Ema {
  /** 0 until there are `period` bars. */
  readonly value: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  readonly #seed: Column<Float64Array>;

  constructor(table: SymbolColumns, period: number) {
    this.#table = table;
    this.#period = period;
    this.value = table.float64();
    this.count = table.int32();
    this.#seed = table.float64();
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) >= this.#period;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const period = this.#period;
    const weight = 2 / (period + 1);
    const { close, volume } = bars;
    const value = this.value.values;
    const count = this.count.values;
    const seed = this.#seed.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const now = close[s] as number;
      const seen = (count[s] as number) + 1;
      count[s] = seen;
      // From the first bar on, as in `Sma`.
      const before = value[s] as number;
      const next = before + weight * (now - before);
      const total = (seed[s] as number) + (seen > period ? 0 : now);
      seed[s] = total;
      const mean = total / period;
      value[s] = seen > period ? next : seen === period ? mean : 0;
    }
  }
}
