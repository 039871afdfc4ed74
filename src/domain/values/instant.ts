import { assert } from '#domain/values/assert';
import type { Branded } from '#domain/values/branded';
import { civilFromDay } from '#domain/values/session-date';

/** Milliseconds since 1970-01-01T00:00:00Z. The entry's instant is the only clock that the house ever sees. */
export type Instant = Branded<number, 'instant_ms'>;

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

export function instant(ms: number): Instant {
  assert(Number.isSafeInteger(ms), `an instant is a whole number of milliseconds, was ${ms}`);
  return ms as Instant;
}

/** The start of the minute in which it lies. */
export const minuteOf = (at: Instant): Instant => instant(Math.floor(at / MINUTE_MS) * MINUTE_MS);

const two = (n: number): string => String(n).padStart(2, '0');

/** ISO-8601 in UTC, "2018-03-12T13:30:00Z"; milliseconds are written only when there are any. */
export function formatInstant(at: Instant): string {
  const dayNumber = Math.floor(at / DAY_MS);
  const { year, month, day } = civilFromDay(dayNumber);
  const ms = at - dayNumber * DAY_MS;
  const seconds = Math.floor(ms / 1000);
  const rest = ms - seconds * 1000;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}${fraction}Z`;
}
