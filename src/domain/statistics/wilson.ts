import { Z95 } from '#domain/statistics/normal';
import { assert } from '#domain/values/assert';

export type Interval = { readonly low: number; readonly high: number };

/**
 * The 95 % interval of a rate by Wilson's score (Wilson 1927, J. Am. Stat. Assoc. 22): it stays within 0 and 1 and holds for few
 * cases too. Nothing is known from none.
 */
export function wilson(won: number, count: number): Interval {
  assert(won >= 0 && won <= count, `${won} of ${count} is no rate`);
  if (count === 0) return { low: 0, high: 1 };
  const rate = won / count;
  const z2 = Z95 * Z95;
  const middle = (rate + z2 / (2 * count)) / (1 + z2 / count);
  const half = (Z95 / (1 + z2 / count)) * Math.sqrt((rate * (1 - rate)) / count + z2 / (4 * count * count));
  return { low: won === 0 ? 0 : middle - half, high: won === count ? 1 : middle + half };
}
