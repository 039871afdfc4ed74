import type { Day, Trade } from '#domain/performance/trade';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import type { LogSource } from '#main/report/trade-log';

/** All that a report is made of. Trades in the order in which they ended, days in theirs; the last day may go on. */
export type TradeRecord = {
  readonly source: LogSource;
  nameOf(symbol: SymbolIndex): string;
  readonly trades: readonly Trade[];
  readonly days: readonly Day[];
  /** Positions that are still held. */
  readonly held: number;
  /** What should be known of how it was read, such as a torn tail. */
  readonly notes: readonly string[];
};

/** A minute of a name, prices in 1e-4. */
export type TradeBar = {
  readonly start: Instant;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
};

/** Where a report gets its trades from: a journal, or a database that was filled from one. */
export type TradeSource = {
  /** Null where no run has begun. */
  read(): Promise<TradeRecord | null>;
  /** The minutes around these trades, by their names; one of which nothing is known is left out. */
  barsOf(trades: readonly Trade[]): Promise<ReadonlyMap<string, readonly TradeBar[]>>;
};
