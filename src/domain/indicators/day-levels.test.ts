import { expect, test } from 'vitest';
import { DayLevels } from '#domain/indicators/day-levels';
import { roundNumbersAround } from '#domain/indicators/round-numbers';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, columns, frame, still } from '#tests/bar-columns';

/** The levels as they are fixed; an ATR of 500 and 600, a profile of whole prices and one whose prices lie between. */
function day(symbols = 1) {
  const table = new SymbolColumns(2);
  table.ensure(symbols);
  const atr = table.float64();
  for (let s = 0; s < symbols; s++) atr.values[s] = 500 + 100 * s;
  const fixed: unknown[] = [];
  const levels = new DayLevels(table, { fix: (...level) => fixed.push(level) });
  const of = (value: number) => (s: number) => (s === 0 ? value : 0);
  const profile = { vwap: of(100_100.4), pointOfControl: of(100_200), valueAreaHigh: of(100_300.5), valueAreaLow: of(99_900) };
  const taken = (): unknown[] => fixed.splice(0);
  return {
    ends: (...bars: Bar[]) => {
      levels.endSession(columns(bars), profile, atr);
      return taken();
    },
    trades: (minute: number, bars: Bar[], regular = false) => levels.update(frame(minute, bars, regular)),
    opens: () => {
      levels.open(atr);
      return taken();
    },
    begins: () => levels.startSession(570),
  };
}

test('a session leaves its high, low and close, where its volume traded, and its VWAP', () => {
  expect(day().ends([100_000, 101_000, 99_000, 100_500, 7])).toEqual([
    [0, 101_000, 'prior_high', 500],
    [0, 99_000, 'prior_low', 500],
    [0, 100_500, 'prior_close', 500],
    [0, 100_200, 'point_of_control', 500],
    [0, 100_301, 'value_area_high', 500],
    [0, 99_900, 'value_area_low', 500],
    [0, 100_100, 'vwap', 500],
  ]);
});

test('a name without a bar leaves nothing, and one without a share no VWAP and no profile', () => {
  expect(day(2).ends(null, [100_000, 101_000, 99_000, 100_500, 0])).toEqual([
    [1, 101_000, 'prior_high', 600],
    [1, 99_000, 'prior_low', 600],
    [1, 100_500, 'prior_close', 600],
  ]);
});

test("the morning's high and low are known at the open, and round numbers lie around its last price", () => {
  const it = day();
  it.begins();
  it.trades(480, [[210_000, 230_000, 205_000, 220_000, 5]]);
  it.trades(500, [null]);
  it.trades(569, [[220_000, 228_000, 201_000, 224_000, 5]]);
  expect(it.opens()).toEqual([
    [0, 230_000, 'premarket_high', 500],
    [0, 201_000, 'premarket_low', 500],
    [0, 150_000, 'round_number', 500],
    [0, 200_000, 'round_number', 500],
    [0, 250_000, 'round_number', 500],
  ]);
});

test('without a morning round numbers lie around the last close, and a name that never traded has none', () => {
  const it = day(2);
  it.ends([100_000, 101_000, 99_000, 100_400, 7], null);
  it.begins();
  expect(it.opens()).toEqual([90_000, 100_000, 110_000].map((price) => [0, price, 'round_number', 500]));
});

test('minutes from the open on are no morning, and each day has its own', () => {
  const it = day();
  it.begins();
  it.trades(570, [still(9_000_000)], true);
  it.trades(575, [still(9_000_000)]);
  it.trades(960, [still(9_000_000)]);
  expect(it.opens()).toEqual([]);
  it.trades(500, [still(80_000)]);
  it.begins();
  expect(it.opens()).toEqual([]);
});

test.each<readonly [price: number, numbers: readonly number[]]>([
  [0, []],
  [0.04, [0.1]],
  [0.77, [0.7, 0.8, 0.9]],
  [4.2, [3.5, 4, 4.5]],
  [19.4, [18, 19, 20]],
  [20, [15, 20, 25]],
  [52.4, [45, 50, 55]],
  [52.5, [50, 55, 60]],
  [104, [90, 100, 110]],
  [660, [600, 650, 700]],
  [4321, [4200, 4300, 4400]],
])('round numbers around %d', (price, numbers) => {
  const e4 = (dollars: number): number => Math.round(dollars * 10_000);
  expect(roundNumbersAround(e4(price))).toEqual(numbers.map(e4));
});
