import type { DayShape } from '#simulation/market/day-shape';
import { normalOf } from '#simulation/market/normal-quantiles';
import type { RandomStream } from '#simulation/market/seeded-random';

/** What moves many names at once on one day, in log returns: the whole market or one sector. */
export type Factor = {
  readonly overnight: number;
  readonly minutes: Float64Array;
  /** Of the session: the sum of the minutes and its variance. */
  readonly move: number;
  readonly variance: number;
};

/** Daily volatility of the market and of a sector beyond the market, from open to close. */
export const MARKET_SIGMA = 0.008;
export const SECTOR_SIGMA = 0.009;

/** The night moves about half as much as the day. */
const OVERNIGHT = 0.5;

/** Factor 0 is the market, each further one a sector. Some days are calm, some wild: the day's volatility is itself log-normal. */
export function drawFactors(stream: RandomStream, day: number, sectors: number, shape: DayShape): readonly Factor[] {
  const words = new Int32Array(shape.rows);
  return Array.from({ length: sectors + 1 }, (_, index) => {
    stream.restart(day, index);
    const sigma = (index === 0 ? MARKET_SIGMA : SECTOR_SIGMA) * Math.exp(0.3 * stream.normal() - 0.09);
    const overnight = OVERNIGHT * sigma * stream.normal();
    stream.fill(words);
    const minutes = new Float64Array(shape.rows);
    let move = 0;
    for (let row = 0; row < shape.rows; row++) {
      const step = sigma * Math.sqrt(shape.variance[row] as number) * normalOf(words[row] as number);
      minutes[row] = step;
      move += step;
    }
    return { overnight, minutes, move, variance: sigma * sigma };
  });
}

/** The variance of a factor's night, of which half is taken from the drift so that no name gains by scatter alone. */
export const overnightVariance = (factor: Factor): number => OVERNIGHT * OVERNIGHT * factor.variance;
