import { describe, expect, test } from 'vitest';
import { type DrawnInterval, placesBootstrap } from '#domain/statistics/block-bootstrap';
import type { Missing } from '#domain/statistics/figure';
import { RandomStream } from '#simulation/market/seeded-random';

const ROUNDS = 400;

/** Of samples of so many normal numbers about 0, the share whose drawn interval of the mean holds 0. */
function heldOf(count: number, lots: RandomStream): number {
  let held = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const sample = Float64Array.from({ length: count }, () => lots.normal());
    const { low, high } = bounded(
      placesBootstrap(count, (places) => places.reduce((sum, at) => sum + (sample[at] as number), 0) / count, lots),
    );
    if (low < 0 && high > 0) held++;
  }
  return held / ROUNDS;
}

function bounded(found: DrawnInterval | Missing): { readonly low: number; readonly high: number } {
  if (typeof found === 'string') throw new Error(found);
  return { low: found.low ?? Number.NEGATIVE_INFINITY, high: found.high ?? Number.POSITIVE_INFINITY };
}

describe('drawn again, few blocks are as unsure as Student says', () => {
  // 400 rounds of 95 % lie within 92.8 and 97.2 % 19 times in 20; the plain middle 95 % of the draws hold 84 % of five, 90 % of eight.
  test.each([5, 8])('the interval of %i normal numbers holds their mean about 95 times in a hundred', (count) => {
    const held = heldOf(count, new RandomStream(1, 'blocks', count));
    expect(held).toBeGreaterThan(0.92);
    expect(held).toBeLessThan(0.985);
  });
});
