import type { Grade, Judgement } from '#domain/decisions/judgement';
import { type Cash, cash } from '#domain/values/cash';

/** What some decisions came to. Money sums only what is resolved; the others are counted and never guessed. */
export type Tally = {
  readonly decisions: number;
  readonly overrides: number;
  readonly grades: Readonly<Record<Grade, number>>;
  /** What the overrides made beyond the recommendations: silence is no override. */
  readonly byOverrides: Cash;
  readonly avoidedLoss: Cash;
  readonly missedGain: Cash;
};

export const emptyTally: Tally = {
  decisions: 0,
  overrides: 0,
  grades: { right: 0, wrong: 0, unresolved: 0 },
  byOverrides: cash(0),
  avoidedLoss: cash(0),
  missedGain: cash(0),
};

/** The tally with one more decision in it. */
export function tallied(tally: Tally, { judgement, override }: { readonly judgement: Judgement; readonly override: boolean }): Tally {
  const { grade, advantage, avoidedLoss, missedGain } = judgement;
  return {
    decisions: tally.decisions + 1,
    overrides: tally.overrides + (override ? 1 : 0),
    grades: { ...tally.grades, [grade]: tally.grades[grade] + 1 },
    byOverrides: cash(tally.byOverrides + (override ? (advantage ?? 0) : 0)),
    avoidedLoss: cash(tally.avoidedLoss + (avoidedLoss ?? 0)),
    missedGain: cash(tally.missedGain + (missedGain ?? 0)),
  };
}
