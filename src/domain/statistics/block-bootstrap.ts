import type { Missing } from '#domain/statistics/figure';
import { quantile } from '#domain/statistics/quantile';

/** Chance from a seed: the next whole number from 0 to `count` − 1. A `RandomStream` is one. */
export type Lots = { below(count: number): number };

/** An end is null where the draws are without bound there: too many of them had nothing to divide by. */
export type DrawnInterval = { readonly low: number | null; readonly high: number | null };

const DRAWS = 4000;

/**
 * The interval of a statistic by drawing whole blocks again, with replacement: the middle `confidence` of 4,000 draws. What
 * happens within a block (a session) hangs together, so it is drawn together. `statistic` may be infinite, and NaN of a draw
 * that says nothing, which is left out.
 */
export function blockBootstrap<Block>(
  blocks: readonly Block[],
  statistic: (drawn: readonly Block[]) => number,
  lots: Lots,
  confidence = 0.95,
): DrawnInterval | Missing {
  if (blocks.length < 2) return 'one_session';
  const draws: number[] = [];
  for (let i = 0; i < DRAWS; i++) {
    const value = statistic(blocks.map(() => blocks[lots.below(blocks.length)] as Block));
    if (!Number.isNaN(value)) draws.push(value);
  }
  if (draws.length === 0) return 'too_few';
  const at = (share: number): number | null => {
    const end = quantile(draws, share);
    return Number.isFinite(end) ? end : null;
  };
  return { low: at((1 - confidence) / 2), high: at((1 + confidence) / 2) };
}
