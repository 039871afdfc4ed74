import type { RandomStream } from '#simulation/market/seeded-random';

const RESAMPLES = 4000;
const TAIL = 0.025;
/** So many deviations leave 2.5 % for eleven comparisons together, by Student's distribution for fourteen sessions. */
const SURE = 3.5;

/** How often, of how many. */
export type Share = { readonly held: number; readonly of: number };
export type Interval = { readonly low: number; readonly high: number };
export type Pair = { readonly real: Share; readonly random: Share };
export type Compared = {
  readonly realRate: number;
  readonly randomRate: number;
  readonly difference: number;
  /** 95 % intervals. */
  readonly realBetween: Interval;
  readonly differenceBetween: Interval;
  /** What the difference exceeds even if it is the best of eleven that were made at once. */
  readonly differenceAbove: number;
};

/**
 * Two shares and their difference. What happens within a session hangs together (one fall of the market breaks a hundred
 * levels), so whole sessions are drawn again, with replacement: the intervals are those between 2.5 and 97.5 % of the draws.
 */
export function comparedBySession(sessions: readonly Pair[], chance: RandomStream): Compared {
  const { real: realRate, random: randomRate } = rates(sessions);
  const reals: number[] = [];
  const differences: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const drawn = rates(sessions.map(() => sessions[chance.below(sessions.length)] as Pair));
    reals.push(drawn.real);
    differences.push(drawn.real - drawn.random);
  }
  const difference = realRate - randomRate;
  return {
    realRate,
    randomRate,
    difference,
    realBetween: middle(reals),
    differenceBetween: middle(differences),
    differenceAbove: difference - SURE * deviation(differences),
  };
}

function rates(sessions: readonly Pair[]): { readonly real: number; readonly random: number } {
  const rate = (which: 'real' | 'random'): number => {
    const of = sessions.reduce((sum, session) => sum + session[which].of, 0);
    return of === 0 ? 0 : sessions.reduce((sum, session) => sum + session[which].held, 0) / of;
  };
  return { real: rate('real'), random: rate('random') };
}

const middle = (draws: readonly number[]): Interval => ({ low: quantile(draws, TAIL), high: quantile(draws, 1 - TAIL) });

function quantile(draws: readonly number[], share: number): number {
  const sorted = [...draws].sort((one, other) => one - other);
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}

function deviation(draws: readonly number[]): number {
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  return Math.sqrt(draws.reduce((sum, draw) => sum + (draw - mean) * (draw - mean), 0) / draws.length);
}
