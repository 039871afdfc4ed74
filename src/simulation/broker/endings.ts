import { type Floor, planSoon } from '#simulation/broker/floor';
import { tell } from '#simulation/broker/news';
import { ended, type HeldOrder, remaining } from '#simulation/broker/order';

export type Ending = 'canceled' | 'expired' | 'rejected';

/** Ends one order, and tells it. */
function end(floor: Floor, order: HeldOrder, ending: Ending): void {
  const at = floor.now;
  const stamp = { canceled: { canceledAt: at }, expired: { expiredAt: at }, rejected: { failedAt: at } }[ending];
  tell(floor, ending, floor.orders.change(order.id, at, { status: ending, working: false, ...stamp }));
}

/** Ends an order and with it its whole group: what has filled of an entry is left without cover. Source: broker-alpaca §9.1. */
export function endGroup(floor: Floor, order: HeldOrder, ending: Ending): void {
  end(floor, order, ending);
  const others = ending === 'rejected' ? 'canceled' : ending;
  for (const member of floor.orders.family(order)) if (member.id !== order.id && !ended(member)) end(floor, member, others);
}

/** Ends one leg alone; its siblings stay as they are. */
export const endAlone = (floor: Floor, order: HeldOrder, ending: Ending): void => end(floor, order, ending);

/** What a group does when one of its members has filled, wholly or in part. */
export function afterFill(floor: Floor, order: HeldOrder): void {
  if (order.status === 'filled' && order.parent === null && order.shape !== 'oco') return armLegs(floor, order);
  const siblings = floor.orders.family(order).filter((member) => member.id !== order.id && member.role !== 'entry' && !ended(member));
  for (const sibling of siblings) {
    if (order.status === 'filled') afterLegFilled(floor, order, sibling);
    else shrink(floor, order, sibling);
  }
}

function armLegs(floor: Floor, entry: HeldOrder): void {
  for (const id of entry.legs) {
    const leg = floor.orders.get(id);
    if (ended(leg)) continue;
    if (floor.faults.order('leg_rejected', leg, leg.id)) end(floor, leg, 'rejected');
    else planSoon(floor, { kind: 'activate', order: id });
  }
}

function afterLegFilled(floor: Floor, filled: HeldOrder, sibling: HeldOrder): void {
  if (!floor.faults.order('both_legs_fill', filled, filled.id)) return end(floor, sibling, 'canceled');
  // It sells what others hold back.
  floor.disturbed.add(filled.ticker);
  planSoon(floor, { kind: 'fill_anyway', order: sibling.id });
}

/** A target that has filled in part leaves the stop what remains. */
function shrink(floor: Floor, order: HeldOrder, sibling: HeldOrder): void {
  if (order.role !== 'target' || sibling.qty === null) return;
  if (floor.faults.order('target_deadlock', order, order.id)) {
    floor.orders.change(order.id, floor.now, { working: false });
    floor.orders.change(sibling.id, floor.now, { working: false });
  }
  const left = remaining(order) + sibling.filled;
  if (left !== sibling.qty) floor.orders.change(sibling.id, floor.now, { qty: left });
}
