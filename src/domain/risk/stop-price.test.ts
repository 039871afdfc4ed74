import { expect, test } from 'vitest';
import { tickRuleOn } from '#domain/market/ticks';
import { stageOneLimits } from '#domain/risk/limits';
import { stopPriceOfLong } from '#domain/risk/stop-price';
import type { SessionDate } from '#domain/values/session-date';

const found = tickRuleOn('2018-03-12' as SessionDate);
if (!found.ok) throw new Error('no tick rule');
const ticks = found.value;

test.each<readonly [what: string, entry: number, atr: number, support: number, stop: number]>([
  ['two ATRs below the entry', 1_000_000, 10_000, 0, 980_000],
  ['the support when it is farther', 1_000_000, 10_000, 970_000, 970_000],
  ['two ATRs when the support is nearer', 1_000_000, 10_000, 990_000, 980_000],
  ['a support above the entry is none', 1_000_000, 10_000, 1_010_000, 980_000],
  ['at least 1 % away', 1_000_000, 1000, 0, 990_000],
  ['up to the next cent, which risks less', 1_000_000, 10_033, 0, 980_000],
  ['but not nearer than 1 %: then the cent below', 1_000_100, 1000, 0, 990_000],
  ['at least the smallest tick above nothing', 20_000, 20_000, 0, 1],
])('%s', (_, entry, atr, support, stop) => {
  expect(stopPriceOfLong({ entry, atr, support, ticks }, stageOneLimits)).toBe(stop);
});
