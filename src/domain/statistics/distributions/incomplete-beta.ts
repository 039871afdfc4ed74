import { increasingRoot } from '#domain/statistics/distributions/increasing-root';
import { stirlingRest } from '#domain/statistics/distributions/log-gamma';
import { assert } from '#domain/values/assert';

const TERMS = 20_000;
const TINY = 1e-300;

export type BetaShape = { readonly a: number; readonly b: number };

/**
 * The regularised incomplete beta function I_x(a, b): the share of a beta distribution below `x`. Who knows 1 − x better than
 * a subtraction gives it as `y`.
 */
export function incompleteBeta(x: number, { a, b }: BetaShape, y = 1 - x): number {
  assert(a > 0 && b > 0 && x >= 0 && y >= 0, `no incomplete beta function of ${x} with ${a} and ${b}`);
  if (x === 0) return 0;
  if (y === 0) return 1;
  return x < (a + 1) / (a + b + 2) ? share(x, y, { a, b }) : 1 - share(y, x, { a: b, b: a });
}

/** Where the share below is `p`. */
export function betaQuantile(p: number, shape: BetaShape): number {
  assert(p >= 0 && p <= 1, `a quantile is wanted of a probability, was ${p}`);
  if (p === 0 || p === 1) return p;
  const value = (x: number): number => incompleteBeta(x, shape) - p;
  return increasingRoot({ value, slope: (x) => density(x, shape), low: 0, high: 1 });
}

const density = (x: number, shape: BetaShape): number => Math.exp(logWeight(x, 1 - x, shape)) / (x * (1 - x));

/** ln of x^a y^b / B(a, b) with y = 1 − x, by its distance from the mean: where a and b are large the plain sum cancels to nothing. */
function logWeight(x: number, y: number, { a, b }: BetaShape): number {
  const off = x * b - y * a;
  const shares = a * bend((x * (a + b)) / a, off / a) + b * bend((y * (a + b)) / b, -off / b);
  return shares + 0.5 * Math.log((a / (a + b)) * b) - 0.5 * Math.log(2 * Math.PI) + stirlingRest(a + b) - stirlingRest(a) - stirlingRest(b);
}

/** ln(ratio) − off, where ratio is 1 + off: near 1 by the series of the area tangent. */
function bend(ratio: number, off: number): number {
  if (Math.abs(off) > 0.3) return Math.log(ratio) - off;
  const r = off / (2 + off);
  let power = 2 * r * r * r;
  let sum = -r * off;
  for (let odd = 3; Math.abs(power) > 1e-18 * Math.abs(sum); odd += 2) {
    sum += power / odd;
    power *= r * r;
  }
  return sum;
}

/** By the continued fraction of Didonato and Morris (1992, ACM TOMS 18, BFRAC), which knows y too, after Lentz. */
function share(x: number, y: number, { a, b }: BetaShape): number {
  const denominator = (m: number): number =>
    m + (m * (b - m) * x) / (a + 2 * m - 1) + ((a + m) * (a * y - b * x + 1 + m * (1 + y))) / (a + 2 * m + 1);
  let above = nonZero((a * (a * y - b * x + 1)) / (a + 1));
  let fraction = above;
  let below = 0;
  for (let m = 1; m <= TERMS; m++) {
    const place = a + 2 * m - 1;
    const numerator = ((m * (a + m - 1)) / place) * ((a + b + m - 1) / place) * (b - m) * x * x;
    below = 1 / nonZero(denominator(m) + numerator * below);
    above = nonZero(denominator(m) + numerator / above);
    fraction *= above * below;
    if (Math.abs(above * below - 1) < 1e-16) break;
  }
  return Math.exp(logWeight(x, y, { a, b })) / fraction;
}

const nonZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
