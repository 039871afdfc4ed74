import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DatedRow, type DatedTable, inForce } from '#domain/market/dated';
import { usDaylightSaving } from '#domain/market/us/daylight-saving';
import { usAuditTrailFee, usSection31, usTradingActivityFee } from '#domain/market/us/fee-schedule';
import { usRoundLotRules } from '#domain/market/us/round-lot-rules';
import { usSessionHours } from '#domain/market/us/session-hours';
import { usSettlementCycles } from '#domain/market/us/settlement-cycles';
import { usTickRules } from '#domain/market/us/tick-rules';
import { dateOfDay, parseSessionDate, type SessionDate } from '#domain/values/session-date';

const table: DatedTable<DatedRow & { readonly days: number }> = {
  rule: 'sample',
  rows: [
    { from: '2000-01-01', to: '2010-01-01', days: 3, source: 'a' },
    { from: '2010-01-01', to: '2015-01-01', days: 2, source: 'b' },
    { from: '2016-01-01', to: null, days: 1, source: 'c' },
  ],
};

const rows: readonly [why: string, date: string, days: number | null][] = [
  ['the first day belongs to the row', '2000-01-01', 3],
  ['the last day before a change has the old rule', '2009-12-31', 3],
  ['the day of a change has the new rule', '2010-01-01', 2],
  ['a row without an end lasts', '2027-05-05', 1],
  ['before the first row there is no rule', '1999-12-31', null],
  ['a gap has no rule, though there is one on either side', '2015-06-01', null],
];
for (const [why, date, days] of rows) {
  test(`dated rules: ${why}`, () => {
    const found = inForce(table, date as SessionDate);
    if (days === null) expect(found).toEqual({ ok: false, problem: { kind: 'no_rule', rule: 'sample', date } });
    else expect(found).toMatchObject({ ok: true, value: { days } });
  });
}

const shipped: readonly DatedTable<DatedRow>[] = [
  usDaylightSaving,
  usSection31,
  usTradingActivityFee,
  usAuditTrailFee,
  usRoundLotRules,
  usSessionHours,
  usSettlementCycles,
  usTickRules,
];
for (const { rule, rows: spans } of shipped) {
  test(`the spans of ${rule} are real dates, in order, and meet without gap or overlap`, () => {
    for (const [index, { from, to, source }] of spans.entries()) {
      expect(parseSessionDate(from)).toBe(from);
      expect(source).not.toBe('');
      const following = spans[index + 1];
      expect(to).toBe(following === undefined ? null : following.from);
      expect(to === null || from < to).toBe(true);
    }
  });
}

test('from the first row of a shipped table on, every date has exactly the row that spans it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...shipped), fc.integer({ min: 5_000, max: 25_000 }), (shippedTable, day) => {
      const date = dateOfDay(day);
      const found = inForce(shippedTable, date);
      const first = shippedTable.rows[0];
      if (first === undefined || date < first.from) return !found.ok;
      return found.ok && found.value.from <= date && (found.value.to === null || date < found.value.to);
    }),
  );
});
