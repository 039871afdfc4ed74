import fc from 'fast-check';
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
import { type Bar, columns, walk } from '#tests/bar-columns';

type Kernel = { readonly value: Column<Float64Array>; update(bars: BarColumns): void; ready(s: number): boolean };
type Present = NonNullable<Bar>;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const closes = (bars: readonly Present[]): number[] => bars.map((bar) => bar[3]);
const changes = (bars: readonly Present[]): number[] =>
  closes(bars)
    .slice(1)
    .map((close, i) => close - (closes(bars)[i] as number));
const wilder = (values: readonly number[], period: number): number =>
  values.slice(period).reduce((before, value) => (before * (period - 1) + value) / period, mean(values.slice(0, period)));
const smooth = (values: readonly number[], period: number): number =>
  values.slice(period).reduce((before, value) => before + (2 / (period + 1)) * (value - before), mean(values.slice(0, period)));

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) * (value - middle))));
}

/** Each from the whole list of bars, written as the definition reads. */
const rows: readonly [name: string, make: (table: SymbolColumns) => Kernel, needed: number, batch: (bars: readonly Present[]) => number][] =
  [
    ['SMA 20', (table) => new Sma(table, 20), 20, (bars) => mean(closes(bars).slice(-20))],
    ['EMA 9', (table) => new Ema(table, 9), 9, (bars) => smooth(closes(bars), 9)],
    [
      'RSI 14',
      (table) => new Rsi(table),
      15,
      (bars) => {
        const up = wilder(
          changes(bars).map((change) => Math.max(change, 0)),
          14,
        );
        const down = wilder(
          changes(bars).map((change) => Math.max(-change, 0)),
          14,
        );
        return (100 * up) / (up + down);
      },
    ],
    ['MACD 12/26/9', (table) => new Macd(table), 34, (bars) => smooth(closes(bars).slice(14), 12) - smooth(closes(bars), 26)],
    [
      'ATR 14',
      (table) => new Atr(table),
      15,
      (bars) => {
        const ranges = bars.slice(1).map((bar, i) => Math.max(bar[1], (bars[i] as Present)[3]) - Math.min(bar[2], (bars[i] as Present)[3]));
        return wilder(ranges, 14);
      },
    ],
    ['the middle Bollinger band', (table) => new Bollinger(table), 20, (bars) => mean(closes(bars).slice(-20))],
    [
      'the upper Bollinger band',
      (table) => {
        const bands = new Bollinger(table);
        return { value: bands.upper, update: (bars) => bands.update(bars), ready: (s) => bands.ready(s) };
      },
      20,
      (bars) => mean(closes(bars).slice(-20)) + 2 * deviation(closes(bars).slice(-20)),
    ],
    [
      'OBV',
      (table) => new Obv(table),
      2,
      (bars) => changes(bars).reduce((sum, change, i) => sum + Math.sign(change) * (bars[i + 1] as Present)[4], 0),
    ],
  ];

for (const [name, make, needed, batch] of rows) {
  test(`${name}, bar by bar, is what its definition gives for all bars so far, and 0 before it is ready`, () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.constantFrom(20_000, 500_000, 900_000_000), (seed, start) => {
        const table = new SymbolColumns(2);
        table.ensure(2);
        const kernel = make(table);
        const seen: [Present[], Present[]] = [[], []];
        const [left, right] = [walk(seed, 120, 0.2, start), walk(seed + 1, 120, 0.4, start)];
        for (let m = 0; m < 120; m++) {
          const bars = [left[m] as Bar, right[m] as Bar];
          kernel.update(columns(bars));
          bars.forEach((bar, s) => {
            const history = seen[s as 0 | 1];
            if (bar !== null) history.push(bar);
            const ready = history.length >= needed;
            expect(kernel.ready(s)).toBe(ready);
            const expected = ready ? batch(history) : 0;
            expect(Math.abs((kernel.value.values[s] as number) - expected)).toBeLessThanOrEqual(1e-9 * start);
          });
        }
      }),
      { numRuns: 5 },
    );
  });
}
