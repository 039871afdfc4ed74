import type { Execution } from '#domain/brokerage/broker-order';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { quantity } from '#domain/values/quantity';
import type { Desk } from '#engine/execution/desk';
import { tellAccepted } from '#engine/execution/telling';
import type { Link } from '#engine/execution/tracked';

/**
 * Puts one execution down to its order. What the order has filled in all tells whether it is new: a repeated one lies below
 * what is known, and one that leaves a gap waits for the list of executions.
 */
export function applyExecution(desk: Desk, link: Link, { cumulative, shares, price, at }: Execution): void {
  if (cumulative <= link.applied) return;
  if (cumulative - shares > link.applied) return desk.wantExecutions();
  const more = quantity(cumulative - link.applied);
  link.applied = cumulative;
  const { owner } = link;
  const { symbol, side, id } = owner.order;
  const bar = instant(Math.floor(at / MINUTE_MS) * MINUTE_MS);
  const fill = { order: id, symbol, side, shares: more, price, bar, flags: [] };
  const fees = desk.feesOf(fill);
  // What fills is there, whether or not its answer has come.
  tellAccepted(desk, owner);
  owner.filled += more;
  desk.holdings.fill({ ...fill, fees });
  desk.lane(symbol).touched++;
  desk.tell({ kind: 'order_filled', ...fill, fees });
  const held = desk.holdings.of(symbol);
  // Both legs have filled: more was sold than was held.
  if (owner.order.role !== 'entry' && held !== 0 && held > 0 === (side === 'buy'))
    desk.differ('shares', symbol, { ours: 0, theirs: held, detail: 'more was given back than was held' });
}

/** After a restart the journal knows what was told; the first of the broker's orders that is met has filled it. */
export function takeCredit(link: Link): void {
  const { owner } = link;
  const known = Math.min(owner.credit, link.view.filled);
  owner.credit -= known;
  link.applied = known;
}
