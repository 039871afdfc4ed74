import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BarColumns } from '#domain/events/frame';
import { Adx, type AdxSeed } from '#domain/indicators/adx';
import { Atr } from '#domain/indicators/atr';
import { Bollinger } from '#domain/indicators/bollinger';
import { Donchian } from '#domain/indicators/donchian';
import { Ema } from '#domain/indicators/ema';
import { Keltner } from '#domain/indicators/keltner';
import { Macd } from '#domain/indicators/macd';
import { MovingVwap } from '#domain/indicators/moving-vwap';
import { Obv } from '#domain/indicators/obv';
import { Rma } from '#domain/indicators/rma';
import { Roc } from '#domain/indicators/roc';
import { Rsi } from '#domain/indicators/rsi';
import { Sma } from '#domain/indicators/sma';
import { Stochastic } from '#domain/indicators/stochastic';
import { TrueRange } from '#domain/indicators/true-range';
import { WilliamsR } from '#domain/indicators/williams-r';
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

const ranges = (bars: readonly Present[]): number[] =>
  bars.slice(1).map((bar, i) => Math.max(bar[1], (bars[i] as Present)[3]) - Math.min(bar[2], (bars[i] as Present)[3]));
const highest = (bars: readonly Present[]): number => Math.max(...bars.map((bar) => bar[1]));
const lowest = (bars: readonly Present[]): number => Math.min(...bars.map((bar) => bar[2]));
const atEnds = <Value>(bars: readonly Present[], many: number, of: (bars: readonly Present[]) => Value): Value[] =>
  Array.from({ length: many }, (_, i) => of(bars.slice(0, bars.length - many + 1 + i)));

function fastK(bars: readonly Present[]): number {
  const [top, bottom] = [highest(bars.slice(-14)), lowest(bars.slice(-14))];
  return top === bottom ? 0 : (100 * ((bars.at(-1) as Present)[3] - bottom)) / (top - bottom);
}
const slowK = (bars: readonly Present[]): number => mean(atEnds(bars, 3, fastK));

/** Wilder's sum of what a bar moved, over 14: the seed of `fades` − 1 movements, then each fades by a fourteenth. */
const faded = (values: readonly number[], fades: number): number =>
  values.slice(fades - 1).reduce(
    (sum, value) => sum - sum / 14 + value,
    values.slice(0, fades - 1).reduce((sum, value) => sum + value, 0),
  );
const rises = (bars: readonly Present[], sign: 1 | -1): number[] =>
  bars.slice(1).map((bar, i) => {
    const up = bar[1] - (bars[i] as Present)[1];
    const down = (bars[i] as Present)[2] - bar[2];
    return sign === 1 ? (up > down && up > 0 ? up : 0) : down > up && down > 0 ? down : 0;
  });
const indicatorOf = (bars: readonly Present[], sign: 1 | -1, fades: number): number =>
  (100 * faded(rises(bars, sign), fades)) / faded(ranges(bars), fades);
function directionOf(bars: readonly Present[], fades: number): number {
  const [plus, minus] = [indicatorOf(bars, 1, fades), indicatorOf(bars, -1, fades)];
  return (100 * Math.abs(plus - minus)) / (plus + minus);
}
const adx = (bars: readonly Present[], fades: number): number =>
  wilder(
    atEnds(bars, bars.length - 14, (some) => directionOf(some, fades)),
    14,
  );
type Row = readonly [name: string, make: (table: SymbolColumns) => Kernel, needed: number, batch: (bars: readonly Present[]) => number];

/** Another column of a kernel in the place of its first. */
const part = <Name extends string>(kernel: Kernel & Readonly<Record<Name, Kernel['value']>>, name: Name): Kernel => ({
  value: kernel[name],
  update: (bars) => kernel.update(bars),
  ready: (s) => kernel.ready(s),
});

/** Each from the whole list of bars, written as the definition reads. */
const rows: readonly Row[] = [
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
  ['ATR 14', (table) => new Atr(table), 15, (bars) => wilder(ranges(bars), 14)],
  ['the middle Bollinger band', (table) => new Bollinger(table), 20, (bars) => mean(closes(bars).slice(-20))],
  [
    'the upper Bollinger band',
    (table) => part(new Bollinger(table), 'upper'),
    20,
    (bars) => mean(closes(bars).slice(-20)) + 2 * deviation(closes(bars).slice(-20)),
  ],
  [
    'OBV',
    (table) => new Obv(table),
    2,
    (bars) => changes(bars).reduce((sum, change, i) => sum + Math.sign(change) * (bars[i + 1] as Present)[4], 0),
  ],
  ['RMA 14', (table) => new Rma(table), 14, (bars) => wilder(closes(bars), 14)],
  ['the true range', (table) => new TrueRange(table), 2, (bars) => ranges(bars).at(-1) as number],
  [
    'ROC 10',
    (table) => new Roc(table),
    11,
    (bars) => (100 * ((closes(bars).at(-1) as number) - (closes(bars).at(-11) as number))) / (closes(bars).at(-11) as number),
  ],
  ['the upper Donchian channel of 7', (table) => part(new Donchian(table, 7), 'upper'), 7, (bars) => highest(bars.slice(-7))],
  ['the lower Donchian channel of 20', (table) => part(new Donchian(table), 'lower'), 20, (bars) => lowest(bars.slice(-20))],
  [
    'the middle Donchian channel of 1',
    (table) => new Donchian(table, 1),
    1,
    (bars) => (highest(bars.slice(-1)) + lowest(bars.slice(-1))) / 2,
  ],
  ['slow %K 14/3/3', (table) => new Stochastic(table), 18, slowK],
  ['slow %D 14/3/3', (table) => part(new Stochastic(table), 'signal'), 18, (bars) => mean(atEnds(bars, 3, slowK))],
  ['Williams %R 14', (table) => new WilliamsR(table), 14, (bars) => fastK(bars) - 100],
  [
    'the upper Keltner channel',
    (table) => part(new Keltner(table), 'upper'),
    20,
    (bars) => smooth(closes(bars), 20) + 2 * wilder(ranges(bars), 10),
  ],
  [
    'the lower Keltner channel whose range is the longer',
    (table) => part(new Keltner(table, 5, 1.5, 9), 'lower'),
    10,
    (bars) => smooth(closes(bars), 5) - 1.5 * wilder(ranges(bars), 9),
  ],
  ...(['ta_lib', 'wilder'] as AdxSeed[]).map((seed) => {
    const fades = seed === 'ta_lib' ? 14 : 15;
    const row: Row = [`ADX 14 as ${seed} begins it`, (table) => new Adx(table, 14, seed), 28, (bars) => adx(bars, fades)];
    return row;
  }),
  [
    'VWAP over 5 bars',
    (table) => new MovingVwap(table, 5),
    5,
    (bars) => {
      const last = bars.slice(-5);
      const shares = last.reduce((sum, bar) => sum + bar[4], 0);
      return last.reduce((sum, bar) => sum + ((bar[1] + bar[2] + bar[3]) / 3) * bar[4], 0) / shares;
    },
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
