import type { Interval } from '#domain/statistics/wilson';
import type { StudyEnd } from '#main/study/pattern-study';
import { RandomStream } from '#simulation/market/seeded-random';

const DRAWS = 2_000;

/** Sums by session: what happens on one day is one throw of the dice, however many names it moves. */
type Sums = { readonly count: Float64Array; readonly r: Float64Array };

/** `deviation` is that of the draws, the standard error of the mean. */
export type Mean = { readonly mean: number; readonly interval: Interval; readonly deviation: number };
/** Means of R of both, and of the first less the second. */
export type Comparison = { readonly seen: Mean; readonly random: Mean; readonly difference: Mean };

/** 95 % intervals by drawing whole sessions with entries, with replacement, two thousand times: the same sessions for both. */
export function compared(seen: readonly StudyEnd[], random: readonly StudyEnd[], sessions: number, seed: number): Comparison {
  const sums = [sumsOf(seen, sessions), sumsOf(random, sessions)] as const;
  const all = Array.from({ length: sessions }, (_, i) => i).filter((i) => sums.some(({ count }) => (count[i] as number) > 0));
  const draw = new RandomStream(seed, 'sessions drawn again');
  const drawn: (readonly [number, number])[] = [];
  for (let i = 0; i < DRAWS; i++) {
    const picked = all.map(() => all[draw.below(all.length)] as number);
    const pair = [meanOf(sums[0], picked), meanOf(sums[1], picked)] as const;
    if (pair.every(Number.isFinite)) drawn.push(pair);
  }
  const [a, b] = [meanOf(sums[0], all), meanOf(sums[1], all)];
  return {
    seen: spreadOf(
      a,
      drawn.map(([mean]) => mean),
    ),
    random: spreadOf(
      b,
      drawn.map(([, mean]) => mean),
    ),
    difference: spreadOf(
      a - b,
      drawn.map(([one, other]) => one - other),
    ),
  };
}

function sumsOf(ends: readonly StudyEnd[], sessions: number): Sums {
  const sums = { count: new Float64Array(sessions), r: new Float64Array(sessions) };
  for (const { session, r } of ends) {
    sums.count[session] = (sums.count[session] as number) + 1;
    sums.r[session] = (sums.r[session] as number) + r;
  }
  return sums;
}

function meanOf({ count, r }: Sums, sessions: readonly number[]): number {
  let entries = 0;
  let total = 0;
  for (const session of sessions) {
    entries += count[session] as number;
    total += r[session] as number;
  }
  return total / entries;
}

function spreadOf(mean: number, draws: readonly number[]): Mean {
  const middle = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const squares = draws.reduce((sum, draw) => sum + (draw - middle) * (draw - middle), 0);
  return { mean, interval: middleOf(draws), deviation: Math.sqrt(squares / draws.length) };
}

/** The middle 95 %. */
function middleOf(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { low: at(0.025), high: at(0.975) };
}
