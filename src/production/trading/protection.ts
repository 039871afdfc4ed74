import { raisedStop } from '#domain/exits/raised-stop';
import type { Position } from '#domain/portfolio/book';
import { type Desk, isHalted } from '#production/trading/desk';
import { leaveIfPassed } from '#production/trading/leaving';
import { sendExit, sendStop } from '#production/trading/orders';
import { holdingOf, isSelling, type Trade, workingStops } from '#production/trading/trade';

/** A position whose stop the broker does not hold gets one again; one on its way out keeps an order that takes it out. */
export function protect(trade: Trade, position: Position, desk: Desk): void {
  if (isSelling(trade)) {
    if (trade.working.size > 0) return;
    // A fill that crossed the way out: nothing works for these shares any more.
    if (!isHalted(trade, desk)) return sendExit(trade, position, { reason: 'protection_missing', desk });
    trade.waiting = true;
  }
  // The bracket is verified leg by leg: a stop that the broker has not confirmed after a minute is none.
  if (workingStops(trade).some((id) => trade.sent.get(id)?.accepted === true)) return;
  if (!leaveIfPassed(trade, desk)) sendStop(trade, 'protection_missing', desk);
}

/** Moves the stop up where the rules say so, whatever stop works now. Whether it did. */
export function raiseStop(trade: Trade, position: Position, desk: Desk): boolean {
  if (!mayMove(trade) || isHalted(trade, desk)) return false;
  const raised = raisedStop(holdingOf(trade, position), desk.settings.exits, desk.ticks);
  if (raised === null) return false;
  trade.stop = raised.stop;
  sendStop(trade, raised.reason, desk);
  return true;
}

/**
 * Not while the entry can still fill: the bracket's own stop grows with it, a later one would not. Not on the way out. And
 * not once it has begun to fill: then it is a market order.
 */
function mayMove(trade: Trade): boolean {
  if (trade.leaving !== 'no' || !trade.entryOver || trade.isAdopted) return false;
  return workingStops(trade).every((id) => trade.sent.get(id)?.filled === 0);
}
