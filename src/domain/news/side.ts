import type { Direction } from '#domain/news/catalyst-rules';

/** Which side a headline takes and how much it weighs; of strength 0 it speaks for nobody. */
export type Side = { readonly direction: Direction; readonly strength: number };

/**
 * From here on a tone takes the side that a cue leaves open. A good one must be clearer: deals and launches sound good, and
 * without a side they confirm as well. Chosen by reading headlines in steps of tone: see docs/reference/news.md.
 */
const BAD_FROM = -0.3;
const GOOD_FROM = 0.4;
/** From here on a tone contradicts good news, and bad news; in most headlines that do, the bad is true. */
const AGAINST_GOOD = -0.2;
const AGAINST_BAD = 0.5;
const nobody: Side = { direction: 0, strength: 0 };

/** What a cue says; what is bad and denied is nothing, however good the denial sounds. */
type Said = Side & { readonly isDenied: boolean };

/** What a cue says once the tone about the same company is heard: -1 to 1, as `sentimentOf` gives it. */
export function sideOf({ direction, strength, isDenied }: Said, tone: number): Side {
  if (direction > 0) return tone <= AGAINST_GOOD ? nobody : { direction, strength };
  if (direction < 0) return tone >= AGAINST_BAD ? nobody : { direction, strength };
  if (tone <= BAD_FROM) return { direction: -1, strength };
  return { direction: tone >= GOOD_FROM && !isDenied ? 1 : 0, strength };
}
