import { expect, test } from 'vitest';
import type { BarColumns } from '#domain/events/frame';
import { Atr } from '#domain/indicators/atr';
import { Bollinger } from '#domain/indicators/bollinger';
import { Ema } from '#domain/indicators/ema';
import { Macd } from '#domain/indicators/macd';
import { Obv } from '#domain/indicators/obv';
import { Rsi } from '#domain/indicators/rsi';
import { Sma } from '#domain/indicators/sma';
import { type Column, SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, columns, still } from '#tests/bar-columns';

type Kernel = { readonly value: Column<Float64Array>; update(bars: BarColumns): void };
const closes = (...prices: readonly number[]): Bar[] => prices.map((price) => still(price));

const rows: readonly [why: string, make: (table: SymbolColumns) => Kernel, bars: readonly Bar[], values: readonly number[]][] = [
  ['SMA 3 waits for three bars and then slides', (table) => new Sma(table, 3), closes(300, 600, 900, 1200), [0, 0, 600, 900]],
  ['a missing bar leaves an SMA as it is', (table) => new Sma(table, 2), [still(100), null, still(300), null], [0, 0, 200, 200]],
  [
    'EMA 3 starts with the mean of three and then moves half way',
    (table) => new Ema(table, 3),
    closes(100, 200, 300, 400),
    [0, 0, 200, 300],
  ],
  ['RSI 2 averages two changes, then fades by half', (table) => new Rsi(table, 2), closes(100, 110, 100, 120), [0, 0, 50, 12.5 / 0.15]],
  ['RSI of a tape that never moved is neither strong nor weak', (table) => new Rsi(table, 2), closes(100, 100, 100), [0, 0, 50]],
  ['RSI of a tape that only fell is 0', (table) => new Rsi(table, 2), closes(100, 90, 80), [0, 0, 0]],
  // Fast mean of the last 2 of 3 closes, slow mean of 3; then 2/3 and 1/2 of the way. The signal is the mean of the first two.
  ['MACD 2/3/2 begins both averages on one bar', (table) => new Macd(table, 2, 3, 2), closes(300, 300, 600, 900), [0, 0, 0, 750 - 650]],
  [
    'ATR 2 needs a close before it, and counts gaps',
    (table) => new Atr(table, 2),
    [
      [100, 110, 90, 100, 1],
      [120, 130, 120, 125, 1],
      [125, 130, 120, 120, 1],
      [100, 100, 90, 95, 1],
    ],
    [0, 0, 20, 25],
  ],
  ['the middle of Bollinger 2 is the mean', (table) => new Bollinger(table, 2), closes(100, 300, 500), [0, 200, 400]],
  [
    'OBV adds what rose, takes what fell, ignores what stood',
    (table) => new Obv(table),
    [still(10, 5), still(11, 7), still(9, 3), still(9, 8)],
    [0, 7, 4, 4],
  ],
];

for (const [why, make, bars, values] of rows) {
  test(why, () => {
    const table = new SymbolColumns(1);
    table.ensure(1);
    const kernel = make(table);
    const got = bars.map((bar) => {
      kernel.update(columns([bar]));
      return kernel.value.values[0] as number;
    });
    got.forEach((value, i) => void expect(value).toBeCloseTo(values[i] as number, 9));
  });
}

test('Bollinger bands lie two population deviations from the middle, and close on a tape that stands', () => {
  const table = new SymbolColumns(1);
  const bands = new Bollinger(table, 2);
  for (const bar of closes(100, 300)) bands.update(columns([bar]));
  expect([bands.lower.values[0], bands.upper.values[0]]).toEqual([0, 400]);
  bands.update(columns([still(300)]));
  expect([bands.lower.values[0], bands.upper.values[0]]).toEqual([300, 300]);
});

test('after a leap of 100,000 dollars Bollinger bands are exact again once the leap has left the window', () => {
  const table = new SymbolColumns(1);
  const bands = new Bollinger(table, 4);
  for (const bar of closes(100, 2_000_000_100, 1_000_000_000, 1_000_000_001, 1_000_000_000, 1_000_000_001)) bands.update(columns([bar]));
  expect([bands.value.values[0], bands.upper.values[0]]).toEqual([1_000_000_000.5, 1_000_000_001.5]);
});
