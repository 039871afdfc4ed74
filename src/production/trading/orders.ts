import { exitLimit } from '#domain/exits/close-ladder';
import type { Order, OrderId, OrderReason } from '#domain/orders/order';
import type { Position } from '#domain/portfolio/book';
import { type Approved, bracketOf, exitOf, type SizedIntent } from '#domain/risk/approval';
import { type Desk, positionOf } from '#production/trading/desk';
import { exitId, type Trade, workingStops } from '#production/trading/trade';

/** The entry leaves with its stop and its target, or not at all. */
export function sendBracket(trade: Trade, approved: Approved<SizedIntent>, desk: Desk): void {
  for (const part of bracketOf(approved, trade.intent, trade.ids)) send(trade, part, desk);
}

/** Offers all that is held, on the step of the way out that the trade has come to. */
export function sendExit(trade: Trade, position: Position, { reason, desk }: { reason: OrderReason; desk: Desk }): void {
  const limit = exitLimit(trade.leaving, position.mark, desk.ticks);
  request(trade, position, { role: 'exit', limit, stop: null, reason, desk });
}

/** A stop for all that is held takes the place of those that work; in one act, so that no bar comes between. */
export function sendStop(trade: Trade, reason: OrderReason, desk: Desk): void {
  const position = positionOf(trade, desk);
  if (position === undefined) return;
  for (const id of workingStops(trade)) cancel(trade, id, { reason, desk });
  request(trade, position, { role: 'stop', limit: null, stop: trade.stop, reason, desk });
}

/** Asks for the end of an order that works. A fill can still cross this. */
export function cancel(trade: Trade, order: OrderId, { reason, desk }: { reason: OrderReason | 'entry_stale'; desk: Desk }): void {
  if (trade.working.delete(order)) desk.emit({ kind: 'cancel_requested', order, reason });
}

type ExitOrder = Pick<Order, 'limit' | 'stop' | 'reason'> & { readonly role: 'exit' | 'stop'; readonly desk: Desk };

function request(trade: Trade, position: Position, { desk, ...terms }: ExitOrder): void {
  trade.exits++;
  const id = exitId(desk.date, trade.name, trade.exits);
  send(trade, exitOf(position, { ...terms, id, parent: trade.ids.entry, intent: trade.intent }), desk);
}

function send(trade: Trade, order: Approved<Order>, { emit }: Desk): void {
  const { id, role, reason, shares } = order;
  trade.sent.set(id, { role, reason, shares, filled: 0, accepted: false });
  trade.working.add(id);
  emit({ kind: 'order_requested', order });
}
