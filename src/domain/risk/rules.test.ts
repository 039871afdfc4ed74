import { expect, test } from 'vitest';
import { tickRuleOn } from '#domain/market/ticks';
import type { Intent } from '#domain/orders/intent';
import type { SizedIntent } from '#domain/risk/approval';
import { review, reviewAgain } from '#domain/risk/approval';
import { stageOneLimits } from '#domain/risk/limits';
import type { RefusalKind } from '#domain/risk/refusal';
import type { PastEntry, RiskView } from '#domain/risk/risk-view';
import { rules } from '#domain/risk/rules';
import { stopLevels } from '#domain/risk/stop-level';
import { cash } from '#domain/values/cash';
import { instant, MINUTE_MS } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { calm, intentOf } from '#tests/one-service';

const found = tickRuleOn('2018-03-12' as SessionDate);
if (!found.ok) throw new Error('no tick rule');
const ticks = found.value;
const dollars = (amount: number) => cash(Math.round(amount * 10_000));
const [first, other] = [symbolIndex(1), symbolIndex(2)];
const four = [2, 3, 4, 5].map(symbolIndex);

type Case = {
  readonly view?: Partial<RiskView>;
  readonly limits?: Partial<RiskView['limits']>;
  readonly intent?: Partial<Intent>;
  /** An order that was sized before: these shares at this stop, whatever sizing would say now. */
  readonly sized?: { readonly shares?: number; readonly stop?: number };
};
type Row = readonly [rule: RefusalKind, refuses: Case, passes: Case];

const quote = (changes: Partial<RiskView['quote']>): Case => ({ view: { quote: { ...calm.quote, ...changes } } });
const name = (changes: Partial<RiskView['name']>): Case => ({ view: { name: { ...calm.name, ...changes } } });
const limitAt = (limit: number): Partial<Intent> => ({ limit: limit as Price, target: (limit + 100_000) as Price });
/** Entries of the same pattern in the same name, so many seconds ago. */
const past = (...seconds: readonly number[]): readonly PastEntry[] =>
  seconds.map((ago) => {
    const at = instant(calm.at - ago * 1000);
    return { intent: 1, at, symbol: first, side: 'buy', pattern: 'bull_flag', limit: 1_000_000 };
  });
const entered = (...seconds: readonly number[]): Case => ({ view: { past: past(...seconds) } });
/** Far from every limit but the one that a row is about. */
const roomy: Partial<RiskView['limits']> = { positionMax: 1, riskPerTradeMax: 1, openRiskMax: 1, orderValueMax: dollars(200_000) };

