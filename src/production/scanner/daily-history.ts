import type { Frame } from '#domain/events/frame';
import { HISTORY_SESSIONS_MAX } from '#domain/history';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** What a name did today and in up to twenty earlier sessions of the same source: closes and dollar volume, in 1e-4. */
export class DailyHistory {
  readonly table: SymbolColumns;
  readonly previousClose: Column<Int32Array>;
  readonly firstOpen: Column<Int32Array>;
  /** The newest price of any hour, and of the regular session alone: only the latter is a close. */
  readonly lastPrice: Column<Int32Array>;
  readonly #lastClose: Column<Int32Array>;
  readonly tradedToday: Column<Uint8Array>;
  readonly sessions: Column<Int32Array>;
  readonly #dollarsToday: Column<Float64Array>;
  readonly #dollars: Column<Float64Array>;
  readonly #dollarSum: Column<Float64Array>;

  constructor(table: SymbolColumns) {
    this.table = table;
    this.previousClose = table.int32();
    this.firstOpen = table.int32();
    this.lastPrice = table.int32();
    this.#lastClose = table.int32();
    this.tradedToday = table.uint8();
    this.sessions = table.int32();
    this.#dollarsToday = table.float64();
    this.#dollars = table.float64(HISTORY_SESSIONS_MAX, false);
    this.#dollarSum = table.float64();
  }

  startSession(): void {
    this.firstOpen.values.fill(0);
    this.tradedToday.values.fill(0);
    this.#dollarsToday.values.fill(0);
  }

  update(frame: Frame): void {
    const { open, close, volume, width, regular } = frame;
    const first = this.firstOpen.values;
    const last = this.lastPrice.values;
    const closes = this.#lastClose.values;
    const traded = this.tradedToday.values;
    const dollars = this.#dollarsToday.values;
    for (let s = 0; s < width; s++) {
      const shares = volume[s] as number;
      if (shares < 0) continue;
      const at = close[s] as number;
      last[s] = at;
      traded[s] = 1;
      if (!regular) continue;
      closes[s] = at;
      if (first[s] === 0) first[s] = open[s] as number;
      dollars[s] = (dollars[s] as number) + at * shares;
    }
  }

  /** Only names that traded today get a session more: a halted one keeps what it had. */
  endSession(): void {
    const { capacity, count } = this.table;
    for (let s = 0; s < count; s++) {
      if (this.firstOpen.values[s] === 0) continue;
      const seen = this.sessions.values[s] as number;
      const cell = (seen % HISTORY_SESSIONS_MAX) * capacity + s;
      const today = this.#dollarsToday.values[s] as number;
      this.#dollarSum.values[s] = (this.#dollarSum.values[s] as number) + today - (this.#dollars.values[cell] as number);
      this.#dollars.values[cell] = today;
      this.sessions.values[s] = seen + 1;
      this.previousClose.values[s] = this.#lastClose.values[s] as number;
    }
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
}
