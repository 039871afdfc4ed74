import type { Fill } from '#domain/events/account';
import type { Side } from '#domain/orders/order';
import type { ClosedPosition } from '#domain/portfolio/book';
import { quantity } from '#domain/values/quantity';
import type { Desk } from '#production/trading/desk';
import { leave, takeOut } from '#production/trading/leaving';
import { cancel, sendStop } from '#production/trading/orders';
import { isSelling, riskPerShare, type Trade } from '#production/trading/trade';

/** Takes down what a fill means for the orders of its trade, before anything follows from it. */
export function noteFill(trade: Trade, fill: Fill): void {
  const sent = trade.sent.get(fill.order);
  trade.lastReason = endedBySession(fill) ? 'flat_by_close' : (sent?.reason ?? trade.lastReason);
  if (sent !== undefined) {
    sent.filled += fill.shares;
    if (sent.filled >= sent.shares) trade.working.delete(fill.order);
  }
  if (fill.order !== trade.ids.entry) return;
  trade.entryLeft -= fill.shares;
  if (trade.entryLeft === 0) trade.entryOver = true;
}

/** What came in late goes the way that the rest went, and has a stop: only the bracket's own grows with its entry. */
export function followEntry(trade: Trade, desk: Desk): void {
  if (trade.leaving !== 'no') takeOut(trade, desk);
  if (!isSelling(trade) && !trade.working.has(trade.ids.stop)) sendStop(trade, 'protection_missing', desk);
}

/** The position is flat: what still works for it ends, and the round trip is told. */
export function finish(trade: Trade, fill: Fill, { closed, desk }: Closing): void {
  if (!endedBySession(fill)) endOrders(trade, fill, desk);
  tellClosed(trade, { closed, desk, side: fill.side, noMarket: fill.flags.includes('no_market') });
}

/** Somebody else has closed it: whatever works for it is not wanted any more. */
export function finishElsewhere(trade: Trade, { closed, desk, side }: Closing & { readonly side: Side }): void {
  for (const id of [...trade.working]) cancel(trade, id, { reason: 'operator_close', desk });
  trade.lastReason = 'operator_close';
  tellClosed(trade, { closed, desk, side, noMarket: false });
}

type Closing = { readonly closed: ClosedPosition; readonly desk: Desk };

function tellClosed(trade: Trade, { closed, desk, side, noMarket }: Closing & { readonly side: Side; readonly noMarket: boolean }): void {
  desk.emit({
    kind: 'position_closed',
    symbol: trade.order.symbol,
    side,
    shares: quantity(closed.peakShares),
    pnl: closed.pnl,
    fees: closed.fees,
    reason: trade.lastReason,
    noMarket,
    intent: trade.intent,
    rMultiple: closed.pnl / (closed.peakShares * riskPerShare(trade)),
  });
}

/** The broker ends the legs of a bracket with one another; what was sent beside them is ours to end. */
function endOrders(trade: Trade, { order }: Fill, desk: Desk): void {
  const { ids, lastReason: reason } = trade;
  const legs = [ids.stop, ids.target];
  for (const id of [...trade.working]) if (!legs.includes(order) || !legs.includes(id)) cancel(trade, id, { reason, desk });
  // Shares that the entry brings after this go at once.
  leave(trade, { way: 'market', reason, desk });
}

/** What the end of the session closed, whichever order the broker books it on. */
const endedBySession = ({ flags }: Fill): boolean => flags.includes('at_close') || flags.includes('no_market');
