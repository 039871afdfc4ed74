import type { Company } from '#simulation/market/company';
import type { MarketDay } from '#simulation/market/daily-path';
import type { Factor } from '#simulation/market/factors';
import { bridgeExtremes, normalOf, volumeScatter } from '#simulation/market/normal-quantiles';

/** Time-major columns as the port wants them, to be written in place. */
export type BarGrid = {
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
  readonly volume: Int32Array;
};

/** Ten-thousandths in a cent. */
export const CENT = 100;

/** Random words that one bar uses. */
export const WORDS_A_BAR = 4;

/** Where less than this trades in a minute on average, some minutes have no trade at all. */
const LOT = 100;

/** More shares than this in one minute would not be believed, nor would a sum of a day fit. */
const VOLUME_MAX = 200_000_000;

/**
 * The minutes of one name, from the day's first price to its last: a Brownian bridge of its own on top of what its sector and
 * the market do. Highs and lows are drawn from the exact law of the extremes between a minute's two ends. `words` holds
 * `WORDS_A_BAR` for each row. Returns how many bars there are; nothing is allocated.
 */
export function writeMinutes(grid: BarGrid, width: number, symbol: number, company: Company, day: MarketDay, words: Int32Array): number {
  const { open, high, low, close, volume } = grid;
  const rows = day.shape.rows;
  const course = day.eventful.get(symbol) ?? day.quiet;
  const { variance: varianceShare, drift, volume: volumeShare } = course;
  const { marketBeta, sectorBeta, halfSpread } = company;
  const market = (day.factors[0] as Factor).minutes;
  const sector = (day.factors[company.sector + 1] as Factor).minutes;
  const extremes = bridgeExtremes;
  const scatter = volumeScatter;

  const ownVariance = day.plan.variance[symbol] as number;
  const wholeVariance = ownVariance + sharedVariance(company, day);
  const start = day.opens[symbol] as number;
  let last = Math.exp(start);
  const shares = (company.dollarVolume * (day.plan.activity[symbol] as number)) / last;
  // What the bridge has left to go, and the variance in which to get there.
  let ahead = (day.closes[symbol] as number) - start - sharedMove(company, day) - course.driftSum;
  let remaining = ownVariance * course.varianceSum;

  let bars = 0;
  for (let row = 0; row < rows; row++) {
    const cell = row * width + symbol;
    const word = row * WORDS_A_BAR;
    const share = varianceShare[row] as number;
    const variance = ownVariance * share;
    const pull = row === rows - 1 || variance >= remaining ? 1 : variance / remaining;
    const z = normalOf(words[word] as number);
    const step = ahead * pull + Math.sqrt(variance * (1 - pull)) * z;
    ahead -= step;
    remaining -= variance;
    const next = last * growth(marketBeta * (market[row] as number) + sectorBeta * (sector[row] as number) + step + (drift[row] as number));

    const second = words[word + 1] as number;
    const third = words[word + 2] as number;
    const traded = shares * (volumeShare[row] as number) * (scatter[second >>> 22] as number) * (0.65 + 0.44 * Math.abs(z));
    if (traded <= (LOT / 0x100000) * (second & 0xfffff)) {
      open[cell] = 0;
      high[cell] = 0;
      low[cell] = 0;
      close[cell] = 0;
      volume[cell] = -1;
      last = next;
      continue;
    }
    const fourth = words[word + 3] as number;
    // Each trade falls between the bid and the ask; in cents, rounded, at least one.
    const first = last * (1 + halfSpread * ((fourth >>> 16) / 0x8000 - 1)) * 100;
    const final = next * (1 + halfSpread * ((fourth & 0xffff) / 0x8000 - 1)) * 100;
    const middle = (first + final) / 2;
    const change = final - first;
    const spread = first * first * wholeVariance * share;
    const firstCents = atLeastOne((first + 0.5) | 0);
    const finalCents = atLeastOne((final + 0.5) | 0);
    const above = (middle + Math.sqrt(change * change + spread * (extremes[third >>> 22] as number)) / 2 + 0.5) | 0;
    const below = atLeastOne((middle - Math.sqrt(change * change + spread * (extremes[(third >>> 12) & 0x3ff] as number)) / 2 + 0.5) | 0);
    // Without a branch, which no processor could foresee.
    const rise = finalCents - firstCents;
    const fall = rise & (rise >> 31);
    const top = finalCents - fall;
    const bottom = firstCents + fall;
    open[cell] = firstCents * CENT;
    close[cell] = finalCents * CENT;
    high[cell] = (above >= top ? above : top) * CENT;
    low[cell] = (below <= bottom ? below : bottom) * CENT;
    volume[cell] = traded >= LOT ? (traded < VOLUME_MAX ? traded | 0 : VOLUME_MAX) : 1 + (((third & 0xff) * LOT) >> 8);
    last = next;
    bars++;
  }
  return bars;
}

/** A name that no longer trades has no bar in any row. */
export function writeAbsence(grid: BarGrid, width: number, symbol: number, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const cell = row * width + symbol;
    grid.open[cell] = 0;
    grid.high[cell] = 0;
    grid.low[cell] = 0;
    grid.close[cell] = 0;
    grid.volume[cell] = -1;
  }
}

/** The exponential; for the small returns of a minute by its series, good to 1e-10 and four times as fast. */
function growth(change: number): number {
  if (change > 0.02 || change < -0.02) return Math.exp(change);
  return 1 + change * (1 + change * (1 / 2 + change * (1 / 6 + change / 24)));
}

const atLeastOne = (cents: number): number => (cents < 1 ? 1 : cents);

function sharedMove({ marketBeta, sectorBeta, sector }: Company, day: MarketDay): number {
  return marketBeta * (day.factors[0] as Factor).move + sectorBeta * (day.factors[sector + 1] as Factor).move;
}

function sharedVariance({ marketBeta, sectorBeta, sector }: Company, day: MarketDay): number {
  return (
    marketBeta * marketBeta * (day.factors[0] as Factor).variance + sectorBeta * sectorBeta * (day.factors[sector + 1] as Factor).variance
  );
}
