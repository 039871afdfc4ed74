import type { PhaseName } from '#domain/market/trading-day';
import type { CatalystType } from '#domain/news/catalyst';
import type { OrderReason } from '#domain/orders/order';
import type { PatternKind } from '#domain/patterns/setup';
import type { RefusalKind } from '#domain/risk/refusal';
import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex } from '#domain/values/symbol';

/** How many names stood at each stage of one scan. */
export type FunnelCounts = {
  readonly universe: number;
  readonly scanned: number;
  readonly catalyst: number;
  readonly technical: number;
  readonly pattern: number;
  readonly intents: number;
};

/** A round trip, from the first entry fill to flat. */
export type TradeReport = {
  readonly symbol: SymbolIndex;
  readonly pattern: PatternKind;
  readonly catalyst: CatalystType;
  readonly phase: PhaseName | null;
  readonly opened: Instant;
  readonly closed: Instant;
  readonly shares: number;
  readonly pnl: Cash;
  readonly fees: Cash;
  readonly rMultiple: number;
  readonly reason: OrderReason;
  readonly noMarket: boolean;
};

/** What a session came to. Counts and money of this session only; `pnl` is after fees. */
export type SessionReport = {
  readonly date: SessionDate;
  readonly bars: number;
  readonly scans: number;
  readonly widest: FunnelCounts;
  readonly intents: number;
  readonly approved: number;
  /** By the first reason of each refused intent, so that the counts add up to the refused. */
  readonly refused: readonly { readonly kind: RefusalKind; readonly count: number }[];
  readonly orders: number;
  readonly trades: readonly TradeReport[];
  readonly pnl: Cash;
  readonly fees: Cash;
  readonly equity: Cash;
  readonly headlines: number;
  /** Whether a stop was in force at any time of it, also one of an earlier session. */
  readonly halted: boolean;
  readonly lastBar: Instant | null;
  readonly complete: boolean;
};
