import { normalCdf } from '#domain/statistics/distributions/normal-distribution';
import type { Missing } from '#domain/statistics/figure';
import { lineThrough } from '#domain/statistics/line-through';
import { periodSharpe } from '#domain/statistics/returns/sharpe-ratio';

/** Whether two series of the same periods differ in their ratio. `p` is two-sided; ratios are of one period. */
export type PairedSharpe = {
  readonly first: number;
  readonly second: number;
  readonly correlation: number;
  readonly standardError: number;
  readonly z: number;
  readonly p: number;
};

/** The test of Jobson and Korkie as Memmel (2003) corrected it, for normal returns that do not remember; excess returns go in. */
export function pairedSharpe(one: readonly number[], other: readonly number[]): PairedSharpe | Missing {
  const [first, second, line] = [periodSharpe(one), periodSharpe(other), lineThrough(one, other)];
  if (first.value === null) return first.missing;
  if (second.value === null) return second.missing;
  if (line === null) return 'too_few';
  const [a, b, r] = [first.value, second.value, line.correlation];
  const variance = (2 - 2 * r + 0.5 * (a * a + b * b - 2 * a * b * r * r)) / one.length;
  // Series in step do not scatter against each other; the rounding of a variance near zero would decide.
  if (variance < 1e-14) return 'no_variation';
  const standardError = Math.sqrt(variance);
  const z = (a - b) / standardError;
  return { first: a, second: b, correlation: r, standardError, z, p: 2 * normalCdf(-Math.abs(z)) };
}
