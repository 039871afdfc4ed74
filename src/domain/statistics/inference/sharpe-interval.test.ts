import { expect, test } from 'vitest';
import { sharpeInterval } from '#domain/statistics/inference/sharpe-interval';
import { returnsOf } from '#domain/statistics/returns/returns';

const of = (values: readonly number[], riskFree = 0) => {
  const made = returnsOf(values);
  if (!made.ok) throw new Error(made.problem.kind);
  return sharpeInterval(made.value, { periodsAYear: 12, riskFree });
};

const series = [0.4, -0.3, 0.9, -0.1, 0.2, -0.6, 0.8, 0.3, -0.2, 0.5, -0.4, 0.1];
/** D1.19: the ratio of a month and its moments. */
const [ratio, skewness, kurtosis] = [0.2827142352, 0.1293382184, 1.9798053293] as const;
const error = Math.sqrt((1 - skewness * ratio + ((kurtosis - 1) / 4) * ratio * ratio) / 11);

test('a ratio has the error of its moments, by the year', () => {
  expect(of(series)).toEqual({
    sharpe: expect.closeTo(ratio * Math.sqrt(12), 8),
    standardError: expect.closeTo(error * Math.sqrt(12), 8),
    interval: {
      low: expect.closeTo((ratio - 1.959963985 * error) * Math.sqrt(12), 7),
      high: expect.closeTo((ratio + 1.959963985 * error) * Math.sqrt(12), 7),
    },
  });
});

test('the risk-free lowers the ratio', () => {
  const [free, less] = [of(series), of(series, 0.6)];
  expect(typeof free !== 'string' && typeof less !== 'string' && less.sharpe < free.sharpe).toBe(true);
});

test('one return and equal ones have none', () => {
  expect(of([0.1])).toBe('too_few');
  expect(of([0.1, 0.1, 0.1])).toBe('no_variation');
});
