import { inForce } from '#domain/market/dated';
import { usDaylightSaving } from '#domain/market/us/daylight-saving';
import { dayInYear } from '#domain/market/yearly-day';
import { assert } from '#domain/values/assert';
import { DAY_MS, type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { civilFromDay, dateOfDay, dayOf, type SessionDate } from '#domain/values/session-date';

/** Minutes east of UTC in New York on a date; the hours before 02:00 of the two Sundays of change are told as the rest of the day. */
function newYorkOffset(date: SessionDate): number {
  const found = inForce(usDaylightSaving, date);
  assert(found.ok, `New York has a clock on ${date}`);
  const { starts, ends, standardOffset, daylightOffset } = found.value;
  const day = dayOf(date);
  const { year } = civilFromDay(day);
  return dayInYear(starts, year) <= day && day < dayInYear(ends, year) ? daylightOffset : standardOffset;
}

/** Date and minute of the day in New York. */
export function newYork(at: Instant): { readonly date: SessionDate; readonly minute: number; readonly offset: number } {
  const winter = dateOfDay(Math.floor((at - 5 * 60 * MINUTE_MS) / DAY_MS));
  const offset = newYorkOffset(winter);
  const local = at + offset * MINUTE_MS;
  const day = Math.floor(local / DAY_MS);
  return { date: dateOfDay(day), minute: Math.floor((local - day * DAY_MS) / MINUTE_MS), offset };
}

/** An instant of a date by the clock of New York. */
export const newYorkAt = (date: SessionDate, minute: number): Instant =>
  instant(dayOf(date) * DAY_MS + (minute - newYorkOffset(date)) * MINUTE_MS);