/** Each rule just beyond its limit, and just at it. */
const table: readonly Row[] = [
  ['halted', { view: { stop: { level: 'pause_entries', reason: 'requested' } } }, { view: { stop: null } }],
  ['daily_loss_passed', { view: { pnl: cash(-20_000_001) } }, { view: { pnl: cash(-20_000_000) } }],
  [
    'weekly_loss_passed',
    { view: { week: { pnl: cash(-50_000_001), limit: cash(50_000_000) } } },
    { view: { week: { pnl: cash(-50_000_000), limit: cash(50_000_000) } } },
  ],
  ['drawdown_passed', { view: { equity: cash(879_999_999) } }, { view: { equity: cash(880_000_000) } }],
  [
    'account_disagrees',
    { view: { account: { broker: cash(1_005_000_001), book: cash(1_000_000_000) } } },
    { view: { account: { broker: cash(1_005_000_000), book: cash(1_000_000_000) } } },
  ],
  [
    'protection_missing',
    { view: { unprotected: { symbol: other, since: instant(calm.at - 61_000) } } },
    { view: { unprotected: { symbol: other, since: instant(calm.at - 60_000) } } },
  ],
  ['too_many_messages', { view: { messages: 73 } }, { view: { messages: 72 } }],
  ['entries_closed', { view: { phase: { entriesUsed: 0, entriesMax: 0, riskShare: 0.01 } } }, {}],
  [
    'phase_entries_used',
    { view: { phase: { entriesUsed: 5, entriesMax: 5, riskShare: 0.01 } } },
    { view: { phase: { entriesUsed: 4, entriesMax: 5, riskShare: 0.01 } } },
  ],
  ['too_many_positions', { view: { engaged: [...four, symbolIndex(6)] } }, { view: { engaged: four } }],
  ['position_in_symbol', { view: { engaged: [first] } }, { view: { engaged: [other] } }],
  ['sector_full', name({ sector: { name: 'energy', held: 3 } }), name({ sector: { name: 'energy', held: 2 } })],
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
  ['name_restricted', name({ isRestricted: true }), name({ isRestricted: false })],
  ['name_not_permitted', name({ isPermitted: false }), name({ isPermitted: true })],
  ['not_tradable', name({ status: 'halted' }), name({ status: 'trading' })],
  ['quote_stale', quote({ minutes: 6 }), quote({ minutes: 5 })],
  ['jump_unconfirmed', quote({ before: 869_565 }), quote({ before: 869_566 })],
  ['far_from_last', { intent: limitAt(1_020_100) }, { intent: limitAt(1_020_000) }],
  ['far_from_close', quote({ previousClose: 666_666 }), quote({ previousClose: 666_667 })],
  ['duplicate_entry', entered(59), entered(60)],
  ['repeated_execution', entered(3599, 200, 100), entered(3600, 200, 100)],
  [
    'limits_drifted',
    { ...entered(1799), intent: limitAt(1_030_100), limits: { collarMax: 1 } },
    { ...entered(1800), intent: limitAt(1_030_100), limits: { collarMax: 1 } },
  ],
  ['short_not_allowed', { intent: { side: 'sell' } }, { intent: { side: 'buy' } }],
  ['stop_on_wrong_side', { sized: { stop: 1_000_000 } }, { sized: { stop: 999_900 } }],
  [
    'stop_too_far',
    { intent: { support: 949_900, target: 1_100_000 as Price } },
    { intent: { support: 950_000, target: 1_100_000 as Price } },
  ],
  ['reward_too_small', { intent: { target: 1_029_900 as Price } }, { intent: { target: 1_030_000 as Price } }],
  ['open_risk_used', { view: { openRisk: dollars(5000) } }, { view: { openRisk: dollars(4900) } }],
  [
    'risk_too_high',
    {
      sized: { shares: 1001 },
      limits: { ...roomy, riskPerTradeMax: 0.02 },
      view: { phase: { ...calm.phase, riskShare: 1 }, cashFree: dollars(200_000) },
    },
    { sized: { shares: 1000 }, limits: { ...roomy, riskPerTradeMax: 0.02 }, view: { phase: { ...calm.phase, riskShare: 1 } } },
  ],
  ['position_too_large', { sized: { shares: 201 } }, { sized: { shares: 200 } }],
  [
    'gross_exposure_passed',
    { sized: { shares: 101 }, view: { exposure: { gross: dollars(90_000), net: cash(0) } } },
    { sized: { shares: 100 }, view: { exposure: { gross: dollars(90_000), net: cash(0) } } },
  ],
  [
    'net_exposure_passed',
    { sized: { shares: 101 }, view: { exposure: { gross: cash(0), net: dollars(90_000) } } },
    { sized: { shares: 100 }, view: { exposure: { gross: cash(0), net: dollars(90_000) } } },
  ],
  ['no_buying_power', { view: { cashFree: dollars(99.99) } }, { view: { cashFree: dollars(100) } }],
  [
    'order_too_valuable',
    { sized: { shares: 101 }, limits: { orderValueMax: dollars(10_000) } },
    { sized: { shares: 100 }, limits: { orderValueMax: dollars(10_000) } },
  ],
  [
    'too_many_shares',
    { sized: { shares: 101 }, limits: { orderSharesMax: 100 } },
    { sized: { shares: 100 }, limits: { orderSharesMax: 100 } },
  ],
  [
    'minute_share_passed',
    { sized: { shares: 101 }, intent: { liquidShares: 100.9 } },
    { sized: { shares: 100 }, intent: { liquidShares: 100.9 } },
  ],
  [
    'day_share_passed',
    { sized: { shares: 101 }, ...quote({ dayShares: 10_099 }) },
    { sized: { shares: 100 }, ...quote({ dayShares: 10_099 }) },
  ],
  ['broker_not_ready', { view: { broker: 'reconciling' } }, { view: { broker: 'ready' } }],
  ['clock_skewed', { view: { skewMs: 2_001 } }, { view: { skewMs: 2_000 } }],
  ['name_quarantined', { view: { name: { ...calm.name, isQuarantined: true } } }, { view: { name: calm.name } }],
  ['size_is_zero', { intent: { liquidShares: 0 } }, { intent: { liquidShares: 1 } }],
  ['approval_outgrown', { sized: { shares: 101 }, view: { lossesInARow: 3 } }, { sized: { shares: 100 }, view: { lossesInARow: 3 } }],
];

