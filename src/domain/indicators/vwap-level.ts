import type { BarColumns } from '#domain/events/frame';
import { halfWidthOf, hasHeld, stanceAfter, stanceOf, TESTED_FROM_ABOVE } from '#domain/indicators/level-zone';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Whoever knows the VWAP of a symbol; 0 where nothing has traded. */
type Averages = { value(s: number): number };

/**
 * The VWAP of the day as a level, in 1e-4. It moves, so it is frozen anew when a bar has closed and meets the next bar where
 * it then stood; while it is being tested it stands still. Touch, bounce and break are those of `Levels`; a day begins at 0.
 */
export class VwapLevel {
  /** 0 until the first bar of the day has closed. */
  readonly price: Column<Int32Array>;
  readonly halfWidth: Column<Int32Array>;
  readonly touches: Column<Int32Array>;
  readonly bounces: Column<Int32Array>;
  readonly breaks: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #stance: Column<Uint8Array>;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.price = table.int32();
    this.halfWidth = table.int32();
    this.touches = table.int32();
    this.bounces = table.int32();
    this.breaks = table.int32();
    this.#stance = table.uint8();
  }

  startSession(): void {
    for (const { values } of [this.price, this.halfWidth, this.touches, this.bounces, this.breaks]) values.fill(0);
    this.#stance.values.fill(0);
  }

  /** One closed bar for each symbol, with the VWAP and the ATR after it; without an ATR there is no zone. */
  update(bars: BarColumns, vwap: Averages, atr: Column<Float64Array>): void {
    const width = widthIn(this.#table, bars);
    const { high, low, close, volume } = bars;
    const prices = this.price.values;
    const halves = this.halfWidth.values;
    const stances = this.#stance.values;
    const ranges = atr.values;
    for (let s = 0; s < width; s++) {
      const range = ranges[s] as number;
      if ((volume[s] as number) < 0 || range === 0) continue;
      const now = close[s] as number;
      const at = prices[s] as number;
      if (at > 0) {
        const from = stances[s] as number;
        const to = stanceAfter(from, at, halves[s] as number, high[s] as number, low[s] as number, now);
        if (to !== from) this.#count(s, from, to);
        stances[s] = to;
        if (to >= TESTED_FROM_ABOVE) continue;
      }
      const mean = Math.round(vwap.value(s));
      if (mean === 0) continue;
      const half = halfWidthOf(range);
      prices[s] = mean;
      halves[s] = half;
      stances[s] = stanceOf(now, mean, half);
    }
  }

  #count(s: number, from: number, to: number): void {
    if (to >= TESTED_FROM_ABOVE) this.touches.values[s] = (this.touches.values[s] as number) + 1;
    else if (from >= TESTED_FROM_ABOVE) {
      const tally = hasHeld(from, to) ? this.bounces.values : this.breaks.values;
      tally[s] = (tally[s] as number) + 1;
    }
  }
}
