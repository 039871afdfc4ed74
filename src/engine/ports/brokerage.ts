import type {
  BrokerAccount,
  BrokerClock,
  BrokerOrder,
  BrokerOrderId,
  BrokerPosition,
  CashActivity,
  ClientOrderId,
  Execution,
} from '#domain/brokerage/broker-order';
import type { Side } from '#domain/orders/order';
import type { Instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { Quantity } from '#domain/values/quantity';
import type { Ticker } from '#domain/values/symbol';

/** What goes first when requests are scarce: the order of this list. Source: broker-alpaca §16, controls C20. */
export const priorities = ['flatten', 'cancel', 'protect', 'reconcile', 'entry', 'read'] as const;
export type Priority = (typeof priorities)[number];

type Named = { readonly clientId: ClientOrderId; readonly ticker: Ticker; readonly side: Side; readonly shares: Quantity };

/** Something that changes what the broker has. It is never repeated without a look at what became of it. */
export type Mutation =
  /** Good till cancelled, regular hours: a limit entry whose stop and target the broker holds. */
  | ({ readonly kind: 'submit_bracket'; readonly limit: Price; readonly stop: Price; readonly target: Price } & Named)
  /** An exit of its own: market (no price), limit or stop. */
  | ({ readonly kind: 'submit_exit'; readonly limit: Price | null; readonly stop: Price | null } & Named)
  /** Another price, or number of shares, for an order that works; what stays is null. The new order gets `clientId`. */
  | {
      readonly kind: 'replace_order';
      readonly order: BrokerOrderId;
      readonly clientId: ClientOrderId;
      readonly shares: Quantity | null;
      readonly limit: Price | null;
      readonly stop: Price | null;
    }
  | { readonly kind: 'cancel_order'; readonly order: BrokerOrderId }
  /** The account takes no more orders that open anything, or takes them again. */
  | { readonly kind: 'suspend_account'; readonly on: boolean };

/** Something that changes nothing and may be asked again. Lists are whole: an adapter reads all their pages or says that it could not. */
export type Look =
  | { readonly kind: 'find_order'; readonly clientId: ClientOrderId }
  | { readonly kind: 'read_order'; readonly order: BrokerOrderId }
  /** All that has not ended, each with its legs. */
  | { readonly kind: 'list_open_orders' }
  /** All that were submitted after an instant, ended or not, each with its legs. */
  | { readonly kind: 'list_orders'; readonly after: Instant }
  | { readonly kind: 'list_positions' }
  /** Executions after an instant, oldest first. */
  | { readonly kind: 'list_executions'; readonly after: Instant }
  /** What moved money without a trade after an instant; rows of which that is not certain are left out. */
  | { readonly kind: 'list_cash_activities'; readonly after: Instant }
  | { readonly kind: 'read_account' }
  | { readonly kind: 'read_clock' };

export type Ask = Mutation | Look;

/** Why the broker says no for good. `said` is its own text, short and without keys; nothing is decided by it. */
export type BrokerRefusal = {
  readonly kind: 'refused';
  readonly reason:
    | 'buying_power'
    | 'shares_reserved'
    | 'wash_trade'
    | 'not_tradable'
    | 'not_an_entry'
    | 'bad_price'
    | 'not_cancelable'
    | 'not_replaceable'
    | 'unchanged'
    | 'duplicate_client_id'
    | 'account_blocked'
    | 'not_authorized'
    | 'other';
  /** Shares that the broker says can still be sold, where it says so. */
  readonly available: number | null;
  readonly status: number;
  readonly said: string;
};

/**
 * What became of an ask. For a mutation: done (`order`, `done`), refused for good, provably never sent (`not_sent`), or
 * anything else, which is `ambiguous`: it may have happened.
 */
export type Answer =
  | { readonly kind: 'order'; readonly order: BrokerOrder }
  | { readonly kind: 'orders'; readonly orders: readonly BrokerOrder[] }
  | { readonly kind: 'positions'; readonly positions: readonly BrokerPosition[] }
  | { readonly kind: 'executions'; readonly executions: readonly Execution[] }
  | { readonly kind: 'cash_activities'; readonly activities: readonly CashActivity[] }
  | { readonly kind: 'account'; readonly account: BrokerAccount }
  | { readonly kind: 'clock'; readonly clock: BrokerClock }
  /** A cancel that was received, or an account that was suspended: received is not yet cancelled. */
  | { readonly kind: 'done' }
  /** No such order now: within a minute of its submission that proves nothing. */
  | { readonly kind: 'not_found' }
  | BrokerRefusal
  | {
      readonly kind: 'not_sent';
      readonly why: 'no_connection' | 'no_budget' | 'rate_limited' | 'stopped' | 'withdrawn';
      readonly waitMs: number;
    }
  | { readonly kind: 'ambiguous'; readonly why: 'timeout' | 'reset' | 'cut_body' | 'server_error' | 'unreadable'; readonly said: string };

/** What the broker tells by itself. There is no promise that it tells everything, once, or in order. */
export type BrokerNews =
  /** From here on news are told; what happened before has to be asked for. */
  | { readonly kind: 'line_ready' }
  | { readonly kind: 'line_lost'; readonly why: string }
  /** Waiting will not help: wrong keys, or an account that may not do this. */
  | { readonly kind: 'line_refused'; readonly said: string }
  /** Something happened to an order: how it is now, and the execution if it was one. */
  | { readonly kind: 'order_news'; readonly order: BrokerOrder; readonly execution: Execution | null }
  /** A message that could not be read: only a look at the broker's lists helps. */
  | { readonly kind: 'unreadable_news'; readonly received: string };

/** A way to a broker. */
export type Brokerage = {
  /**
   * Never rejects: whatever goes wrong is an answer. `isWanted` is asked right before it leaves: what nobody wants any more by then
   * is `not_sent`.
   */
  ask(ask: Ask, priority: Priority, isWanted?: () => boolean): Promise<Answer>;
  /** Tells until it is told to stop, however often the line breaks. */
  follow(tell: (news: BrokerNews) => void, stop: AbortSignal): Promise<void>;
};
