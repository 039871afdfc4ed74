import type { Branded } from '#domain/values/branded';
import { DAY_MS, type Instant } from '#domain/values/instant';
import { civilFromDay, dateOfDay, dayFromCivil, type SessionDate } from '#domain/values/session-date';

/** A calendar month in UTC, "2026-11". */
export type Month = Branded<string, 'month'>;

export function parseMonth(text: string): Month | null {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && text >= '1970-01' ? (text as Month) : null;
}

export const monthOf = (at: Instant): Month => dateOfDay(Math.floor(at / DAY_MS)).slice(0, 7) as Month;

/** Days since 1970 of its first day, and how many it has. */
export function daysOf(month: Month): { readonly first: number; readonly count: number } {
  const first = dayFromCivil(Number(month.slice(0, 4)), Number(month.slice(5)), 1);
  const later = civilFromDay(first + 31);
  return { first, count: dayFromCivil(later.year, later.month, 1) - first };
}

/** How much of it has passed: milliseconds, from none to all. */
export function passedOf(month: Month, now: Instant): { readonly ms: number; readonly of: number } {
  const { first, count } = daysOf(month);
  const of = count * DAY_MS;
  return { ms: Math.min(of, Math.max(0, now - first * DAY_MS)), of };
}

export const firstDateOf = (month: Month): SessionDate => dateOfDay(daysOf(month).first);

export const dateAt = (at: Instant): SessionDate => dateOfDay(Math.floor(at / DAY_MS));
