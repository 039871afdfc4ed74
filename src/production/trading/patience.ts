import { hasGained, timeStopDue } from '#domain/exits/time-stop';
import type { Position } from '#domain/portfolio/book';
import { type Instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { Desk } from '#production/trading/desk';
import { leave } from '#production/trading/leaving';
import { cancel } from '#production/trading/orders';
import { holdingOf, type Trade } from '#production/trading/trade';

/** An entry that has not filled in its time chases a move that has gone. */
export function dropStaleEntry(trade: Trade, desk: Desk): void {
  const { entryMinutesMax } = desk.settings.exits;
  if (entryMinutesMax === 0 || desk.at - trade.since < entryMinutesMax * MINUTE_MS) return;
  cancel(trade, trade.ids.entry, { reason: 'entry_stale', desk });
}

/** Tells once of a time stop while a person can still say otherwise, and judges it once when it is due. */
export function watchTime(trade: Trade, position: Position, desk: Desk): void {
  const due = timeStopDue(position.since, desk.settings.exits);
  if (due === null || trade.leaving !== 'no' || trade.timeStop === 'kept' || trade.timeStop === 'over') return;
  const gained = hasGained(holdingOf(trade, position), desk.settings.exits);
  if (desk.at >= due) {
    trade.timeStop = 'over';
    if (!gained) leave(trade, { way: 'market', reason: 'time_stop', desk });
  } else if (trade.timeStop === 'ahead' && desk.at >= due - desk.settings.session.answerMinutes * MINUTE_MS) {
    trade.timeStop = 'near';
    if (!gained) tellNear(trade, position, { due, desk });
  }
}

function tellNear({ intent, order, stop }: Trade, { symbol, shares, mark }: Position, { due, desk }: { due: Instant; desk: Desk }): void {
  const { target } = order;
  desk.emit({ kind: 'time_stop_near', intent, symbol, due, shares: quantity(shares), mark: price(mark), stop, target });
}
