import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { DAY_MS, type Instant } from '#domain/values/instant';
import { dateOfDay, type SessionDate } from '#domain/values/session-date';
import { Failure } from '#main/commands/failure';

/** New York is four or five hours behind; whoever is five behind is never a day ahead. */
const BEHIND_MS = 5 * 3_600_000;

/** The session that is on, or comes next: one whose close lies after the instant. */
export function sessionFrom(at: Instant): Session {
  const date = dateOfDay(Math.floor((at - BEHIND_MS) / DAY_MS));
  const today = usCalendar.session(date);
  return today.ok && today.value.close > at ? today.value : sessionAfter(date);
}

export function sessionAfter(date: SessionDate): Session {
  const next = usCalendar.nextSession(date);
  if (!next.ok) throw new Failure('badInput', `the calendar of this version ends on ${next.problem.to}; install a newer one`);
  return next.value;
}

/** The sessions before a date that are to be taught: those after `known`, at most so many. */
export function sessionsToTeach(date: SessionDate, { known, most }: { known: SessionDate | null; most: number }): readonly Session[] {
  const sessions: Session[] = [];
  for (let before = usCalendar.previousSession(date); before.ok && sessions.length < most; ) {
    if (known !== null && before.value.date <= known) break;
    sessions.unshift(before.value);
    before = usCalendar.previousSession(before.value.date);
  }
  return sessions;
}
