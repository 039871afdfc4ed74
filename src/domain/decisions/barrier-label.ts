import type { Frame } from '#domain/events/frame';
import type { Instant } from '#domain/values/instant';

/** 1 when the target was touched first, −1 when the stop was, 0 when the session ended before either. */
export type BarrierLabel = 1 | 0 | -1;

/** Raised when what a label says changes: rows of two versions are two data sets. */
export const LABEL_VERSION = 1;

export type Barriers = { readonly entered: Instant; readonly stop: number; readonly target: number; readonly column: number };

/**
 * Which barrier the bars after the one of the entry touched first. A bar that touches both is a stop: the worse outcome,
 * as everywhere else. `frames` reach to the close.
 */
export function barrierLabel({ entered, stop, target, column }: Barriers, frames: readonly Frame[]): BarrierLabel {
  for (const { start, regular, volume, high, low } of frames) {
    if (!regular || start <= entered || (volume[column] ?? -1) < 0) continue;
    if ((low[column] as number) <= stop) return -1;
    if ((high[column] as number) >= target) return 1;
  }
  return 0;
}
