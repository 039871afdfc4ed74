import type { Instant } from '#domain/values/instant';

/** The time of the outside, and waiting in it. Adapters are handed one, so that no test has to wait. */
export type Clock = {
  now(): Instant;
  /** Ends early, without an error, when `stop` is told. */
  sleep(ms: number, stop?: AbortSignal): Promise<void>;
};
