import { HISTORY_SESSIONS_MAX, HISTORY_SESSIONS_MIN } from '#domain/history';
import type { SessionDate } from '#domain/values/session-date';

/**
 * How many sessions before `from` teach the averages. `auto` takes them only when the range itself is too short to: a
 * longer range builds its history from its own first sessions, so that its result depends on nothing outside of it.
 */
export type Teaching = { readonly from: SessionDate; readonly history: 'auto' | number };

/** The sessions from the first that teaches on; `available` is in order and ends where the range ends. */
export function withTeaching(available: readonly SessionDate[], { from, history }: Teaching): readonly SessionDate[] {
  const first = available.findIndex((date) => date >= from);
  if (first < 0) return [];
  const own = available.length - first;
  const wanted = history === 'auto' ? (own > HISTORY_SESSIONS_MIN ? 0 : HISTORY_SESSIONS_MAX) : history;
  return available.slice(Math.max(0, first - wanted));
}
