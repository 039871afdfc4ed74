import { unreachable } from '#domain/values/assert';
import { dayFromCivil, weekdayOf } from '#domain/values/session-date';

/** A day that comes once a year; weekday 0 is Sunday, `plus` counts days from the day described. */
export type YearlyDay =
  | { readonly kind: 'fixed'; readonly month: number; readonly day: number }
  | { readonly kind: 'nth_weekday'; readonly month: number; readonly weekday: number; readonly nth: number | 'last'; readonly plus: number }
  | { readonly kind: 'easter'; readonly plus: number };

/** Days since 1970-01-01 of the day in that year. */
export function dayInYear(falls: YearlyDay, year: number): number {
  switch (falls.kind) {
    case 'fixed':
      return dayFromCivil(year, falls.month, falls.day);
    case 'nth_weekday':
      return nthWeekday(falls, year) + falls.plus;
    case 'easter':
      return easterSunday(year) + falls.plus;
    default:
      return unreachable(falls);
  }
}

function nthWeekday({ month, weekday, nth }: { month: number; weekday: number; nth: number | 'last' }, year: number): number {
  if (nth === 'last') {
    const end = (month === 12 ? dayFromCivil(year + 1, 1, 1) : dayFromCivil(year, month + 1, 1)) - 1;
    return end - ((weekdayOf(end) - weekday + 7) % 7);
  }
  const first = dayFromCivil(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7;
}

/** The Gregorian computus in its form without exceptions (Butcher 1876, Meeus). */
function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const moon = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moon + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const marchDays = epact + toSunday - 7 * late + 114;
  return dayFromCivil(year, Math.floor(marchDays / 31), (marchDays % 31) + 1);
}
