import { expect, test } from 'vitest';
import { settlementDays, settlesOn } from '#domain/market/settlement';
import type { SessionDate } from '#domain/values/session-date';

const rows: readonly [why: string, traded: string, days: number, settles: string][] = [
  ['three sessions later in 2016', '2016-03-14', 3, '2016-03-17'],
  ['the last trade under T+3, over a weekend and Labor Day', '2017-09-01', 3, '2017-09-07'],
  ['the first trade under T+2 settles with it', '2017-09-05', 2, '2017-09-07'],
  ['two sessions later, over a weekend', '2018-03-09', 2, '2018-03-13'],
  ['the last trade under T+2, over Memorial Day', '2024-05-24', 2, '2024-05-29'],
  ['the first trade under T+1', '2024-05-28', 1, '2024-05-29'],
  ['the next session, over Christmas', '2024-12-24', 1, '2024-12-26'],
  ['over a special closure', '2001-09-10', 3, '2001-09-19'],
];
for (const [why, traded, days, settles] of rows) {
  test(`a trade of ${traded} settles on ${settles}: ${why}`, () => {
    expect(settlementDays(traded as SessionDate)).toEqual({ ok: true, value: days });
    expect(settlesOn(traded as SessionDate)).toMatchObject({ ok: true, value: { date: settles } });
  });
}

const errors: readonly [date: string, kind: string][] = [
  ['2018-03-10', 'market_closed'],
  ['1999-12-31', 'date_not_covered'],
  ['1995-06-06', 'no_rule'],
  ['2028-12-29', 'date_not_covered'],
];
for (const [date, kind] of errors) {
  test(`a trade of ${date} has no settlement: ${kind}`, () =>
    expect(settlesOn(date as SessionDate)).toMatchObject({ ok: false, problem: { kind } }));
}
