import type { Settings } from '#domain/settings';
import type { SessionDate } from '#domain/values/session-date';

/** What the engine itself writes: with what a run began, and what its state was worth at each close. */
export type RunEvent =
  | {
      readonly kind: 'run_started';
      readonly settings: Settings;
      /** What is simulated: the market too, or only the exchange and the broker. */
      readonly source: 'simulated_market' | 'recorded_market';
      readonly version: string;
    }
  /** SHA-256 of the state of all services, in hex. */
  | { readonly kind: 'state_hashed'; readonly date: SessionDate; readonly hash: string };
