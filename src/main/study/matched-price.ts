import type { RandomStream } from '#simulation/market/seeded-random';

/** Distances from the price, in ATR: a random level is as far away as the real one, to within its range. Up to a quarter is inside of its zone. */
const ranges = [0, 0.25, 0.5, 1, 2, 4, 8, 16, 32] as const;
const TRIES = 32;

export type RealLevel = { readonly price: number; readonly halfWidth: number };

/**
 * The price of a random level for a real one: in the same range of distances from the price `close`, on either side
 * with the same chance. It keeps out of the zone of the real one where there is room for that; right at the price there is none.
 */
export function matchedPrice(real: RealLevel, close: number, range: number, chance: RandomStream): number {
  const away = Math.abs(real.price - close) / range;
  const from = ranges.findLast((edge) => edge <= away) ?? 0;
  const to = ranges.find((edge) => edge > away) ?? 2 * from;
  let price = 0;
  const side = chance.below(2) === 0 ? -1 : 1;
  for (let i = 0; i < TRIES; i++) {
    price = Math.round(close + side * chance.between(from, to) * range);
    if (price > 0 && Math.abs(price - real.price) > real.halfWidth) return price;
  }
  return Math.max(1, price);
}
