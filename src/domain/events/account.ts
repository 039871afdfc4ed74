import type { Environment } from '#domain/brokerage/client-order-id';
import type { FillFlag, OrderId, Side } from '#domain/orders/order';
import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { Quantity } from '#domain/values/quantity';
import type { SymbolIndex } from '#domain/values/symbol';

/** One execution as the broker reports it. */
export type Fill = {
  readonly order: OrderId;
  readonly symbol: SymbolIndex;
  readonly side: Side;
  readonly shares: Quantity;
  readonly price: Price;
  /** Charged to this fill by the fee schedule of the day. */
  readonly fees: Cash;
  /** Start of the minute in which it happened. */
  readonly bar: Instant;
  readonly flags: readonly FillFlag[];
};

/**
 * Why an order does not exist at the broker. `not_accepted`: it was sent, nobody knew what became of it, and the broker's
 * lists prove that it never arrived. `stale`: it was decided before a restart and has not been sent. `not_sent`: it could
 * not leave. A place in the list is the number in the journal and never changes.
 */
export const orderRejections = [
  'buying_power',
  'unknown_symbol',
  'session_closed',
  'duplicate_order',
  'suspended',
  'shares_reserved',
  'wash_trade',
  'not_tradable',
  'bad_price',
  'account_blocked',
  'not_authorized',
  'not_accepted',
  'stale',
  'not_sent',
  'other',
] as const;

export type OrderRejection = (typeof orderRejections)[number];

/** `ready`: the broker's lists and the book agree and news are told. Anything else shuts entries, and only them. */
export const brokerStates = ['ready', 'reconciling', 'lost', 'refused'] as const;

export type BrokerState = (typeof brokerStates)[number];

/** How the broker's lists can differ from the book. */
export const differences = ['phantom', 'orphan', 'shares', 'foreign_order', 'missing_order', 'cash', 'account', 'clock'] as const;

export type Difference = (typeof differences)[number];

/** Why shares came or went without an order of this book. */
export const adjustments = ['phantom', 'orphan', 'external_trade', 'split', 'bust', 'correction'] as const;

export type Adjustment = (typeof adjustments)[number];

/** Why money came or went without a trade. `correction`: a trade has another price than it was told with. */
export const cashCauses = ['fee', 'dividend', 'interest', 'transfer', 'correction', 'other'] as const;

export type CashCause = (typeof cashCauses)[number];

/** What the broker says of our orders; made at the door. */
export type AccountEvent =
  | { readonly kind: 'order_accepted'; readonly order: OrderId }
  | { readonly kind: 'order_rejected'; readonly order: OrderId; readonly reason: OrderRejection }
  | ({ readonly kind: 'order_filled' } & Fill)
  | { readonly kind: 'order_cancelled'; readonly order: OrderId; readonly unfilled: Quantity }
  /** What the broker says of the account, as it says it: it need not agree with our book. */
  | { readonly kind: 'account_reported'; readonly cash: Cash; readonly equity: Cash }
  /** Whose account this book trades; `book` goes into the name of every order. Told once, before the first order. */
  | { readonly kind: 'account_opened'; readonly environment: Environment; readonly book: string; readonly account: string }
  /** The broker's order `broker` stood for `before` and stands for `order` from now on, though it keeps its name there. */
  | { readonly kind: 'order_renamed'; readonly order: OrderId; readonly before: OrderId; readonly broker: string }
  /** The order was sent and nobody knows what became of it. Its capital stays reserved until the broker's lists tell. */
  | { readonly kind: 'order_unknown'; readonly order: OrderId; readonly why: string }
  | { readonly kind: 'broker_line_changed'; readonly state: BrokerState; readonly why: string }
  /** Shares that no stop at the broker covers, beyond the time in which a stop may be on its way. */
  | {
      readonly kind: 'cover_missing';
      readonly symbol: SymbolIndex;
      readonly held: Quantity;
      readonly covered: Quantity;
      readonly since: Instant;
    }
  /** `symbol` is null where it is about the account; the numbers are shares, or money in 1e-4. */
  | {
      readonly kind: 'difference_found';
      readonly difference: Difference;
      readonly symbol: SymbolIndex | null;
      readonly ours: number;
      readonly theirs: number;
      readonly detail: string;
    }
  /** The broker is right: the book takes over so many shares more (or fewer) at this price. */
  | {
      readonly kind: 'position_adjusted';
      readonly symbol: SymbolIndex;
      readonly shares: number;
      readonly price: Price;
      readonly cause: Adjustment;
      /** Start of the minute in which it was found. */
      readonly bar: Instant;
    }
  /** So much more cash, or less, for a row of the broker's activities; each row is told once, by its name `activity`. */
  | {
      readonly kind: 'cash_moved';
      readonly activity: string;
      readonly cause: CashCause;
      readonly symbol: SymbolIndex | null;
      readonly amount: Cash;
      readonly detail: string;
    }
  /** No entries in this name until a person, or a clean comparison, lets it go; what is held in it stays protected. */
  | { readonly kind: 'name_quarantined'; readonly symbol: SymbolIndex; readonly why: string }
  | { readonly kind: 'name_released'; readonly symbol: SymbolIndex };
