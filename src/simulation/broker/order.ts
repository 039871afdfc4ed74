import { isEnded, type OrderStatus } from '#domain/orders/life-cycle';
import type { OrderRole, Side } from '#domain/orders/order';
import type { Instant } from '#domain/values/instant';

export const orderTypes = ['market', 'limit', 'stop', 'stop_limit', 'trailing_stop'] as const;
export type OrderType = (typeof orderTypes)[number];

export const timesInForce = ['day', 'gtc', 'opg', 'cls', 'ioc', 'fok'] as const;
export type TimeInForce = (typeof timesInForce)[number];

export type PositionIntent = 'buy_to_open' | 'buy_to_close' | 'sell_to_open' | 'sell_to_close';

/** A simple order has no class, as on paper. */
export type OrderClass = '' | 'bracket' | 'oco' | 'oto';

/** One order as the broker holds it; each change makes a new one. Quantities in 1e-9 shares, money and prices in 1e-4. */
export type HeldOrder = {
  readonly id: string;
  readonly clientId: string;
  /** The place in the broker's own order. */
  readonly sequence: number;
  readonly ticker: string;
  readonly side: Side;
  readonly intent: PositionIntent;
  readonly role: OrderRole;
  readonly shape: OrderClass;
  readonly type: OrderType;
  readonly tif: TimeInForce;
  readonly extended: boolean;
  /** Exactly one of both is null. */
  readonly qty: number | null;
  readonly notional: number | null;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly trailPrice: number | null;
  /** Hundredths of a percent. */
  readonly trailPercent: number | null;
  /** The highest price since a trailing stop to sell came in; the lowest for one to buy. */
  readonly mark: number | null;
  readonly status: OrderStatus;
  readonly filled: number;
  /** What `filled` has cost or brought. */
  readonly cost: number;
  /** Whether it is at the venue and may meet the market. */
  readonly working: boolean;
  /** Whether its stop price has been printed. */
  readonly elected: boolean;
  /** Whether it has had the part that some get first. */
  readonly hadPart: boolean;
  /** Whether its cancel is under way, visible or not. */
  readonly cancelling: boolean;
  readonly parent: string | null;
  readonly legs: readonly string[];
  readonly replaces: string | null;
  readonly replacedBy: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly filledAt: Instant | null;
  readonly expiredAt: Instant | null;
  readonly expiresAt: Instant | null;
  readonly canceledAt: Instant | null;
  readonly failedAt: Instant | null;
  readonly replacedAt: Instant | null;
};

export const ended = (order: HeldOrder): boolean => isEnded(order.status);

/** Shares still to fill; an order by money has none that can be counted. */
export const remaining = (order: HeldOrder): number => (order.qty === null ? 0 : order.qty - order.filled);

export const closes = ({ intent }: HeldOrder): boolean => intent === 'buy_to_close' || intent === 'sell_to_close';

/** Whether it waits for a price to be printed. */
export const isStop = ({ type }: { readonly type: OrderType }): boolean =>
  type === 'stop' || type === 'stop_limit' || type === 'trailing_stop';
