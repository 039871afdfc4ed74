import { expect, test } from 'vitest';
import { autocorrelation } from '#domain/statistics/autocorrelation';
import { figure } from '#domain/statistics/figure';
import { deviation, kurtosis, mean, skewness } from '#domain/statistics/moments';

test('the moments of 1, 2, 3, 6 by hand', () => {
  const values = [1, 2, 3, 6];
  // About the mean 3: −2, −1, 0, 3; squares sum to 14, cubes to 18, fourth powers to 98.
  expect(mean(values)).toBe(3);
  expect(deviation(values)).toEqual({ value: expect.closeTo(Math.sqrt(14 / 3), 14) });
  expect(skewness(values)).toEqual({ value: expect.closeTo(18 / 4 / (3.5 * Math.sqrt(3.5)), 14) });
  expect(kurtosis(values)).toEqual({ value: expect.closeTo(98 / 4 / (3.5 * 3.5), 14) });
});

test('autocorrelation of 1, 2, 3, 6 by hand', () => {
  // −2·−1 + −1·0 + 0·3 over 14.
  expect(autocorrelation([1, 2, 3, 6])).toEqual({ value: expect.closeTo(2 / 14, 14) });
  expect(autocorrelation([1, 2])).toEqual({ value: null, missing: 'too_few' });
  expect(autocorrelation([1, 1, 1])).toEqual({ value: null, missing: 'no_variation' });
});

test('what cannot be said is not said', () => {
  expect([deviation([1]), skewness([1]), kurtosis([])]).toEqual([1, 2, 3].map(() => ({ value: null, missing: 'too_few' })));
  expect([skewness([0.1, 0.1, 0.1]), kurtosis([0.1, 0.1, 0.1])]).toEqual([1, 2].map(() => ({ value: null, missing: 'no_variation' })));
  expect(() => mean([])).toThrow('nothing has no mean');
  expect([figure(Number.NaN), figure(Number.POSITIVE_INFINITY)]).toEqual([1, 2].map(() => ({ value: null, missing: 'beyond_numbers' })));
  expect(Object.is(figure(-0).value, 0)).toBe(true);
});
