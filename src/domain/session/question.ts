import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { SymbolIndex } from '#domain/values/symbol';

/** Who holds the pen: the rules alone, or a person who is asked at each decision point. */
export type Control = 'autonomous' | 'supervised';

/** What a question is about. A place in these lists is the number in the journal and never changes. */
export const questionSubjects = ['entry', 'loss_warning', 'time_stop'] as const;
export type QuestionSubject = (typeof questionSubjects)[number];

export const choices = ['enter', 'decline', 'hold', 'close_losers', 'close_all', 'close', 'keep'] as const;
export type Choice = (typeof choices)[number];

/** Why a person went another way than the system: a code to count by, beside the free text. */
export const reasonCodes = [
  'news_doubt',
  'price_action',
  'market_context',
  'liquidity',
  'risk_too_high',
  'conviction',
  'data_doubt',
  'other',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** One way to go and what it means. Money in 1e-4; null where it does not apply or cannot be known. */
export type Option = {
  readonly choice: Choice;
  /** What it takes from the free cash; negative when it gives some back. */
  readonly cash: Cash;
  /** How it changes what is at risk; negative when it gives risk back. */
  readonly risk: Cash;
  /** P&L if the stops fill at their prices, and if the targets do; null when there is none. */
  readonly atStop: Cash | null;
  readonly atTarget: Cash | null;
};

/** What a person is asked. Its name is the sequence of its entry in the journal. */
export type Question = {
  readonly subject: QuestionSubject;
  /** Sequence of the intent it is about, 0 for one about the whole book. */
  readonly intent: number;
  readonly symbol: SymbolIndex | null;
  readonly shares: number;
  /** The last price, or for an entry its limit; 0 for one about the whole book. */
  readonly price: Price | 0;
  /** SHA-256 of the exact terms; an answer must name it. */
  readonly terms: string;
  /** The first instant at which an answer is too late. */
  readonly deadline: Instant;
  readonly options: readonly Option[];
  /** What the rules would do. */
  readonly recommended: Choice;
  /** What happens when nobody answers: never new risk. */
  readonly whenSilent: Choice;
};

/** How a question ended. */
export const settlements = ['answered', 'expired', 'withdrawn'] as const;
export type Settlement = (typeof settlements)[number];
