import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChargedFill, chargeFill, dayFees, feeSchedule, type RunningFees, startDayFees, unconfirmedFees } from '#domain/market/fees';
import type { FeeRow } from '#domain/market/us/fee-schedule';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';

function day(date: string): RunningFees {
  const found = feeSchedule(date as SessionDate);
  if (!found.ok) throw new Error(`${date}: ${found.problem.rule}`);
  return startDayFees(found.value);
}

const fill = (side: 'buy' | 'sell', shares: number, e4: number): ChargedFill => ({ side, shares: quantity(shares), price: price(e4) });

function chargeAll(start: RunningFees, fills: readonly ChargedFill[]): { readonly running: RunningFees; readonly fees: readonly number[] } {
  const fees: number[] = [];
  let running = start;
  for (const each of fills) {
    const charged = chargeFill(running, each);
    running = charged.running;
    fees.push(charged.fees);
  }
  return { running, fees };
}

const rows: readonly [why: string, date: string, fills: readonly ChargedFill[], fees: readonly number[]][] = [
  // 50,000.00 sold × 13.00 per million = 0.65; 1,000 × 0.000119 = 0.119, up to 0.12.
  ['a sale pays both fees, each up to its own cent', '2018-06-01', [fill('sell', 1_000, 500_000)], [7_700]],
  // 1,000.00 more: 0.663 up to 0.67; 100 shares more: 0.1309 up to 0.14.
  ['the next sale pays what it adds to the totals', '2018-06-01', [fill('sell', 1_000, 500_000), fill('sell', 100, 100_000)], [7_700, 400]],
  ['a buy pays nothing', '2018-06-01', [fill('buy', 1_000, 500_000)], [0]],
  ['small sales share the first cent', '2018-06-01', [fill('sell', 1, 10_000), fill('sell', 1, 10_000)], [200, 0]],
  // 10,000.00 × 13.00 per million is 0.13 sharp; 1 share starts a cent of its own.
  ['a total of whole cents is not rounded further', '2018-06-01', [fill('sell', 1, 100_000_000)], [1_300 + 100]],
  ['the day before the rate of 2018-05-22 pays 23.10 per million', '2018-05-21', [fill('sell', 1, 1_000_000_000)], [23_100 + 100]],
  ['from 2018-05-22 it is 13.00', '2018-05-22', [fill('sell', 1, 1_000_000_000)], [13_000 + 100]],
  // 100,000 × 0.000119 = 11.90, at most 5.95 a trade.
  ['the activity fee is limited per trade', '2018-06-01', [fill('sell', 100_000, 1)], [59_500 + 100]],
  ['the limit holds for each trade, not for the day', '2018-06-01', [fill('sell', 100_000, 1), fill('sell', 100_000, 1)], [59_600, 59_500]],
  // 1,000 × 0.000166 = 0.166; nothing for the SEC.
  ['while the SEC charged nothing only the activity fee is paid', '2025-06-02', [fill('sell', 1_000, 500_000)], [1_700]],
  // 50,000.00 × 20.60 per million = 1.03; 1,000 × 0.000195 = 0.195; 1,000 × 0.000003 = 0.003.
  ['in 2026 the audit trail is paid as well', '2026-08-03', [fill('sell', 1_000, 500_000)], [10_300 + 2_000 + 100]],
  ['the audit trail is paid on both sides', '2026-08-03', [fill('buy', 1_000, 500_000)], [100]],
  ['while FINRA pauses its fee the others are paid', '2026-11-02', [fill('sell', 1_000, 500_000)], [10_300 + 100]],
  ['a rate that is not confirmed is charged to nobody', '2025-06-02', [fill('buy', 100_000, 500_000)], [0]],
];
for (const [why, date, fills, fees] of rows) {
  test(`fees: ${why}`, () => expect(chargeAll(day(date), fills).fees).toEqual(fees));
}

