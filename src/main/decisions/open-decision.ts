import type { DecisionRecord, RefusedAnswer } from '#domain/decisions/decision-record';
import type { RoadPlan } from '#main/decisions/road-plan';

type Settled = 'cause' | 'chosen' | 'chosenBy' | 'override' | 'repeats';

/** A decision whose roads have not been followed to their ends yet: what may still be said of it can be written. */
export type OpenDecision = Omit<DecisionRecord, Settled | 'session' | 'refusedAnswers' | 'roads' | 'judgement'> & {
  -readonly [Name in Settled]: DecisionRecord[Name];
} & { readonly refusedAnswers: RefusedAnswer[]; roads: readonly RoadPlan[] };

/** What has to be said of a decision when it is made; the rest follows from the instant. */
export type NewDecision = Pick<OpenDecision, 'kind' | 'symbol' | 'cause' | 'recommended' | 'chosen'> &
  Partial<Pick<OpenDecision, 'id' | 'intent' | 'stamp' | 'snapshot' | 'roads'>>;
