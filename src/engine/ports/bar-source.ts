import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex, Ticker } from '#domain/values/symbol';

/**
 * The bars of one session, time-major: row r holds one minute, cell r × width + s the symbol s, so that a frame is a view.
 * Prices are integers of 1e-4; `volume` −1 marks an absent bar, whose prices are 0. Every minute of the regular session
 * has a row, traded or not; a minute outside of it only when something traded.
 */
export type SessionBars = {
  readonly date: SessionDate;
  /** Local minute of the day of each row's start, ascending. */
  readonly minutes: Int32Array;
  readonly width: number;
  readonly bars: number;
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
  readonly volume: Int32Array;
  /** Tickers that no earlier loaded session had, sorted; they take the columns after those known. */
  readonly listed: readonly Ticker[];
  readonly splits: readonly { readonly symbol: SymbolIndex; readonly ratio: number }[];
};

/** Sessions in order, loaded once each and oldest first: columns are given in order of first appearance. */
export type BarSource = {
  readonly sessions: readonly SessionDate[];
  load(date: SessionDate): Promise<SessionBars>;
  close(): Promise<void>;
};
