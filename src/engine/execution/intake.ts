import type { BrokerOrder, Execution } from '#domain/brokerage/broker-order';
import { isEnded, isLegal } from '#domain/orders/life-cycle';
import type { OrderRole } from '#domain/orders/order';
import { noteBust } from '#engine/execution/busts';
import { noteCorrection } from '#engine/execution/corrections';
import type { Desk } from '#engine/execution/desk';
import { applyExecution, takeCredit } from '#engine/execution/fills';
import { legOf, mismatch } from '#engine/execution/legs';
import { follow, readNow } from '#engine/execution/reads';
import { settleAround, verify } from '#engine/execution/settling';
import { tellCancelled, tellUnknown } from '#engine/execution/telling';
import { hasGap, isFlatten, isLive, type Link, type Tracked } from '#engine/execution/tracked';

/** News come in any order, twice or not at all; a read is what the broker has now. */
export type Source = 'news' | 'read';

/**
 * Everything that the broker says of an order comes through here, whatever brought it. Null for an order that nobody here
 * knows yet: it may belong to something whose answer is still on its way.
 */
export function learn(desk: Desk, view: BrokerOrder, source: Source): Link | null {
  const owner = ownerOf(desk, view);
  const link = desk.roll.link(view.id) ?? (owner === null ? null : bind(desk, view, owner));
  if (link === null) {
    keep(desk, view);
    return null;
  }
  take(desk, link, view, source);
  learnLegs(desk, link, view, source);
  verify(desk, link, view, source);
  settleAround(desk, link);
  // What it has replaced can be over only now that its successor is known.
  const before = view.replaces === null ? undefined : desk.roll.link(view.replaces);
  if (before !== undefined) settleAround(desk, before);
  return link;
}

/** One execution as it was told: put down to its order, or kept until the order is known. */
export function hear(desk: Desk, execution: Execution, source: 'news' | 'list'): void {
  if (execution.busts !== null) return noteBust(desk, execution);
  if (execution.corrects !== null) return noteCorrection(desk, execution);
  const link = desk.roll.link(execution.order);
  if (link === undefined) {
    const place = kept(desk, execution.order);
    if (place?.executions.every(({ cumulative }) => cumulative !== execution.cumulative)) place.executions.push(execution);
    return;
  }
  // An order that has ended fills no more: only what the broker itself counts is taken.
  if (!isLive(link) && execution.cumulative > link.view.filled) return readNow(desk, link);
  applyExecution(desk, link, execution, source);
  settleAround(desk, link);
}

function ownerOf(desk: Desk, view: BrokerOrder): Tracked | null {
  const named = desk.roll.named(view);
  if (named !== undefined) return named;
  // The broker replaces a stop by itself when it triggers: the same order of ours under another name.
  return view.replaces === null ? null : (desk.roll.ownerOf(view.replaces) ?? null);
}

/**
 * An order that already was what was wanted has only changed hands; its name at the broker still is that of the one before,
 * which is all that a restart finds.
 */
function heirOf(desk: Desk, view: BrokerOrder, owner: Tracked): Tracked {
  if (owner.stage !== 'ended' || view.status === 'unknown' || isEnded(view.status)) return owner;
  const { role, symbol, limit, stop } = owner.order;
  const isHeir = ({ order, stage, accepted, links }: Tracked): boolean =>
    stage === 'unknown' && accepted && links.length === 0 && order.role === role && order.limit === limit && order.stop === stop;
  return desk.roll.in(symbol).find(isHeir) ?? owner;
}

/** From now on this order of the broker stands for that order of ours. */
export function bind(desk: Desk, view: BrokerOrder, named: Tracked): Link {
  const owner = heirOf(desk, view, named);
  const link: Link = {
    id: view.id,
    owner,
    view,
    status: view.status === 'unknown' ? 'pending_new' : view.status,
    applied: 0,
    unclear: false,
    read: null,
    reading: false,
    cancel: null,
    misses: 0,
    passedSince: null,
  };
  desk.roll.add(link);
  if (owner !== named) desk.rename(view.id, named, owner);
  takeCredit(link, view.filled);
  desk.lane(owner.order.symbol).touched++;
  const replaced = view.replaces === null ? undefined : desk.roll.link(view.replaces);
  if (replaced !== undefined) owner.family = replaced.owner.family;
  else if (view.replaces !== null) endReplaced(desk, owner);
  if (owner.givenUp) adopt(desk, owner, view);
  owner.stage = owner.stage === 'ended' ? 'ended' : 'live';
  owner.lookUp = null;
  checkFields(desk, owner, view);
  if ((owner.order.role === 'entry' && !owner.verified) || isFlatten(owner)) follow(desk, link);
  const before = desk.kept.get(view.id);
  desk.kept.delete(view.id);
  if (before?.view != null) take(desk, link, before.view, 'news');
  for (const execution of before?.executions ?? [])
    if (execution.cumulative <= link.view.filled) applyExecution(desk, link, execution, 'news');
  return link;
}

/**
 * After a restart only the newest of a chain is found, and it says that it has replaced another. Of one position there is one
 * order of a kind at a time, whichever trade it was placed for, so whatever stood there before and nobody knows is over; or it
 * would be waited for for ever.
 */
