import type { BrokerOrder, BrokerOrderId } from '#domain/brokerage/broker-order';
import { isEnded } from '#domain/orders/life-cycle';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Desk, Lane } from '#engine/execution/desk';
import type { Tracked } from '#engine/execution/tracked';
import type { Answer } from '#engine/ports/brokerage';

/** An order of this book that the journal does not know: it was restored from before the order was sent (H6). */
export type Lost = {
  readonly id: BrokerOrderId;
  readonly symbol: SymbolIndex;
  readonly opens: boolean;
  tries: number;
  due: Instant;
  asking: boolean;
};

/** A whole group of them; nobody waits for what is left of it. */
export function noteLost(desk: Desk, head: BrokerOrder, symbol: SymbolIndex): void {
  for (const { id, status } of [head, ...(head.legs ?? [])]) {
    if (status === 'unknown' || isEnded(status) || desk.lost.has(id)) continue;
    desk.lost.set(id, { id, symbol, opens: id === head.id && head.legs !== null, tries: 0, due: desk.now, asking: false });
    desk.lane(symbol).touched++;
  }
}

/** Those that a whole reading does not show any more are over. */
export function forgetLost(desk: Desk, live: ReadonlySet<BrokerOrderId>): void {
  for (const { id, asking } of [...desk.lost.values()]) if (!asking && !live.has(id)) desk.lost.delete(id);
}

/**
 * An entry that is lost is ended at once. What protects goes only when something of ours is to take its place: until then it is the
 * only stop that there is. Whether they are still in the way.
 */
export function endLost(desk: Desk, lane: Lane, waiting: readonly Tracked[]): boolean {
  const isNeeded = waiting.some(({ order }) => order.role !== 'entry');
  const mine = [...desk.lost.values()].filter(({ symbol }) => symbol === lane.symbol);
  const inTheWay = mine.filter(({ opens, tries }) => (opens || isNeeded) && tries < desk.patience.triesMax);
  const next = inTheWay[0];
  if (next === undefined || desk.mustWait(lane, next.due)) return inTheWay.length > 0;
  next.tries++;
  next.asking = true;
  // What ends one of a group ends the others.
  for (const lost of mine) lost.due = desk.in(desk.patience.cancelAgainMs);
  lane.busy = desk.outbox.ask({ kind: 'cancel_order', order: next.id }, 'cancel', { kind: 'lost', order: next.id });
  lane.touched++;
  return true;
}

/** Received is not yet ended: the lists tell. */
export function lostAnswered(desk: Desk, id: BrokerOrderId, answer: Answer): void {
  const lost = desk.lost.get(id);
  if (lost === undefined) return;
  lost.asking = false;
  if (answer.kind === 'not_sent') lost.tries--;
  desk.lane(lost.symbol).touched++;
  desk.compareSoon = true;
}
