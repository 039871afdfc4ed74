import type { PatternKind } from '#domain/patterns/setup';
import type { Settings } from '#domain/settings';
import type { SessionDate } from '#domain/values/session-date';

/** What a run itself tells: with what it began, and what its state was worth at each close. */
export type RunEvent =
  | {
      readonly kind: 'run_started';
      readonly settings: Settings;
      /** What is simulated: the market too, or only the exchange and the broker; of a live market whatever `account_opened` says. */
      readonly source: 'simulated_market' | 'recorded_market' | 'live_market';
      readonly version: string;
    }
  /** How setups of a pattern ended that earlier journals tell of, all before this run begins. */
  | {
      readonly kind: 'record_taught';
      readonly pattern: PatternKind;
      readonly count: number;
      readonly won: number;
      readonly sumR: number;
      readonly sumSquaresR: number;
    }
  /** SHA-256 of the state of all services, in hex. */
  | { readonly kind: 'state_hashed'; readonly date: SessionDate; readonly hash: string };
