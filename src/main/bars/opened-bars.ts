import type { FaultTally } from '#adapters/files/refused-rows';
import type { BarSource } from '#engine/ports/bar-source';

/** A source together with what was refused on the way: a row is in a grid or in `refused`. */
export type OpenedBars = {
  readonly source: BarSource;
  /** Files whose date is no session. */
  readonly skipped: readonly string[];
  /** Earlier sessions that lie there and are not asked for. */
  readonly unused: number;
  /** Rows refused in the sessions loaded so far, by fault. */
  refused(): readonly FaultTally[];
};
