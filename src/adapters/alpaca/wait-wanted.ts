import type { Instant } from '#domain/values/instant';

/** The window of the rate limit: nothing longer is believed, and without a word of it this is how long it lasts at most. */
export const WINDOW_MS = 60_000;
const UNSAID_MS = 5_000;

/**
 * How long a refused rate wants to be left alone, from Retry-After (seconds) or X-RateLimit-Reset (Unix seconds). Headers
 * that are missing or make no sense give a short wait; none can make it longer than the window.
 */
export function waitWanted(headers: Readonly<Record<string, string>>, now: Instant): number {
  const seconds = wholeIn(headers, 'retry-after');
  if (seconds !== null) return Math.min(WINDOW_MS, seconds * 1000);
  const reset = wholeIn(headers, 'x-ratelimit-reset');
  if (reset === null || reset * 1000 <= now) return UNSAID_MS;
  return Math.min(WINDOW_MS, reset * 1000 - now);
}

/** A header that is a whole number of at most ten digits. */
export function wholeIn(headers: Readonly<Record<string, string>>, name: string): number | null {
  const text = headers[name]?.trim() ?? '';
  return /^\d{1,10}$/.test(text) ? Number(text) : null;
}
