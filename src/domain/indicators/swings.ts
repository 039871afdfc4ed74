import type { BarColumns } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * What is remembered of the two bars before, as bits. BEFORE: the last bar is beyond the two bars before it.
 * NEARLY: the bar before last was that, and the last one did not pass it: one more like this, and it is a swing.
 */
const LOW_BEFORE = 1;
const LOW_NEARLY = 2;
const HIGH_BEFORE = 4;
const HIGH_NEARLY = 8;

/**
 * Swing points: a low below the two lows on either side of it, and a high mirrored; equals make none. A swing is known two
 * bars after it happened. Instead of five bars only the last two are kept, with what the ones before them have shown.
 * Comparisons are made by the sign bit of a difference: no processor can foresee them, and a missed branch costs more.
 */
export class Swings {
  /** The swing low that the last bar confirmed, in 1e-4, or 0. */
  readonly low: Column<Int32Array>;
  readonly high: Column<Int32Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #lows: readonly [last: Column<Int32Array>, beforeLast: Column<Int32Array>];
  readonly #highs: readonly [last: Column<Int32Array>, beforeLast: Column<Int32Array>];
  readonly #shown: Column<Uint8Array>;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.low = table.int32();
    this.high = table.int32();
    this.count = table.int32();
    this.#lows = [table.int32(), table.int32()];
    this.#highs = [table.int32(), table.int32()];
    this.#shown = table.uint8();
  }

  update(bars: BarColumns): void {
    const width = widthIn(this.#table, bars);
    const { high, low, volume } = bars;
    const swingLow = this.low.values;
    const swingHigh = this.high.values;
    const count = this.count.values;
    const low1 = this.#lows[0].values;
    const low2 = this.#lows[1].values;
    const high1 = this.#highs[0].values;
    const high2 = this.#highs[1].values;
    const shown = this.#shown.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const bottom = low[s] as number;
      const top = high[s] as number;
      const bottom1 = low1[s] as number;
      const top1 = high1[s] as number;
      const bottom2 = low2[s] as number;
      const top2 = high2[s] as number;
      const before = shown[s] as number;
      count[s] = (count[s] as number) + 1;
      low2[s] = bottom1;
      high2[s] = top1;
      low1[s] = bottom;
      high1[s] = top;
      swingLow[s] = (before & LOW_NEARLY) !== 0 ? bottom2 & ((bottom2 - bottom) >> 31) : 0;
      swingHigh[s] = (before & HIGH_NEARLY) !== 0 ? top2 & ((top - top2) >> 31) : 0;
      const lowNearly = ((before & LOW_BEFORE) << 1) & ((bottom1 - bottom) >> 31);
      const highNearly = ((before & HIGH_BEFORE) << 1) & ((top - top1) >> 31);
      const lowBefore = LOW_BEFORE & (((bottom - bottom1) & (bottom - bottom2)) >> 31);
      // A bar that has not been yet is 0, which no high may be said to exceed; `-top2` has its sign bit set only when it has.
      const highBefore = HIGH_BEFORE & (((top1 - top) & (top2 - top) & -top2) >> 31);
      shown[s] = lowNearly | highNearly | lowBefore | highBefore;
    }
  }
}
