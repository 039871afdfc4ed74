import { expect, test } from 'vitest';
import { candlesticks } from '#domain/candlesticks/candlesticks';
import { commonCandlesticks, sideOf } from '#domain/candlesticks/common-candlesticks';
import { barsOf, madeUpCandles } from '#tests/made-up-candles';

type Candle = readonly [open: number, high: number, low: number, close: number];

/** Twelve candles of a body of 100 and a range of 200, so that the averages are round. */
const quiet: readonly Candle[] = Array.from({ length: 12 }, (_, i) =>
  i % 2 === 0 ? [10_000, 10_150, 9950, 10_100] : [10_100, 10_150, 9950, 10_000],
);
const longBlack: Candle = [10_000, 10_010, 9690, 9700];
const longWhite: Candle = [10_000, 10_310, 9990, 10_300];

type Row = readonly [name: string, answer: number, hit: readonly Candle[], miss: readonly Candle[], why: string];

const rows: readonly Row[] = [
  ['hammer', 100, [longBlack, [9690, 9705, 9500, 9700]], [longBlack, [9690, 9760, 9500, 9700]], 'an upper shadow'],
  ['hangingman', -100, [longWhite, [10_300, 10_315, 10_110, 10_310]], [longWhite, [10_100, 10_115, 9910, 10_110]], 'not at the top'],
  ['invertedhammer', 100, [longBlack, [9640, 9800, 9635, 9650]], [longBlack, [9695, 9860, 9690, 9705]], 'no gap'],
  ['shootingstar', -100, [longWhite, [10_350, 10_520, 10_345, 10_360]], [longWhite, [10_295, 10_460, 10_290, 10_305]], 'no gap'],
  ['doji', 100, [[10_000, 10_100, 9900, 10_020]], [[10_000, 10_100, 9900, 10_021]], 'a body of more than a tenth of the range'],
  [
    'engulfing',
    100,
    [
      [10_000, 10_020, 9930, 9950],
      [9940, 10_050, 9930, 10_030],
    ],
    [
      [10_000, 10_020, 9930, 9950],
      [9940, 10_050, 9930, 9999],
    ],
    'a close below the open that it should pass',
  ],
  [
    'engulfing',
    -80,
    [
      [9950, 10_020, 9930, 10_000],
      [10_000, 10_020, 9900, 9940],
    ],
    [
      [9950, 10_020, 9930, 10_000],
      [10_000, 10_020, 9900, 9950],
    ],
    'the same body',
  ],
  ['harami', 100, [longBlack, [9750, 9850, 9740, 9800]], [longBlack, [9690, 9850, 9680, 9790]], 'a body that sticks out'],
  ['harami', -80, [longWhite, [10_300, 10_310, 10_200, 10_250]], [longWhite, [10_301, 10_310, 10_200, 10_250]], 'a body that sticks out'],
  ['piercing', 100, [longBlack, [9650, 9910, 9640, 9851]], [longBlack, [9650, 9910, 9640, 9850]], 'a close at the middle'],
  [
    'darkcloudcover',
    -100,
    [longWhite, [10_350, 10_360, 10_090, 10_149]],
    [longWhite, [10_350, 10_360, 10_090, 10_150]],
    'a close at the middle',
  ],
  [
    'morningstar',
    100,
    [longBlack, [9650, 9670, 9600, 9630], [9640, 9860, 9630, 9850]],
    [longBlack, [9650, 9670, 9600, 9630], [9640, 9860, 9630, 9790]],
    'a close not deep enough in the first',
  ],
  [
    'eveningstar',
    -100,
    [longWhite, [10_350, 10_400, 10_330, 10_370], [10_360, 10_370, 10_140, 10_150]],
    [longWhite, [10_290, 10_400, 10_280, 10_310], [10_360, 10_370, 10_140, 10_150]],
    'a star that does not stand apart',
  ],
  [
    '3whitesoldiers',
    100,
    [
      [10_000, 10_205, 9990, 10_200],
      [10_100, 10_305, 10_090, 10_300],
      [10_200, 10_405, 10_190, 10_400],
    ],
    [
      [10_000, 10_205, 9990, 10_200],
      [10_100, 10_305, 10_090, 10_300],
      [10_200, 10_460, 10_190, 10_400],
    ],
    'a third that gives back from its high',
  ],
  [
    '3blackcrows',
    -100,
    [
      [10_000, 10_160, 9990, 10_150],
      [10_120, 10_130, 9945, 9950],
      [10_050, 10_060, 9845, 9850],
      [9950, 9960, 9745, 9750],
    ],
    [
      [10_000, 10_160, 9990, 10_150],
      [10_120, 10_130, 9945, 9950],
      [10_050, 10_060, 9845, 9850],
      [9840, 9850, 9645, 9650],
    ],
    'a third that opens below the second',
  ],
];

const lastAnswer = (name: string, candles: readonly Candle[]): number | undefined => {
  const bars = barsOf([...quiet, ...candles]);
  return candlesticks.get(name)?.at(bars, bars.close.length - 1);
};

test.each(rows)('%s says %i', (name, answer, hit) => {
  expect(lastAnswer(name, hit)).toBe(answer);
});

test.each(rows.map(([name, , , miss, why]) => [name, why, miss] as const))('%s is none with %s', (name, _, miss) => {
  expect(lastAnswer(name, miss)).toBe(0);
});

test('every common pattern has its rows here and speaks for its side wherever it occurs', () => {
  expect(new Set(rows.map(([name]) => name))).toEqual(new Set(commonCandlesticks.map(({ name }) => name)));
  const { bars, answers } = madeUpCandles();
  for (const common of commonCandlesticks) {
    const given = answers.map((_, i) => candlesticks.get(common.name)?.at(bars, i) ?? Number.NaN);
    const sides = new Set(given.map((answer) => sideOf(common, answer)));
    expect(sides, common.name).toEqual(new Set(common.side === 'signed' ? [0, 1, -1] : [0, common.side]));
    if (common.side !== 0)
      expect(
        given.every((answer) => Math.sign(answer) === sideOf(common, answer)),
        common.name,
      ).toBe(true);
  }
});
