import { usCalendar } from '#domain/market/calendar';
import { dateOfDay } from '#domain/values/session-date';

/** `us`: the regular hours of the US exchanges; `day`: each date, as the file has it, from its first bar to its last. */
export type SessionRule = 'us' | 'day';

export type SessionPlace = { readonly day: number; readonly regular: boolean };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

type Hours = { readonly from: number; readonly to: number; readonly offset: number };
const hoursByDay = new Map<number, Hours>();

/** The hours of a day in local minutes, asked of the calendar once each. */
function hoursOf(day: number): Hours {
  const known = hoursByDay.get(day);
  if (known !== undefined) return known;
  const session = usCalendar.session(dateOfDay(day));
  const hours = session.ok
    ? { from: session.value.openMinute, to: session.value.closeMinute, offset: session.value.utcOffsetMinutes }
    : closedOn(day);
  hoursByDay.set(day, hours);
  return hours;
}

/** A day without a session still has a clock, that of the session before: early on a Saturday in UTC it is Friday evening. */
function closedOn(day: number): Hours {
  const before = usCalendar.previousSession(dateOfDay(day));
  return { from: 0, to: 0, offset: before.ok ? before.value.utcOffsetMinutes : 0 };
}

/** To which session a bar belongs that starts at a time, and whether within its regular hours. */
export function sessionOf(ms: number, timed: boolean, utc: boolean, rule: SessionRule): SessionPlace {
  const day = Math.floor(ms / DAY_MS);
  if (rule === 'day' || !timed) return { day, regular: true };
  const hours = hoursOf(day);
  const minute = Math.floor((ms - day * DAY_MS) / MINUTE_MS) + (utc ? hours.offset : 0);
  // The evening in New York is the next day in UTC, and still belongs to the day before.
  if (minute < 0) return { day: day - 1, regular: false };
  return { day, regular: minute >= hours.from && minute < hours.to };
}
