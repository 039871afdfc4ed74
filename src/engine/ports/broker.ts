import type { Order, OrderId } from '#domain/orders/order';
import type { Approved } from '#domain/risk/approval';

/** The way out to the market. Answers never come back here: they enter at the door as events. */
export type Broker = {
  /** Orders that stand or fall together: a bracket's entry with its legs, or a single exit. */
  submit(orders: readonly Approved<Order>[]): void;
  cancel(order: OrderId): void;
  /** Shuts the account for orders that open anything, at the broker itself; exits and cancels go on. */
  suspend(): void;
  resume(): void;
};
