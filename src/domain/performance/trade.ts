import type { CashCause } from '#domain/events/account';
import type { PhaseName } from '#domain/market/trading-day';
import type { CatalystType } from '#domain/news/catalyst';
import type { FillFlag, OrderReason, Side } from '#domain/orders/order';
import type { PatternKind } from '#domain/patterns/setup';
import type { HaltReason, StopLevel } from '#domain/risk/stop-level';
import type { Choice, ReasonCode } from '#domain/session/question';
import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex } from '#domain/values/symbol';

/** One execution of a trade; `bar` is the start of its minute. Prices in 1e-4. */
export type TradeFill = {
  readonly bar: Instant;
  readonly side: Side;
  readonly shares: number;
  readonly price: number;
  readonly fees: Cash;
  readonly flags: readonly FillFlag[];
};

/** What spoke for it when it was decided. `text` and `source` are from outside. */
export type SpokenFor = { readonly id: string; readonly source: string; readonly text: string; readonly knownAt: Instant };

/** What a person, or a program in its own name, said of it. `because` is from outside. */
export type TradeNote = {
  readonly at: Instant;
  readonly by: string;
  readonly choice: Choice | 'operator_close';
  readonly override: boolean;
  readonly because: string;
  readonly code: ReasonCode | null;
};

/** How far it went one way; `r` is null where nobody knows what was at risk. */
export type TradeExcursion = { readonly money: Cash; readonly r: number | null };

/** What was wanted before anything was bought. */
export type TradePlan = {
  readonly pattern: PatternKind;
  readonly catalyst: CatalystType;
  readonly confidence: number;
  /** The last close that the scan saw, in 1e-4; null when its scan is not in the journal. */
  readonly price: number | null;
  /** The most that was to be paid, the first stop and the target, in 1e-4. */
  readonly limit: number;
  readonly stop: number;
  readonly target: number;
  readonly headline: SpokenFor | null;
};

/**
 * A round trip: from flat to flat in one name. Money is in 1e-4 of the account's currency and `pnl` is after the fees of its
 * fills; docs/reference/report.md says how each number is made.
 */
export type Trade = {
  /** Sequence of its intent, of its first fill where there was no intent; "-2" follows when one intent was closed twice. */
  readonly id: string;
  /** Sequence of the intent; null for shares that came without one. */
  readonly intent: number | null;
  /** Sequence of the entry in which the last share went. */
  readonly closing: number;
  /** The session in which it ended. */
  readonly session: SessionDate;
  readonly symbol: SymbolIndex;
  /** The side of its first fill: `buy` is a long. */
  readonly side: Side;
  /** Null for shares that came without an intent. */
  readonly plan: TradePlan | null;
  /** When it was decided, as local minute of the day, and the phase of that minute; without an intent, those of the first fill. */
  readonly decided: Instant;
  readonly minute: number;
  readonly phase: PhaseName | null;
  /** Start of the minute of the first fill, and of the last. */
  readonly opened: Instant;
  readonly closed: Instant;
  /** The most that were held. */
  readonly shares: number;
  /** Mean price of what opened it and of what closed it, in 1e-4, perhaps with a fraction. */
  readonly entry: number;
  readonly exit: number;
  /** What `shares` had at risk from the limit to the first stop; null without an intent. */
  readonly risk: Cash | null;
  readonly pnl: Cash;
  readonly fees: Cash;
  readonly rMultiple: number | null;
  readonly reason: OrderReason;
  readonly noMarket: boolean;
  readonly favourable: TradeExcursion;
  readonly adverse: TradeExcursion;
  /** What the fills cost against the price at which it was decided (a positive number is a cost); null when that is not known. */
  readonly slippage: { readonly entry: Cash | null; readonly exit: Cash | null };
  readonly notes: readonly TradeNote[];
  readonly fills: readonly TradeFill[];
};

export type DayHalt = { readonly at: Instant; readonly reason: HaltReason; readonly level: StopLevel };

/** Cash that came or went beside the trades, by its cause. */
export type CashBeside = Readonly<Partial<Record<CashCause, Cash>>>;

/**
 * A session of the account, by our own book at the marks of each regular minute. What was paid in or out is no performance: it is in
 * `transfers` and in the equity, and in nothing else.
 */
export type Day = {
  readonly date: SessionDate;
  /** At the close before, or the capital to begin with. */
  readonly equityBefore: Cash;
  readonly equity: Cash;
  /** Paid in, less paid out, since the close before. */
  readonly transfers: Cash;
  /** `equity` less `equityBefore` less `transfers`. */
  readonly pnl: Cash;
  /** The highest and lowest of that P&L within the day, never below and above 0. */
  readonly pnlHigh: Cash;
  readonly pnlLow: Cash;
  /** The deepest fall within the day as a fraction of the equity it began from, by that P&L at its peak and at its bottom. */
  readonly fall: { readonly peak: Cash; readonly bottom: Cash };
  /** P&L of the trades that ended in it. */
  readonly tradesPnl: Cash;
  readonly trades: number;
  /** Cash beside trades, without transfers, and corrections of what is held. */
  readonly beside: CashBeside;
  /** Of fills, and what the broker charged beside them. */
  readonly fees: Cash;
  /** Shares times price of all fills. */
  readonly turnover: Cash;
  /** Worth of all positions over the equity: mean over the minutes of the session, and the most. */
  readonly exposureMean: number;
  readonly exposurePeak: number;
  /** Regular minutes that were told, and those with a position. */
  readonly minutes: number;
  readonly minutesHeld: number;
  readonly halts: readonly DayHalt[];
  /** Whether the session has closed and its data reached the last minute. */
  readonly complete: boolean;
};
