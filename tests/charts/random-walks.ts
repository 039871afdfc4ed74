import type { ChartBar } from '#domain/patterns/symbol-view';
import { chance } from '#tests/bar-columns';
import { OPEN } from '#tests/charts/chart-view';

const MINUTES = 390;
const STEPS = 6;

/** Sessions of a price that knows nothing of its past: `volatility` is the standard deviation of a minute's return. */
export function randomWalk(seed: number, sessions: number, volatility: number): readonly (readonly ChartBar[])[] {
  const next = chance(seed);
  // Four uniform numbers make a normal one, near enough; a minute is the sum of six.
  const normal = (): number => Math.sqrt(3) * (next() + next() + next() + next() - 2);
  let price = 500_000;
  return Array.from({ length: sessions }, () => {
    price *= 1 + 10 * volatility * normal();
    return Array.from({ length: MINUTES }, (_, i) => {
      const path = [price];
      for (let step = 0; step < STEPS; step++) {
        price *= 1 + (volatility / Math.sqrt(STEPS)) * normal();
        path.push(price);
      }
      const cents = path.map((one) => 100 * Math.round(one / 100));
      const [open, close] = [cents[0] as number, cents[STEPS] as number];
      // More trades at both ends of the day, and unevenly.
      const busy = 1 + 3 * ((i - 195) / 195) * ((i - 195) / 195);
      const volume = Math.round(1000 * busy * (0.2 + 1.6 * next() * (1 + 2 * next())));
      return { minute: OPEN + i, open, high: Math.max(...cents), low: Math.min(...cents), close, volume };
    });
  });
}
