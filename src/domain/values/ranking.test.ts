import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ranking } from '#domain/values/ranking';

const items = fc.uniqueArray(fc.record({ symbol: fc.nat(500), score: fc.oneof(fc.nat(5), fc.double({ noNaN: true, min: -9, max: 9 })) }), {
  selector: ({ symbol }) => symbol,
  maxLength: 300,
});

test('the best are those that a full sort would put first, in that order, scan after scan', () => {
  const ranking = new Ranking();
  fc.assert(
    fc.property(items, fc.nat(120), (all, max) => {
      ranking.clear(501);
      for (const { symbol, score } of all) ranking.add(symbol, score);
      const sorted = [...all].sort((a, b) => b.score - a.score || a.symbol - b.symbol).map(({ symbol }) => symbol);
      const { kept, rest } = ranking.split(max);
      expect([...kept]).toEqual(sorted.slice(0, max));
      expect([...rest].sort((a, b) => a - b)).toEqual(sorted.slice(max).sort((a, b) => a - b));
      for (const { symbol, score } of all) expect(ranking.score(symbol)).toBe(score);
    }),
  );
});

test('more symbols than before find room', () => {
  const ranking = new Ranking();
  for (const known of [1, 3, 2]) {
    ranking.clear(known);
    for (let symbol = 0; symbol < known; symbol++) ranking.add(symbol, symbol);
    expect([...ranking.split(2).kept]).toEqual(known === 1 ? [0] : [known - 1, known - 2]);
  }
});
