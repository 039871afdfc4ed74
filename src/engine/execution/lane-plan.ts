import { isReplaceable } from '#domain/orders/life-cycle';
import { quantity } from '#domain/values/quantity';
import { cancelNext } from '#engine/execution/cancelling';
import type { Desk, Lane } from '#engine/execution/desk';
import { endLost } from '#engine/execution/lost-orders';
import { isEndOfGroup, readNow } from '#engine/execution/reads';
import { settleAround } from '#engine/execution/settling';
import { rejectGroup, sendAlone, sendBracket, sendReplace } from '#engine/execution/submission';
import { tellCancelled } from '#engine/execution/telling';
import { isFlatten, isLive, isOpen, type Link, liveLink, type Tracked } from '#engine/execution/tracked';
import { goOut } from '#engine/execution/way-out';

/**
 * What is done next in one name: one thing at a time, the way out before cancels, cancels before protection, protection
 * before entries. What has been overtaken by something newer is not done at all.
 */
export function goOn(desk: Desk, lane: Lane): void {
  lane.wake = null;
  clearOut(desk, lane);
  const orders = desk.roll.in(lane.symbol).filter(isOpen);
  refuseEntries(desk, lane, orders);
  for (const order of orders) if (order.cancelWanted && order.stage === 'waiting' && order.isHanded) tellCancelled(desk, order);
  if (lane.busy !== null || desk.line.isRefused || !desk.hasCompared) return;
  const waiting = orders.filter(({ stage, isHanded }) => stage === 'waiting' && isHanded);
  if (endLost(desk, lane, waiting)) return;
  const exit = waiting.findLast(isFlatten);
  if (exit !== undefined) return goOut(desk, lane, exit);
  if (cancelNext(desk, lane, unwanted(orders), 'cancel')) return;
  const stop = newest(desk, waiting, 'stop');
  // Also what the house has let go can still be there.
  const all = desk.roll.in(lane.symbol);
  if (stop !== undefined) return placeStop(desk, lane, stop, all);
  const limit = newest(desk, waiting, 'exit');
  if (limit !== undefined) return placeLimit(desk, lane, limit, all);
  const entry = waiting.find(({ order }) => order.role === 'entry');
  if (entry !== undefined && !isOccupied(orders, entry)) sendBracket(desk, lane, entry);
}

/** The way out is over with its exit: then what is left is an ordinary position again. */
function clearOut(desk: Desk, lane: Lane): void {
  if (lane.out !== null && desk.roll.get(lane.out.order)?.stage === 'ended') lane.out = null;
}

/** Whether the broker can be believed, and in this name. */
export const isTrusted = ({ line, quarantined }: Desk, { order }: Tracked): boolean =>
  line.state === 'ready' && !quarantined.has(order.symbol);

/** Entries take risk: only while the broker's lists and ours agree, and not after they have waited. */
function refuseEntries(desk: Desk, lane: Lane, orders: readonly Tracked[]): void {
  for (const order of orders) {
    if (order.order.role !== 'entry' || order.stage !== 'waiting' || !order.isHanded) continue;
    const isLate = order.requestedAt + desk.patience.settleMs < desk.now;
    if (!isTrusted(desk, order) || desk.breakers.entry.until > desk.now || isLate) rejectGroup(desk, order, 'not_sent');
    else desk.mustWait(lane, desk.in(order.requestedAt + desk.patience.settleMs + 1 - desk.now));
  }
}

/** Something of an earlier trade is still at the broker: an entry beside it would be refused. */
const isOccupied = (orders: readonly Tracked[], entry: Tracked): boolean =>
  orders.some((order) => order.head !== entry.head && order.stage !== 'waiting' && isOpen(order));

/** Orders whose end is wanted. One that another is to replace stays until that one has taken its place. */
function unwanted(orders: readonly Tracked[]): readonly Link[] {
  const links = orders.filter(({ cancelWanted }) => cancelWanted).flatMap((order) => liveLink(order) ?? []);
  return links.filter(({ owner }) => !orders.some((next) => next !== owner && isSuccessor(next, owner)));
}

const isSuccessor = (next: Tracked, { order }: Tracked): boolean => {
  const isUnderWay = next.stage === 'waiting' || next.stage === 'sent' || next.stage === 'unknown' || next.replacing !== null;
  if (!isUnderWay || next.cancelWanted) return false;
  return order.role === 'stop' ? next.order.role === 'stop' : order.role !== 'entry' && next.order.role === 'exit' && !isFlatten(next);
};

/** A newer one of a kind takes the place of those that wait. */
function newest(desk: Desk, waiting: readonly Tracked[], role: 'stop' | 'exit'): Tracked | undefined {
  const all = waiting.filter((tracked) => isOpen(tracked) && tracked.order.role === role && tracked.head === tracked.order.id);
  for (const older of all.slice(0, -1)) tellCancelled(desk, older);
  return all.at(-1);
}

