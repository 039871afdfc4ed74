import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { candlesticks } from '#domain/candlesticks/candlesticks';
import { candlestickPage } from '#tests/candlestick-page';
import { barsOf } from '#tests/made-up-candles';
import { hasReference, reference } from '#tests/reference-data';

const FILE = 'data/open/indicator_oracles/lean/spy_candle_patterns.txt.gz';
/** Date, four prices, volume; then a column a pattern. */
const PATTERNS_FROM = 6;
const E4 = 10_000;

/**
 * Where the file says something else, by bar: its answer and ours. It was made from prices in fractions; TA-Lib 0.8.1 agrees
 * with us on all five when it gets the same prices as whole numbers, and on the four ties with the file when it gets fractions.
 */
const differences: Readonly<Record<string, Readonly<Record<number, readonly [theirs: number, ours: number]>>>> = {
  // Two bodies that share an end: 80 by the comment in TA-Lib's `ta_CDLHARAMI.c`, but strictly inside or nothing in TA-Lib 0.4, and
  // still in LEAN's `Harami.cs`.
  harami: { 346: [0, 80] },
  // Ties, which the dust of fractions decided: an upper shadow of exactly twice the body is not longer than that.
  highwave: { 227: [100, 0] },
  // An upper shadow of exactly the body is not longer than it.
  rickshawman: { 215: [100, 0] },
  spinningtop: { 215: [-100, 0] },
  // A body of exactly the average of ten is not shorter than that.
  shortline: { 433: [100, 0] },
};

function read(): { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const [header = '', ...lines] = gunzipSync(readFileSync(reference(FILE)))
    .toString('utf8')
    .trim()
    .split(/\r?\n/);
  return { header: header.split(','), rows: lines.map((line) => line.split(',')) };
}

const named = (column: string): string => column.replace(/^CDL/, '').toLowerCase();

test.skipIf(!hasReference)('the reference of candlesticks has a column for each pattern (needs CATALYST_REFERENCE)', () => {
  expect(read().header.slice(PATTERNS_FROM).map(named).sort()).toEqual([...candlesticks.keys()].sort());
});

test.skipIf(!hasReference).each([...candlesticks.values()])(
  '$name of 500 days of SPY is what LEAN gives (needs CATALYST_REFERENCE)',
  ({ name, lookback, at }) => {
    const { header, rows } = read();
    const column = header.findIndex((title) => named(title) === name);
    const bars = barsOf(rows.map((row) => row.slice(1, 5).map((price) => Math.round(Number(price) * E4))));
    const given = rows.map((row) => ((row[column] ?? '') === '' ? null : Number(row[column])));
    expect(given.findIndex((answer) => answer !== null)).toBe(lookback);
    expect(given.filter((answer) => answer !== null && answer !== 0).length).toBe(candlestickPage().get(name)?.spy);
    const seen = given.flatMap((theirs, i) => {
      const ours = at(bars, i);
      return theirs === null || theirs === ours ? [] : [[i, [theirs, ours]] as const];
    });
    expect(Object.fromEntries(seen)).toEqual(differences[name] ?? {});
  },
);
