import { expect, test } from 'vitest';
import { returnsOf } from '#domain/statistics/returns/returns';
import { dateOfDay } from '#domain/values/session-date';
import { seriesCautions } from '#main/metrics/series-cautions';

/** What is said of so many returns of one size, so many days apart. */
function said(count: number, { apart, size, periodsAYear = 252 }: { apart: number; size: number; periodsAYear?: number }) {
  const returns = returnsOf(Array.from({ length: count }, (_, at) => (at % 2 === 0 ? size : -size / 2)));
  if (!returns.ok) throw new Error(returns.problem.kind);
  const dates = Array.from({ length: count }, (_, at) => dateOfDay(18_000 + Math.floor(at * apart)));
  return seriesCautions({ dates, returns: returns.value }, { periodsAYear, riskFree: 0 });
}

test('months that are taken for days are told, since every annual figure is then another', () => {
  expect(said(48, { apart: 30.44, size: 0.01 })).toEqual([
    'the dates cover 3.92 years, and 48 returns at 252 a year are 0.19: annual figures are wrong unless --periods says how many make a year',
  ]);
  expect(said(48, { apart: 30.44, size: 0.01, periodsAYear: 12 })).toEqual([]);
  expect(said(400, { apart: 1 / 78, size: 0.01 })).toHaveLength(1);
});

test('trading days, days of an asset that never closes, and too few dates are left alone', () => {
  expect(said(504, { apart: 365.25 / 252, size: 0.01 })).toEqual([]);
  expect(said(400, { apart: 1, size: 0.01 })).toEqual([]);
  expect(said(4, { apart: 100, size: 0.01 })).toEqual([]);
});

test('a file in percent that loses less than 1 in any period is told, too', () => {
  expect(said(100, { apart: 1.45, size: 0.9 })).toEqual([
    'half of the returns are beyond 68 % of a period: if the file is in percent give --percent',
  ]);
});
