import { type CalendarFacts, isWeekend, type Session, type SessionTable, sessionOn, sessionTableOf } from '#domain/market/session-table';
import { usDaylightSaving } from '#domain/market/us/daylight-saving';
import { usHalfDays } from '#domain/market/us/half-days';
import { usHolidays } from '#domain/market/us/holidays';
import { usSessionHours } from '#domain/market/us/session-hours';
import { usSpecialClosures } from '#domain/market/us/special-closures';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import { dateOfDay, dayFromCivil, dayOf, type SessionDate } from '#domain/values/session-date';

/** The calendar does not answer for that date; `from` and `to` are the first and last that it answers for. */
export type UnknownDate = {
  readonly kind: 'date_not_covered';
  readonly date: SessionDate;
  readonly from: SessionDate;
  readonly to: SessionDate;
};

export type Closed = {
  readonly kind: 'market_closed';
  readonly date: SessionDate;
  readonly reason: 'weekend' | 'holiday' | 'special_closure';
};

/** The trading days of one market. Every answer takes the same short time, whatever the date. */
export type Calendar = {
  readonly from: SessionDate;
  readonly to: SessionDate;
  session(date: SessionDate): Result<Session, UnknownDate | Closed>;
  /** Sessions from `from` to `to`, both inclusive; neither needs to be a session. */
  sessionsBetween(from: SessionDate, to: SessionDate): Result<readonly Session[], UnknownDate>;
  /** The first session strictly after the date. */
  nextSession(date: SessionDate): Result<Session, UnknownDate>;
  /** The last session strictly before the date. */
  previousSession(date: SessionDate): Result<Session, UnknownDate>;
};

/** The calendar of a market. Its days are sorted at the first question; each session is made when it is first asked for. */
export function calendarOf(facts: CalendarFacts): Calendar {
  const { from, to } = facts;
  const made: Session[] = [];
  let built: SessionTable | null = null;
  const table = (): SessionTable => {
    built ??= sessionTableOf(facts);
    return built;
  };
  const uncovered = (date: SessionDate) => fail({ kind: 'date_not_covered', date, from, to });
  const covers = (date: SessionDate): boolean => from <= date && date <= to;
  /** Place of the first session on or after a covered day. */
  const placeOf = (day: number): number => table().next[day - table().firstDay] as number;
  /** Place of the first session strictly after a covered day. */
  const placeAfter = (day: number): number => (table().days[placeOf(day)] === day ? placeOf(day) + 1 : placeOf(day));

  function sessionAt(place: number): Session | undefined {
    const day = table().days[place];
    if (day === undefined) return undefined;
    made[place] ??= sessionOn(day, table().halfDays.has(day), facts);
    return made[place];
  }

  function session(date: SessionDate): Result<Session, UnknownDate | Closed> {
    if (!covers(date)) return uncovered(date);
    const day = dayOf(date);
    const found = sessionAt(placeOf(day));
    return found?.date === date ? ok(found) : fail({ kind: 'market_closed', date, reason: reasonOf(day, table()) });
  }

  function sessionsBetween(first: SessionDate, last: SessionDate): Result<readonly Session[], UnknownDate> {
    if (!covers(first)) return uncovered(first);
    if (!covers(last)) return uncovered(last);
    const days = table().days.slice(placeOf(dayOf(first)), placeAfter(dayOf(last)));
    return ok(days.flatMap((day) => sessionAt(placeOf(day)) ?? []));
  }

  function nextSession(date: SessionDate): Result<Session, UnknownDate> {
    if (!covers(date)) return uncovered(date);
    const found = sessionAt(placeAfter(dayOf(date)));
    return found === undefined ? uncovered(dateOfDay(dayOf(to) + 1)) : ok(found);
  }

  function previousSession(date: SessionDate): Result<Session, UnknownDate> {
    if (!covers(date)) return uncovered(date);
    const found = sessionAt(placeOf(dayOf(date)) - 1);
    return found === undefined ? uncovered(dateOfDay(dayOf(from) - 1)) : ok(found);
  }

  return { from, to, session, sessionsBetween, nextSession, previousSession };
}

function reasonOf(day: number, table: SessionTable): Closed['reason'] {
  if (isWeekend(day)) return 'weekend';
  return table.specialDays.has(day) ? 'special_closure' : 'holiday';
}

/** NYSE, Nasdaq and NYSE Arca. Holidays after 2026-07 follow the rules; a special closure can only be added once it is announced. */
export const usCalendar: Calendar = calendarOf({
  from: dateOfDay(dayFromCivil(2000, 1, 3)),
  to: dateOfDay(dayFromCivil(2028, 12, 31)),
  hours: usSessionHours,
  daylightSaving: usDaylightSaving,
  holidays: usHolidays,
  specialClosures: usSpecialClosures,
  halfDays: usHalfDays,
});

/** The local minute of the session's day in which the instant lies; below 0 or from 1440 on for another day. */
export const localMinuteOf = (session: Session, at: Instant): number => session.openMinute + Math.floor((at - session.open) / MINUTE_MS);

/** The instant at which that local minute of the session's day begins. */
export const minuteStart = (session: Session, minute: number): Instant => instant(session.open + (minute - session.openMinute) * MINUTE_MS);
