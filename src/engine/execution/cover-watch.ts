import type { OrderStatus } from '#domain/orders/life-cycle';
import type { Instant } from '#domain/values/instant';
import { instant } from '#domain/values/instant';
import { quantity } from '#domain/values/quantity';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Desk, Lane } from '#engine/execution/desk';
import { hasPassed, passDue, passedSince } from '#engine/execution/passed-stops';
import type { Link } from '#engine/execution/tracked';

/**
 * A stop that waits behind its sibling works as well as one that is told of; one on its way to another price still stands;
 * and outside of the session the broker has accepted it and works it from the open on.
 */
const covering: readonly OrderStatus[] = ['accepted', 'new', 'held', 'partially_filled', 'pending_replace'];

/** Shares that a stop at the broker would sell (or buy back) now. */
export function coveredShares(desk: Desk, symbol: SymbolIndex): number {
  const held = desk.holdings.of(symbol);
  let covered = 0;
  for (const link of desk.roll.liveIn(symbol))
    if (covers(desk, link, held > 0 ? 'sell' : 'buy')) covered += link.view.shares - link.view.filled;
  return Math.min(Math.abs(held), covered);
}

/** The legs of a bracket are asleep until its entry has filled to the last share: what has come by then has no stop. */
function covers(desk: Desk, link: Link, side: 'buy' | 'sell'): boolean {
  const { view, status, owner, unclear } = link;
  if (hasPassed(desk, link) || isEndingToday(desk, link)) return false;
  if (view.side !== side || (view.type !== 'stop' && view.type !== 'stop_limit') || unclear || !covering.includes(status)) return false;
  const head = desk.roll.get(owner.head);
  return head === undefined || head === owner || head.order.role !== 'entry' || head.links.some((entry) => entry.status === 'filled');
}

/** A stop that ends with the session is looked after while there still is time for another one (B10). */
function isEndingToday(desk: Desk, { view }: Link): boolean {
  const from = dayEndsFrom(desk);
  return view.timeInForce === 'day' && from !== null && from <= desk.now;
}

const dayEndsFrom = ({ close, patience }: Desk): Instant | null => (close === null ? null : instant(close - patience.beforeCloseMs));

/** When what covers this name now has to be looked at again; null when only news can change it. */
function coverEndsAt(desk: Desk, symbol: SymbolIndex): Instant | null {
  const dues = [passDue(desk, symbol)];
  const from = dayEndsFrom(desk);
  const hasDay = desk.roll.liveIn(symbol).some(({ view, status }) => view.timeInForce === 'day' && covering.includes(status));
  if (from !== null && from > desk.now && hasDay) dues.push(from);
  const times = dues.filter((due) => due !== null);
  return times.length === 0 ? null : instant(Math.min(...times));
}

/** Tells of shares without a stop, after the time in which one may be on its way, and again while it lasts. */
export function watchCover(desk: Desk): void {
  for (const lane of desk.lanes) {
    const held = Math.abs(desk.holdings.of(lane.symbol));
    const covered = coveredShares(desk, lane.symbol);
    if (covered >= held) {
      lane.bareSince = null;
      lane.toldAt = null;
      if (held === 0) lane.isBare = false;
      continue;
    }
    lane.bareSince ??= passedSince(desk, lane.symbol) ?? desk.now;
    const due = coverDue(desk, lane);
    if (due === null || due > desk.now) continue;
    lane.toldAt = desk.now;
    desk.tell({ kind: 'cover_missing', symbol: lane.symbol, held: quantity(held), covered: quantity(covered), since: lane.bareSince });
  }
}

/** When the shares of this name are told of, or looked at, as uncovered next; null when they are covered. */
export function coverDue(desk: Desk, { symbol, bareSince, toldAt, out, isBare }: Lane): Instant | null {
  const { patience } = desk;
  if (bareSince === null) return coverEndsAt(desk, symbol);
  const grace = out !== null ? patience.flattenGraceMs : isBare ? 0 : patience.coverGraceMs;
  if (toldAt === null) return instant(bareSince + grace);
  // The longer nothing helps, the less it helps to say so again: a day of it is some tens of entries, and not thousands.
  const wait = Math.min(patience.coverAgainMsMax, Math.max(patience.coverAgainMs, Math.floor((toldAt - bareSince) / 4)));
  return instant(Math.max(bareSince + grace, toldAt + wait));
}
