import { legalPrice, tickAt } from '#domain/market/ticks';
import type { TickRule } from '#domain/market/us/tick-rules';
import type { ExitRules } from '#domain/risk/exit-rules';
import type { Price } from '#domain/values/price';

/** How far a way out has gone: each is surer than the one before, and dearer. */
const waysOut = ['no', 'limit', 'marketable', 'market'] as const;
export type WayOut = (typeof waysOut)[number];

export const isSurer = (way: WayOut, than: WayOut): boolean => waysOut.indexOf(way) > waysOut.indexOf(than);

/** What a marketable limit gives up against the mark at most: so many ticks, or so much of the price. */
const CROSS_TICKS = 2;
const CROSS_SHARE = 0.002;

/** Which step of the ladder holds with so many minutes left until the session's own close; a step of zero minutes is left out. */
export function ladderStep(minutesLeft: number, rules: ExitRules): WayOut {
  const begun = (minutes: number): boolean => minutes > 0 && minutesLeft <= minutes;
  if (begun(rules.marketBeforeClose)) return 'market';
  if (begun(rules.marketableBeforeClose)) return 'marketable';
  return begun(rules.limitBeforeClose) ? 'limit' : 'no';
}

/** Whether the way out has begun for everything: what entered now would leave with the next minute. */
export const isClosing = (minutesLeft: number, rules: ExitRules): boolean => ladderStep(minutesLeft, rules) !== 'no';

/** The limit at which a long is offered on a step of the ladder, null for at the market. */
export function exitLimit(way: WayOut, mark: number, ticks: TickRule): Price | null {
  if (way === 'limit') return legalPrice(ticks, 'limit_sell', mark);
  return way === 'marketable' ? legalPrice(ticks, 'limit_sell', crossing(mark, ticks)) : null;
}

function crossing(mark: number, ticks: TickRule): number {
  const given = Math.max(CROSS_TICKS * tickAt(ticks, mark), CROSS_SHARE * mark);
  return Math.max(mark - given, tickAt(ticks, 0));
}
