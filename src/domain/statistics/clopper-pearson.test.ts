import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clopperPearson, rateAbove, rateBelow } from '#domain/statistics/clopper-pearson';
import { wilson } from '#domain/statistics/wilson';

const near = (value: number, decimals = 9) => expect.closeTo(value, decimals);

test('D2.4: 294 of 500, two-sided, one-sided, and by Wilson', () => {
  expect(clopperPearson({ won: 294, count: 500 })).toEqual({ low: near(0.5434429121), high: near(0.631510406) });
  expect(rateAbove({ won: 294, count: 500 })).toBeCloseTo(0.5504758942, 10);
  // Wilson's has the quantile to seven digits.
  expect(wilson(294, 500)).toEqual({ low: near(0.544346592, 8), high: near(0.6303115241, 8) });
});

test.each([
  [500, 0.0059735516],
  [2000, 0.0014967449],
])('D2.13: no error in %d bounds their rate', (count, bound) => {
  expect(rateBelow({ won: 0, count })).toBeCloseTo(bound, 9);
});

test('D2.14: few overrides bound their rate', () => {
  expect(rateBelow({ won: 10, count: 50 })).toBeCloseTo(0.3155960614, 10);
  expect(rateBelow({ won: 20, count: 200 })).toBeCloseTo(0.142, 4);
});

test('nothing is known from none; none and all reach the ends; no rate has more wins than trades', () => {
  expect(clopperPearson({ won: 0, count: 0 })).toEqual({ low: 0, high: 1 });
  expect(clopperPearson({ won: 0, count: 5 }).low).toBe(0);
  expect(clopperPearson({ won: 5, count: 5 }).high).toBe(1);
  expect(() => rateAbove({ won: 2, count: 1 })).toThrow('no rate');
});

test('the interval holds the rate that was seen, is the wider the surer, and losses mirror wins', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (count, seed) => {
      const won = seed % (count + 1);
      const { low, high } = clopperPearson({ won, count });
      const surer = clopperPearson({ won, count }, 0.99);
      expect(low).toBeLessThanOrEqual(won / count);
      expect(high).toBeGreaterThanOrEqual(won / count);
      expect(surer.low).toBeLessThanOrEqual(low);
      expect(surer.high).toBeGreaterThanOrEqual(high);
      const lost = clopperPearson({ won: count - won, count });
      expect([1 - lost.high, 1 - lost.low]).toEqual([near(low), near(high)]);
    }),
  );
});
