import { inForce, type NoRule } from '#domain/market/dated';
import { type TickRule, usTickRules } from '#domain/market/us/tick-rules';
import { assert } from '#domain/values/assert';
import { type Price, price } from '#domain/values/price';
import { ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';

export type Direction = 'down' | 'up';

/** What a price is for; with it goes the side to which it is rounded. */
export type PriceRole = 'limit_buy' | 'limit_sell' | 'stop_of_long' | 'stop_of_short' | 'target_of_long' | 'target_of_short';

/**
 * The one rule of rounding: always to the safer side. A limit never pays more or takes less than computed, a stop never
 * risks more, a target is never farther away.
 */
export const saferSide: Readonly<Record<PriceRole, Direction>> = {
  limit_buy: 'down',
  limit_sell: 'up',
  stop_of_long: 'up',
  stop_of_short: 'down',
  target_of_long: 'down',
  target_of_short: 'up',
};

/** The tick rule of the date; look it up once a session. */
export const tickRuleOn = (date: SessionDate): Result<TickRule, NoRule> => inForce(usTickRules, date);

/** The tick, in 1e-4, at a price in 1e-4; the price may have a fraction. */
export function tickAt(rule: TickRule, e4: number): number {
  let tick = rule.bands[0].tick;
  for (const band of rule.bands) if (e4 >= band.atLeast) tick = band.tick;
  return tick;
}

/** The tick, in 1e-4, for a price of that date. */
export function tickSize(date: SessionDate, e4: number): Result<number, NoRule> {
  const rule = tickRuleOn(date);
  return rule.ok ? ok(tickAt(rule.value, e4)) : rule;
}

/** The nearest multiple of the tick on that side of `e4`, which may have a fraction. Rounding down needs at least one tick. */
export function roundToTick(e4: number, tickE4: number, direction: Direction): Price {
  assert(Number.isSafeInteger(tickE4) && tickE4 > 0, `a tick is a positive integer of 1e-4, was ${tickE4}`);
  assert(e4 > 0 && e4 <= Number.MAX_SAFE_INTEGER - tickE4, `a price to round is positive and finite, was ${e4}`);
  // Exact: a double beside a multiple of a whole number, divided by it, never rounds onto the whole quotient.
  const ticks = direction === 'down' ? Math.floor(e4 / tickE4) : Math.ceil(e4 / tickE4);
  return price(ticks * tickE4);
}

/** The legal price for that role nearest to `e4` (1e-4, perhaps a fraction), on the safer side. */
export const legalPrice = (rule: TickRule, role: PriceRole, e4: number): Price => roundToTick(e4, tickAt(rule, e4), saferSide[role]);
