import { expect, test } from 'vitest';
import { barrierLabel } from '#domain/decisions/barrier-label';
import { outcomeOf } from '#domain/decisions/outcome';
import { regimeOf } from '#domain/decisions/regime';
import type { Frame } from '#domain/events/frame';
import type { OrderId, Side } from '#domain/orders/order';
import { cash } from '#domain/values/cash';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';
import { frame } from '#tests/bar-columns';

const OPEN = 570 * MINUTE_MS;
type HighLow = readonly [high: number, low: number] | null;
const frames = (ranges: readonly HighLow[]): readonly Frame[] =>
  ranges.map((range, minute) => frame(570 + minute, [range === null ? null : [range[1], range[0], range[1], range[0], 100]]));

test.each<readonly [what: string, ranges: readonly HighLow[], label: number]>([
  [
    'the target alone',
    [
      [100, 100],
      [104, 101],
    ],
    1,
  ],
  [
    'the stop alone',
    [
      [100, 100],
      [101, 98],
    ],
    -1,
  ],
  [
    'the target is touched and not traded through',
    [
      [100, 100],
      [103, 100],
    ],
    0,
  ],
  [
    'both in one bar: the worse',
    [
      [100, 100],
      [104, 98],
    ],
    -1,
  ],
  [
    'the stop before the target',
    [
      [100, 100],
      [99, 98],
      [105, 100],
    ],
    -1,
  ],
  [
    'neither by the close',
    [
      [100, 100],
      [103, 99],
    ],
    0,
  ],
  [
    'what the bar of the entry touched does not count',
    [
      [105, 95],
      [101, 100],
    ],
    0,
  ],
  ['a minute without a bar touches nothing', [[100, 100], null, [104, 101]], 1],
])('the label of a trade by its bars: %s', (_, ranges, label) => {
  expect(barrierLabel({ entered: instant(OPEN), stop: 98, target: 103, column: 0, stoppedAtOnce: false }, frames(ranges))).toBe(label);
});

test('a trade that was stopped in the bar of its entry met the stop, whatever came later', () => {
  const later = frames([
    [100, 97],
    [110, 105],
  ]);
  expect(barrierLabel({ entered: instant(OPEN), stop: 98, target: 104, column: 0, stoppedAtOnce: true }, later)).toBe(-1);
});

test('the excursions are those between entry and exit, and of these two minutes only the fills count', () => {
  const fill = (side: Side, minute: number, at: number) => ({
    order: 'o' as OrderId,
    symbol: symbolIndex(0),
    side,
    shares: quantity(10),
    price: price(at),
    fees: cash(3),
    bar: instant(OPEN + minute * MINUTE_MS),
    flags: [],
  });
  const told = frames([
    [900, 1],
    [105, 96],
    [900, 1],
  ]);
  const outcome = outcomeOf({ fills: [fill('buy', 0, 100), fill('sell', 2, 103)], riskPerShare: 2, reason: 'profit_target' }, told, 0);
  expect(outcome).toMatchObject({ pnl: 24, fees: 6, r: 1.2, favourable: { r: 2.5, money: 50 }, adverse: { r: 2, money: 40 }, minutes: 2 });
});

test.each<readonly [kind: string | null, moves: readonly number[]]>([
  ['up_calm', Array.from({ length: 12 }, (_, s) => 0.004 + s / 10_000)],
  ['flat_calm', Array.from({ length: 12 }, (_, s) => (s % 2 === 0 ? 0.01 : -0.01))],
  ['flat_wild', Array.from({ length: 12 }, (_, s) => (s % 2 === 0 ? 0.02 : -0.02))],
  ['down_wild', Array.from({ length: 12 }, (_, s) => (s % 2 === 0 ? 0.01 : -0.03))],
  [null, [0.01, Number.NaN, 0.02]],
])('a day is %s by the moves of its names', (kind, moves) => {
  expect(regimeOf(moves).kind).toBe(kind);
});
