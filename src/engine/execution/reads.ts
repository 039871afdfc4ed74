import type { BrokerOrderId } from '#domain/brokerage/broker-order';
import type { Desk } from '#engine/execution/desk';
import { isFlatten, isLive, type Link } from '#engine/execution/tracked';

/** The order is read after growing waits, until nothing about it is open any more. */
export function follow(desk: Desk, link: Link): void {
  const first = desk.first(desk.patience.lookUpMs);
  if (link.read === null || link.read.due > first.due) link.read = first;
}

/** The order is read now, unless it is being read. */
export function readNow(desk: Desk, link: Link): void {
  if (link.reading) return;
  link.reading = true;
  desk.outbox.ask({ kind: 'read_order', order: unknownNext(desk, link) ?? link.id }, 'reconcile', { kind: 'read', link: link.id });
}

/** The order that has taken its place, as long as nobody here knows that one. */
export function unknownNext({ roll }: Desk, { status, view }: Link): BrokerOrderId | null {
  const { replacedBy } = view;
  return status === 'replaced' && replacedBy !== null && roll.link(replacedBy) === undefined ? replacedBy : null;
}

/** Reads what is due; what is still open after the last wait is left to the comparisons. */
export function readDue(desk: Desk): void {
  for (const link of desk.roll.links) {
    if (link.read === null || link.read.due > desk.now) continue;
    if (!isRestless(desk, link)) {
      link.read = null;
      continue;
    }
    link.read = desk.next(link.read, desk.patience.lookUpMs);
    readNow(desk, link);
  }
}

/** Something has been asked, or has happened, after which this order should be heard of. */
function isRestless(desk: Desk, link: Link): boolean {
  if (link.unclear) return true;
  const { owner } = link;
  if (link.status === 'replaced') return link.view.replacedBy === null || unknownNext(desk, link) !== null;
  const group = desk.roll.groupOf(owner);
  const family = desk.roll.familyOf(owner);
  if (owner.head === owner.order.id && group.length > 1 && !owner.verified && (isLive(link) || link.view.filled > 0)) return true;
  if (!isLive(link)) return false;
  if (link.cancel !== null || owner.replacing !== null) return true;
  // Its shares have no stop while it works, and its end may be told by nobody.
  if (isFlatten(owner)) return true;
  if (family.some((other) => other !== owner && other.links.some((sibling) => isEndOfGroup(sibling)))) return true;
  return desk.roll.in(owner.order.symbol).some(({ replacing }) => replacing === link);
}

/** An entry that ended without being filled, or a leg that ended other than by a replace, ends the rest of its group. */
export const isEndOfGroup = ({ owner, status }: Link): boolean =>
  owner.order.role === 'entry'
    ? status === 'canceled' || status === 'expired' || status === 'rejected'
    : status === 'filled' || status === 'canceled' || status === 'expired' || status === 'rejected';
