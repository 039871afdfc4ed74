import type { Side } from '#domain/orders/order';
import { type ApiAnswer, forbidden } from '#simulation/broker/api-answer';
import type { HeldOrder, OrderClass, OrderType } from '#simulation/broker/order';

type Crossing = {
  readonly side: Side;
  readonly type: OrderType;
  readonly limit: number | null;
  readonly shape: OrderClass;
};

/** Groups and trailing stops are exempt. Source: broker-alpaca §18. */
const isExempt = ({ shape, type }: Crossing): boolean => shape !== '' || type === 'trailing_stop';

/** Exits that a group holds harm nobody; its entry, while it rests, stands in the way of every plain close. */
const isHarmless = (order: HeldOrder): boolean => isExempt(order) && (order.parent !== null || order.shape === 'oco' || order.shape === '');

/** An order that could trade with one of the same account on the other side. */
export function washFault(draft: Crossing, resting: readonly HeldOrder[]): ApiAnswer | null {
  if (isExempt(draft)) return null;
  for (const order of resting) {
    if (order.side === draft.side || isHarmless(order) || !couldMeet(draft, order)) continue;
    return forbidden('potential wash trade detected. use complex orders', {
      existing_order_id: order.id,
      reject_reason: order.type === 'limit' ? 'opposite side limit order exists' : `opposite side ${order.type} order exists`,
    });
  }
  return null;
}

function couldMeet(draft: Crossing, order: HeldOrder): boolean {
  if (draft.limit === null || order.limit === null) return true;
  return draft.side === 'buy' ? draft.limit >= order.limit : order.limit >= draft.limit;
}
