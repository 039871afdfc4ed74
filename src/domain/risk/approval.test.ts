import { describe, expect, test } from 'vitest';
import { tickRuleOn } from '#domain/market/ticks';
import type { Intent } from '#domain/orders/intent';
import type { OrderId } from '#domain/orders/order';
import type { Position } from '#domain/portfolio/book';
import { type BracketIds, bracketOf, type ExitTerms, exitOf, review, reviewAgain } from '#domain/risk/approval';
import { kellyShare } from '#domain/risk/kelly';
import type { Refusal } from '#domain/risk/refusal';
import type { RiskView } from '#domain/risk/risk-view';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { calm, intentOf } from '#tests/one-service';

const found = tickRuleOn('2018-03-12' as SessionDate);
if (!found.ok) throw new Error('no tick rule');
const ticks = found.value;
const dollars = (amount: number) => cash(amount * 10_000);

const refusalsOf = (view: Partial<RiskView>, intent: Partial<Intent> = {}): readonly Refusal[] => {
  const verdict = review(intentOf(1, intent), { ...calm, ...view }, ticks);
  return verdict.kind === 'refused' ? verdict.refusals : [];
};
const kindsOf = (view: Partial<RiskView>, intent: Partial<Intent> = {}): readonly string[] =>
  refusalsOf(view, intent).map(({ kind }) => kind);

describe('an exit', () => {
  const held = (shares: number): Position => ({
    symbol: symbolIndex(1),
    shares,
    openedShares: Math.abs(shares),
    openedCost: cash(0),
    peakShares: 50,
    cost: cash(0),
    fees: cash(0),
    since: instant(0),
    mark: 1_000_000,
    doubted: null,
  });
  const terms: ExitTerms = { id: 'x' as OrderId, role: 'exit', limit: null, stop: null, parent: null, intent: 7, reason: 'time_stop' };

  test.each([
    [50, 'sell'],
    [-50, 'buy'],
  ])('of %i shares is to %s all of them', (shares, side) => {
    expect(exitOf(held(shares), terms)).toEqual({ ...terms, type: 'market', symbol: 1, side, shares: 50 });
  });

  test('of nothing is none', () => {
    expect(() => exitOf(held(0), terms)).toThrow('an exit needs a position');
  });
});

test('the legs of a bracket hang on its entry, the other way and in the same shares', () => {
  const verdict = review(intentOf(1), calm, ticks);
  if (verdict.kind !== 'approved') throw new Error('nothing speaks against it');
  const ids = { entry: 'e', stop: 's', target: 't' } as unknown as BracketIds;
  expect(bracketOf(verdict.order, 7, ids)).toMatchObject([
    { id: 'e', role: 'entry', side: 'buy', shares: 200, parent: null, intent: 7 },
    { id: 's', role: 'stop', side: 'sell', shares: 200, parent: 'e', intent: 7 },
    { id: 't', role: 'target', side: 'sell', shares: 200, parent: 'e', intent: 7 },
  ]);
});

const sell = { side: 'sell' } as const;
/** A name in which an entry was let through so many seconds ago, three times. */
const entered = (...seconds: readonly number[]): Partial<RiskView> => ({
  past: seconds.map((ago) => ({
    intent: 1,
    at: instant(calm.at - ago * 1000),
    symbol: symbolIndex(1),
    side: 'buy',
    pattern: 'bull_flag',
    limit: 1_000_000,
  })),
});

test.each<readonly [what: string, view: Partial<RiskView>, intent: Partial<Intent>, kinds: readonly string[]]>([
  [
    'a name is not correlated with itself',
    { engaged: [symbolIndex(1)], correlationWith: () => ({ value: 1, points: 390, sameSector: true }) },
    {},
    ['position_in_symbol'],
  ],
  [
    'a name that moves against what is held is not correlated with it',
    { engaged: [symbolIndex(2)], correlationWith: () => ({ value: -0.9, points: 390, sameSector: true }) },
    {},
    [],
  ],
  ['a phase without entries has none to use up', { phase: { entriesUsed: 0, entriesMax: 0, riskShare: 0.01 } }, {}, ['entries_closed']],
  ['the other side is no duplicate', entered(10), sell, ['short_not_allowed']],
  ['another pattern is no repetition', entered(300, 200, 100), { pattern: 'abcd' }, []],
  ['to sell short adds to a net that is short', { exposure: { gross: cash(0), net: dollars(-90_000) } }, sell, ['short_not_allowed']],
  ['to sell short takes from a net that is long', { exposure: { gross: cash(0), net: dollars(100_000) } }, sell, ['short_not_allowed']],
])('%s', (_, view, intent, kinds) => expect(kindsOf(view, intent)).toEqual(kinds));

test.each<readonly [net: number, shares: number]>([
  [-90_000, 100],
  [90_000, 200],
])('a net of %i dollars leaves %i shares to sell short', (net, shares) => {
  const verdict = review(intentOf(1, sell), { ...calm, exposure: { gross: cash(0), net: dollars(net) } }, ticks);
  expect(verdict).toMatchObject({ kind: 'refused', shares });
});

test('a short that was sized before passes the net of shorts by a share', () => {
  const sized = { ...intentOf(1, sell), stop: 980_000 as Price, shares: quantity(101), risk: cash(0) };
  const verdict = reviewAgain(sized, { ...calm, exposure: { gross: cash(0), net: dollars(-90_000) } });
  expect(verdict.kind === 'refused' && verdict.refusals.map(({ kind }) => kind)).toContain('net_exposure_passed');
});

test('a reward that is too small is told', () => {
  expect(refusalsOf({}, { target: 1_029_900 as Price })).toEqual([{ kind: 'reward_too_small', ratio: 1.495, min: 1.5 }]);
});

test.each([
  ['nothing', 0],
  ['less than nothing', -1],
])('a record of nothing but gains allows no bet that can win %s', (_, ratio) => {
  const record = { count: 100, won: 100, meanR: 1, deviationR: 0 };
  expect(kellyShare(record, ratio, { ...defaultSettings.sizing, kellyFraction: 0.5, kellyCountMin: 30 })).toBe(0);
});
