import type { Numbers } from '#domain/statistics/moments';
import { assert } from '#domain/values/assert';

/** The value below which a share of them lies, between two neighbours in a straight line (type 7 of Hyndman and Fan 1996). */
export function quantile(values: Numbers, share: number): number {
  assert(values.length > 0 && share >= 0 && share <= 1, `no quantile ${share} of ${values.length} values`);
  return quantileOfSorted(Float64Array.from(values).sort(), share);
}

/** The same of values that stand in order, from the least. */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number];
  // Of infinite values a share of nothing is no number.
  return low === high || place === below ? low : low + (place - below) * (high - low);
}
