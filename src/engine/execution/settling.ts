import type { BrokerOrder } from '#domain/brokerage/broker-order';
import type { OrderStatus } from '#domain/orders/life-cycle';
import { quantity } from '#domain/values/quantity';
import { coveredShares } from '#engine/execution/cover-watch';
import type { Desk } from '#engine/execution/desk';
import { wrongLegs } from '#engine/execution/legs';
import { follow, isEndOfGroup, readNow, unknownNext } from '#engine/execution/reads';
import { tellAccepted, tellCancelled, tellFilled, tellRejected } from '#engine/execution/telling';
import { hasGap, isLive, type Link, type Tracked } from '#engine/execution/tracked';

/** After something was learned of an order: what the house is told of it, of its group, and of what was to take its place. */
export function settleAround(desk: Desk, link: Link): void {
  const { owner } = link;
  if (owner.replacing !== null) settleReplace(desk, owner, owner.replacing);
  settle(desk, owner);
  for (const other of desk.roll.in(owner.order.symbol)) if (other.replacing === link) settleReplace(desk, other, link);
  if (isEndOfGroup(link)) endGroup(desk, link);
  // Whosever it was: what stands in its place may be the only stop that there is.
  if (unknownNext(desk, link) === null || link.read !== null) return;
  follow(desk, link);
  readNow(desk, link);
}

/** Tells how the order stands by what its links say. */
function settle(desk: Desk, owner: Tracked): void {
  if (owner.stage === 'ended' || owner.links.length === 0) return;
  if (owner.links.some((link) => link.unclear)) return;
  if (owner.links.some(isLive)) return welcome(desk, owner);
  // The end is told after every fill before it.
  if (owner.links.some(hasGap)) return desk.wantExecutions();
  const last = owner.links.findLast(({ status }) => status !== 'replaced') ?? owner.links.at(-1);
  if (last === undefined) return;
  switch (last.status) {
    case 'filled':
      welcome(desk, owner);
      return tellFilled(desk, owner);
    case 'rejected':
      return tellRejected(desk, owner, 'other');
    case 'replaced':
      return passedOn(desk, owner, last);
    default:
      return tellCancelled(desk, owner);
  }
}

/** A leg is the house's only once its bracket has been seen whole; an order in another's place once that one has made room. */
function welcome(desk: Desk, owner: Tracked): void {
  if (owner.replacing !== null) return;
  const head = desk.roll.get(owner.head);
  if (head !== undefined && head !== owner && !head.verified) return;
  tellAccepted(desk, owner);
}

function passedOn(desk: Desk, owner: Tracked, link: Link): void {
  const { replacedBy } = link.view;
  if (replacedBy === null) return follow(desk, link);
  const next = desk.roll.link(replacedBy);
  if (next !== undefined && next.owner !== owner) tellCancelled(desk, owner);
}

const arrived: readonly OrderStatus[] = ['new', 'held', 'partially_filled', 'filled'];

/** The broker's "yes" to a replace is none yet: the old order can fill first, and then the new one is rejected. */
function settleReplace(desk: Desk, next: Tracked, old: Link): void {
  const link = next.links.at(-1);
  if (link === undefined) return;
  if (link.status === 'rejected') {
    next.replacing = null;
    // What was to make room goes on as before.
    old.owner.cancelWanted = false;
    readNow(desk, old);
    return settle(desk, next);
  }
  // As long as the old one may be there, it is neither gone nor to be ended for the sake of the new one.
  if (old.status !== 'replaced' && (isLive(old) || !arrived.includes(link.status))) {
    follow(desk, link);
    return follow(desk, old);
  }
  next.replacing = null;
  settle(desk, next);
}

/** What ends one member of a group ends the others, and not always with a word. */
function endGroup(desk: Desk, link: Link): void {
  const { owner, status } = link;
  for (const other of desk.roll.familyOf(owner))
    if (other !== owner) for (const sibling of other.links) if (isLive(sibling)) follow(desk, sibling);
  for (const other of desk.roll.groupOf(owner)) {
    if (other === owner || other.stage === 'ended') continue;
    if (other.links.length > 0 || owner.order.role !== 'entry' || owner.stage !== 'ended') continue;
    if (status === 'rejected') tellRejected(desk, other, 'other');
    else tellCancelled(desk, other);
  }
}

/** A bracket is believed leg by leg: an answer without legs is looked at again, and then its entry is not wanted any more. */
export function verify(desk: Desk, { owner: head, status }: Link, view: BrokerOrder, source: 'news' | 'read'): void {
  if (head.order.role !== 'entry' || head.verified || (source === 'news' && view.legs === null)) return;
  if (status === 'rejected' || (status === 'canceled' && view.legs === null)) return;
  const wrong = wrongLegs(desk, head, view);
  if (wrong === null) {
    head.verified = true;
    settle(desk, head);
    for (const leg of desk.roll.legsOf(head)) settle(desk, leg);
    return;
  }
  if (head.nestedLooks++ < desk.patience.nestedLooksMax) return;
  leaveBare(desk, head, wrong);
}

function leaveBare(desk: Desk, head: Tracked, wrong: string): void {
  head.verified = true;
  const { symbol } = head.order;
  const held = Math.abs(desk.holdings.of(symbol));
  const group = desk.roll.groupOf(head);
  const theirs = group.filter(({ links }) => links.length > 0).length;
  desk.lane(symbol).isBare = true;
  desk.differ('missing_order', symbol, { ours: group.length, theirs, detail: `${head.order.id}: ${wrong}` });
  // A stop that is there stays, whatever is wrong with its target.
  const covered = coveredShares(desk, symbol);
  if (held > covered) desk.tell({ kind: 'cover_missing', symbol, held: quantity(held), covered: quantity(covered), since: desk.now });
  head.cancelWanted = true;
  for (const leg of desk.roll.legsOf(head)) if (leg.links.length === 0) tellRejected(desk, leg, 'other');
}
