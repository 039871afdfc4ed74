import type { Frame } from '#domain/events/frame';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Minutes of the early and of the full opening range. */
const EARLY = 5;
const FULL = 15;
/** A break is fresh for this many minutes; later it is a chase. */
const FRESH = 15;

/** A range that the price has left upward; prices in 1e-4. */
export type RangeBreak = { readonly high: number; readonly low: number };

/** The high and low of the first five and fifteen minutes, and when each name first closed above them. */
export class OpeningRange {
  readonly #ranges: readonly [Range, Range];
  #openMinute = 0;

  constructor(table: SymbolColumns) {
    this.#ranges = [new Range(table, EARLY), new Range(table, FULL)];
  }

  startSession(openMinute: number): void {
    this.#openMinute = openMinute;
    for (const range of this.#ranges) range.clear();
  }

  update(frame: Frame): void {
    const minute = frame.minute - this.#openMinute;
    if (minute < 0) return;
    const [early, full] = this.#ranges;
    if (minute < FULL) early.update(frame, minute);
    full.update(frame, minute);
  }

  /** The fresh break of the range that counts at this local minute of the day, or null. `close` in 1e-4. */
  breakOf(symbol: number, minute: number, close: number): RangeBreak | null {
    const [early, full] = this.#ranges;
    const since = minute - this.#openMinute;
    return (since <= FULL ? early : full).breakOf(symbol, since, close);
  }
}

class Range {
  readonly #high: Column<Int32Array>;
  readonly #low: Column<Int32Array>;
  /** Minutes since the open after which the first close above was known; 0 when there was none. */
  readonly #brokenAt: Column<Int32Array>;
  readonly #minutes: number;

  constructor(table: SymbolColumns, minutes: number) {
    this.#high = table.int32();
    this.#low = table.int32();
    this.#brokenAt = table.int32();
    this.#minutes = minutes;
  }

  clear(): void {
    this.#high.values.fill(0);
    this.#low.values.fill(0);
    this.#brokenAt.values.fill(0);
  }

  update({ high, low, close, volume, width }: Frame, minute: number): void {
    const top = this.#high.values;
    const bottom = this.#low.values;
    const broken = this.#brokenAt.values;
    if (minute < this.#minutes) {
      for (let s = 0; s < width; s++) {
        if ((volume[s] as number) < 0) continue;
        if ((high[s] as number) > (top[s] as number)) top[s] = high[s] as number;
        if (bottom[s] === 0 || (low[s] as number) < (bottom[s] as number)) bottom[s] = low[s] as number;
      }
      return;
    }
    for (let s = 0; s < width; s++) {
      if (broken[s] === 0 && (volume[s] as number) >= 0 && top[s] !== 0 && (close[s] as number) > (top[s] as number))
        broken[s] = minute + 1;
    }
  }

  breakOf(symbol: number, since: number, close: number): RangeBreak | null {
    const high = this.#high.values[symbol] as number;
    const low = this.#low.values[symbol] as number;
    const brokenAt = this.#brokenAt.values[symbol] as number;
    if (brokenAt === 0 || since - brokenAt > FRESH || close <= high || high === low) return null;
    return { high, low };
  }
}
