import { tickRuleOn } from '#domain/market/ticks';
import type { TickRule } from '#domain/market/us/tick-rules';
import { assert } from '#domain/values/assert';
import type { SessionDate } from '#domain/values/session-date';

/** The tick rule of a session that has been opened; who opens sessions has made sure that all rules of the date exist. */
export function ticksOf(date: SessionDate): TickRule {
  const rule = tickRuleOn(date);
  assert(rule.ok, `no tick rule for ${date}`);
  return rule.value;
}
