import { increasingRoot } from '#domain/statistics/distributions/increasing-root';
import { assert } from '#domain/values/assert';

/** Below it the series is used, above it the continued fraction. */
const SERIES_MAX = 1.5;
const FRACTION_DEPTH = 300;
/** Beyond it a tail is smaller than the smallest float. */
const FARTHEST = 39;

const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** The probability that a standard normal number is at most `z`; exact to about 1e-14 of itself in the lower tail too. */
export function normalCdf(z: number): number {
  const upper = upperTail(Math.abs(z));
  return z < 0 ? upper : 1 - upper;
}

/** The number below which a standard normal one lies with probability `p`, strictly between 0 and 1. */
export function normalQuantile(p: number): number {
  assert(p > 0 && p < 1, `a quantile is wanted of a probability between 0 and 1, was ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  return increasingRoot({ value: (z) => normalCdf(z) - p, slope: normalDensity, low: -FARTHEST, high: 1 });
}

function upperTail(z: number): number {
  if (z > FARTHEST) return 0;
  return z < SERIES_MAX ? 0.5 - normalDensity(z) * series(z) : normalDensity(z) / fraction(z);
}

/** z + z³/3 + z⁵/(3·5) + …, all of one sign (NIST DLMF 7.6.2). */
function series(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; term > sum * 1e-18; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum;
}

/** z + 1/(z + 2/(z + 3/(z + …))) (NIST DLMF 7.9.1), from the innermost outwards. */
function fraction(z: number): number {
  let value = z;
  for (let k = FRACTION_DEPTH; k > 0; k--) value = z + k / value;
  return value;
}
