import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { BarColumns, Frame } from '#domain/events/frame';
import { Atr } from '#domain/indicators/atr';
import { Bollinger } from '#domain/indicators/bollinger';
import { Ema } from '#domain/indicators/ema';
import { Macd } from '#domain/indicators/macd';
import { Obv } from '#domain/indicators/obv';
import { Rsi } from '#domain/indicators/rsi';
import { Sma } from '#domain/indicators/sma';
import { Vwap } from '#domain/indicators/vwap';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, frame } from '#tests/bar-columns';
import { hasReference, reference } from '#tests/reference-data';

const FOLDER = 'data/open/indicator_oracles';
const E4 = 10_000;

type Answer = Readonly<Record<string, number | string | null>>;

/** Daily volumes of SPY are below 2^31 shares here, so they are taken as they are. */
function quotes(): Bar[] {
  const [, ...lines] = readFileSync(reference(`${FOLDER}/skender/quotes/default.csv`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const [, open, high, low, close, volume] = line.split(',').map(Number);
    const e4 = (price: number | undefined): number => Math.round((price ?? 0) * E4);
    return [e4(open), e4(high), e4(low), e4(close), volume ?? 0];
  });
}

function answers(name: string): Answer[] {
  return JSON.parse(gunzipSync(readFileSync(reference(`${FOLDER}/skender/results/${name}.standard.json.gz`))).toString('utf8'));
}

type Kernel = { update(bars: Frame & BarColumns): void };
type Reading = { readonly kernel: Kernel; read(): number };

/** `from`: the first bar at which the conventions agree; `unit`: what 1 of the answer is worth in ours. */
type Row = {
  readonly name: string;
  readonly file: string;
  readonly field: string;
  readonly from: number;
  readonly unit: number;
  readonly make: (table: SymbolColumns) => Reading;
};

const column = (kernel: Kernel, { values }: { values: Float64Array }): Reading => ({ kernel, read: () => values[0] as number });
const value = (kernel: Kernel & { readonly value: { values: Float64Array } }): Reading => column(kernel, kernel.value);

const rows: readonly Row[] = [
  { name: 'SMA 20', file: 'sma', field: 'sma', from: 19, unit: E4, make: (table) => value(new Sma(table, 20)) },
  { name: 'EMA 20', file: 'ema', field: 'ema', from: 19, unit: E4, make: (table) => value(new Ema(table, 20)) },
  { name: 'RSI 14', file: 'rsi', field: 'rsi', from: 14, unit: 1, make: (table) => value(new Rsi(table)) },
  { name: 'ATR 14', file: 'atr', field: 'atr', from: 14, unit: E4, make: (table) => value(new Atr(table)) },
  { name: 'the middle Bollinger band', file: 'bb', field: 'sma', from: 19, unit: E4, make: (table) => value(new Bollinger(table)) },
  {
    name: 'the upper Bollinger band',
    file: 'bb',
    field: 'upperBand',
    from: 19,
    unit: E4,
    make: (table) => {
      const bands = new Bollinger(table);
      return column(bands, bands.upper);
    },
  },
  {
    name: 'the lower Bollinger band',
    file: 'bb',
    field: 'lowerBand',
    from: 19,
    unit: E4,
    make: (table) => {
      const bands = new Bollinger(table);
      return column(bands, bands.lower);
    },
  },
  // Their fast average begins with its own first 12 closes, ours (as TA-Lib's) together with the slow one: 130 bars on they agree.
  { name: 'MACD', file: 'macd', field: 'macd', from: 160, unit: E4, make: (table) => value(new Macd(table)) },
  {
    name: 'the signal of MACD',
    file: 'macd',
    field: 'signal',
    from: 160,
    unit: E4,
    make: (table) => {
      const macd = new Macd(table);
      return column(macd, macd.signal);
    },
  },
  { name: 'OBV', file: 'obv', field: 'obv', from: 0, unit: 1, make: (table) => value(new Obv(table)) },
  {
    name: 'VWAP from the first bar',
    file: 'vwap',
    field: 'vwap',
    from: 0,
    unit: E4,
    make: (table) => {
      const vwap = new Vwap(table);
      return { kernel: vwap, read: () => vwap.value(0) };
    },
  },
];

for (const { name, file, field, from, unit, make } of rows) {
  test.skipIf(!hasReference)(`${name} of 502 days of SPY is what Stock.Indicators gives (needs CATALYST_REFERENCE)`, () => {
    const table = new SymbolColumns(1);
    table.ensure(1);
    const { kernel, read } = make(table);
    const expected = answers(file);
    quotes().forEach((bar, i) => {
      kernel.update(frame(570, [bar]));
      if (i < from) return;
      const answer = Number(expected[i]?.[field]) * unit;
      expect(Math.abs(read() - answer), `bar ${i}: ${read()} for ${answer}`).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(answer)));
    });
  });
}
