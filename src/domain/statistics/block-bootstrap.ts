import { normalCdf } from '#domain/statistics/distributions/normal-distribution';
import { studentQuantile } from '#domain/statistics/distributions/student';
import type { Missing } from '#domain/statistics/figure';
import { neverVaries } from '#domain/statistics/moments';
import { quantileOfSorted } from '#domain/statistics/quantile';

/** Chance from a seed: the next whole number from 0 to `count` − 1. A `RandomStream` is one. */
export type Lots = { below(count: number): number };

/** An end is null where the draws are without bound there: too many of them had nothing to divide by. */
export type DrawnInterval = { readonly low: number | null; readonly high: number | null };

const DRAWS = 4000;

/** Of fewer blocks the draws know so few different ones that their middle is far too narrow. */
const BLOCKS_MIN = 5;

/**
 * The interval of a statistic by drawing whole blocks again, with replacement: the middle of 4,000 draws, as much of them as
 * `tailOf` says. What happens within a block (a session) hangs together, so it is drawn together. `statistic` may be infinite,
 * and NaN of a draw that says nothing, which is left out. What it is given holds until it returns.
 */
export function blockBootstrap<Block>(
  blocks: readonly Block[],
  statistic: (drawn: readonly Block[]) => number,
  lots: Lots,
  confidence = 0.95,
): DrawnInterval | Missing {
  const drawn = [...blocks];
  const of = (places: Int32Array): number => {
    for (let at = 0; at < places.length; at++) drawn[at] = blocks[places[at] as number] as Block;
    return statistic(drawn);
  };
  return placesBootstrap(blocks.length, of, lots, confidence);
}

/** The same of blocks by their places from 0 to `count` − 1, for sums that are at hand as columns: nothing is allocated in a draw. */
export function placesBootstrap(
  count: number,
  statistic: (places: Int32Array) => number,
  lots: Lots,
  confidence = 0.95,
): DrawnInterval | Missing {
  if (count < BLOCKS_MIN) return count < 2 ? 'one_session' : 'too_few';
  const places = new Int32Array(count);
  const draws = new Float64Array(DRAWS);
  let made = 0;
  for (let i = 0; i < DRAWS; i++) {
    for (let at = 0; at < count; at++) places[at] = lots.below(count);
    const value = statistic(places);
    if (!Number.isNaN(value)) draws[made++] = value;
  }
  if (made === 0) return 'too_few';
  const sorted = draws.subarray(0, made).sort();
  if (neverVaries(sorted)) return 'no_variation';
  const tail = tailOf(count, confidence);
  const at = (share: number): number | null => {
    const end = quantileOfSorted(sorted, share);
    return Number.isFinite(end) ? end : null;
  };
  return { low: at(tail), high: at(1 - tail) };
}

/**
 * The share of the draws beyond each end. Draws of few blocks vary too little, by √((n − 1)/n), and know nothing of how badly so
 * few tell what varies: the middle 95 % of five hold their mean 84 times in a hundred. The expanded percentile interval
 * (Hesterberg 2015, What Teachers Should Know About the Bootstrap) goes as far out as Student's t does for a mean.
 */
function tailOf(count: number, confidence: number): number {
  return normalCdf(Math.sqrt(count / (count - 1)) * studentQuantile((1 - confidence) / 2, count - 1));
}
