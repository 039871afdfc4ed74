import type { OrderRejection } from '#domain/events/account';
import { quantity } from '#domain/values/quantity';
import type { Desk } from '#engine/execution/desk';
import { type Tracked, unfilledOf } from '#engine/execution/tracked';

/** What the house is told of its orders: each thing once. */
export function tellAccepted(desk: Desk, tracked: Tracked): void {
  if (tracked.accepted) return;
  tracked.accepted = true;
  desk.tell({ kind: 'order_accepted', order: tracked.order.id });
}

/** Nobody knows what became of it; said again of an order that had been known. */
export function tellUnknown(desk: Desk, tracked: Tracked, why: string): void {
  tracked.accepted = false;
  desk.tell({ kind: 'order_unknown', order: tracked.order.id, why });
}

export function tellRejected(desk: Desk, tracked: Tracked, reason: OrderRejection): void {
  if (tracked.stage === 'ended') return;
  // Something of it has filled: then it was no rejection.
  if (tracked.filled > 0) return tellCancelled(desk, tracked);
  end(desk, tracked);
  desk.tell({ kind: 'order_rejected', order: tracked.order.id, reason });
}

export function tellCancelled(desk: Desk, tracked: Tracked): void {
  if (tracked.stage === 'ended') return;
  end(desk, tracked);
  desk.tell({ kind: 'order_cancelled', order: tracked.order.id, unfilled: quantity(unfilledOf(tracked)) });
}

/** It has filled as far as it can; a house order that was for more shares ends without the rest. */
export function tellFilled(desk: Desk, tracked: Tracked): void {
  if (unfilledOf(tracked) > 0) return tellCancelled(desk, tracked);
  end(desk, tracked);
}

function end(desk: Desk, tracked: Tracked): void {
  tracked.stage = 'ended';
  tracked.endedAt = desk.now;
  tracked.lookUp = null;
  tracked.replacing = null;
}
