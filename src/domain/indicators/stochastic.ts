import type { BarColumns, PriceArray } from '#domain/events/frame';
import { Donchian } from '#domain/indicators/donchian';
import { SlidingMean } from '#domain/indicators/sliding-mean';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * Slow stochastic oscillator, 0 to 100: where the close lies between the lowest low and the highest high of `period` bars,
 * smoothed by a simple mean of `smooth` (%K) and that once more of `signal` (%D). As in STOCH of TA-Lib with simple means:
 * both are first there on bar `period` + `smooth` + `signal` − 2, and a window without any range gives 0.
 */
export class Stochastic {
  /** Slow %K; 0, as the signal is, until both are there. */
  readonly value: Column<Float64Array>;
  /** Slow %D. */
  readonly signal: Column<Float64Array>;
  readonly #table: SymbolColumns;
  readonly #warm: number;
  readonly #range: Donchian;
  readonly #raw: Column<Float64Array>;
  readonly #slow: SlidingMean;
  readonly #slower: SlidingMean;

  constructor(table: SymbolColumns, period = 14, smooth = 3, signal = 3) {
    this.#table = table;
    this.#warm = period + smooth + signal - 2;
    this.#range = new Donchian(table, period);
    this.#raw = table.float64();
    this.#slow = new SlidingMean(table, smooth);
    this.#slower = new SlidingMean(table, signal);
    this.value = table.float64();
    this.signal = table.float64();
  }

  /** Bars seen. */
  get count(): Column<Int32Array> {
    return this.#range.count;
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) >= this.#warm;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const warm = this.#warm;
    const { close, volume } = bars;
    this.#range.update(bars);
    const upper = this.#range.upper.values;
    const lower = this.#range.lower.values;
    const count = this.#range.count.values;
    const raw = this.#raw.values;
    // Before the window is full this is nonsense, and has left both means when they are first told.
    for (let s = 0; s < width; s++) {
      const bottom = lower[s] as number;
      const range = (upper[s] as number) - bottom;
      raw[s] = range === 0 ? 0 : (100 * ((close[s] as number) - bottom)) / range;
    }
    this.#slow.update(bars, raw);
    this.#slower.update(bars, this.#slow.value.values);
    const value = this.value.values;
    const signal = this.signal.values;
    const slow = this.#slow.value.values;
    const slower = this.#slower.value.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const ready = (count[s] as number) >= warm;
      value[s] = ready ? (slow[s] as number) : 0;
      signal[s] = ready ? (slower[s] as number) : 0;
    }
  }
}
