import type { DatedRow } from '#domain/market/dated';
import type { YearlyDay } from '#domain/market/yearly-day';

/** A yearly half day, kept only when it falls on one of the weekdays (1 is Monday). */
export type HalfDayRule = DatedRow & { readonly what: string; readonly falls: YearlyDay; readonly weekdays: readonly number[] };

const source = 'NYSE Rule 7.2; gerrymanoim/exchange_calendars XNYS, 2026-07-23';
const THURSDAY = 4;
const FRIDAY = 5;

const july3: YearlyDay = { kind: 'fixed', month: 7, day: 3 };
const dayAfterThanksgiving: YearlyDay = { kind: 'nth_weekday', month: 11, weekday: THURSDAY, nth: 4, plus: 1 };

export const usHalfDays: readonly HalfDayRule[] = [
  { from: '2000-01-01', to: null, what: 'day after Thanksgiving', falls: dayAfterThanksgiving, weekdays: [FRIDAY], source },
  { from: '2000-01-01', to: null, what: 'Christmas Eve', falls: { kind: 'fixed', month: 12, day: 24 }, weekdays: [1, 2, 3, 4], source },
  // A Wednesday became a half day only in 2013; before, the Friday after a Thursday holiday sometimes was (2002).
  { from: '2000-01-01', to: '2013-01-01', what: 'day before Independence Day', falls: july3, weekdays: [1, 2, 4], source },
  { from: '2013-01-01', to: null, what: 'day before Independence Day', falls: july3, weekdays: [1, 2, 3, 4], source },
  {
    from: '2002-01-01',
    to: '2003-01-01',
    what: 'day after Independence Day',
    falls: { kind: 'fixed', month: 7, day: 5 },
    weekdays: [FRIDAY],
    source,
  },
  {
    from: '2003-01-01',
    to: '2004-01-01',
    what: 'day after Christmas',
    falls: { kind: 'fixed', month: 12, day: 26 },
    weekdays: [FRIDAY],
    source,
  },
];
