import { breakEvenLevel } from '#domain/exits/break-even';
import type { Holding } from '#domain/exits/holding';
import { trailingLevel } from '#domain/exits/trailing';
import { legalPrice } from '#domain/market/ticks';
import type { TickRule } from '#domain/market/us/tick-rules';
import type { ExitRules } from '#domain/risk/exit-rules';
import type { Price } from '#domain/values/price';

export type RaisedStop = { readonly stop: Price; readonly reason: 'break_even' | 'trailing_stop' };

/**
 * Where the stop goes from here, null when it stays. It only ever rises, and never to the last price or beyond: a level
 * that the price has already passed would sell at once, which is not what a stop is for.
 */
export function raisedStop(holding: Holding, rules: ExitRules, ticks: TickRule): RaisedStop | null {
  const breakEven = legalAbove(breakEvenLevel(holding, rules), holding, ticks);
  const trailing = legalAbove(trailingLevel(holding, rules), holding, ticks);
  if (trailing !== null && (breakEven === null || trailing > breakEven)) return { stop: trailing, reason: 'trailing_stop' };
  return breakEven === null ? null : { stop: breakEven, reason: 'break_even' };
}

function legalAbove(level: number | null, { stop, mark }: Holding, ticks: TickRule): Price | null {
  if (level === null || level <= stop) return null;
  const legal = legalPrice(ticks, 'stop_of_long', level);
  return legal < mark ? legal : null;
}
