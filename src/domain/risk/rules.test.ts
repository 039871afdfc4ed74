import { expect, test } from 'vitest';
import { tickRuleOn } from '#domain/market/ticks';
import type { Intent } from '#domain/orders/intent';
import { review } from '#domain/risk/approval';
import type { RefusalKind } from '#domain/risk/refusal';
import { type RiskView, rules } from '#domain/risk/rules';
import { cash } from '#domain/values/cash';
import type { Price } from '#domain/values/price';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { calm, intentOf } from '#tests/one-service';

const found = tickRuleOn('2018-03-12' as SessionDate);
if (!found.ok) throw new Error('no tick rule');
const ticks = found.value;
const dollars = (amount: number) => cash(Math.round(amount * 10_000));
const [first, other] = [symbolIndex(1), symbolIndex(2)];

const four = [2, 3, 4, 5].map(symbolIndex);

type Case = { readonly view?: Partial<RiskView>; readonly intent?: Partial<Intent> };
type Row = readonly [rule: RefusalKind, refuses: Case, passes: Case];

/** Each rule just beyond its limit, and just at it. */
const table: readonly Row[] = [
  ['halted', { view: { halted: true } }, { view: { halted: false } }],
  ['daily_loss_passed', { view: { pnl: cash(-20_000_001) } }, { view: { pnl: cash(-20_000_000) } }],
  ['entries_closed', { view: { phase: { entriesUsed: 0, entriesMax: 0, riskShare: 0.01 } } }, {}],
  [
    'phase_entries_used',
    { view: { phase: { entriesUsed: 5, entriesMax: 5, riskShare: 0.01 } } },
    { view: { phase: { entriesUsed: 4, entriesMax: 5, riskShare: 0.01 } } },
  ],
  ['too_many_positions', { view: { engaged: [...four, symbolIndex(6)] } }, { view: { engaged: four } }],
  ['position_in_symbol', { view: { engaged: [first] } }, { view: { engaged: [other] } }],
  ['short_not_allowed', { intent: { side: 'sell' } }, { intent: { side: 'buy' } }],
  [
    'stop_too_far',
    { intent: { support: 949_900, target: 1_100_000 as Price } },
    { intent: { support: 950_000, target: 1_100_000 as Price } },
  ],
  ['reward_too_small', { intent: { target: 1_029_900 as Price } }, { intent: { target: 1_030_000 as Price } }],
  ['open_risk_used', { view: { openRisk: dollars(5000) } }, { view: { openRisk: dollars(4900) } }],
  [
    'correlated',
    { view: { engaged: [other], correlationWith: () => ({ value: 0.7001, points: 390, sameSector: true }) } },
    { view: { engaged: [other], correlationWith: () => ({ value: 0.7, points: 390, sameSector: true }) } },
  ],
  [
    'correlation_unknown',
    { view: { engaged: [other], correlationWith: () => ({ value: null, points: 99, sameSector: true }) } },
    { view: { engaged: [other], correlationWith: () => ({ value: null, points: 99, sameSector: false }) } },
  ],
  ['no_buying_power', { view: { cashFree: dollars(99.99) } }, { view: { cashFree: dollars(100) } }],
  ['size_is_zero', { intent: { liquidShares: 0 } }, { intent: { liquidShares: 1 } }],
];

const judged = ({ view, intent }: Case) => review(intentOf(1, intent), { ...calm, ...view }, ticks);

test.each(table)('%s refuses just beyond its limit and lets pass at it', (rule, refuses, passes) => {
  const no = judged(refuses);
  expect(no.kind === 'refused' && no.refusals.map(({ kind }) => kind)).toContain(rule);
  expect(judged(passes).kind).toBe('approved');
});

test('the table has a row for each rule', () => {
  // Correlation is one rule with two refusals.
  expect(table.length).toBe(rules.length + 1);
});

test('every rule is asked: an intent with three faults gets three reasons', () => {
  const no = judged({ view: { halted: true, engaged: [first] }, intent: { side: 'sell' } });
  expect(no.kind === 'refused' && no.refusals.map(({ kind }) => kind)).toEqual(['halted', 'position_in_symbol', 'short_not_allowed']);
});

test('an approval carries its stop, its size and what it risks', () => {
  const yes = judged({});
  // 1 % of 100,000 over a stop 2 dollars away would be 500 shares; 20 % of the capital buys 200 at 100.
  expect(yes).toMatchObject({ kind: 'approved', order: { stop: 980_000, shares: 200, risk: 4_000_000 } });
});
