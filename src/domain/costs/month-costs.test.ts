import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CostPlan } from '#domain/costs/cost-plan';
import { type Month, parseMonth } from '#domain/costs/month';
import { costsOf } from '#domain/costs/month-costs';
import { type PicoDollars, parseDollars, pico, roundedE4 } from '#domain/costs/pico-dollars';
import type { UsageRecord } from '#domain/costs/usage-record';
import { formatE4 } from '#domain/values/decimal';
import { instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';

const date = (text: string): SessionDate => text as SessionDate;
const dollars = (text: string): PicoDollars => parseDollars(text) ?? pico(-1n);
const november = '2026-11' as Month;
const at = (text: string) => instant(Date.parse(text));
const shown = (amount: PicoDollars): string => formatE4(roundedE4(amount));

const plan: CostPlan = {
  phases: [
    { phase: 2, from: date('2026-12-01') },
    { phase: 1, from: date('2026-01-01') },
  ],
  budgets: { 1: dollars('63'), 2: dollars('249'), 3: dollars('389'), 4: dollars('429') },
  fixed: [{ line: 'server', monthly: dollars('48'), from: date('2026-01-01'), to: null }],
  models: [
    { provider: 'p', model: 'm', from: date('2026-11-10'), input: dollars('2'), cached: dollars('0.2'), output: dollars('8') },
    { provider: 'p', model: 'm', from: date('2026-11-01'), input: dollars('3'), cached: dollars('0.3'), output: dollars('15') },
  ],
  calls: [
    { vendor: 'v', endpoint: null, from: date('2026-01-01'), each: dollars('0') },
    { vendor: 'v', endpoint: '/dear', from: date('2026-11-05'), each: dollars('0.01') },
  ],
};

const tokens = (when: string, input: number, cached: number, output: number): UsageRecord => ({
  kind: 'model_tokens',
  at: at(when),
  provider: 'p',
  model: 'm',
  input,
  cached,
  output,
});
const calls = (when: string, endpoint: string, count: number, vendor = 'v'): UsageRecord => ({
  kind: 'data_calls',
  at: at(when),
  vendor,
  endpoint,
  count,
});

function costs(usage: readonly UsageRecord[], now: string, over: Partial<CostPlan> = {}, month = november) {
  const found = costsOf({ ...plan, ...over }, usage, month, at(now));
  if (!found.ok) throw new Error(JSON.stringify(found.problem));
  return found.value;
}

describe('tokens', () => {
  test('cost what held on their day', () => {
    const used = [tokens('2026-11-09T23:59:59Z', 1_000_000, 0, 0), tokens('2026-11-10T00:00:00Z', 1_000_000, 1_000_000, 1_000_000)];
    const [, line] = costs(used, '2026-12-01T00:00:00Z').lines;
    expect([line?.name, line?.count, shown(line?.spent ?? pico(0n))]).toEqual(['p m', 4_000_000, '13.2000']);
  });

  test('without a price that holds are an error that names model and day', () => {
    const none = costsOf(plan, [tokens('2026-10-31T12:00:00Z', 1, 0, 0)], '2026-10' as Month, at('2026-11-30T00:00:00Z'));
    expect(none).toEqual({ ok: false, problem: { kind: 'no_model_price', provider: 'p', model: 'm', date: '2026-10-31' } });
  });

  test('add up without a rounding, however many records they come in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 }), (counts) => {
        const each = counts.map((count) => tokens('2026-11-20T00:00:00Z', count, count, count));
        const total = counts.reduce((sum, count) => sum + count, 0);
        const once = costs([tokens('2026-11-20T00:00:00Z', total, total, total)], '2026-12-01T00:00:00Z');
        expect(costs(each, '2026-12-01T00:00:00Z').spent).toBe(once.spent);
      }),
    );
  });
});

