import type { SessionDate } from '#domain/values/session-date';
import { BarsFailed } from '#main/bars/bar-problem';

/** Throws unless the date is the next one of the sessions. */
export function checkNext(date: SessionDate, next: SessionDate | null, sessions: readonly SessionDate[]): void {
  if (date === next) return;
  if (sessions.includes(date)) throw new BarsFailed({ kind: 'out_of_order', date, next });
  throw new BarsFailed({ kind: 'unknown_session', date, first: sessions[0] ?? null, last: sessions.at(-1) ?? null });
}
