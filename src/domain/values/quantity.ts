import { assert } from '#domain/values/assert';
import type { Branded } from '#domain/values/branded';

/** Whole shares, never negative; the side of an order says which way they go. */
export type Quantity = Branded<number, 'shares'>;

export function quantity(shares: number): Quantity {
  assert(Number.isSafeInteger(shares) && shares >= 0, `a quantity is whole and not negative, was ${shares}`);
  return shares as Quantity;
}
