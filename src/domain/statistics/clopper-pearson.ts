import { betaQuantile } from '#domain/statistics/distributions/incomplete-beta';
import type { Interval } from '#domain/statistics/wilson';
import { assert } from '#domain/values/assert';

type Counted = { readonly won: number; readonly count: number };

/** The exact two-sided interval of a rate (Clopper and Pearson 1934, Biometrika 26); never too narrow. Nothing is known from none. */
export function clopperPearson(counted: Counted, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  return { low: rateAbove(counted, 1 - tail), high: rateBelow(counted, 1 - tail) };
}

/** The rate is above it with so much confidence: the exact one-sided lower bound. */
export function rateAbove({ won, count }: Counted, confidence = 0.95): number {
  assert(won >= 0 && won <= count, `${won} of ${count} is no rate`);
  return won === 0 ? 0 : betaQuantile(1 - confidence, { a: won, b: count - won + 1 });
}

/** The rate is below it with so much confidence: what is lost is rare where this is small. */
export const rateBelow = ({ won, count }: Counted, confidence = 0.95): number => 1 - rateAbove({ won: count - won, count }, confidence);
