import { newYork } from '#domain/market/new-york';
import { formatInstant, type Instant, MINUTE_MS } from '#domain/values/instant';
import { dayOf, weekdayOf } from '#domain/values/session-date';

const two = (n: number): string => String(n).padStart(2, '0');

/** Money as people read it at night: "-$1,500.25", to the cent. */
export function dollars(e4: number): string {
  const cents = Math.round(Math.abs(e4) / 100);
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${e4 < 0 && cents > 0 ? '-' : ''}$${whole}.${two(cents % 100)}`;
}

/** With its sign also where it is a gain. */
export const signedDollars = (e4: number): string => (e4 > 0 ? `+${dollars(e4)}` : dollars(e4));

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** "45 s", "3 min", "2 h 5 min". */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 120) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** 1987-01-02. */
const FIRST_CLOCK = 536_544_000_000;

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** "Mon 2026-03-16 10:34:05 New York (14:34:05 UTC)". */
export function bothTimes(at: Instant): string {
  // Before that the clock of New York had other rules: nothing happened then, and a wrong time must not keep an alert from being told.
  if (at < FIRST_CLOCK) return formatInstant(at);
  const { date } = newYork(at);
  return `${weekdays[weekdayOf(dayOf(date))]} ${date} ${newYorkTime(at)} New York (${formatInstant(at).slice(11, 19)} UTC)`;
}

/** "2026-03-16 10:34:05" in New York. */
export const newYorkStamp = (at: Instant): string => (at < FIRST_CLOCK ? formatInstant(at) : `${newYork(at).date} ${newYorkTime(at)}`);

/** "10:34:05" in New York. */
export function newYorkTime(at: Instant): string {
  if (at < FIRST_CLOCK) return formatInstant(at).slice(11, 19);
  const { minute } = newYork(at);
  const second = Math.floor(at / 1000) - Math.floor(at / MINUTE_MS) * 60;
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(second)}`;
}

/** A word of the journal as people read it. */
export const spaced = (word: string): string => word.replaceAll('_', ' ');
