import { assert } from '#domain/values/assert';

/**
 * p-values of many tests at once, adjusted so that each may be held against the level as if it were alone; in the order given.
 * With `benjaminiHochberg` so many of the discoveries are false in the mean; with the others any is with that probability.
 */
export type Adjustment = (p: readonly number[]) => readonly number[];

export const bonferroni: Adjustment = (p) => p.map((one) => Math.min(1, checked(one) * p.length));

/** Holm 1979: from the smallest up, never below the one before. */
export const holm: Adjustment = (p) => {
  const adjusted = new Array<number>(p.length);
  let least = 0;
  for (const [rank, place] of placesInOrder(p).entries()) {
    least = Math.max(least, Math.min(1, (p[place] as number) * (p.length - rank)));
    adjusted[place] = least;
  }
  return adjusted;
};

/** Benjamini and Hochberg 1995: from the largest down, never above the one before. */
export const benjaminiHochberg: Adjustment = (p) => {
  const adjusted = new Array<number>(p.length);
  let most = 1;
  for (const [passed, place] of placesInOrder(p).toReversed().entries()) {
    most = Math.min(most, ((p[place] as number) * p.length) / (p.length - passed));
    adjusted[place] = most;
  }
  return adjusted;
};

/** Which of many e-values are discoveries at a false discovery rate of `alpha`, however they hang together (Wang and Ramdas 2022). */
export function eBenjaminiHochberg(e: readonly number[], alpha: number): readonly boolean[] {
  const sorted = e.toSorted((one, other) => other - one);
  const counts = sorted.map((one, rank) => ((rank + 1) * one * alpha >= e.length ? rank + 1 : 0));
  const found = counts.reduce((most, count) => Math.max(most, count), 0);
  const edge = sorted[found - 1] ?? Number.POSITIVE_INFINITY;
  return e.map((one) => one >= edge);
}

/** The places of the p-values, from the smallest up. */
function placesInOrder(p: readonly number[]): readonly number[] {
  return p
    .map((one, place) => ({ one: checked(one), place }))
    .toSorted((a, b) => a.one - b.one)
    .map(({ place }) => place);
}

function checked(p: number): number {
  assert(p >= 0 && p <= 1, `a p-value is between 0 and 1, was ${p}`);
  return p;
}
