import { expect, test } from 'vitest';
import { wilson } from '#domain/statistics/wilson';

/** Newcombe 1998, Statistics in Medicine 17, table I, method 3 (the score without continuity correction). */
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%d of %d, as published', (won, count, low, high) => {
  const found = wilson(won, count);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

test('thirty of forty-one is 58 to 84 percent; losses mirror wins; nothing is known from none', () => {
  const { low, high } = wilson(30, 41);
  expect([Math.round(100 * low), Math.round(100 * high)]).toEqual([58, 84]);
  const lost = wilson(11, 41);
  expect([1 - lost.high, 1 - lost.low]).toEqual([expect.closeTo(low, 12), expect.closeTo(high, 12)]);
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  expect(wilson(5, 5).high).toBe(1);
  expect(() => wilson(2, 1)).toThrow('no rate');
});