function endReplaced(desk: Desk, owner: Tracked): void {
  const { symbol, role } = owner.order;
  // A limit exit takes the target's place; a stop that of a stop.
  const roles: readonly OrderRole[] = role === 'stop' ? ['stop'] : ['target', 'exit'];
  for (const before of desk.roll.in(symbol)) {
    const isUnseen = before !== owner && before.stage === 'unknown' && before.links.length === 0;
    const isBefore = roles.includes(before.order.role) && before.requestedAt <= owner.requestedAt;
    if (isUnseen && isBefore) tellCancelled(desk, before);
  }
}

/** It was proven absent and is there all the same: nobody waits for it, so what is left of it ends. */
function adopt(desk: Desk, owner: Tracked, { shares }: BrokerOrder): void {
  owner.givenUp = false;
  owner.stage = 'live';
  owner.cancelWanted = true;
  desk.differ('orphan', owner.order.symbol, { ours: 0, theirs: shares, detail: `late: ${owner.order.id}` });
}

function checkFields(desk: Desk, owner: Tracked, view: BrokerOrder): void {
  if (desk.roll.named(view) !== owner || view.type === 'unknown') return;
  const wrong =
    mismatch(owner.order, view, owner.ticker) ?? (view.shares > owner.order.shares && owner.order.role === 'entry' ? 'shares' : null);
  if (wrong === null) return;
  desk.differ('foreign_order', owner.order.symbol, {
    ours: owner.order.shares,
    theirs: view.shares,
    detail: `${owner.order.id}: ${wrong}`,
  });
  if (owner.order.role === 'entry') owner.cancelWanted = true;
}

/** What is told goes only forward: less than is known, older, or against the life cycle is a reason to read. */
function take(desk: Desk, link: Link, view: BrokerOrder, source: Source): void {
  link.misses = 0;
  const known = link.view;
  if (view.filled < known.filled) {
    if (source === 'news') readNow(desk, link);
    return;
  }
  if (isEnded(link.status)) return takeOfEnded(desk, link, view, source);
  if (view.status === 'unknown') {
    link.view = { ...known, filled: view.filled, meanPrice: view.meanPrice };
    doubt(desk, link, 'a status that nobody knows');
  } else if (view.updatedAt < known.updatedAt && !isEnded(view.status)) {
    link.view = { ...known, filled: view.filled };
    if (source === 'news' && view.status !== link.status) readNow(desk, link);
  } else if (view.status !== link.status && !isLegal(link.status, view.status) && source === 'news') {
    link.view = { ...known, filled: view.filled };
    doubt(desk, link, `${view.status} after ${link.status}`);
  } else {
    if (view.status !== link.status) desk.lane(link.owner.order.symbol).touched++;
    desk.roll.become(link, view.status);
    link.view = view;
    link.unclear = false;
  }
  takeCredit(link, link.view.filled);
  if (hasGap(link) && source === 'read') desk.wantExecutions();
}

function takeOfEnded(desk: Desk, link: Link, view: BrokerOrder, source: Source): void {
  if (view.status === link.status && view.filled === link.view.filled) {
    if (link.view.replacedBy === null && view.replacedBy !== null) link.view = view;
    return;
  }
  if (source === 'news') return readNow(desk, link);
  // A fill can cross the end: the broker counts it, so it is ours.
  if (view.filled === link.view.filled) return;
  link.view = { ...link.view, filled: view.filled, meanPrice: view.meanPrice };
  takeCredit(link, view.filled);
  if (hasGap(link)) desk.wantExecutions();
}

function doubt(desk: Desk, link: Link, why: string): void {
  if (!link.unclear) tellUnknown(desk, link.owner, why);
  link.unclear = true;
  follow(desk, link);
  readNow(desk, link);
}

function learnLegs(desk: Desk, link: Link, { legs }: BrokerOrder, source: Source): void {
  for (const leg of legs ?? []) {
    const owner = ownerOf(desk, leg) ?? legOf(desk, link.owner, leg);
    if (desk.roll.link(leg.id) === undefined && owner !== null) bind(desk, leg, owner);
    if (owner !== null) owner.family = link.owner.family;
    learn(desk, leg, source);
  }
}

function keep(desk: Desk, view: BrokerOrder): void {
  if (view.status !== 'unknown' && isEnded(view.status)) desk.lost.delete(view.id);
  const place = kept(desk, view.id);
  if (place === null) return;
  if (place.view === null || place.view.filled <= view.filled) place.view = view;
}

/** What is told of an order that nobody knows is kept, up to a bound; beyond that the broker's lists have to tell. */
function kept(desk: Desk, id: BrokerOrder['id']): { view: BrokerOrder | null; readonly executions: Execution[] } | null {
  const known = desk.kept.get(id);
  if (known !== undefined) return known.executions.length < desk.patience.keptMax ? known : null;
  if (desk.kept.size >= desk.patience.keptMax) return null;
  const place = { since: desk.now, view: null, executions: [] };
  desk.kept.set(id, place);
  return place;
}
