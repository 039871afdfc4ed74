import { instant } from '#domain/values/instant';
import { quantity } from '#domain/values/quantity';
import { cancelNext } from '#engine/execution/cancelling';
import type { Desk, Lane, WayOut } from '#engine/execution/desk';
import { waitOf } from '#engine/execution/patience';
import { rejectionOf } from '#engine/execution/rejection';
import { sendAlone, wholeShares } from '#engine/execution/submission';
import { tellCancelled, tellRejected } from '#engine/execution/telling';
import { hasGap, isFlatten, isLive, isOpen, type Tracked } from '#engine/execution/tracked';
import type { Answer, BrokerRefusal } from '#engine/ports/brokerage';

/**
 * Everything out of a name at the market: what rests there reserves the shares, so it ends first; then the broker says what
 * can be sold; then that is sold. One exit for a name: another one waits for it, and takes what is left.
 */
export function goOut(desk: Desk, lane: Lane, exit: Tracked): void {
  const out = outOf(desk, lane, exit);
  dropWaiting(desk, exit);
  // While the broker loses exits, the stop that rests there stays.
  const { until } = desk.breakers.exit;
  if (desk.mustWait(lane, out.notBefore) || desk.mustWait(lane, exit.notBefore) || desk.mustWait(lane, until)) return;
  const others = desk.roll.in(lane.symbol).filter((other) => other !== exit);
  // One of the other side, which nobody has found, cannot do the same once more: both legs of its bracket have filled (B9).
  const twins = others.filter((other) => isFlatten(other) && other.order.side === exit.order.side);
  if (twins.some(({ stage }) => stage === 'sent' || stage === 'unknown')) return;
  const links = others.flatMap(({ links }) => links.filter(isLive));
  const ahead = links.find(({ owner }) => isFlatten(owner) && !owner.cancelWanted);
  if (ahead !== undefined) {
    // Its end may never be told, and this one would wait for the next comparison (C4).
    ahead.read ??= { step: desk.patience.lookUpMs.length, due: desk.in(desk.patience.cancelAgainMs) };
    return;
  }
  const held = Math.abs(desk.holdings.of(lane.symbol));
  if (links.length > 0 && held > 0 && desk.line.isRestricted && !out.isTaken && links.every(({ owner }) => owner.order.role !== 'entry')) {
    // A restricted account may take no exit either: that is found out before its stops are ended for it (D6).
    return sendAlone(desk, lane, exit, { shares: quantity(Math.min(exit.order.shares, held)), priority: 'flatten' });
  }
  if (links.length > 0) {
    out.available = null;
    // Protection goes last.
    const stops = links.filter(({ owner }) => owner.order.role === 'stop');
    cancelNext(desk, lane, [...links.filter((link) => !stops.includes(link)), ...stops], 'flatten');
    return;
  }
  if (isFillMissing(desk, lane, others)) return;
  if (held === 0) return tellCancelled(desk, exit);
  if (out.available === null) return readAvailable(desk, lane, out);
  const shares = Math.min(exit.order.shares, wholeShares(out.available));
  if (shares === 0) return fromTheTop(desk, lane, exit);
  sendAlone(desk, lane, exit, { shares: quantity(shares), priority: 'flatten' });
}

/** Whether something may have been sold that is only on its way here. What no list shows in that time is not waited for: how much is left the broker says. */
function isFillMissing(desk: Desk, lane: Lane, others: readonly Tracked[]): boolean {
  const missing = others.flatMap(({ links }) => links.filter(hasGap));
  if (missing.length === 0) return false;
  desk.wantExecutions();
  const newest = Math.max(...missing.map(({ view }) => view.updatedAt));
  return desk.mustWait(lane, instant(newest + desk.patience.flattenGraceMs));
}

function outOf(desk: Desk, lane: Lane, exit: Tracked): WayOut {
  if (lane.out?.order === exit.order.id) return lane.out;
  // The next exit joins the one under way, with the tries that are left.
  const since = lane.out?.since ?? desk.now;
  lane.out = { order: exit.order.id, since, available: null, isReading: false, unread: 0, tries: 0, notBefore: desk.now, isTaken: false };
  return lane.out;
}

/** Whatever waits to be sent in this name has no point any more. */
function dropWaiting(desk: Desk, exit: Tracked): void {
  for (const other of desk.roll.in(exit.order.symbol))
    if (other !== exit && other.stage === 'waiting' && isOpen(other)) tellCancelled(desk, other);
}

function readAvailable(desk: Desk, lane: Lane, out: WayOut): void {
  if (out.isReading) return;
  out.isReading = true;
  desk.outbox.ask({ kind: 'list_positions' }, 'flatten', { kind: 'available', symbol: lane.symbol, order: out.order });
}

/** What the broker says can be sold. A name that is not in the list may only be late in it. */
export function availableAnswered(desk: Desk, lane: Lane, answer: Answer): void {
  const { out } = lane;
  if (out === null) return;
  out.isReading = false;
  if (answer.kind === 'positions') {
    const row = answer.positions.find(({ ticker }) => ticker === lane.ticker);
    out.available = Math.abs(row?.available ?? 0);
    return;
  }
  out.notBefore = desk.in(waitOf(desk.patience.againMs, out.unread++));
}

/** The broker still reserves the shares for something: everything is looked at anew, a bounded number of times. */
export function fromTheTop(desk: Desk, lane: Lane, exit: Tracked, refusal: BrokerRefusal | null = null): void {
  const { out } = lane;
  if (out === null) return;
  if (refusal !== null) desk.roll.tryAgain(exit);
  if (refusal !== null && desk.line.isRestricted && !out.isTaken) {
    out.isTaken = true;
    return;
  }
  if (out.tries === 0) tellUncovered(desk, lane, out);
  out.available = null;
  out.tries++;
  out.notBefore = desk.in(waitOf(desk.patience.againMs, out.tries - 1));
  if (out.tries < desk.patience.triesMax) return;
  tellRejected(desk, exit, refusal === null ? 'shares_reserved' : rejectionOf[refusal.reason]);
  desk.compareSoon = true;
}

function tellUncovered(desk: Desk, lane: Lane, { since }: WayOut): void {
  const { symbol } = lane;
  const held = Math.abs(desk.holdings.of(symbol));
  if (held === 0) return;
  lane.toldAt = desk.now;
  desk.tell({ kind: 'cover_missing', symbol, held: quantity(held), covered: quantity(0), since });
}
