import { expect, test } from 'vitest';
import { dayInYear, type YearlyDay } from '#domain/market/yearly-day';
import { dateOfDay } from '#domain/values/session-date';

const goodFriday: YearlyDay = { kind: 'easter', plus: -2 };
const easter: YearlyDay = { kind: 'easter', plus: 0 };
const rows: readonly [what: string, falls: YearlyDay, year: number, date: string][] = [
  ['a fixed day', { kind: 'fixed', month: 7, day: 4 }, 2024, '2024-07-04'],
  [
    'the third Monday when the month begins on a Monday',
    { kind: 'nth_weekday', month: 1, weekday: 1, nth: 3, plus: 0 },
    2018,
    '2018-01-15',
  ],
  [
    'the second Sunday when the month begins on a Thursday',
    { kind: 'nth_weekday', month: 3, weekday: 0, nth: 2, plus: 0 },
    2018,
    '2018-03-11',
  ],
  ['the last Monday', { kind: 'nth_weekday', month: 5, weekday: 1, nth: 'last', plus: 0 }, 2021, '2021-05-31'],
  ['the last Sunday of December', { kind: 'nth_weekday', month: 12, weekday: 0, nth: 'last', plus: 0 }, 2023, '2023-12-31'],
  ['the day after a weekday', { kind: 'nth_weekday', month: 11, weekday: 4, nth: 4, plus: 1 }, 2019, '2019-11-29'],
  ['the earliest Easter of the century so far', easter, 2008, '2008-03-23'],
  ['a late Easter', easter, 2011, '2011-04-24'],
  ['an Easter that the exceptions of the old tables moved', easter, 1981, '1981-04-19'],
  ['an Easter in a leap year', easter, 2000, '2000-04-23'],
  ['Good Friday', goodFriday, 2026, '2026-04-03'],
];
for (const [what, falls, year, date] of rows) {
  test(`${what} of ${year} is ${date}`, () => expect(dateOfDay(dayInYear(falls, year))).toBe(date));
}
