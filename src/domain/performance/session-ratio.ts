import { studentQuantile } from '#domain/statistics/distributions/student';
import type { Missing } from '#domain/statistics/figure';
import type { Interval } from '#domain/statistics/wilson';

/** What a session adds above and below the line of a ratio. */
export type RatioPart = { readonly above: number; readonly below: number };

/**
 * The 95 % interval of a ratio of two sums, by the sessions: the logarithm of the ratio has the variance of Σ (a/A − b/B)² with
 * k/(k − 1), the linearised ratio of a sample of clusters (Cochran 1977, Sampling Techniques, 6.5), and Student's t with k − 1.
 * Draws of whole sessions say nearly the same and cost a thousand times as much.
 */
export function sessionRatio(parts: readonly RatioPart[]): Interval | Missing {
  const k = parts.length;
  let [above, below] = [0, 0];
  for (const part of parts) {
    above += part.above;
    below += part.below;
  }
  if (above <= 0) return 'no_wins';
  if (below <= 0) return 'no_losses';
  if (k < 2) return 'one_session';
  let squares = 0;
  for (const part of parts) {
    const off = part.above / above - part.below / below;
    squares += off * off;
  }
  const half = studentQuantile(0.975, k - 1) * Math.sqrt((squares * k) / (k - 1));
  const ratio = above / below;
  return { low: ratio * Math.exp(-half), high: ratio * Math.exp(half) };
}
