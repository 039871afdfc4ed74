import type { Environment } from '#domain/brokerage/client-order-id';
import type { BrokerState, Difference, OrderRejection } from '#domain/events/account';
import type { HaltReason, StopLevel } from '#domain/risk/stop-level';
import type { Choice, QuestionSubject } from '#domain/session/question';
import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';

/** `critical`: money or protection is at stake and the house has acted. `warning`: somebody decides today. `information`: for the record. */
export const severities = ['information', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** Whose money it is about; a recorded day is a backtest. */
export type Place = Environment | 'recorded';

/** What was to happen by the clock and has not. */
export type Schedule = 'session_open' | 'scan' | 'daily_summary';

/** What became of an order that nobody knew of. */
export type OrderFate = 'accepted' | 'rejected' | 'filled' | 'cancelled';

/** What a run is short of, or worried by. */
export const runAlarms = ['memory', 'disk', 'files', 'loop', 'quiet_sessions'] as const;
export type RunAlarm = (typeof runAlarms)[number];

/** A name and what it made, the best or the worst of a day. */
export type NamedTrade = { readonly ticker: string; readonly pnl: Cash };

/** How many of so many trades made a profit. */
export type WinCount = { readonly won: number; readonly count: number };

/** What somebody is told. Texts from outside are shown as they are only after `firstWords` and the escaping of the channel. */
export type AlertFacts =
  | { readonly kind: 'loss_limit_near'; readonly date: SessionDate; readonly share: number; readonly pnl: Cash; readonly limit: Cash }
  | {
      readonly kind: 'loss_limit_reached';
      readonly date: SessionDate;
      readonly reason: HaltReason;
      readonly level: StopLevel;
      readonly pnl: Cash;
      readonly limit: Cash;
    }
  | {
      readonly kind: 'trading_stopped';
      readonly date: SessionDate;
      readonly reason: HaltReason;
      readonly level: StopLevel;
      readonly by: string;
      readonly because: string;
    }
  | { readonly kind: 'stop_cleared'; readonly by: string; readonly because: string }
  | { readonly kind: 'protection_gap'; readonly ticker: string; readonly held: number; readonly covered: number; readonly since: Instant }
  /** `held` shares now; none when what was bare has been sold. */
  | { readonly kind: 'cover_back'; readonly ticker: string; readonly held: number; readonly bareMs: number }
  | {
      readonly kind: 'books_differ';
      readonly difference: Difference;
      readonly ticker: string | null;
      readonly ours: number;
      readonly theirs: number;
      readonly detail: string;
    }
  | { readonly kind: 'name_quarantined'; readonly ticker: string; readonly why: string }
  /** `forMs`: how long it has been so, by the clock of the journal. */
  | { readonly kind: 'order_unknown'; readonly order: string; readonly why: string; readonly forMs: number }
  | { readonly kind: 'order_settled'; readonly order: string; readonly became: OrderFate; readonly unknownMs: number }
  | { readonly kind: 'entries_refused'; readonly count: number; readonly reason: OrderRejection }
  | { readonly kind: 'broker_unreachable'; readonly state: BrokerState; readonly why: string; readonly held: number }
  | { readonly kind: 'broker_back'; readonly downMs: number }
  | {
      readonly kind: 'answer_wanted';
      readonly question: number;
      readonly subject: QuestionSubject;
      readonly ticker: string | null;
      readonly shares: number;
      readonly deadline: Instant;
      readonly recommended: Choice;
      readonly whenSilent: Choice;
    }
  /** The newest trades beside all those before them: `low` to `high` is the 95 % interval of the newest, `lowBefore` the lower end of the others'. */
  | {
      readonly kind: 'win_rate_falling';
      readonly newest: WinCount;
      readonly before: WinCount;
      readonly low: number;
      readonly high: number;
      readonly lowBefore: number;
    }
  | {
      readonly kind: 'daily_summary';
      readonly date: SessionDate;
      readonly pnl: Cash;
      readonly fees: Cash;
      readonly cash: Cash;
      readonly trades: WinCount;
      readonly best: NamedTrade | null;
      readonly worst: NamedTrade | null;
      readonly refused: number;
      readonly halted: boolean;
      readonly complete: boolean;
      /** Names that are still held, which none should be. */
      readonly held: readonly string[];
    }
  | {
      readonly kind: 'weekly_report';
      readonly from: SessionDate;
      readonly to: SessionDate;
      readonly sessions: number;
      readonly pnl: Cash;
      readonly fees: Cash;
      readonly trades: WinCount;
      readonly low: number;
      readonly high: number;
      readonly sumR: number;
      readonly best: { readonly date: SessionDate; readonly pnl: Cash };
      readonly worst: { readonly date: SessionDate; readonly pnl: Cash };
      readonly halted: number;
    }
  /** `pid` is the process that was seen last, 0 for none; `inSession` whether the market was open. */
  | { readonly kind: 'service_down'; readonly pid: number; readonly seen: Instant; readonly held: number; readonly inSession: boolean }
  | { readonly kind: 'service_back'; readonly pid: number; readonly downMs: number }
  | { readonly kind: 'service_restarted'; readonly pid: number; readonly held: number }
  | { readonly kind: 'database_lost'; readonly detail: string; readonly since: Instant }
  | { readonly kind: 'database_back'; readonly downMs: number }
  | { readonly kind: 'projection_behind'; readonly entries: number; readonly behindMs: number }
  | { readonly kind: 'projection_caught_up'; readonly behindForMs: number }
  /** Whoever writes the database from the journal tells nothing more. */
  | { readonly kind: 'projector_silent'; readonly pid: number; readonly since: Instant }
  | { readonly kind: 'projector_back'; readonly pid: number; readonly silentMs: number }
  /** The broker's activities and the journal part in so many days and names, and in so many movements of cash. */
  | { readonly kind: 'record_differs_from_broker'; readonly trades: number; readonly cash: number; readonly first: string }
  /** What the run itself has printed as an alarm. */
  | { readonly kind: 'run_alarm'; readonly what: RunAlarm; readonly says: string }
  | { readonly kind: 'schedule_missed'; readonly what: Schedule; readonly date: SessionDate; readonly due: Instant }
  | {
      readonly kind: 'data_stale';
      readonly date: SessionDate;
      readonly last: Instant | null;
      readonly silentMs: number;
      readonly held: number;
    }
  | { readonly kind: 'data_back'; readonly date: SessionDate; readonly silentMs: number }
  | { readonly kind: 'rate_limit_near'; readonly service: string; readonly used: number; readonly limit: number }
  | { readonly kind: 'disk_low'; readonly folder: string; readonly freeBytes: number }
  | { readonly kind: 'journal_unreadable'; readonly what: string }
  | { readonly kind: 'outside_ping_failing'; readonly misses: number; readonly why: string }
  | { readonly kind: 'channel_down'; readonly channel: string; readonly failures: number; readonly why: string }
  | { readonly kind: 'channel_back'; readonly channel: string; readonly failures: number }
  | { readonly kind: 'test_alert'; readonly severity: Severity; readonly channel: string };

export type AlertKind = AlertFacts['kind'];

/** One thing that is told, with the number by which a person acknowledges it. */
export type Alert = {
  readonly id: number;
  /** When it happened, by the clock of the journal or of whoever saw it. */
  readonly at: Instant;
  /** When it was raised, by the clock of the watch. */
  readonly raisedAt: Instant;
  /** The entry of the journal that it stems from; null for what stands in no journal. */
  readonly sequence: number | null;
  readonly place: Place;
  readonly facts: AlertFacts;
};
