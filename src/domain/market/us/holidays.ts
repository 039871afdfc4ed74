import type { DatedRow } from '#domain/market/dated';
import type { YearlyDay } from '#domain/market/yearly-day';

/** A yearly full closure. On a Sunday it is kept on Monday; on a Saturday on Friday, or not at all. */
export type HolidayRule = DatedRow & { readonly what: string; readonly falls: YearlyDay; readonly saturday: 'kept_on_friday' | 'not_kept' };

const rule = 'NYSE Rule 7.2; gerrymanoim/exchange_calendars XNYS, 2026-07-23';
const kept = { from: '2000-01-01', to: null, saturday: 'kept_on_friday', source: rule } as const;
const MONDAY = 1;
const THURSDAY = 4;

const monday = (month: number, nth: number | 'last'): YearlyDay => ({ kind: 'nth_weekday', month, weekday: MONDAY, nth, plus: 0 });
const fixed = (month: number, day: number): YearlyDay => ({ kind: 'fixed', month, day });

export const usHolidays: readonly HolidayRule[] = [
  { ...kept, what: "New Year's Day", falls: fixed(1, 1), saturday: 'not_kept' },
  { ...kept, what: 'Martin Luther King Day', falls: monday(1, 3) },
  { ...kept, what: "Presidents' Day", falls: monday(2, 3) },
  { ...kept, what: 'Good Friday', falls: { kind: 'easter', plus: -2 } },
  { ...kept, what: 'Memorial Day', falls: monday(5, 'last') },
  { ...kept, what: 'Juneteenth', falls: fixed(6, 19), from: '2022-01-01' },
  { ...kept, what: 'Independence Day', falls: fixed(7, 4) },
  { ...kept, what: 'Labor Day', falls: monday(9, 1) },
  { ...kept, what: 'Thanksgiving', falls: { kind: 'nth_weekday', month: 11, weekday: THURSDAY, nth: 4, plus: 0 } },
  { ...kept, what: 'Christmas', falls: fixed(12, 25) },
];
