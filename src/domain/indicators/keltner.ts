import type { BarColumns, PriceArray } from '#domain/events/frame';
import { Atr } from '#domain/indicators/atr';
import { Ema } from '#domain/indicators/ema';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * Keltner channel, in 1e-4: an exponential average of the close and `factor` average true ranges of Wilder to either side,
 * over `rangePeriod` bars. TA-Lib has none; this is the form of Linda Raschke, from the parts as TA-Lib begins them: first
 * on the bar on which both are there.
 */
export class Keltner {
  /** The middle; 0, as the others are, until the average and the range are both there. */
  readonly value: Column<Float64Array>;
  readonly upper: Column<Float64Array>;
  readonly lower: Column<Float64Array>;
  readonly #table: SymbolColumns;
  readonly #factor: number;
  readonly #warm: number;
  readonly #average: Ema;
  readonly #range: Atr;

  constructor(table: SymbolColumns, period = 20, factor = 2, rangePeriod = 10) {
    this.#table = table;
    this.#factor = factor;
    this.#warm = Math.max(period, rangePeriod + 1);
    this.#average = new Ema(table, period);
    this.#range = new Atr(table, rangePeriod);
    this.value = table.float64();
    this.upper = table.float64();
    this.lower = table.float64();
  }

  /** Bars seen. */
  get count(): Column<Int32Array> {
    return this.#average.count;
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) >= this.#warm;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const warm = this.#warm;
    const factor = this.#factor;
    const { volume } = bars;
    this.#average.update(bars);
    this.#range.update(bars);
    const average = this.#average.value.values;
    const range = this.#range.value.values;
    const count = this.count.values;
    const value = this.value.values;
    const upper = this.upper.values;
    const lower = this.lower.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const ready = (count[s] as number) >= warm;
      const middle = average[s] as number;
      const reach = factor * (range[s] as number);
      const above = middle + reach;
      const below = middle - reach;
      value[s] = ready ? middle : 0;
      upper[s] = ready ? above : 0;
      lower[s] = ready ? below : 0;
    }
  }
}
