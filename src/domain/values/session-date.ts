import { assert } from '#domain/values/assert';
import type { Branded } from '#domain/values/branded';

/** The exchange's own calendar date of a session, "2018-03-12". Sorts as text. */
export type SessionDate = Branded<string, 'session_date'>;

const shape = /^(\d{4})-(\d\d)-(\d\d)$/;

/** `null` when the text is not a real date of the Gregorian calendar. */
export function parseSessionDate(text: string): SessionDate | null {
  const match = shape.exec(text);
  if (match === null) return null;
  const day = dayFromCivil(Number(match[1]), Number(match[2]), Number(match[3]));
  return dateOfDay(day) === text ? (text as SessionDate) : null;
}

/** Days since 1970-01-01. Howard Hinnant's days_from_civil: exact for every Gregorian date. */
export function dayFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export type Civil = { readonly year: number; readonly month: number; readonly day: number };

/** The inverse of `dayFromCivil`. */
export function civilFromDay(dayNumber: number): Civil {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

const two = (n: number): string => String(n).padStart(2, '0');

export function dateOfDay(dayNumber: number): SessionDate {
  const { year, month, day } = civilFromDay(dayNumber);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` as SessionDate;
}

/** Days since 1970-01-01 of a session's date. */
export function dayOf(date: SessionDate): number {
  const match = shape.exec(date);
  assert(match !== null, `a session date is YYYY-MM-DD, was ${date}`);
  return dayFromCivil(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (dayNumber: number): number => (((dayNumber + 4) % 7) + 7) % 7;

/** Weeks since 1970, each from Monday; 1970-01-01 was a Thursday. */
export const weekOf = (date: SessionDate): number => Math.floor((dayOf(date) + 3) / 7);

/** The Monday of its week. */
export const mondayOf = (date: SessionDate): SessionDate => dateOfDay(weekOf(date) * 7 - 3);
