import type { BarColumns, PriceArray } from '#domain/events/frame';
import { SlidingMean } from '#domain/indicators/sliding-mean';
import { TrueRange } from '#domain/indicators/true-range';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Plain mean of the last `period` true ranges, in 1e-4, in the place of Wilder's fading one; first on bar `period` + 1. */
export class MeanTrueRange {
  readonly value: Column<Float64Array>;
  readonly #period: number;
  readonly #range: TrueRange;
  readonly #mean: SlidingMean;

  constructor(table: SymbolColumns, period = 14) {
    this.#period = period;
    this.#range = new TrueRange(table);
    this.#mean = new SlidingMean(table, period);
    this.value = this.#mean.value;
  }

  ready(s: number): boolean {
    return (this.#range.count.values[s] as number) > this.#period;
  }

  update(bars: BarColumns<PriceArray>): void {
    this.#range.update(bars);
    this.#mean.update(bars, this.#range.value.values);
  }
}
