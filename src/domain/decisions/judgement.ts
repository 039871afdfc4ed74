import type { BarrierLabel } from '#domain/decisions/barrier-label';
import type { Outcome } from '#domain/decisions/outcome';
import type { Choice } from '#domain/session/question';
import { type Cash, cash } from '#domain/values/cash';

/** One way to go at a decision point and what came of it; null as long as that is not known, or never can be. */
export type Road = {
  readonly choice: Choice;
  readonly outcome: Outcome | null;
  /** Shares that the road was reckoned with when nothing was bought on the real one; null for the road taken. */
  readonly shares: number | null;
  /** The account left nothing for it, or nobody sized it: the size is what the risk budget would give an account that holds nothing. */
  readonly sizedAlone: boolean;
  /** Which of the first stop and the target the bars after the entry met first; null when nothing was entered. */
  readonly barrier: BarrierLabel | null;
};

export type Roads = { readonly chosen: Choice; readonly recommended: Choice; readonly roads: readonly Road[] };

/** Whether the road taken was the best one, by what each of them came to. Hindsight: a good decision may end badly. */
export type Grade = 'right' | 'wrong' | 'unresolved';

export type Judgement = {
  readonly grade: Grade;
  /** What the road taken made beyond the recommended one: 0 when they are the same. */
  readonly advantage: Cash | null;
  /** What the road that was not taken would have lost beyond what was lost. */
  readonly avoidedLoss: Cash | null;
  /** What the road that was not taken would have gained beyond what was gained. */
  readonly missedGain: Cash | null;
};

/** How far another road must lie ahead to have been the better one, in R: less is noise of fills and fees. */
const BETTER_BY_R = 0.1;

const pnlOf = (road: Road | undefined): number | null => road?.outcome?.pnl ?? null;
const roadOf = ({ roads }: Roads, choice: Choice): Road | undefined => roads.find((road) => road.choice === choice);

/** The road beside which the one taken is laid: the recommended one after an override, else the best of the others. */
function roadNotTaken(decision: Roads): Road | undefined {
  if (decision.chosen !== decision.recommended) return roadOf(decision, decision.recommended);
  return bestOf(decision.roads.filter(({ choice }) => choice !== decision.chosen));
}

/** The one that made most, in R; undefined when one of them is not known. */
export function bestOf(roads: readonly Road[]): Road | undefined {
  if (roads.some(({ outcome }) => outcome === null)) return undefined;
  return roads.reduce<Road | undefined>((best, road) => (best === undefined || rOf(road) > rOf(best) ? road : best), undefined);
}

const rOf = ({ outcome }: Road): number => outcome?.r ?? 0;

/** Lays the road taken beside the others. What is not known makes nothing up: it stays null, and the grade unresolved. */
export function judge(decision: Roads): Judgement {
  const chosen = pnlOf(roadOf(decision, decision.chosen));
  const recommended = pnlOf(roadOf(decision, decision.recommended));
  const other = pnlOf(roadNotTaken(decision));
  const known = chosen !== null && other !== null;
  return {
    grade: gradeOf(decision),
    advantage: decision.chosen === decision.recommended ? cash(0) : difference(chosen, recommended),
    avoidedLoss: known ? cash(Math.max(0, Math.min(0, chosen) - other)) : null,
    missedGain: known ? cash(Math.max(0, other - Math.max(0, chosen))) : null,
  };
}

const difference = (one: number | null, other: number | null): Cash | null => (one === null || other === null ? null : cash(one - other));

function gradeOf(decision: Roads): Grade {
  const { chosen, roads } = decision;
  const taken = roadOf(decision, chosen);
  if (taken === undefined || roads.length < 2 || roads.some(({ outcome }) => outcome === null)) return 'unresolved';
  return roads.some((road) => rOf(road) > rOf(taken) + BETTER_BY_R) ? 'wrong' : 'right';
}
