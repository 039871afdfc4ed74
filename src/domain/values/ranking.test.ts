import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ranking } from '#domain/values/ranking';

const items = fc.uniqueArray(fc.record({ symbol: fc.nat(500), score: fc.oneof(fc.nat(5), fc.double({ noNaN: true, min: -9, max: 9 })) }), {
  selector: ({ symbol }) => symbol,
  maxLength: 300,
});

test('the best are those that a full sort would put first, in that order, scan after scan', () => {
  fc.assert(
    fc.property(fc.array(items, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 120 }), (scans, max) => {
      const ranking = new Ranking(max);
      for (const all of scans) {
        ranking.clear(501);
        for (const { symbol, score } of all) ranking.add(symbol, score);
        const sorted = [...all].sort((a, b) => b.score - a.score || a.symbol - b.symbol).map(({ symbol }) => symbol);
        const { kept, rest } = ranking.split();
        expect([...kept]).toEqual(sorted.slice(0, max));
        expect([...rest].sort((a, b) => a - b)).toEqual(sorted.slice(max).sort((a, b) => a - b));
        for (const { symbol, score } of all) expect(ranking.score(symbol)).toBe(score);
      }
    }),
  );
});

test('more symbols than before find room', () => {
  const ranking = new Ranking(2);
  for (const known of [1, 3, 2]) {
    ranking.clear(known);
    for (let symbol = 0; symbol < known; symbol++) ranking.add(symbol, symbol);
    expect([...ranking.split().kept]).toEqual(known === 1 ? [0] : [known - 1, known - 2]);
  }
});

const NAMES = 20_000;

test.each<readonly [order: string, score: (symbol: number) => number]>([
  ['rising', (symbol) => symbol],
  ['falling', (symbol) => -symbol],
  ['falling and rising', (symbol) => Math.abs(symbol - NAMES / 2)],
  ['all the same', () => 1],
])('many names in the order %s', (_, score) => {
  const ranking = new Ranking(3);
  ranking.clear(NAMES);
  for (let symbol = 0; symbol < NAMES; symbol++) ranking.add(symbol, score(symbol));
  const { kept, rest } = ranking.split();
  const all = Array.from({ length: NAMES }, (_, symbol) => symbol).sort((a, b) => score(b) - score(a) || a - b);
  expect([...kept]).toEqual(all.slice(0, 3));
  expect(rest).toHaveLength(NAMES - 3);
});
