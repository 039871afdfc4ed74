import { expect, test } from 'vitest';
import { tickRuleOn } from '#domain/market/ticks';
import type { Intent } from '#domain/orders/intent';
import { stageOneLimits } from '#domain/risk/limits';
import { price } from '#domain/values/price';
import type { SessionDate } from '#domain/values/session-date';
import { shadowOrderOf } from '#simulation/shadow/permissive-view';
import { intentOf } from '#tests/one-service';

const ticks = tickRuleOn('2018-03-12' as SessionDate);
if (!ticks.ok) throw new Error('no tick rule');
const shadow = (changes: Partial<Intent>, shares: number) =>
  shadowOrderOf(intentOf(1, changes), shares, { limits: stageOneLimits, ticks: ticks.value });

/** Each would have been refused, for itself or for its size: what it would have come to is asked all the same. */
test.each<readonly [what: string, changes: Partial<Intent>, shares: number, stop: number]>([
  ['as it would have been', {}, 200, 980_000],
  ['with a stop a tenth away', { support: 900_000 }, 200, 900_000],
  ['with as much to win as to lose', { target: price(1_020_000) }, 200, 980_000],
  ['for more than the hard block on its worth', {}, 501, 980_000],
  ['for more shares than one order may have', { limit: price(10_000), atr: 100, target: price(10_400) }, 20_001, 9800],
  ['where nothing trades in a minute', { liquidShares: 0 }, 200, 980_000],
])('an order that was not sent is traded %s, in exactly its shares', (_, changes, shares, stop) => {
  expect(shadow(changes, shares)).toMatchObject({ shares, stop });
});

test.each<readonly [what: string, changes: Partial<Intent>, shares: number]>([
  ['no shares', {}, 0],
  ['a target below its limit', { target: price(990_000) }, 200],
  ['a sale of what is not held', { side: 'sell' }, 200],
])('nothing is traded for %s', (_, changes, shares) => {
  expect(shadow(changes, shares)).toBeNull();
});
