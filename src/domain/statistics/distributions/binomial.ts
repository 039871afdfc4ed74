import { incompleteBeta } from '#domain/statistics/distributions/incomplete-beta';
import { assert } from '#domain/values/assert';

/** Exactly how likely at least `won` of `count` are when each is won with probability `rate`. */
export function atLeast(won: number, count: number, rate: number): number {
  assert(Number.isSafeInteger(won) && Number.isSafeInteger(count) && count >= 0, `${won} of ${count} are no counts`);
  assert(rate >= 0 && rate <= 1, `a rate is between 0 and 1, was ${rate}`);
  if (won <= 0) return 1;
  return won > count ? 0 : incompleteBeta(rate, { a: won, b: count - won + 1 });
}

/**
 * How many of `count` must be won to refuse, at the level `alpha`, that the rate is at most `rate`: the exact one-sided test.
 * null when even all of them would not do.
 */
export function winsNeeded(count: number, rate: number, alpha: number): number | null {
  if (atLeast(count, count, rate) > alpha) return null;
  let [few, enough] = [0, count];
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (atLeast(middle, count, rate) <= alpha) enough = middle;
    else few = middle;
  }
  return enough;
}
