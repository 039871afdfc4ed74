import type { BrokerState } from '#domain/events/account';
import type { AssetStatus } from '#domain/events/market';
import type { Intent } from '#domain/orders/intent';
import type { Side } from '#domain/orders/order';
import type { PatternKind } from '#domain/patterns/setup';
import type { Limits } from '#domain/risk/limits';
import type { Refusal } from '#domain/risk/refusal';
import type { HaltReason, StopLevel } from '#domain/risk/stop-level';
import type { Settings } from '#domain/settings';
import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';

/** How two names have moved together; `value` is null when too few points are common to both. */
export type Correlation = { readonly value: number | null; readonly points: number };

/** What trading of one name tells, prices in 1e-4; null is unknown. */
export type Quote = {
  /** The newest regular close, and the one before it: on the first bar of a session that is the close of the session before. */
  readonly last: number | null;
  readonly before: number | null;
  /** Minutes since the newest bar of today has closed; null when there is none. */
  readonly minutes: number | null;
  /** The last close of an earlier session. */
  readonly previousClose: number | null;
  /** Shares that usually trade in a day. */
  readonly dayShares: number;
};

/** An entry that was let through not long ago. */
export type PastEntry = {
  readonly intent: number;
  readonly at: Instant;
  readonly symbol: SymbolIndex;
  readonly side: Side;
  readonly pattern: PatternKind;
  readonly limit: number;
};

/** What is known of the name itself. */
export type NameView = {
  readonly status: AssetStatus;
  readonly isPermitted: boolean;
  readonly isRestricted: boolean;
  readonly isQuarantined: boolean;
  /** Its sector and how many engaged names share it; null when the sector is unknown. */
  readonly sector: { readonly name: string; readonly held: number } | null;
};

/** All that the rules may know of the account and of the name at this instant. Money in 1e-4. */
export type RiskView = {
  readonly limits: Limits;
  readonly sizing: Settings['sizing'];
  readonly at: Instant;
  readonly minute: number;
  /** Whether the broker can be relied on; one that lives inside the run always can. */
  readonly broker: BrokerState;
  /** How far our clock was from the broker's when they were compared last; 0 where there is only one. */
  readonly skewMs: number;
  /** The strongest stop in force. */
  readonly stop: { readonly level: StopLevel; readonly reason: HaltReason } | null;
  /** The worse of our own book and of the broker's account, as long as they agree: equity, and P&L of the day and of the week. */
  readonly equity: Cash;
  readonly pnl: Cash;
  readonly week: { readonly pnl: Cash; readonly limit: Cash };
  /** The highest equity so far. */
  readonly peak: Cash;
  /** Equity as the broker has reported it last, null when it never has, and by our own book. */
  readonly account: { readonly broker: Cash | null; readonly book: Cash };
  readonly cashFree: Cash;
  readonly openRisk: Cash;
  /** Positions at their marks and working entries at their limits, as if all of them filled; net counts shorts below zero. */
  readonly exposure: { readonly gross: Cash; readonly net: Cash };
  /** Symbols with a position, a working entry or an open question. */
  readonly engaged: readonly SymbolIndex[];
  readonly phase: { readonly entriesUsed: number; readonly entriesMax: number; readonly riskShare: number };
  readonly lossesInARow: number;
  /** The position that has been longest without a stop that the broker has accepted. */
  readonly unprotected: { readonly symbol: SymbolIndex; readonly since: Instant } | null;
  /** Orders and cancels of the last minute, with those of approvals that have not left yet. */
  readonly messages: number;
  /** Entries in the same name, of whatever pattern, oldest first. */
  readonly past: readonly PastEntry[];
  /** Whether the intent's pattern has been latched in this name. */
  readonly isLatched: boolean;
  readonly quote: Quote;
  readonly name: NameView;
  /** With a name that is engaged. Of unknown sector two names count as of the same one. */
  readonly correlationWith: (other: SymbolIndex) => Correlation & { readonly sameSector: boolean };
};

/** What the intent would become: its stop and its size. `sized` are the shares that sizing gives now, the same for a new intent. */
export type Plan = { readonly intent: Intent; readonly stop: number; readonly shares: number; readonly sized: number };

/** One reason against a plan, or null. A rule looks at nothing but its two arguments. */
export type Rule = (plan: Plan, view: RiskView) => Refusal | null;
