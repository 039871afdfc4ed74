import type { Frame } from '#domain/events/frame';
import type { Instant } from '#domain/values/instant';

/** 1 when the target was touched first, −1 when the stop was, 0 when the session ended before either. */
export type BarrierLabel = 1 | 0 | -1;

/** Raised when what a label says changes: rows of two versions are two data sets. */
export const LABEL_VERSION = 1;

export type Barriers = {
  readonly entered: Instant;
  readonly stop: number;
  readonly target: number;
  readonly column: number;
  /** It was stopped within the bar of its entry, as its fills tell. */
  readonly stoppedAtOnce: boolean;
};

/**
 * Which barrier the bars after the one of the entry met first. As with fills, a touch is enough for the stop, the target
 * has to be traded through, and a bar that does both is a stop. `frames` reach to the close.
 */
export function barrierLabel({ entered, stop, target, column, stoppedAtOnce }: Barriers, frames: readonly Frame[]): BarrierLabel {
  if (stoppedAtOnce) return -1;
  for (const { start, regular, volume, high, low } of frames) {
    if (!regular || start <= entered || (volume[column] ?? -1) < 0) continue;
    if ((low[column] as number) <= stop) return -1;
    if ((high[column] as number) > target) return 1;
  }
  return 0;
}
