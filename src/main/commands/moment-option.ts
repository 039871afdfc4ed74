import { InvalidArgumentError } from 'commander';
import { usCalendar } from '#domain/market/calendar';
import { DAY_MS, MINUTE_MS } from '#domain/values/instant';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { dateOfDay, parseSessionDate, type SessionDate } from '#domain/values/session-date';

/** A local minute of the day in New York, with its day when one was given. */
export type Moment = { readonly date: SessionDate | null; readonly minute: number };

const MINUTES = 1440;
const shape = /^(?:(\d{4}-\d\d-\d\d)[T ])?(\d\d):(\d\d)$/;

/** Parser for commander of "10:15" and "2026-03-10T10:15", New York time, and of instants with a zone, "2026-03-10T14:15:00Z". */
export function momentOption(text: string): Moment {
  const moment = localMoment(text) ?? zonedMoment(text);
  if (moment === null)
    throw new InvalidArgumentError('Expected a minute of a session: 10:15 or 2026-03-10T10:15 in New York time, or 2026-03-10T14:15:00Z.');
  return moment;
}

function localMoment(text: string): Moment | null {
  const match = shape.exec(text);
  const [hour, minute] = [Number(match?.[2]), Number(match?.[3])];
  const day = match?.[1];
  const date = day === undefined ? null : parseSessionDate(day);
  if (match === null || hour > 23 || minute > 59 || (day !== undefined && date === null)) return null;
  return { date, minute: hour * 60 + minute };
}

/** The evening in New York is the next day in UTC. A day without a session has the clock of the session before. */
function zonedMoment(text: string): Moment | null {
  const at = parseRfc3339(text);
  if (at === null) return null;
  const day = Math.floor(at / DAY_MS);
  const own = usCalendar.session(dateOfDay(day));
  const session = own.ok ? own : usCalendar.previousSession(dateOfDay(day));
  if (!session.ok) return null;
  const minute = Math.floor((at - day * DAY_MS) / MINUTE_MS) + session.value.utcOffsetMinutes;
  return minute < 0 ? { date: dateOfDay(day - 1), minute: minute + MINUTES } : { date: dateOfDay(day), minute };
}
