import { expect, test } from 'vitest';
import { PairSums } from '#domain/statistics/correlation';

const of = (pairs: readonly (readonly [number, number])[]): PairSums => {
  const sums = new PairSums();
  for (const [x, y] of pairs) sums.add(x, y);
  return sums;
};

test.each<readonly [what: string, pairs: readonly (readonly [number, number])[], r: number | null]>([
  ['nothing to compare', [], null],
  ['one point', [[1, 1]], null],
  [
    'a side that never moves',
    [
      [1, 1],
      [2, 1],
      [3, 1],
    ],
    null,
  ],
  [
    'in step',
    [
      [1, 2],
      [2, 4],
      [3, 6],
    ],
    1,
  ],
  [
    'opposed',
    [
      [1, 6],
      [2, 4],
      [3, 2],
    ],
    -1,
  ],
  [
    'unrelated',
    [
      [1, 1],
      [2, -1],
      [3, -1],
      [4, 1],
    ],
    0,
  ],
  // By hand: sums of products 5, of squares 10 and 5.2.
  [
    'half related',
    [
      [1, 1],
      [2, 3],
      [3, 2],
      [4, 4],
      [5, 3],
    ],
    5 / Math.sqrt(10 * 5.2),
  ],
])('%s', (_, pairs, r) => {
  const found = of(pairs).pearson();
  if (r === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(r, 12);
});
