import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';

/** When a headline came out: to the second, or only by its date. Never both. */
export type Published = { readonly publishedAt: Instant; readonly date: null } | { readonly publishedAt: null; readonly date: SessionDate };

/**
 * When the house could have read it. A date without a time may mean the last minute of that day, so such a headline is
 * known only when the next session starts; anything earlier would let a backtest read tomorrow's paper.
 */
export function knownFrom(headline: Published, nextSessionStart: (date: SessionDate) => Instant): Instant {
  return headline.publishedAt ?? nextSessionStart(headline.date);
}
