import { assert } from '#domain/values/assert';
import type { Branded } from '#domain/values/branded';

/** Price in ten-thousandths of one currency unit: 12.3456 USD is 123_456. Never a float. */
export type Price = Branded<number, 'price_e4'>;

export function price(e4: number): Price {
  assert(Number.isSafeInteger(e4) && e4 > 0, `a price is a positive integer of 1e-4, was ${e4}`);
  return e4 as Price;
}
