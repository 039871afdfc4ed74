import type { Desk } from '#engine/execution/desk';
import { bind, learn } from '#engine/execution/intake';
import { later } from '#engine/execution/submission';
import { tellCancelled, tellRejected } from '#engine/execution/telling';
import type { Tracked } from '#engine/execution/tracked';
import type { Answer, Ask } from '#engine/ports/brokerage';

/** Looks for orders of unknown fate by their names; after the last wait the comparisons go on with it. */
export function lookUpDue(desk: Desk): void {
  for (const tracked of desk.roll.open) {
    if (tracked.lookUp === null || tracked.lookUp.due > desk.now) continue;
    tracked.lookUp = desk.next(tracked.lookUp, desk.patience.lookUpMs);
    desk.outbox.ask(lookUpOf(tracked), 'reconcile', { kind: 'find', order: tracked.order.id });
  }
}

/** How the broker is asked for an order of ours: by the name that we gave it, or by the broker's own for one that it has taken over. */
export function lookUpOf({ clientId, takenOver }: Tracked): Ask {
  return takenOver === null ? { kind: 'find_order', clientId } : { kind: 'read_order', order: takenOver };
}

/** That it is not found proves nothing by itself. */
export function findAnswered(desk: Desk, tracked: Tracked, answer: Answer): void {
  if (answer.kind !== 'order') return;
  if (desk.roll.link(answer.order.id) === undefined) bind(desk, answer.order, tracked);
  learn(desk, answer.order, 'read');
}

/**
 * The broker's lists prove that it is not there. An entry is over; what takes risk away is sent again under another name
 * while it is still wanted; and what the broker had once confirmed has vanished.
 */
export function absent(desk: Desk, tracked: Tracked): void {
  const { order } = tracked;
  if (tracked.replacing !== null && tracked.order.role !== 'entry') tracked.replacing = null;
  if (tracked.accepted) {
    desk.differ('missing_order', order.symbol, { ours: order.shares - tracked.filled, theirs: 0, detail: order.id });
    for (const member of desk.roll.groupOf(tracked)) if (member.links.length === 0) tellCancelled(desk, member);
    return;
  }
  if (order.role !== 'entry' && !tracked.cancelWanted && desk.holdings.of(order.symbol) !== 0) {
    tracked.isHanded = true;
    return later(desk, tracked);
  }
  for (const member of desk.roll.groupOf(tracked)) tellRejected(desk, member, 'not_accepted');
  tracked.givenUp = true;
}
