import { type Figure, figure, missing } from '#domain/statistics/figure';
import { sumOf } from '#domain/statistics/moments';
import type { Returns } from '#domain/statistics/returns/returns';

/** All that was made above a threshold over all that was missed below it (Keating and Shadwick 2002); the threshold is of one period. */
export function omegaRatio(returns: Returns, threshold = 0): Figure {
  const above = sumOf(returns, (one) => (one > threshold ? one - threshold : 0));
  const below = sumOf(returns, (one) => (one < threshold ? threshold - one : 0));
  return below === 0 ? missing('no_downside') : figure(above / below);
}
