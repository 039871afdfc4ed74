import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharesAfterSplit, worthAfterSplit } from '#domain/portfolio/split-shares';

test('D7: whole shares stay whole, however the ratio is written as a float', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: -1000, max: 1000 }),
      (from, to, groups) => {
        fc.pre(groups !== 0);
        expect(sharesAfterSplit(groups * from, to / from)).toBe(groups * to);
      },
    ),
  );
});

test.each([
  [100, 1.5, 150],
  [101, 1.5, 151],
  [-101, 1.5, -151],
  [7, 0.1, 0],
])('D7: of %d shares a split of %d makes %d whole ones', (shares, ratio, after) => expect(sharesAfterSplit(shares, ratio) + 0).toBe(after));

test('D7: a price of a split share is worth something', () => expect(worthAfterSplit(3, 10)).toBe(1));
