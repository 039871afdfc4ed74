import { DAY_MS, type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { dayFromCivil, dayOf, parseSessionDate } from '#domain/values/session-date';

const shape = /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(Z|z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Years of four digits: a zone can carry a time beyond them, where nobody could write it down and read it again. */
const FIRST = dayFromCivil(1, 1, 1) * DAY_MS;
const END = dayFromCivil(10_000, 1, 1) * DAY_MS;

/** "2026-11-24T09:30:00.123456789-05:00" to the millisecond, the rest cut off; `null` without a zone, which would be a guess. */
export function parseRfc3339(text: string): Instant | null {
  const match = shape.exec(text);
  const date = match === null ? null : parseSessionDate(match[1] ?? '');
  if (match === null || date === null) return null;
  const [, , hours, minutes, seconds, fraction = '', zone = 'Z'] = match;
  const ms = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
  const at = dayOf(date) * DAY_MS + ms - offsetMinutes(zone) * MINUTE_MS;
  return FIRST <= at && at < END ? instant(at) : null;
}

function offsetMinutes(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}
