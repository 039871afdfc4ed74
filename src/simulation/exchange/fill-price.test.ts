import { expect, test } from 'vitest';
import { tickRuleOn } from '#domain/market/ticks';
import type { Side } from '#domain/orders/order';
import { assert } from '#domain/values/assert';
import { instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { defaultFillModel } from '#simulation/exchange/fill-model';
import { crossingPrice } from '#simulation/exchange/fill-price';

const rule = tickRuleOn('2018-03-12' as SessionDate);
assert(rule.ok, 'the tick of 2018 is known');
const ticks = rule.value;
const dear = { ...defaultFillModel, costBp: 100 };

type Row = readonly [why: string, side: Side, reference: number, bar: readonly [high: number, low: number, close: number], e4: number];
const check = (rows: readonly Row[], model = defaultFillModel) => {
  for (const [why, side, reference, [high, low, close], e4] of rows) {
    test(`crossing: ${why}`, () => {
      const bar = { start: instant(0), open: reference, high, low, close, volume: 1_000 };
      expect(crossingPrice(side, reference, bar, { model, ticks })).toBe(e4);
    });
  }
};

check([
  ['a buyer pays a cent above', 'buy', 100_000, [101_000, 99_000, 100_000], 100_100],
  ['a seller takes a cent below', 'sell', 100_000, [101_000, 99_000, 100_000], 99_900],
  ['2 bp where that is more', 'sell', 2_000_000, [2_010_000, 1_990_000, 2_000_000], 1_999_600],
  ['off the grid, a buyer pays the next cent', 'buy', 100_050, [101_000, 99_000, 100_000], 100_200],
  ['off the grid, a seller takes the last cent', 'sell', 100_050, [101_000, 99_000, 100_000], 99_900],
  ['below a dollar the grid is finer', 'buy', 5_001, [6_000, 4_000, 5_000], 5_101],
  ['a price stays above zero', 'sell', 50, [60, 40, 50], 1],
  ['a buyer pays at most two cents above the high', 'buy', 10_000_000, [10_000_000, 90_000, 100_000], 10_000_200],
]);
check(
  [
    ['a buyer pays at most 0.1 % of the close above the high', 'buy', 1_000_000, [1_000_000, 990_000, 1_000_000], 1_001_000],
    ['a seller takes at least 0.1 % of the close below the low', 'sell', 1_000_000, [1_010_000, 1_000_000, 1_000_000], 999_000],
  ],
  dear,
);
