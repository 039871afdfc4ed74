import type { Feature } from '#domain/decisions/feature';
import type { Judgement, Road } from '#domain/decisions/judgement';
import type { Regime } from '#domain/decisions/regime';
import type { SettingsStamp } from '#domain/events/decision';
import type { DropReason, NearbyLevel, StageEvent } from '#domain/events/funnel';
import type { RequestFault } from '#domain/events/request';
import type { Refusal } from '#domain/risk/refusal';
import type { HaltReason, StopLevel } from '#domain/risk/stop-level';
import type { Choice, ReasonCode, Settlement } from '#domain/session/question';
import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex } from '#domain/values/symbol';

/** What a decision was about; the places never change. */
export const decisionKinds = ['candidate', 'entry', 'loss_warning', 'time_stop', 'close', 'halt'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** Where a position stands beside the level nearest to its price, as the last scan that looked at it said. */
export type TechnicalContext = { readonly level: NearbyLevel; readonly atSupport: boolean; readonly availableAt: Instant };

export type HeldPosition = {
  readonly symbol: SymbolIndex;
  readonly shares: number;
  /** Mean price that was paid, and the last price, in 1e-4. */
  readonly entry: number;
  readonly price: number;
  readonly unrealised: Cash;
  readonly minutes: number;
  /** From when on the price could be known. */
  readonly availableAt: Instant;
  readonly sentiment: { readonly value: number; readonly availableAt: Instant } | null;
  readonly technical: TechnicalContext | null;
};

/** What the market did by then. `spy` is null when SPY is not among the names; VIX is in no data that we have. */
export type MarketContext = {
  readonly spy: number | null;
  readonly vix: null;
  readonly sectors: readonly { readonly sector: string; readonly move: number; readonly names: number }[] | null;
  readonly regime: Regime;
  readonly availableAt: Instant;
};

/** What was known at that instant and nothing later. */
export type Snapshot = {
  readonly features: readonly Feature[];
  readonly positions: readonly HeldPosition[];
  readonly market: MarketContext;
  readonly dayPnl: Cash;
};

/** Why it was decided so, as the journal has it. */
export type DecisionCause =
  | { readonly kind: 'dropped'; readonly stage: StageEvent['kind']; readonly reasons: readonly DropReason[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'approved' }
  /** `acceptedBy` and `refusals` when somebody accepted an entry and the rules, looking again, then refused it. */
  | {
      readonly kind: 'asked';
      readonly deadline: Instant;
      readonly terms: string;
      readonly settlement: Settlement | null;
      readonly acceptedBy: ChosenBy | null;
      readonly refusals: readonly Refusal[];
    }
  | { readonly kind: 'warned'; readonly share: number; readonly limit: Cash }
  | { readonly kind: 'halted'; readonly reason: HaltReason; readonly level: StopLevel }
  | { readonly kind: 'requested' };

/** Who chose, when and why: 'rules', or a person or a program by name. */
export type ChosenBy = {
  readonly by: string;
  readonly at: Instant;
  readonly because: string;
  readonly code: ReasonCode | null;
};

/** An answer that did not count. */
export type RefusedAnswer = {
  readonly at: Instant;
  readonly by: string;
  readonly choice: Choice | null;
  readonly because: string;
  readonly fault: RequestFault;
  readonly detail: string;
};

/** One decision point with all that was known, all that could be done, and what became of each way to go. */
export type DecisionRecord = {
  /** Sequence of the entry that made it; the name is a part of it where one entry decides on many. */
  readonly id: string;
  readonly sequence: number;
  readonly at: Instant;
  readonly session: SessionDate;
  readonly minute: number;
  readonly kind: DecisionKind;
  readonly symbol: SymbolIndex | null;
  /** Sequence of the intent it is about; null where there is none. */
  readonly intent: number | null;
  readonly stamp: SettingsStamp;
  readonly snapshot: Snapshot;
  readonly cause: DecisionCause;
  readonly recommended: Choice;
  /** Null for a question that the journal does not see settled. */
  readonly chosen: Choice | null;
  readonly chosenBy: ChosenBy | null;
  readonly override: boolean;
  readonly refusedAnswers: readonly RefusedAnswer[];
  /** How often the same was decided of the name again in that session. */
  readonly repeats: number;
  readonly roads: readonly Road[];
  readonly judgement: Judgement;
};