const missing: readonly [date: string, rule: string][] = [
  ['2007-03-30', 'us_section_31_fee'],
  ['2011-06-30', 'us_trading_activity_fee'],
];
for (const [date, rule] of missing) {
  test(`there is no schedule for ${date}: ${rule} is not known, which is not the same as free`, () =>
    expect(feeSchedule(date as SessionDate)).toEqual({ ok: false, problem: { kind: 'no_rule', rule, date } }));
}

const doubtful: readonly [date: string, names: readonly string[]][] = [
  ['2024-08-30', []],
  ['2024-09-03', ['audit_trail']],
  ['2026-06-30', ['audit_trail']],
  ['2026-07-01', []],
];
for (const [date, names] of doubtful) {
  test(`on ${date} the fees without a confirmed rate are [${names.join()}]`, () =>
    expect(unconfirmedFees(day(date).schedule)).toEqual(names));
}

test('what was not charged is a row that says so', () => {
  expect(day('2025-06-02').schedule.fees.section_31.status).toBe('not_charged');
  expect(day('2018-06-01').schedule.fees.audit_trail.status).toBe('not_charged');
});

/** The day's total of one fee in exact arithmetic: the oracle. */
function exactCents(fee: FeeRow, fills: readonly ChargedFill[]): bigint {
  if (fee.status !== 'charged') return 0n;
  let e13 = 0n;
  for (const { side, shares, price: at } of fills) {
    if (fee.payer === 'sells' && side === 'buy') continue;
    const rate = BigInt(fee.rateE9);
    const full = fee.basis === 'notional' ? BigInt(shares) * BigInt(at) * rate : BigInt(shares) * rate * 10_000n;
    const most = fee.maxPerTradeE9 === null ? full : BigInt(fee.maxPerTradeE9) * 10_000n;
    e13 += full < most ? full : most;
  }
  return (e13 + 99_999_999_999n) / 100_000_000_000n;
}

const dates = [
  '2011-08-01',
  '2018-03-12',
  '2018-06-01',
  '2020-03-16',
  '2022-06-01',
  '2024-06-03',
  '2025-06-02',
  '2026-08-03',
  '2026-11-02',
  '2027-03-01',
];
const anyFill = fc
  .record({
    side: fc.constantFrom('buy', 'sell' as const),
    shares: fc.integer({ min: 1, max: 200_000 }),
    e4: fc.integer({ min: 1, max: 2_000_000_000 }),
  })
  .map(({ side, shares, e4 }) => fill(side === 'buy' ? 'buy' : 'sell', shares, e4));

test('the fees of the fills add up to the exact totals of the day, rounded up once, and none is negative', () => {
  fc.assert(
    fc.property(fc.constantFrom(...dates), fc.array(anyFill, { maxLength: 20 }), (date, fills) => {
      const { running, fees } = chargeAll(day(date), fills);
      const totals = dayFees(running);
      const { section_31, trading_activity, audit_trail } = running.schedule.fees;
      expect(BigInt(totals.section_31)).toBe(exactCents(section_31, fills) * 100n);
      expect(BigInt(totals.trading_activity)).toBe(exactCents(trading_activity, fills) * 100n);
      expect(BigInt(totals.audit_trail)).toBe(exactCents(audit_trail, fills) * 100n);
      expect(fees.reduce((sum, each) => sum + each, 0)).toBe(totals.total);
      expect(fees.every((each) => each >= 0 && each % 100 === 0)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('the totals of a day do not depend on the order of its fills', () => {
  fc.assert(
    fc.property(fc.constantFrom(...dates), fc.array(anyFill, { maxLength: 12 }), (date, fills) => {
      expect(dayFees(chargeAll(day(date), fills).running)).toEqual(dayFees(chargeAll(day(date), [...fills].reverse()).running));
    }),
  );
});

test('a day too large to be exact stops instead of being nearly right', () => {
  const huge = fill('sell', 2_000_000_000, 4_000_000);
  expect(() => chargeAll(day('2018-06-01'), [huge, huge])).toThrow('stays exact');
});
