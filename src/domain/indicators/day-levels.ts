import type { BarColumns, Frame } from '#domain/events/frame';
import type { LevelSource } from '#domain/indicators/level-source';
import { PremarketRange } from '#domain/indicators/premarket-range';
import { roundNumbersAround } from '#domain/indicators/round-numbers';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Whoever keeps levels that stand for a day. */
type FixesLevels = { fix(s: number, price: number, source: LevelSource, range: number): void };
/** The VWAP of the session that ends, and where its volume traded; all 0 where nothing has. */
type SessionProfile = {
  vwap(s: number): number;
  pointOfControl(s: number): number;
  valueAreaHigh(s: number): number;
  valueAreaLow(s: number): number;
};

/**
 * The levels that a day has before its first regular trade. Those of the session before are known when that ends: high, low
 * and close, closing VWAP, point of control and value area. Those of the morning are known at the open: pre-market high and
 * low, and the round numbers around the last price. No bar of the day moves any of them.
 */
export class DayLevels {
  readonly #table: SymbolColumns;
  readonly #levels: FixesLevels;
  readonly #premarket: PremarketRange;
  /** The last regular close. */
  readonly #close: Column<Int32Array>;

  constructor(table: SymbolColumns, levels: FixesLevels) {
    this.#table = table;
    this.#levels = levels;
    this.#premarket = new PremarketRange(table);
    this.#close = table.int32();
  }

  startSession(openMinute: number): void {
    this.#premarket.startSession(openMinute);
  }

  /** Minutes before the open; others change nothing. */
  update(frame: Frame): void {
    this.#premarket.update(frame);
  }

  /** The market opens: what the morning has shown is fixed, at the latest before the first bar that could meet it has closed. */
  open(atr: Column<Float64Array>): void {
    const { high, low, last } = this.#premarket;
    for (let s = 0; s < this.#table.count; s++) {
      const range = atr.values[s] as number;
      const early = last.values[s] as number;
      if (early > 0) {
        this.#levels.fix(s, high.values[s] as number, 'premarket_high', range);
        this.#levels.fix(s, low.values[s] as number, 'premarket_low', range);
      }
      const price = early > 0 ? early : (this.#close.values[s] as number);
      for (const round of roundNumbersAround(price)) this.#levels.fix(s, round, 'round_number', range);
    }
  }

  /** A session is over; `day` is its bar. A name without a bar gets no new levels. */
  endSession(day: BarColumns, profile: SessionProfile, atr: Column<Float64Array>): void {
    for (let s = 0; s < day.width; s++) {
      if ((day.volume[s] as number) < 0) continue;
      const range = atr.values[s] as number;
      const fix = (price: number, source: LevelSource): void => {
        if (price > 0) this.#levels.fix(s, Math.round(price), source, range);
      };
      const close = day.close[s] as number;
      this.#close.values[s] = close;
      fix(day.high[s] as number, 'prior_high');
      fix(day.low[s] as number, 'prior_low');
      fix(close, 'prior_close');
      fix(profile.pointOfControl(s), 'point_of_control');
      fix(profile.valueAreaHigh(s), 'value_area_high');
      fix(profile.valueAreaLow(s), 'value_area_low');
      fix(profile.vwap(s), 'vwap');
    }
  }
}
