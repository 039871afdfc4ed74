import type { StopLevel } from '#domain/risk/stop-level';
import type { Choice, ReasonCode } from '#domain/session/question';
import type { SymbolIndex } from '#domain/values/symbol';

/** Who asks: a person by name, or a program in nobody's name. */
export type Asker = { readonly by: string; readonly from: 'person' | 'program' };

/** An answer to a question: `question` is the sequence of its entry, `terms` the hash that it showed. */
export type Answer = Asker & {
  readonly question: number;
  readonly terms: string;
  readonly choice: Choice;
  readonly because: string;
  readonly code: ReasonCode | null;
};

/** What a person or a program asks of the house; made at the door, told on by orchestration. */
export type Request =
  | ({ readonly kind: 'stop_trading'; readonly level: StopLevel; readonly because: string } & Asker)
  | ({ readonly kind: 'clear_stop'; readonly because: string } & Asker)
  /** `name` is a path such as limits.lossTodayMax, `value` the new value as JSON, in the settings' own units. */
  | ({ readonly kind: 'change_parameter'; readonly name: string; readonly value: string; readonly because: string } & Asker)
  /** `change` is the sequence of the pending change's entry. */
  | ({ readonly kind: 'confirm_parameter'; readonly change: number; readonly because: string } & Asker)
  | ({ readonly kind: 'answer_question' } & Answer)
  | ({ readonly kind: 'close_position'; readonly symbol: SymbolIndex; readonly because: string; readonly code: ReasonCode | null } & Asker);

/** Why the house does not do what was asked. A place in the list is the number in the journal and never changes. */
export const requestFaults = [
  'not_a_person',
  'no_reason',
  'nothing_to_clear',
  'ends_with_the_session',
  'unknown_parameter',
  'bad_value',
  'unknown_change',
  'no_position',
  'unknown_question',
  'already_answered',
  'too_late',
  'changed_terms',
  'unknown_choice',
  'not_permitted',
] as const;

export type RequestFault = (typeof requestFaults)[number];