function placeStop(desk: Desk, lane: Lane, stop: Tracked, orders: readonly Tracked[]): void {
  const held = Math.abs(desk.holdings.of(lane.symbol));
  if (held === 0) return tellCancelled(desk, stop);
  if (desk.mustWait(lane, stop.notBefore) || desk.mustWait(lane, desk.breakers.exit.until) || isUndecided(orders, stop)) return;
  const entry = liveOf(orders, ({ order }) => order.role === 'entry');
  const old = liveOf(orders, ({ order }) => order.role === 'stop');
  if (entry === undefined && old !== undefined && canMakeRoom(desk, stop, { old, held })) return takePlace(desk, lane, stop, old);
  // Beside an entry that works a stop would be a wash trade, and beside a target there are no shares for it.
  const inTheWay = entry === undefined ? orders.flatMap((order) => liveLink(order) ?? []) : [entry];
  // Of an account that takes no stop either, what protects as far as it goes stays.
  if (inTheWay.length > 0 && entry === undefined && desk.line.refusesExits) return;
  if (inTheWay.length > 0)
    return void cancelNext(
      desk,
      lane,
      inTheWay.filter(({ owner }) => !isFlatten(owner)),
      'protect',
    );
  sendAlone(desk, lane, stop, { shares: quantity(Math.min(held, stop.order.shares)), priority: 'protect' });
}

function placeLimit(desk: Desk, lane: Lane, exit: Tracked, orders: readonly Tracked[]): void {
  const held = Math.abs(desk.holdings.of(lane.symbol));
  if (held === 0) return tellCancelled(desk, exit);
  if (desk.mustWait(lane, exit.notBefore) || desk.mustWait(lane, desk.breakers.exit.until) || isUndecided(orders, exit)) return;
  const old = liveOf(orders, ({ order }) => order.type === 'limit' && (order.role === 'target' || order.role === 'exit'));
  if (old !== undefined) return takePlace(desk, lane, exit, old);
  const entry = liveOf(orders, ({ order }) => order.role === 'entry');
  if (entry !== undefined) return void cancelNext(desk, lane, [entry], 'protect');
  sendAlone(desk, lane, exit, { shares: quantity(Math.min(held, exit.order.shares)), priority: 'flatten' });
}

/**
 * One for the day makes no room for one that lasts: what is replaced keeps its time in force. A leg keeps its size as well, so that of
 * more shares than it has, as after a split, its whole group makes room (D7).
 */
function canMakeRoom(desk: Desk, { order }: Tracked, { old, held }: { old: Link; held: number }): boolean {
  const { status, view, owner } = old;
  const isLasting = status !== 'done_for_day' && view.timeInForce !== 'day' && !isEnding(desk, old);
  const isLarge = view.shares - view.filled >= Math.min(held, order.shares);
  return isLasting && (isLarge || desk.roll.familyOf(owner).length === 1);
}

/** A member of its group has just ended, so it may have too: it is no order that another could replace. */
const isEnding = (desk: Desk, { owner }: Link): boolean =>
  desk.roll
    .familyOf(owner)
    .some((member) => member !== owner && member.links.some(isEndOfGroup) && member.endedAt + desk.patience.cancelAgainMs > desk.now);

/** While nobody knows what became of one of a kind, no second one is sent. */
const isUndecided = (orders: readonly Tracked[], next: Tracked): boolean =>
  orders.some((order) => order !== next && order.order.role === next.order.role && (order.stage === 'unknown' || order.replacing !== null));

const liveOf = (orders: readonly Tracked[], wanted: (tracked: Tracked) => boolean): Link | undefined =>
  orders
    .filter(wanted)
    .flatMap((order) => liveLink(order) ?? [])
    .at(-1);

/** One order makes room for the next by a replace; one that already is what is wanted only changes its name. */
function takePlace(desk: Desk, lane: Lane, next: Tracked, old: Link): void {
  const { view, status } = old;
  const isAsLarge = view.shares === next.order.shares || desk.roll.familyOf(old.owner).length > 1;
  if (view.limit === next.order.limit && view.stop === next.order.stop && isAsLarge && isLive(old)) {
    const before = old.owner;
    desk.roll.handOver(old, next);
    desk.rename(old.id, before, next);
    next.stage = 'live';
    tellCancelled(desk, before);
    return settleAround(desk, old);
  }
  if (isReplaceable(status)) return sendReplace(desk, lane, next, old);
  if (desk.mustWait(lane, next.notBefore)) return;
  next.notBefore = desk.in(1_000);
  desk.mustWait(lane, next.notBefore);
  readNow(desk, old);
}
