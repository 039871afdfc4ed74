import type { Frame } from '#domain/events/frame';
import { type Instant, MINUTE_MS } from '#domain/values/instant';

/** A vendor tells a minute within so long of its end. */
export const BARS_WITHIN_MS = 2_000;
/** A minute that is told later than this, by a process that slept or was kept from it for longer than that, is none to buy on. */
const LATE_MS = 5_000;
const SLEPT_MS = 1_000;

/** Whether a newer minute is over already, or the process has not been there when this one was due (E7). */
export function isLateMinute(frame: Frame, now: Instant, sleptMs: number): boolean {
  const lateMs = now - (frame.start + MINUTE_MS + BARS_WITHIN_MS);
  return lateMs >= MINUTE_MS || (lateMs > LATE_MS && sleptMs > SLEPT_MS);
}
