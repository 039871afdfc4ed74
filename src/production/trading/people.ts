import type { EventOf } from '#domain/events/event';
import type { RequestFault } from '#domain/events/request';
import type { Emit } from '#domain/events/service';
import { isLoser } from '#domain/portfolio/book';
import { type Desk, positionOf } from '#production/trading/desk';
import { leave } from '#production/trading/leaving';
import type { Trade } from '#production/trading/trade';

/** `request` is the sequence of the request that this was told on from. */
type Asked = { readonly request: number; readonly desk: Desk | null; readonly emit: Emit };

/** Somebody wants out of a name: at the market, with an entry that still works for it. */
export function closeAsked(trade: Trade | undefined, { by, because }: EventOf<'close_requested'>, { request, desk, emit }: Asked): void {
  const refuse = (fault: RequestFault): void => emit({ kind: 'request_refused', request, by, fault, subject: 0, detail: '' });
  if (because.trim() === '') return refuse('no_reason');
  if (trade === undefined || desk === null) return refuse('no_position');
  leave(trade, { way: 'market', reason: 'operator_close', desk });
}

/** A question about what is held has been settled: what was chosen is done, whoever or whatever chose it. */
export function settle(trades: Iterable<Trade>, { subject, intent, choice }: EventOf<'question_settled'>, desk: Desk | null): void {
  if (desk === null) return;
  for (const trade of trades) {
    if (subject === 'time_stop' && choice === 'keep' && trade.intent === intent) trade.timeStop = 'kept';
    if (subject !== 'loss_warning') continue;
    if (choice === 'close_all' || (choice === 'close_losers' && isLosing(trade, desk)))
      leave(trade, { way: 'market', reason: 'operator_close', desk });
  }
}

function isLosing(trade: Trade, desk: Desk): boolean {
  const position = positionOf(trade, desk);
  return position !== undefined && isLoser(position);
}
