import fc from 'fast-check';
import { expect, test } from 'vitest';
import { best } from '#domain/values/top';

const items = fc.uniqueArray(fc.record({ symbol: fc.nat(50), score: fc.nat(5) }), { selector: ({ symbol }) => symbol });

test('no one in the rest is better than the last that is kept, and equals go by the symbol', () => {
  fc.assert(
    fc.property(items, fc.nat(40), (all, max) => {
      const { kept, rest } = best(all, max);
      expect(kept).toHaveLength(Math.min(max, all.length));
      const ranked = [...kept, ...rest.map((one) => all.find(({ symbol }) => symbol === one) as (typeof all)[number])];
      expect(new Set(ranked)).toEqual(new Set(all));
      for (const [place, { score, symbol }] of ranked.entries()) {
        const next = ranked[place + 1];
        if (next !== undefined) expect(next.score < score || (next.score === score && next.symbol > symbol)).toBe(true);
      }
    }),
  );
});
