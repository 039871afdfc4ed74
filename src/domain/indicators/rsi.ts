import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Neither strong nor weak: what a tape that has not moved at all is given. */
const FLAT = 50;

/**
 * Relative strength index of Wilder, 0 to 100; begins as TA-Lib does, with the means of the first `period` changes.
 * Of a tape without any change TA-Lib says 0 and others 100; either would read as a signal, so it is 50 here.
 */
export class Rsi {
  /** 0 until there are `period` + 1 bars. */
  readonly value: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  readonly #before: Column<PriceArray>;
  readonly #gain: Column<Float64Array>;
  readonly #loss: Column<Float64Array>;

  constructor(table: SymbolColumns, period = 14) {
    this.#table = table;
    this.#period = period;
    this.value = table.float64();
    this.count = table.int32();
    this.#before = table.prices();
    this.#gain = table.float64();
    this.#loss = table.float64();
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) > this.#period;
  }

  update(bars: BarColumns<PriceArray>): void {
    if (this.#table.wide) return this.#updateWide(bars);
    const width = widthIn(this.#table, bars);
    const period = this.#period;
    const keep = (period - 1) / period;
    const share = 1 / period;
    const { close, volume } = bars;
    const value = this.value.values;
    const count = this.count.values;
    const before = this.#before.values;
    const gain = this.#gain.values;
    const loss = this.#loss.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const now = close[s] as number;
      const seen = count[s] as number;
      const change = seen === 0 ? 0 : now - (before[s] as number);
      before[s] = now;
      count[s] = seen + 1;
      // The first changes are averaged plainly: each adds its share and nothing fades.
      const fade = seen > period ? keep : 1;
      // The sign of a change cannot be foreseen: a mask is several times faster than a branch.
      const rise = change & ~(change >> 31);
      const up = (gain[s] as number) * fade + rise * share;
      const down = (loss[s] as number) * fade + (rise - change) * share;
      gain[s] = up;
      loss[s] = down;
      const moved = up + down;
      // From the first bar on, as in `Sma`.
      const index = moved === 0 ? FLAT : (100 * up) / moved;
      value[s] = seen < period ? 0 : index;
    }
  }

  /** The same where a change need not fit 32 bits and has no bits to mask. */
  #updateWide(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const period = this.#period;
    const keep = (period - 1) / period;
    const share = 1 / period;
    for (let s = 0; s < width; s++) {
      if ((bars.volume[s] as number) < 0) continue;
      const now = bars.close[s] as number;
      const seen = this.count.values[s] as number;
      const change = seen === 0 ? 0 : now - (this.#before.values[s] as number);
      this.#before.values[s] = now;
      this.count.values[s] = seen + 1;
      const fade = seen > period ? keep : 1;
      const rise = change > 0 ? change : 0;
      const up = (this.#gain.values[s] as number) * fade + rise * share;
      const down = (this.#loss.values[s] as number) * fade + (rise - change) * share;
      this.#gain.values[s] = up;
      this.#loss.values[s] = down;
      const moved = up + down;
      this.value.values[s] = seen < period ? 0 : moved === 0 ? FLAT : (100 * up) / moved;
    }
  }
}
