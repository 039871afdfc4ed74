import { expect, test } from 'vitest';
import { type Terms, termsHash } from '#domain/session/terms';
import { instant } from '#domain/values/instant';

const terms: Terms = {
  subject: 'entry',
  intent: 7,
  ticker: 1,
  side: 'buy',
  shares: 50,
  limit: 1_000_000,
  stop: 980_000,
  target: 1_040_000,
  validUntil: instant(1_520_864_400_000),
};

test('the name of terms is what sha256sum says of their members in order', () => {
  // printf '{"intent":7,"limit":1000000,"shares":50,"side":"buy","stop":980000,"subject":"entry","target":1040000,"ticker":1,"validUntil":1520864400000}' | sha256sum
  expect(termsHash(terms)).toBe('20388725356f356055507a8e5538a15b4062e82f3d2ed195d9fee8f982161e4b');
});

test.each<readonly [member: string, changes: Partial<Terms>]>([
  ['subject', { subject: 'time_stop' }],
  ['intent', { intent: 8 }],
  ['name', { ticker: 2 }],
  ['side', { side: null }],
  ['shares', { shares: 51 }],
  ['limit', { limit: 1_000_100 }],
  ['stop', { stop: 979_900 }],
  ['target', { target: 1_040_100 }],
  ['deadline', { validUntil: instant(1_520_864_400_001) }],
])('J5: another %s is another name', (_, changes) => {
  expect(termsHash({ ...terms, ...changes })).not.toBe(termsHash(terms));
});
