import { assert } from '#domain/values/assert';

/** The value below which a share of them lies, between two neighbours in a straight line (type 7 of Hyndman and Fan 1996). */
export function quantile(values: readonly number[], share: number): number {
  assert(values.length > 0 && share >= 0 && share <= 1, `no quantile ${share} of ${values.length} values`);
  const sorted = values.toSorted((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number];
  // Of infinite values a share of nothing is no number.
  return low === high || place === below ? low : low + (place - below) * (high - low);
}
