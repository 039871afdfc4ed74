import type { Instant } from '#domain/values/instant';

/** What the answer says about waiting: `Retry-After` in seconds or as a date, or Alpaca's reset in Unix seconds. */
export function waitWanted(headers: Headers, now: Instant): number | null {
  const after = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(after)) return Number(after) * 1000;
  const date = after === '' ? Number.NaN : Date.parse(after);
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const reset = headers.get('x-ratelimit-reset')?.trim() ?? '';
  return /^\d{9,11}$/.test(reset) ? Math.max(0, Number(reset) * 1000 - now) : null;
}
