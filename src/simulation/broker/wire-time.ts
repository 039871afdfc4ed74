import { newYork } from '#domain/market/new-york';
import { DAY_MS, type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { civilFromDay, type SessionDate } from '#domain/values/session-date';

const two = (n: number): string => String(n).padStart(2, '0');

/** Six digits below the millisecond that a reader has to cut off: always the same for the same instant. */
const below = (at: Instant): string => String((((at % 999_983) + 999_983) * 7919) % 1_000_000).padStart(6, '0');

function civilText(localMs: number, gap: string): string {
  const day = Math.floor(localMs / DAY_MS);
  const { year, month, day: dayOfMonth } = civilFromDay(day);
  const ms = localMs - day * DAY_MS;
  const seconds = Math.floor(ms / 1000);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${year}-${two(month)}-${two(dayOfMonth)}${gap}${clock}.${String(ms - seconds * 1000).padStart(3, '0')}`;
}

/** "2026-10-08T15:10:18.097123456Z": nine digits, as the broker writes them. */
export const utcText = (at: Instant): string => `${civilText(at, 'T')}${below(at)}Z`;

/** The same with the offset of New York. */
export function easternText(at: Instant): string {
  const { offset } = newYork(at);
  return `${civilText(at + offset * MINUTE_MS, 'T')}${below(at)}-${two(-offset / 60)}:00`;
}

/** To the second with the offset of New York, as the clock and the calendar write it. */
export const easternSecond = (at: Instant): string => easternText(instant(at - (((at % 1000) + 1000) % 1000))).replace(/\.\d+/, '');

/** "20261008111018097": an activity's id begins with the time of New York. */
export const activityStamp = (at: Instant): string => civilText(at + newYork(at).offset * MINUTE_MS, 'T').replace(/\D/g, '');

export const minuteText = (minute: number, gap: string): string => `${two(Math.floor(minute / 60))}${gap}${two(minute % 60)}`;

export const dateOf = (at: Instant): SessionDate => newYork(at).date;
