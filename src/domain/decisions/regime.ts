/** What kind of a day it was up to an instant, from the moves of all names since their last close. */
export type Regime = {
  /** Mean of the moves, each name counting the same: a fraction. Null before anything is known. */
  readonly move: number | null;
  /** Standard deviation of the moves over the names: a fraction. */
  readonly spread: number | null;
  readonly names: number;
  readonly kind: RegimeKind | null;
};

export type RegimeKind = `${'up' | 'flat' | 'down'}_${'calm' | 'wild'}`;

/** Fewer names say nothing of a market. */
const NAMES_MIN = 10;
/** A market that has moved less is flat: about a third of the daily deviation of a broad index. Judgement, not fitted. */
export const FLAT_BELOW = 0.0025;
/** Names that lie farther apart than this make a wild day. Judgement: about what large US names do in a usual session. */
export const WILD_FROM = 0.015;

/** Names without a move, NaN here, are left out. */
export function regimeOf(moves: Iterable<number>): Regime {
  const known = [...moves].filter((move) => Number.isFinite(move));
  const names = known.length;
  if (names < NAMES_MIN) return { move: null, spread: null, names, kind: null };
  const move = known.reduce((sum, one) => sum + one, 0) / names;
  const spread = Math.sqrt(known.reduce((sum, one) => sum + (one - move) * (one - move), 0) / names);
  const way = move > FLAT_BELOW ? 'up' : move < -FLAT_BELOW ? 'down' : 'flat';
  return { move, spread, names, kind: `${way}_${spread >= WILD_FROM ? 'wild' : 'calm'}` };
}
