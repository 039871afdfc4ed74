import { incompleteBeta } from '#domain/statistics/distributions/incomplete-beta';
import { increasingRoot } from '#domain/statistics/distributions/increasing-root';
import { logGamma } from '#domain/statistics/distributions/log-gamma';
import { assert } from '#domain/values/assert';

/** The probability that Student's t with so many degrees of freedom is at most `t`. */
export function studentCdf(t: number, freedom: number): number {
  assert(freedom > 0, `Student's t has degrees of freedom above zero, was ${freedom}`);
  const sum = freedom + t * t;
  const tail = 0.5 * incompleteBeta(freedom / sum, { a: freedom / 2, b: 0.5 }, (t * t) / sum);
  return t < 0 ? tail : 1 - tail;
}

/** The number below which Student's t lies with probability `p`, strictly between 0 and 1. */
export function studentQuantile(p: number, freedom: number): number {
  assert(p > 0 && p < 1, `a quantile is wanted of a probability between 0 and 1, was ${p}`);
  if (p > 0.5) return -studentQuantile(1 - p, freedom);
  let low = -1;
  while (studentCdf(low, freedom) > p) low *= 2;
  return increasingRoot({ value: (t) => studentCdf(t, freedom) - p, slope: (t) => density(t, freedom), low, high: 0.5 });
}

function density(t: number, freedom: number): number {
  const height = Math.exp(logGamma((freedom + 1) / 2) - logGamma(freedom / 2)) / Math.sqrt(freedom * Math.PI);
  return height * Math.exp((-(freedom + 1) / 2) * Math.log(1 + (t * t) / freedom));
}
