import { type DatedTable, holdsOn, inForce } from '#domain/market/dated';
import type { DaylightSaving } from '#domain/market/us/daylight-saving';
import type { HalfDayRule } from '#domain/market/us/half-days';
import type { HolidayRule } from '#domain/market/us/holidays';
import type { SessionHours } from '#domain/market/us/session-hours';
import type { SpecialClosure } from '#domain/market/us/special-closures';
import { dayInYear } from '#domain/market/yearly-day';
import { assert } from '#domain/values/assert';
import { DAY_MS, type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { civilFromDay, dateOfDay, dayOf, type SessionDate, weekdayOf } from '#domain/values/session-date';

/** One trading day. Instants bound the regular session and the hours around it; minutes are local minutes of the day. */
export type Session = {
  readonly date: SessionDate;
  readonly preOpen: Instant;
  readonly open: Instant;
  readonly close: Instant;
  readonly postClose: Instant;
  readonly preOpenMinute: number;
  readonly openMinute: number;
  readonly closeMinute: number;
  readonly postCloseMinute: number;
  readonly half: boolean;
  /** Minutes east of UTC on that date: −300 in winter, −240 in summer. */
  readonly utcOffsetMinutes: number;
};

/** What a market says of its days, each rule with its dates; `from` and `to` (inclusive) are the dates it answers for. */
export type CalendarFacts = {
  readonly from: SessionDate;
  readonly to: SessionDate;
  readonly hours: DatedTable<SessionHours>;
  readonly daylightSaving: DatedTable<DaylightSaving>;
  readonly holidays: readonly HolidayRule[];
  readonly specialClosures: readonly SpecialClosure[];
  readonly halfDays: readonly HalfDayRule[];
};

/** Which days are sessions. `next[day − firstDay]` is the place in `days` of the first session on or after that day. */
export type SessionTable = {
  readonly firstDay: number;
  readonly days: readonly number[];
  readonly next: Int32Array;
  readonly halfDays: ReadonlySet<number>;
  readonly specialDays: ReadonlySet<number>;
};

const SUNDAY = 0;
const SATURDAY = 6;

export const isWeekend = (day: number): boolean => weekdayOf(day) === SUNDAY || weekdayOf(day) === SATURDAY;

/** Sorts all covered days at once; some milliseconds, so it is done once per market. */
export function sessionTableOf(facts: CalendarFacts): SessionTable {
  const firstDay = dayOf(facts.from);
  const lastDay = dayOf(facts.to);
  const years = yearsOf(firstDay, lastDay);
  const specialDays = specialDaysOf(facts.specialClosures);
  const holidays = new Set(years.flatMap((year) => facts.holidays.map((rule) => holidayIn(rule, year))));
  const halfDays = new Set(years.flatMap((year) => facts.halfDays.map((rule) => halfDayIn(rule, year)).filter((day) => day !== null)));
  const days: number[] = [];
  const next = new Int32Array(lastDay - firstDay + 1);
  for (let day = firstDay; day <= lastDay; day++) {
    next[day - firstDay] = days.length;
    if (!isWeekend(day) && !specialDays.has(day) && !holidays.has(day)) days.push(day);
  }
  return { firstDay, days, next, halfDays, specialDays };
}

function yearsOf(firstDay: number, lastDay: number): readonly number[] {
  const first = civilFromDay(firstDay).year;
  return Array.from({ length: civilFromDay(lastDay).year - first + 1 }, (_, index) => first + index);
}

function specialDaysOf(closures: readonly SpecialClosure[]): ReadonlySet<number> {
  const days = new Set<number>();
  for (const { from, to } of closures) {
    assert(to !== null, `the special closure of ${from} has an end`);
    for (let day = dayOf(from as SessionDate); day < dayOf(to as SessionDate); day++) days.add(day);
  }
  return days;
}

/** The day on which the holiday is kept in that year, null when it is not. */
function holidayIn(rule: HolidayRule, year: number): number | null {
  const day = dayInYear(rule.falls, year);
  if (!holdsOn(rule, dateOfDay(day))) return null;
  if (weekdayOf(day) === SUNDAY) return day + 1;
  if (weekdayOf(day) === SATURDAY) return rule.saturday === 'kept_on_friday' ? day - 1 : null;
  return day;
}

function halfDayIn(rule: HalfDayRule, year: number): number | null {
  const day = dayInYear(rule.falls, year);
  return holdsOn(rule, dateOfDay(day)) && rule.weekdays.includes(weekdayOf(day)) ? day : null;
}

/** The session of a day that is known to be one. */
export function sessionOn(day: number, half: boolean, facts: CalendarFacts): Session {
  const date = dateOfDay(day);
  const found = inForce(facts.hours, date);
  assert(found.ok, `the calendar has hours for ${date}`);
  const hours = found.value;
  const closeMinute = half ? hours.halfCloseMinute : hours.closeMinute;
  const postCloseMinute = half ? hours.halfPostCloseMinute : hours.postCloseMinute;
  const utcOffsetMinutes = offsetOn(day, date, facts.daylightSaving);
  const at = (minute: number): Instant => instant(day * DAY_MS + (minute - utcOffsetMinutes) * MINUTE_MS);
  return {
    date,
    preOpen: at(hours.preOpenMinute),
    open: at(hours.openMinute),
    close: at(closeMinute),
    postClose: at(postCloseMinute),
    preOpenMinute: hours.preOpenMinute,
    openMinute: hours.openMinute,
    closeMinute,
    postCloseMinute,
    half,
    utcOffsetMinutes,
  };
}

function offsetOn(day: number, date: SessionDate, table: DatedTable<DaylightSaving>): number {
  const found = inForce(table, date);
  assert(found.ok, `the calendar has a clock for ${date}`);
  const { starts, ends, standardOffset, daylightOffset } = found.value;
  const { year } = civilFromDay(day);
  return dayInYear(starts, year) <= day && day < dayInYear(ends, year) ? daylightOffset : standardOffset;
}
