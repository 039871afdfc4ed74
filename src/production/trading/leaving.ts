import { isSurer, type WayOut } from '#domain/exits/close-ladder';
import type { OrderReason } from '#domain/orders/order';
import { type Desk, isHalted, positionOf } from '#production/trading/desk';
import { cancel, sendExit } from '#production/trading/orders';
import { isSelling, type Trade } from '#production/trading/trade';

/** Ends the entry and takes out what it brought; one that leaves already goes on as it does, unless this way is surer. */
export function leave(trade: Trade, { way, reason, desk }: { way: WayOut; reason: OrderReason; desk: Desk }): void {
  cancel(trade, trade.ids.entry, { reason, desk });
  if (!isSurer(way, trade.leaving)) return;
  trade.leaving = way;
  trade.leavingBecause = reason;
  takeOut(trade, desk);
}

/**
 * A limit exit takes the target's place in the bracket (at a broker: the leg is replaced), so the stop stays; a market
 * exit needs the shares that the legs hold. A name that does not trade keeps its bracket until it does.
 */
export function takeOut(trade: Trade, desk: Desk): void {
  const position = positionOf(trade, desk);
  if (position === undefined) return;
  trade.waiting = isHalted(trade, desk);
  if (trade.waiting) return;
  const { leavingBecause: reason } = trade;
  for (const id of [...trade.working])
    if (trade.leaving === 'market' || trade.sent.get(id)?.role !== 'stop') cancel(trade, id, { reason, desk });
  sendExit(trade, position, { reason, desk });
}

/** The name trades again: the stop first, then what had to wait. */
export function comeBack(trade: Trade, desk: Desk): void {
  if (positionOf(trade, desk) === undefined) return;
  trade.returned = true;
  leaveIfPassed(trade, desk);
  if (trade.waiting) takeOut(trade, desk);
}

/** A last price at the stop or below it means that the stop has been passed over: out at the market. Whether it was so. */
export function leaveIfPassed(trade: Trade, desk: Desk): boolean {
  const position = positionOf(trade, desk);
  if (position === undefined || isHalted(trade, desk) || isSelling(trade) || position.mark > trade.stop) return false;
  trade.leaving = 'market';
  trade.leavingBecause = 'protective_stop';
  takeOut(trade, desk);
  return true;
}
