import type { DatedRow, DatedTable } from '#domain/market/dated';

/** Local minutes of the day. Pre-market and after-hours bounds are the venues' widest. */
export type SessionHours = DatedRow & {
  readonly preOpenMinute: number;
  readonly openMinute: number;
  readonly closeMinute: number;
  readonly postCloseMinute: number;
  readonly halfCloseMinute: number;
  readonly halfPostCloseMinute: number;
};

export const usSessionHours: DatedTable<SessionHours> = {
  rule: 'us_session_hours',
  rows: [
    {
      from: '2000-01-01',
      to: null,
      preOpenMinute: 240,
      openMinute: 570,
      closeMinute: 960,
      postCloseMinute: 1200,
      halfCloseMinute: 780,
      // Medium confidence: late sessions of NYSE Arca and Nasdaq end at 17:00 on half days.
      halfPostCloseMinute: 1020,
      source: 'QuantConnect/Lean market-hours-database, Equity-usa; gerrymanoim/exchange_calendars XNYS',
    },
  ],
};
