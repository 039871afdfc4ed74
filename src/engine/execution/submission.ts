import type { OrderRejection } from '#domain/events/account';
import { assert } from '#domain/values/assert';
import { instant } from '#domain/values/instant';
import { type Quantity, quantity } from '#domain/values/quantity';
import type { Desk, Lane } from '#engine/execution/desk';
import { bind, learn } from '#engine/execution/intake';
import { waitOf } from '#engine/execution/patience';
import { readNow } from '#engine/execution/reads';
import { rejectionOf } from '#engine/execution/rejection';
import { tellRejected, tellUnknown } from '#engine/execution/telling';
import type { Link, Tracked } from '#engine/execution/tracked';
import type { Answer, BrokerRefusal, Mutation, Priority } from '#engine/ports/brokerage';

const LONGEST_WAIT_MS = 60_000;

/** An entry leaves with its stop and its target, which the broker holds for it. */
export function sendBracket(desk: Desk, lane: Lane, entry: Tracked): void {
  const legs = desk.roll.legsOf(entry);
  const stop = legs.find(({ order }) => order.role === 'stop')?.order.stop ?? null;
  const target = legs.find(({ order }) => order.role === 'target')?.order.limit ?? null;
  const { limit, side, shares } = entry.order;
  assert(limit !== null && stop !== null && target !== null, 'an entry has a limit, a stop and a target');
  const { clientId, ticker } = entry;
  send(desk, lane, entry, { ask: { kind: 'submit_bracket', clientId, ticker, side, shares, limit, stop, target }, priority: 'entry' });
}

/** An exit of its own, or a stop that no other order makes room for. */
export function sendAlone(desk: Desk, lane: Lane, tracked: Tracked, { shares, priority }: { shares: Quantity; priority: Priority }): void {
  const { clientId, ticker, order } = tracked;
  const { side, limit, stop } = order;
  send(desk, lane, tracked, { ask: { kind: 'submit_exit', clientId, ticker, side, shares, limit, stop }, priority });
}

/** The broker's order takes other terms and another name: at no time is there none. */
export function sendReplace(desk: Desk, lane: Lane, tracked: Tracked, old: Link): void {
  const { limit, stop, role } = tracked.order;
  const ofGroup = desk.roll.familyOf(old.owner).length > 1;
  const left = Math.max(0, old.view.shares - old.view.filled);
  // The legs of a group are as large as the broker makes them; and what does not change is refused when it is named.
  const shares = ofGroup || left === tracked.order.shares ? null : tracked.order.shares;
  tracked.replacing = old;
  const { clientId } = tracked;
  send(desk, lane, tracked, {
    ask: { kind: 'replace_order', order: old.id, clientId, shares, limit, stop },
    priority: role === 'stop' ? 'protect' : 'cancel',
  });
}

function send(desk: Desk, lane: Lane, tracked: Tracked, { ask, priority }: { ask: Mutation; priority: Priority }): void {
  for (const member of desk.roll.groupOf(tracked)) {
    member.stage = 'sent';
    member.sentAt = desk.now;
  }
  desk.breakerOf(tracked).sent(desk.now);
  const { id: order } = tracked.order;
  lane.busy =
    ask.kind === 'replace_order'
      ? desk.outbox.ask(ask, priority, { kind: 'replace', order, old: ask.order })
      : desk.outbox.ask(ask, priority, { kind: 'submit', order });
  lane.touched++;
}

/** What became of an order that was sent, other than what only a way out or a replace can make of it. */
export function sent(desk: Desk, tracked: Tracked, answer: Answer): void {
  switch (answer.kind) {
    case 'order': {
      const { order } = answer;
      if (desk.roll.link(order.id) === undefined) bind(desk, order, tracked);
      learn(desk, order, 'read');
      return;
    }
    case 'refused':
      return refused(desk, tracked, answer);
    case 'not_sent':
      return tracked.order.role === 'entry' ? rejectGroup(desk, tracked, 'not_sent') : later(desk, tracked, answer.waitMs);
    default:
      return doubtful(desk, tracked, answer.kind === 'ambiguous' ? answer.why : answer.kind);
  }
}

/** Nobody knows: it is looked for by its name, and nothing takes its place until its absence is proven. */
function doubtful(desk: Desk, tracked: Tracked, why: string): void {
  if (tracked.links.length > 0) return;
  for (const member of desk.roll.groupOf(tracked)) if (member.stage === 'sent') member.stage = 'unknown';
  tracked.sentAt = desk.now;
  tracked.lookUp = desk.first(desk.patience.lookUpMs);
  tellUnknown(desk, tracked, why);
}

/** Still wanted, and proven not to be at the broker: it is sent again after a wait that grows. */
export function later(desk: Desk, tracked: Tracked, waitMs = 0): void {
  desk.roll.tryAgain(tracked);
  tracked.notBefore = instant(desk.now + Math.max(waitOf(desk.patience.againMs, tracked.tries), Math.min(waitMs, LONGEST_WAIT_MS)));
  tracked.tries++;
}

export function rejectGroup(desk: Desk, tracked: Tracked, reason: OrderRejection): void {
  for (const member of desk.roll.groupOf(tracked)) tellRejected(desk, member, reason);
}

/** The broker takes nothing from this account any more. Whether that is what was refused. */
export function shutIfRefused(desk: Desk, { reason }: BrokerRefusal): boolean {
  if (reason === 'not_authorized') desk.line.refuse('not_authorized', 'line_ready', desk.now);
  else if (reason === 'account_blocked') desk.line.refuse('account_blocked', 'unblocked', desk.now);
  else return false;
  return true;
}

/** Refusals that another look at the name's orders may take out of the way: for a stop, and for anything by a replace. */
const passing: readonly BrokerRefusal['reason'][] = ['shares_reserved', 'wash_trade', 'not_replaceable', 'unchanged'];
const ofReplace: readonly BrokerRefusal['reason'][] = ['not_replaceable', 'unchanged'];

function refused(desk: Desk, tracked: Tracked, refusal: BrokerRefusal): void {
  const { reason } = refusal;
  const isShut = shutIfRefused(desk, refusal);
  const old = tracked.replacing;
  if (old !== null) {
    readNow(desk, old);
    if (reason === 'duplicate_client_id') return doubtful(desk, tracked, reason);
  }
  // The earlier one has arrived: it only has to be found.
  if (reason === 'duplicate_client_id') {
    doubtful(desk, tracked, reason);
    if (tracked.lookUp !== null) tracked.lookUp.due = desk.now;
    return;
  }
  const isExit = tracked.order.role !== 'entry';
  if (isExit && isShut) {
    desk.line.refusesExits = true;
    return later(desk, tracked, waitOf(desk.patience.restrictedMs, tracked.tries));
  }
  // What stands in the way is planned around anew: the name's orders are looked at again.
  const isPassing = passing.includes(reason) && (tracked.order.role === 'stop' || ofReplace.includes(reason));
  if (isExit && isPassing && tracked.tries < desk.patience.triesMax) return later(desk, tracked);
  if (old !== null) old.owner.cancelWanted = false;
  rejectGroup(desk, tracked, rejectionOf[reason]);
}

/** A whole number of shares, for what the broker counts in fractions. */
export const wholeShares = (shares: number): Quantity => quantity(Math.max(0, Math.floor(shares)));
