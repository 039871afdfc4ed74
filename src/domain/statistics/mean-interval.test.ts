import { expect, test } from 'vitest';
import { meanAbove, meanInterval } from '#domain/statistics/mean-interval';

const times = (count: number, value: number): readonly number[] => Array.from({ length: count }, () => value);

test.each([
  [334, 0.5, 166, -1, -0.05011137529],
  [225, 1.5, 275, -1, 0.03324882956],
])('D2.15: %d wins of %d R and %d losses of %d R', (wins, win, losses, loss, bound) => {
  expect(meanAbove([...times(wins, win), ...times(losses, loss)])).toBeCloseTo(bound, 10);
});

test('the two-sided interval lies around the mean; t with n − 1 = 3 and 2.5 % is 3.182446', () => {
  const root = Math.sqrt(5 / 3 / 4);
  expect(meanInterval([1, 2, 3, 4])).toEqual({
    low: expect.closeTo(2.5 - 3.182446305 * root, 8),
    high: expect.closeTo(2.5 + 3.182446305 * root, 8),
  });
});

test('one value, none, or always the same have no interval', () => {
  expect(meanInterval([1])).toBe('too_few');
  expect(meanAbove([])).toBe('too_few');
  expect(meanInterval([1, 1, 1])).toBe('no_variation');
});
