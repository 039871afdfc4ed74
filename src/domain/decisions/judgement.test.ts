import { describe, expect, test } from 'vitest';
import { type Grade, judge, type Road } from '#domain/decisions/judgement';
import { nothingBought, type Outcome, outcomeOf } from '#domain/decisions/outcome';
import { emptyTally, tallied } from '#domain/decisions/tally';
import type { Fill } from '#domain/events/account';
import type { OrderId, Side } from '#domain/orders/order';
import type { Choice } from '#domain/session/question';
import { cash } from '#domain/values/cash';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';

const open = Date.UTC(2018, 2, 12, 14, 30);
const fill = (side: Side, minute: number, dollars: number): Fill => ({
  order: `o-${minute}` as OrderId,
  symbol: symbolIndex(0),
  side,
  shares: quantity(100),
  price: price(dollars * 10_000),
  fees: cash(0),
  bar: instant(open + minute * MINUTE_MS),
  flags: [],
});
/** 100 TSLA from 242.50 with a stop 4.50 away. */
const tesla = (exit: number): Outcome =>
  outcomeOf({ fills: [fill('buy', 0, 242.5), fill('sell', 30, exit)], riskPerShare: 45_000, reason: 'operator_close' }, [], 0);
const road = (choice: Choice, outcome: Outcome | null): Road => ({ choice, outcome, shares: null, sizedAlone: false, barrier: null });

describe('a position that the rule would close and a person keeps', () => {
  const decision = { chosen: 'keep', recommended: 'close', roads: [road('close', tesla(238)), road('keep', tesla(244.3))] } as const;

  test('the rule loses 450.00 at 238.00, the person makes 180.00 at 244.30', () => {
    expect(tesla(238)).toMatchObject({ pnl: -4_500_000, r: -1, minutes: 30 });
    expect(tesla(244.3)).toMatchObject({ pnl: 1_800_000, r: 0.4, adverse: { r: 0, money: 0 }, favourable: { r: 0.4, money: 1_800_000 } });
  });

  test('the override is worth 630.00: 450.00 of loss avoided and nothing missed', () => {
    expect(judge(decision)).toEqual({ grade: 'right', advantage: 6_300_000, avoidedLoss: 4_500_000, missedGain: 0 });
  });

  test('had the rule been let act, the 180.00 would have been missed', () => {
    expect(judge({ ...decision, chosen: 'close' })).toEqual({ grade: 'wrong', advantage: 0, avoidedLoss: 0, missedGain: 1_800_000 });
  });

  test('as long as one road is not known nothing is made up', () => {
    expect(judge({ ...decision, roads: [road('close', null), road('keep', tesla(244.3))] })).toEqual({
      grade: 'unresolved',
      advantage: null,
      avoidedLoss: null,
      missedGain: null,
    });
  });
});

const at = (r: number): Outcome => ({ ...nothingBought, filled: 1, r, pnl: cash(Math.round(r * 10_000)) });

test.each<readonly [what: string, taken: number | null, others: readonly (number | null)[], grade: Grade]>([
  ['the best one', 1, [0.5, -1], 'right'],
  ['within a tenth of R of the best', 0.9, [1], 'right'],
  ['more than a tenth of R behind', 0.85, [1, -1], 'wrong'],
  ['a loss where nothing would have been lost', -0.2, [0], 'wrong'],
  ['one of the others is not known', 2, [0, null], 'unresolved'],
  ['itself is not known', null, [0], 'unresolved'],
  ['there was no other road', 1, [], 'unresolved'],
])('a road is graded when it is: %s', (_, taken, others, grade) => {
  const choices = ['close', 'hold', 'close_all'] as const;
  const roads = [
    road('keep', taken === null ? null : at(taken)),
    ...others.map((r, place) => road(choices[place] ?? 'hold', r === null ? null : at(r))),
  ];
  expect(judge({ chosen: 'keep', recommended: 'keep', roads }).grade).toBe(grade);
});

test('a tally counts what is unresolved, sums only what is known, and takes silence for no override', () => {
  const known = { grade: 'wrong', advantage: cash(-5), avoidedLoss: cash(0), missedGain: cash(7) } as const;
  const unknown = { grade: 'unresolved', advantage: null, avoidedLoss: null, missedGain: null } as const;
  const silent = { ...known, advantage: cash(-100) } as const;
  const sum = [known, unknown, known, silent].reduce(
    (tally, judgement) => tallied(tally, { judgement, override: judgement === known }),
    emptyTally,
  );
  expect(sum).toEqual({
    decisions: 4,
    overrides: 2,
    grades: { right: 0, wrong: 3, unresolved: 1 },
    byOverrides: -10,
    avoidedLoss: 0,
    missedGain: 21,
  });
});
