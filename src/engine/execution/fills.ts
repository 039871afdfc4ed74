import type { Execution } from '#domain/brokerage/broker-order';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { quantity } from '#domain/values/quantity';
import type { Desk } from '#engine/execution/desk';
import { tellAccepted } from '#engine/execution/telling';
import type { Link, Tracked } from '#engine/execution/tracked';

/**
 * Puts one execution down to its order. What the order has filled in all tells whether it is new: a repeated one lies below
 * what is known, and one that leaves a gap waits for the list of executions.
 */
export function applyExecution(desk: Desk, link: Link, { cumulative, shares, price, at }: Execution, source: 'news' | 'list'): void {
  takeCredit(link, cumulative);
  if (cumulative <= link.applied) return;
  if (cumulative - shares > link.applied) return desk.wantExecutions();
  const { owner } = link;
  const isFlip = flips(desk, owner, cumulative - link.applied);
  // More is given back than is held: news of what was bought may be missing, and the list has everything in its order.
  if (isFlip && source === 'news') return desk.wantExecutions();
  const { symbol, side, id } = owner.order;
  const more = quantity(cumulative - link.applied);
  link.applied = cumulative;
  const bar = instant(Math.floor(at / MINUTE_MS) * MINUTE_MS);
  const fill = { order: id, symbol, side, shares: more, price, bar, flags: [] };
  const fees = desk.feesOf(fill);
  // What fills is there, whether or not its answer has come.
  tellAccepted(desk, owner);
  owner.filled += more;
  desk.holdings.fill({ ...fill, fees });
  desk.lane(symbol).touched++;
  desk.tell({ kind: 'order_filled', ...fill, fees });
  if (!isFlip) return;
  desk.lane(symbol).flippedBy = side;
  desk.compareSoon = true;
}

/** Whether so many shares more leave a position of the other sign: both legs of a bracket can fill. */
function flips(desk: Desk, { order }: Tracked, shares: number): boolean {
  if (order.role === 'entry') return false;
  const after = desk.holdings.of(order.symbol) + (order.side === 'buy' ? shares : -shares);
  return after !== 0 && after > 0 === (order.side === 'buy');
}

/**
 * After a restart the journal knows what was told. Whatever the broker's orders count first is that; the first word of an
 * order may be old and count less, so what is left of it is kept.
 */
export function takeCredit(link: Link, filled: number): void {
  const { owner } = link;
  const known = Math.min(owner.credit, Math.max(0, filled - link.applied));
  owner.credit -= known;
  link.applied += known;
}
