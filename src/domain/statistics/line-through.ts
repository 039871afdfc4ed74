import { mean, neverVaries, sumOf } from '#domain/statistics/moments';
import { assert } from '#domain/values/assert';

/** The line of least squares y = intercept + slope x, and the standard errors of both, for errors alike and independent. */
export type Line = {
  readonly slope: number;
  readonly intercept: number;
  readonly slopeError: number;
  readonly interceptError: number;
  readonly correlation: number;
};

/** null where x or y never varies, or of fewer than three points, through which any line goes too well. */
export function lineThrough(x: readonly number[], y: readonly number[]): Line | null {
  assert(x.length === y.length, `${x.length} points against ${y.length}`);
  const n = x.length;
  if (n < 3 || neverVaries(x) || neverVaries(y)) return null;
  const [middleX, middleY] = [mean(x), mean(y)];
  const xx = sumOf(x, (one) => (one - middleX) * (one - middleX));
  const yy = sumOf(y, (one) => (one - middleY) * (one - middleY));
  let xy = 0;
  for (const [at, one] of x.entries()) xy += (one - middleX) * ((y[at] as number) - middleY);
  const slope = xy / xx;
  const intercept = middleY - slope * middleX;
  let residue = 0;
  for (const [at, one] of x.entries()) {
    const off = (y[at] as number) - intercept - slope * one;
    residue += off * off;
  }
  const error = Math.sqrt(residue / (n - 2));
  return {
    slope,
    intercept,
    slopeError: error / Math.sqrt(xx),
    interceptError: error * Math.sqrt(1 / n + (middleX * middleX) / xx),
    correlation: Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy)))),
  };
}
