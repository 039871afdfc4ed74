import { expect, test } from 'vitest';
import { roundLot } from '#domain/market/round-lots';
import { price } from '#domain/values/price';
import type { SessionDate } from '#domain/values/session-date';

const rows: readonly [date: string, dollars: number, shares: number][] = [
  ['2018-03-12', 1_500, 100],
  ['2025-10-31', 1_500, 100],
  ['2025-11-03', 1_500, 10],
  ['2026-01-05', 1, 100],
  ['2026-01-05', 250, 100],
  ['2026-01-05', 250.0001, 40],
  ['2026-01-05', 1_000, 40],
  ['2026-01-05', 1_000.0001, 10],
  ['2026-01-05', 10_000, 10],
  ['2026-01-05', 10_000.0001, 1],
];
for (const [date, dollars, shares] of rows) {
  test(`on ${date} a stock at ${dollars} has round lots of ${shares}`, () =>
    expect(roundLot(date as SessionDate, price(Math.round(dollars * 10_000)))).toEqual({ ok: true, value: shares }));
}

test('before the covered dates there is no rule', () =>
  expect(roundLot('1999-12-31' as SessionDate, price(10_000))).toEqual({
    ok: false,
    problem: { kind: 'no_rule', rule: 'us_round_lot', date: '1999-12-31' },
  }));
