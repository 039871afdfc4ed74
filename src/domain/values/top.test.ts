import fc from 'fast-check';
import { expect, test } from 'vitest';
import { best } from '#domain/values/top';

const items = fc.uniqueArray(fc.record({ symbol: fc.nat(500), score: fc.oneof(fc.nat(5), fc.double({ noNaN: true, min: 0, max: 9 })) }), {
  selector: ({ symbol }) => symbol,
  maxLength: 300,
});

test('the best are those that a full sort would put first, in that order', () => {
  fc.assert(
    fc.property(items, fc.nat(120), (all, max) => {
      const sorted = [...all].sort((a, b) => b.score - a.score || a.symbol - b.symbol).slice(0, max);
      const { kept, rest } = best(all, max);
      expect(kept).toEqual(sorted);
      expect(new Set([...kept, ...rest])).toEqual(new Set(all));
      expect(kept.length + rest.length).toBe(all.length);
    }),
  );
});