const sizedOf = (intent: Intent, { shares = 10, stop = 980_000 }: NonNullable<Case['sized']>): SizedIntent => {
  return { ...intent, stop: stop as Price, shares: quantity(shares), risk: cash((intent.limit - stop) * shares) };
};

function judged({ view, limits, intent, sized }: Case) {
  const seen: RiskView = { ...calm, ...view, limits: { ...stageOneLimits, ...limits } };
  const asked = intentOf(1, intent);
  return sized === undefined ? review(asked, seen, ticks) : reviewAgain(sizedOf(asked, sized), seen);
}
const kindsOf = (given: Case): readonly RefusalKind[] => {
  const verdict = judged(given);
  return verdict.kind === 'refused' ? verdict.refusals.map(({ kind }) => kind) : [];
};

test.each(table)('%s refuses just beyond its limit and lets pass at it', (rule, refuses, passes) => {
  expect(kindsOf(refuses)).toContain(rule);
  expect(kindsOf(passes)).toEqual([]);
});

test('the table has a row for each rule', () => {
  // Correlation is one rule with two refusals.
  expect(table.length).toBe(rules.length + 1);
  expect(new Set(table.map(([kind]) => kind)).size).toBe(table.length);
});

test('every rule is asked: an intent with three faults gets three reasons', () => {
  expect(kindsOf({ view: { stop: { level: 'flatten', reason: 'drawdown' }, engaged: [first] }, intent: { side: 'sell' } })).toEqual([
    'halted',
    'position_in_symbol',
    'short_not_allowed',
  ]);
});

test.each(stopLevels)('the level %s of a stop refuses entries', (level) => {
  expect(kindsOf({ view: { stop: { level, reason: 'requested' } } })).toEqual(['halted']);
});

test.each<readonly [what: string, given: Case, rule: RefusalKind]>([
  ['no bar today is no quote', quote({ minutes: null }), 'quote_stale'],
  ['no last price is no collar', quote({ last: null }), 'far_from_last'],
  ['no close of an earlier session is no collar either', quote({ previousClose: null }), 'far_from_close'],
  ['F3: a price a hundred times as high is not believed', quote({ last: 100_000_000 }), 'jump_unconfirmed'],
  ['F3: nor one a hundred times as low', quote({ last: 10_000 }), 'jump_unconfirmed'],
  ['a limit may lie below the last price no farther than above it', { intent: { limit: 979_900 as Price } }, 'far_from_last'],
  [
    'the broker may report too little as well as too much',
    { view: { account: { broker: dollars(80_000), book: dollars(100_000) } } },
    'account_disagrees',
  ],
  ['what the broker does not trade is not entered', name({ status: 'not_tradable' }), 'not_tradable'],
  ['it is the newest entry that another may not follow so soon', entered(100, 10), 'duplicate_entry'],
  ['once latched, time does not heal it', { view: { isLatched: true } }, 'repeated_execution'],
  ['limits may drift down no farther than up', { ...entered(600), intent: limitAt(969_900), limits: { collarMax: 1 } }, 'limits_drifted'],
  ['a stop of nothing is none', { sized: { stop: 0 } }, 'stop_on_wrong_side'],
  ['a stop above the entry is none', { sized: { stop: 1_000_100 } }, 'stop_on_wrong_side'],
  [
    'a share of the equity is rounded down',
    { sized: { shares: 3, stop: 65_700_000 }, intent: limitAt(66_666_667), view: { equity: cash(1_000_000_001) } },
    'position_too_large',
  ],
  ['open risk counts with this one', { sized: { shares: 100 }, view: { openRisk: dollars(4801) } }, 'open_risk_used'],
  ['cash must suffice for all the shares', { sized: { shares: 100 }, view: { cashFree: dollars(9999) } }, 'no_buying_power'],
])('%s', (_, given, rule) => expect(kindsOf(given)).toContain(rule));