describe('calls', () => {
  test('of an endpoint with a price of its own cost that, from its day on', () => {
    const used = [
      calls('2026-11-04T00:00:00Z', '/dear', 100),
      calls('2026-11-05T00:00:00Z', '/dear', 100),
      calls('2026-11-06T00:00:00Z', '/else', 100),
    ];
    const [, line] = costs(used, '2026-12-01T00:00:00Z').lines;
    expect([line?.count, shown(line?.spent ?? pico(0n))]).toEqual([300, '1.0000']);
  });

  test('of a vendor without a price are an error: nothing is free by default', () => {
    expect(costsOf(plan, [calls('2026-11-04T00:00:00Z', '/x', 1, 'w')], november, at('2026-11-30T00:00:00Z'))).toEqual({
      ok: false,
      problem: { kind: 'no_call_price', vendor: 'w', endpoint: '/x', date: '2026-11-04' },
    });
  });

  test('of other months do not count', () =>
    expect(
      costs([calls('2026-10-31T23:59:59Z', '/dear', 9, 'w'), calls('2026-12-01T00:00:00Z', '/dear', 9, 'w')], '2026-12-01T00:00:00Z').lines,
    ).toHaveLength(1));
});

const half = '2026-11-16T00:00:00Z';
const rows: readonly (readonly [why: string, from: string, to: string | null, now: string, spent: string, projected: string])[] = [
  ['half a month is half of it', '2026-01-01', null, half, '24.0000', '48.0000'],
  ['a month that is over is all of it', '2026-01-01', null, '2027-01-01T00:00:00Z', '48.0000', '48.0000'],
  ['a month that has not begun is nothing yet', '2026-01-01', null, '2026-10-01T00:00:00Z', '0.0000', '48.0000'],
  ['what begins within it is paid from then on', '2026-11-11', null, half, '8.0000', '32.0000'],
  ['what ends within it is paid to its last day', '2026-01-01', '2026-11-10', half, '16.0000', '16.0000'],
  ['one day is a thirtieth', '2026-11-10', '2026-11-10', half, '1.6000', '1.6000'],
];
describe('what is paid every month is counted by the day:', () => {
  for (const [why, from, to, now, spent, projected] of rows)
    test(why, () => {
      const fixed = [{ line: 'server', monthly: dollars('48'), from: date(from), to: to === null ? null : date(to) }];
      const found = costs([], now, { fixed });
      expect([shown(found.spent), shown(found.projected)]).toEqual([spent, projected]);
    });

  test('what has ended before, or begins later, is no line', () => {
    const fixed = [
      { line: 'a', monthly: dollars('1'), from: date('2026-01-01'), to: date('2026-10-31') },
      { line: 'b', monthly: dollars('1'), from: date('2026-12-01'), to: null },
    ];
    expect(costs([], half, { fixed }).lines).toEqual([]);
  });
});

test('what was used is carried on in a straight line to the end of the month', () => {
  const [, line] = costs([calls('2026-11-05T00:00:00Z', '/dear', 100)], '2026-11-11T00:00:00Z').lines;
  expect([shown(line?.spent ?? pico(0n)), shown(line?.projected ?? pico(0n))]).toEqual(['1.0000', '3.0000']);
});

test('the phase is that of the first day of the month, and a month before all of them is an error', () => {
  expect([costs([], half).phase, shown(costs([], half).budget)]).toEqual([1, '63.0000']);
  expect(costs([], half, {}, '2026-12' as Month).phase).toBe(2);
  expect(costsOf(plan, [], '2025-12' as Month, at(half))).toEqual({ ok: false, problem: { kind: 'no_phase', date: '2025-12-01' } });
});

test('dollars are read exactly and shown rounded once, half to even', () => {
  for (const [text, units] of [
    ['0.000000000001', 1n],
    ['3', 3_000_000_000_000n],
    ['0.30', 300_000_000_000n],
  ] as const)
    expect(parseDollars(text)).toBe(units);
  for (const text of ['', '-1', '1e3', '1.', '.5', '0.0000000000001', '1234567890', '1,5', 'NaN']) expect(parseDollars(text)).toBeNull();
  for (const [units, e4] of [
    [50_000_000n, 0],
    [50_000_001n, 1],
    [150_000_000n, 2],
    [250_000_000n, 2],
  ] as const)
    expect(roundedE4(pico(units))).toBe(e4);
});

test('a month is of a year and two digits', () => {
  expect(['2026-11', '2026-13', '2026-1', '26-11', '2026-00', 'x'].map((text) => parseMonth(text))).toEqual([
    '2026-11',
    null,
    null,
    null,
    null,
    null,
  ]);
});
