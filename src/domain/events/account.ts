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

export type OrderRejection = 'buying_power' | 'unknown_symbol' | 'session_closed' | 'duplicate_order' | 'suspended';

/** What the broker says of our orders; made at the door. */
export type AccountEvent =
  | { readonly kind: 'order_accepted'; readonly order: OrderId }
  | { readonly kind: 'order_rejected'; readonly order: OrderId; readonly reason: OrderRejection }
  | ({ readonly kind: 'order_filled' } & Fill)
  | { readonly kind: 'order_cancelled'; readonly order: OrderId; readonly unfilled: Quantity }
  /** What the broker says of the account, as it says it: it need not agree with our book. */
  | { readonly kind: 'account_reported'; readonly cash: Cash; readonly equity: Cash };
