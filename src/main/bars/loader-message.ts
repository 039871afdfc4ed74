import type { FaultTally } from '#adapters/files/refused-rows';
import type { SessionDate } from '#domain/values/session-date';
import type { SessionBars } from '#engine/ports/bar-source';
import type { BarProblem } from '#main/bars/bar-problem';

/** What the loader's thread tells; arrays of bars are in shared memory and not copied. */
export type FromLoader =
  | {
      readonly kind: 'opened';
      readonly sessions: readonly SessionDate[];
      readonly skipped: readonly string[];
      readonly unused: number;
      readonly refused: readonly FaultTally[];
    }
  | { readonly kind: 'loaded'; readonly bars: SessionBars; readonly refused: readonly FaultTally[] }
  /** The taker may begin: all is loaded, or too much will come to wait for. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly problem: BarProblem };

/** A session was taken, so one more may be loaded ahead; or nothing more is wanted. */
export type ToLoader = { readonly kind: 'taken' } | { readonly kind: 'stop' };

/**
 * Room for sessions that are loaded and not yet taken: about ten of 284 names. A range that fits is loaded before it is
 * run: two threads and their compilers on two cores would only slow each other down while both are cold. A longer one
 * is loaded while it runs.
 */
const BYTES_AHEAD = 24 << 20;
const SESSIONS_AHEAD_MIN = 3;
const SESSIONS_AHEAD_MAX = 64;

export function sessionsAhead({ volume }: SessionBars): number {
  const bytes = 5 * volume.byteLength;
  return Math.min(SESSIONS_AHEAD_MAX, Math.max(SESSIONS_AHEAD_MIN, Math.floor(BYTES_AHEAD / Math.max(bytes, 1))));
}
