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
  | { readonly kind: 'failed'; readonly problem: BarProblem };

/** A session was taken: one more may be loaded ahead. */
export type ToLoader = { readonly kind: 'taken' };

/** So many sessions are held loaded and not yet taken. */
export const SESSIONS_AHEAD = 3;
