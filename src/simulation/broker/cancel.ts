import { type ApiAnswer, answer, refuse } from '#simulation/broker/api-answer';
import { endGroup } from '#simulation/broker/endings';
import { type Floor, planSoon } from '#simulation/broker/floor';
import type { Json } from '#simulation/broker/json';
import { tell } from '#simulation/broker/news';
import { ended, type HeldOrder } from '#simulation/broker/order';

/** Asks for a cancel: 204 is its receipt, not its effect. Source: broker-alpaca §11. */
export function requestCancel(floor: Floor, order: HeldOrder): ApiAnswer {
  if (ended(order)) return refuse(422, 42210000, `order is already in "${order.status}" state`);
  if (order.status === 'pending_cancel' || order.status === 'pending_replace') return refuse(422, 42210000, 'order is not cancelable');
  const stuck = floor.faults.order('cancel_stuck', order, order.id);
  const visible = stuck || floor.chance.habit(floor.options.habits.pendingCancelShare);
  const asked = floor.orders.change(order.id, floor.now, { cancelling: true, ...(visible ? { status: 'pending_cancel' } : {}) });
  if (visible) tell(floor, 'pending_cancel', asked);
  if (!stuck) planSoon(floor, { kind: 'cancel', order: order.id });
  return answer(null, 204);
}

/** All that are open, each with a status of its own. */
export function cancelAll(floor: Floor): ApiAnswer {
  const open = floor.orders.live().filter(({ status }) => status !== 'held');
  const items = open.map(({ id }): Json => {
    const { status, body } = requestCancel(floor, floor.orders.get(id));
    return { id, status: status === 204 ? 200 : status, ...(body === null ? {} : { body }) };
  });
  return answer(items, 207);
}

/** Cancels that have their effect at once, before positions are closed. */
export function cancelNow(floor: Floor, orders: readonly HeldOrder[]): void {
  for (const { id } of orders) {
    const order = floor.orders.get(id);
    if (!ended(order)) endGroup(floor, order, 'canceled');
  }
}
