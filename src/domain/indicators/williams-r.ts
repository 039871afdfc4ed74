import type { BarColumns, PriceArray } from '#domain/events/frame';
import { Donchian } from '#domain/indicators/donchian';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * Williams %R, −100 to 0: how far the close lies below the highest high of `period` bars, in parts of their range. As in
 * WILLR of TA-Lib, first on bar `period`; a window without any range gives 0.
 */
export class WilliamsR {
  /** 0 until there are `period` bars. */
  readonly value: Column<Float64Array>;
  readonly #table: SymbolColumns;
  readonly #range: Donchian;

  constructor(table: SymbolColumns, period = 14) {
    this.#table = table;
    this.#range = new Donchian(table, period);
    this.value = table.float64();
  }

  ready(s: number): boolean {
    return this.#range.ready(s);
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const { close, volume } = bars;
    this.#range.update(bars);
    const upper = this.#range.upper.values;
    const lower = this.#range.lower.values;
    const value = this.value.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const top = upper[s] as number;
      const range = top - (lower[s] as number);
      const below = top - (close[s] as number);
      // No range before the window is full, and no negative zero in what is hashed.
      value[s] = range === 0 || below === 0 ? 0 : (-100 * below) / range;
    }
  }
}
