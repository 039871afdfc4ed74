import { assert } from '#domain/values/assert';
import type { Branded } from '#domain/values/branded';
import type { Price } from '#domain/values/price';
import type { Quantity } from '#domain/values/quantity';

/** Money in ten-thousandths of the account's currency; may be negative. */
export type Cash = Branded<number, 'cash_e4'>;

export function cash(e4: number): Cash {
  assert(Number.isSafeInteger(e4), `cash is an integer of 1e-4, was ${e4}`);
  return (e4 === 0 ? 0 : e4) as Cash;
}

/** What so many shares cost at that price. */
export const notional = (at: Price, shares: Quantity): Cash => cash(at * shares);
