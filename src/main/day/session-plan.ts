import { type Closed, type UnknownDate, usCalendar } from '#domain/market/calendar';
import type { NoRule } from '#domain/market/dated';
import { feeSchedule } from '#domain/market/fees';
import type { Session } from '#domain/market/session-table';
import { tickRuleOn } from '#domain/market/ticks';
import { fail, ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';

/** A session to be run; one of `history` only teaches. */
export type PlannedSession = { readonly session: Session; readonly history: boolean };

export type PlanProblem =
  | { readonly kind: 'no_sessions'; readonly from: SessionDate; readonly to: SessionDate; readonly available: readonly SessionDate[] }
  | UnknownDate
  | Closed
  | NoRule;

export type SessionRange = { readonly available: readonly SessionDate[]; readonly from: SessionDate; readonly to: SessionDate };

/** Sessions before `from` only teach. Makes sure that each has every dated rule that it will need: a missing one is an error. */
export function planSessions({ available, from, to }: SessionRange): Result<readonly PlannedSession[], PlanProblem> {
  if (!available.some((date) => from <= date && date <= to)) return fail({ kind: 'no_sessions', from, to, available });
  const sessions: PlannedSession[] = [];
  for (const date of available) {
    const session = usCalendar.session(date);
    if (!session.ok) return session;
    const ticks = tickRuleOn(date);
    if (!ticks.ok) return ticks;
    const fees = feeSchedule(date);
    if (!fees.ok) return fees;
    sessions.push({ session: session.value, history: date < from });
  }
  return ok(sessions);
}
