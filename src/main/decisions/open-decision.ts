import type { ChosenBy, DecisionCause, DecisionKind, RefusedAnswer, Snapshot } from '#domain/decisions/decision-record';
import type { SettingsStamp } from '#domain/events/decision';
import type { Choice } from '#domain/session/question';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import type { RoadPlan } from '#main/decisions/road-plan';

/** A decision whose roads have not been followed to their ends yet. */
export type OpenDecision = {
  readonly sequence: number;
  readonly id: string;
  readonly at: Instant;
  readonly minute: number;
  readonly kind: DecisionKind;
  readonly symbol: SymbolIndex | null;
  readonly intent: number | null;
  readonly stamp: SettingsStamp;
  readonly snapshot: Snapshot;
  cause: DecisionCause;
  readonly recommended: Choice;
  chosen: Choice | null;
  chosenBy: ChosenBy | null;
  override: boolean;
  readonly refusedAnswers: RefusedAnswer[];
  repeats: number;
  roads: readonly RoadPlan[];
};

/** What has to be said of a decision when it is made; the rest follows from the instant. */
export type NewDecision = Pick<OpenDecision, 'kind' | 'symbol' | 'cause' | 'recommended' | 'chosen'> &
  Partial<Pick<OpenDecision, 'id' | 'intent' | 'stamp' | 'snapshot' | 'roads'>>;
