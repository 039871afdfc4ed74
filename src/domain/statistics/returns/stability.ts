import { type Figure, figure, missing } from '#domain/statistics/figure';
import { lineThrough } from '#domain/statistics/line-through';
import type { Returns } from '#domain/statistics/returns/returns';

/** How straight the logarithm of equity rises or falls: the R² of a line through the cumulated logarithmic returns, over time. */
export function stability(returns: Returns): Figure {
  if (returns.length < 3) return missing('too_few');
  let sum = 0;
  const path = returns.map((one) => {
    sum += Math.log(1 + one);
    return sum;
  });
  const line = lineThrough(
    path.map((_, at) => at),
    path,
  );
  return line === null ? missing('no_variation') : figure(line.correlation * line.correlation);
}