test.each<readonly [slip: string, shares: number, limit: number, rules: readonly RefusalKind[]]>([
  ['dollars where shares were meant', 20_000, 1_000_000, ['order_too_valuable', 'position_too_large', 'no_buying_power']],
  ['a zero too many in the shares', 2_000, 1_000_000, ['order_too_valuable', 'position_too_large', 'no_buying_power']],
  ['more than the market trades', 200_000, 1_000_000, ['too_many_shares', 'minute_share_passed', 'day_share_passed']],
  ['a zero too many in the price', 10, 10_000_000, ['far_from_last', 'far_from_close']],
  ['a zero too few in the price', 10, 100_000, ['far_from_last', 'far_from_close']],
])('J8: %s are stopped by hard rules that nobody can answer away', (_, shares, limit, kinds) => {
  // Looked at again is what a person has agreed to: the rules are the same.
  const given: Case = { sized: { shares, stop: Math.round(limit * 0.98) }, intent: limitAt(limit) };
  expect(kindsOf(given)).toEqual(expect.arrayContaining([...kinds]));
});

test('a stop at the entry leaves no reward for any risk, and no number that is none', () => {
  const verdict = judged({ sized: { stop: 1_000_000 } });
  expect(verdict.kind === 'refused' && verdict.refusals).toContainEqual({ kind: 'reward_too_small', ratio: 0, min: 1.5 });
});

test('fifty small steps upwards end where the first would have been refused', () => {
  const steps: PastEntry[] = [];
  let refusedAt = 0;
  for (let step = 0; step < 50 && refusedAt === 0; step++) {
    const limit = 1_000_000 + step * 1000;
    const quoted = { ...calm.quote, last: limit, before: limit };
    if (
      kindsOf({ intent: limitAt(limit), view: { past: steps, quote: quoted }, limits: { repeatsMax: 100, duplicateSeconds: 0 } }).includes(
        'limits_drifted',
      )
    )
      refusedAt = limit;
    steps.push({ intent: step, at: instant(calm.at - 29 * MINUTE_MS), symbol: first, side: 'buy', pattern: 'bull_flag', limit });
  }
  expect(refusedAt).toBe(1_031_000);
});

test('the fourth loss in a row changes nothing more than the third: half the size', () => {
  const sharesAfter = [0, 2, 3, 4].map((lossesInARow) => {
    const verdict = judged({ view: { lossesInARow } });
    return verdict.kind === 'approved' ? verdict.order.shares : 0;
  });
  expect(sharesAfter).toEqual([200, 200, 100, 100]);
});

test('an approval carries its stop, its size and what it risks', () => {
  // 1 % of 100,000 over a stop 2 dollars away would be 500 shares; 20 % of the capital buys 200 at 100.
  expect(judged({})).toMatchObject({ kind: 'approved', order: { stop: 980_000, shares: 200, risk: 4_000_000 } });
});

test('an order that is looked at again is let through as it is, or not at all', () => {
  expect(judged({ sized: { shares: 7, stop: 985_000 } })).toMatchObject({
    kind: 'approved',
    order: { stop: 985_000, shares: 7, risk: 105_000 },
  });
  expect(judged({ sized: { shares: 201 } })).toMatchObject({ kind: 'refused', stop: 980_000, shares: 201 });
});
