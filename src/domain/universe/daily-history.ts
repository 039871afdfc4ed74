import type { Frame } from '#domain/events/frame';
import { HISTORY_SESSIONS_MAX } from '#domain/history';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** The daily range is Wilder's ATR of this length; the mean of the true ranges while there are fewer days. */
const ATR_DAYS = 14;

/** What a name did today and in earlier sessions of the same source: closes, ranges and dollar volume, in 1e-4. */
export class DailyHistory {
  readonly table: SymbolColumns;
  readonly previousClose: Column<Int32Array>;
  readonly firstOpen: Column<Int32Array>;
  /** The newest price of any hour, and of the regular session alone: only the latter is a close. */
  readonly lastPrice: Column<Int32Array>;
  readonly #lastClose: Column<Int32Array>;
  readonly tradedToday: Column<Uint8Array>;
  readonly sessions: Column<Int32Array>;
  /** Mean true range of a day; of the first day, which has no close before it, high less low. */
  readonly range: Column<Float64Array>;
  readonly #high: Column<Int32Array>;
  readonly #low: Column<Int32Array>;
  readonly #dollarsToday: Column<Float64Array>;
  readonly #dollars: Column<Float64Array>;
  readonly #dollarSum: Column<Float64Array>;
  /** Which session of the market the name traded in last, counted from 1. */
  readonly #lastSession: Column<Int32Array>;
  /** Sessions in which anything traded. */
  #marketSessions = 0;

  constructor(table: SymbolColumns) {
    this.table = table;
    this.previousClose = table.int32();
    this.firstOpen = table.int32();
    this.lastPrice = table.int32();
    this.#lastClose = table.int32();
    this.tradedToday = table.uint8();
    this.sessions = table.int32();
    this.range = table.float64();
    this.#high = table.int32();
    this.#low = table.int32();
    this.#dollarsToday = table.float64();
    this.#dollars = table.float64(HISTORY_SESSIONS_MAX, false);
    this.#dollarSum = table.float64();
    this.#lastSession = table.int32();
  }

  startSession(): void {
    this.firstOpen.values.fill(0);
    this.tradedToday.values.fill(0);
    this.#dollarsToday.values.fill(0);
    this.#high.values.fill(0);
    this.#low.values.fill(0);
  }

  update(frame: Frame): void {
    const { open, high, low, close, volume, width, regular } = frame;
    const first = this.firstOpen.values;
    const last = this.lastPrice.values;
    const closes = this.#lastClose.values;
    const traded = this.tradedToday.values;
    const dollars = this.#dollarsToday.values;
    const highs = this.#high.values;
    const lows = this.#low.values;
    for (let s = 0; s < width; s++) {
      const shares = volume[s] as number;
      if (shares < 0) continue;
      const at = close[s] as number;
      last[s] = at;
      traded[s] = 1;
      if (!regular) continue;
      closes[s] = at;
      const top = high[s] as number;
      const bottom = low[s] as number;
      if (top > (highs[s] as number)) highs[s] = top;
      if (first[s] === 0) {
        first[s] = open[s] as number;
        lows[s] = bottom;
      } else if (bottom < (lows[s] as number)) lows[s] = bottom;
      dollars[s] = (dollars[s] as number) + at * shares;
    }
  }

  /** Only names that traded today get a session more: a halted one keeps what it had. */
  endSession(): void {
    const { count } = this.table;
    const session = this.#marketSessions + 1;
    for (let s = 0; s < count; s++) {
      if (this.firstOpen.values[s] === 0) continue;
      this.#marketSessions = session;
      this.#lastSession.values[s] = session;
      this.#remember(s, this.sessions.values[s] as number);
    }
  }

  /** Whether it traded in the last session in which anything did. */
  listed(symbol: number): boolean {
    return (this.#lastSession.values[symbol] as number) === this.#marketSessions;
  }

  /** Where the day began against the last close: at the regular open, before it at the newest price. */
  gap(symbol: number): number {
    const first = this.firstOpen.values[symbol] as number;
    if (first === 0) return this.change(symbol);
    return first / (this.previousClose.values[symbol] as number) - 1;
  }

  /** The newest price against the last close. */
  change(symbol: number): number {
    return (this.lastPrice.values[symbol] as number) / (this.previousClose.values[symbol] as number) - 1;
  }

  /** Mean dollar volume of the earlier sessions, in 1e-4. */
  meanDollars(symbol: number): number {
    const seen = Math.min(this.sessions.values[symbol] as number, HISTORY_SESSIONS_MAX);
    return seen === 0 ? 0 : (this.#dollarSum.values[symbol] as number) / seen;
  }

  /** The range of a day as a fraction of the last close. */
  rangeShare(symbol: number): number {
    const before = this.previousClose.values[symbol] as number;
    return before === 0 ? 0 : (this.range.values[symbol] as number) / before;
  }

  /** Sessions of the market, which is all that stands in no column. */
  get marketSessions(): number {
    return this.#marketSessions;
  }

  #remember(s: number, seen: number): void {
    const cell = (seen % HISTORY_SESSIONS_MAX) * this.table.capacity + s;
    const today = this.#dollarsToday.values[s] as number;
    this.#dollarSum.values[s] = (this.#dollarSum.values[s] as number) + today - (this.#dollars.values[cell] as number);
    this.#dollars.values[cell] = today;
    const before = this.previousClose.values[s] as number;
    const top = this.#high.values[s] as number;
    const bottom = this.#low.values[s] as number;
    const range = before === 0 ? top - bottom : Math.max(top, before) - Math.min(bottom, before);
    const mean = this.range.values[s] as number;
    this.range.values[s] = mean + (range - mean) / Math.min(seen + 1, ATR_DAYS);
    this.sessions.values[s] = seen + 1;
    this.previousClose.values[s] = this.#lastClose.values[s] as number;
  }
}
