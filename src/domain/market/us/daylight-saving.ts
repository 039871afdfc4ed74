import type { DatedRow, DatedTable } from '#domain/market/dated';
import type { YearlyDay } from '#domain/market/yearly-day';

/** Daylight saving from the Sunday `starts` inclusive to the Sunday `ends` exclusive; offsets are minutes east of UTC. */
export type DaylightSaving = DatedRow & {
  readonly starts: YearlyDay;
  readonly ends: YearlyDay;
  readonly standardOffset: number;
  readonly daylightOffset: number;
};

const sunday = (month: number, nth: number | 'last'): YearlyDay => ({ kind: 'nth_weekday', month, weekday: 0, nth, plus: 0 });
const eastern = { standardOffset: -300, daylightOffset: -240 } as const;

/** The clock of New York. It changes at 02:00 on a Sunday, so a session has one offset. */
export const usDaylightSaving: DatedTable<DaylightSaving> = {
  rule: 'us_daylight_saving',
  rows: [
    { ...eastern, from: '1987-01-01', to: '2007-01-01', starts: sunday(4, 1), ends: sunday(10, 'last'), source: 'Public Law 99-359' },
    {
      ...eastern,
      from: '2007-01-01',
      to: null,
      starts: sunday(3, 2),
      ends: sunday(11, 1),
      source: 'Energy Policy Act of 2005, section 110',
    },
  ],
};
