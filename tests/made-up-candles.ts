import { readFileSync } from 'node:fs';
import type { CandleBars } from '#domain/candlesticks/candlesticks';

/** Bars made up by `bench/oracles/candlesticks.py`, with what TA-Lib answers: by bar, the patterns that do not say 0. */
export type MadeUpCandles = { readonly bars: CandleBars; readonly answers: readonly ReadonlyMap<string, number>[] };

export function madeUpCandles(): MadeUpCandles {
  const [, ...lines] = readFileSync(new URL('made-up-candles.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const rows = lines.map((line) => line.split(','));
  return { bars: barsOf(rows.map((row) => row.slice(0, 4).map(Number))), answers: rows.map((row) => answersIn(row[4] ?? '')) };
}

function answersIn(text: string): ReadonlyMap<string, number> {
  const pairs = text.split(' ').filter((pair) => pair !== '');
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf(':')), Number(pair.slice(pair.indexOf(':') + 1))]));
}

/** Columns of rows of open, high, low and close. */
export function barsOf(rows: readonly (readonly number[])[]): CandleBars {
  const column = (at: number): number[] => rows.map((row) => row[at] ?? Number.NaN);
  return { open: column(0), high: column(1), low: column(2), close: column(3) };
}

/** What `change` makes of each price of the bars from one index to before another. */
export function barsFrom(bars: CandleBars, from: number, to: number, change = (price: number): number => price): CandleBars {
  const part = (prices: ArrayLike<number>): number[] =>
    Array.from({ length: to - from }, (_, at) => change(prices[from + at] ?? Number.NaN));
  return { open: part(bars.open), high: part(bars.high), low: part(bars.low), close: part(bars.close) };
}
