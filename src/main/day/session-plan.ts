import { type Closed, type UnknownDate, usCalendar } from '#domain/market/calendar';
import type { NoRule } from '#domain/market/dated';
import { feeSchedule } from '#domain/market/fees';
import type { Session } from '#domain/market/session-table';
import { tickRuleOn } from '#domain/market/ticks';
import { fail, ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';

/** A name may be a candidate after this many earlier sessions; up to twenty teach. Source: mission, section 2. */
const HISTORY_MIN = 5;
const HISTORY_MAX = 20;

export type PlannedSession = { readonly session: Session; readonly history: boolean };

export type PlanProblem =
  | { readonly kind: 'no_sessions'; readonly from: SessionDate; readonly to: SessionDate; readonly available: readonly SessionDate[] }
  | UnknownDate
  | Closed
  | NoRule;

export type PlanQuestion = {
  readonly available: readonly SessionDate[];
  readonly from: SessionDate;
  readonly to: SessionDate;
  /**
   * How many sessions before `from` teach the averages. `auto` takes them only when the range itself is too short to: a
   * longer range builds its history from its own first sessions, so that its result depends on nothing outside of it.
   */
  readonly history: 'auto' | number;
};

export type SessionPlan = {
  readonly sessions: readonly PlannedSession[];
  /** Earlier sessions that lie there and are not used. */
  readonly unusedHistory: number;
};

/** Which of the sessions that lie there are run, and which only teach; each with every dated rule that it will need. */
export function planSessions({ available, from, to, history }: PlanQuestion): Result<SessionPlan, PlanProblem> {
  const traded = available.filter((date) => from <= date && date <= to);
  if (traded.length === 0) return fail({ kind: 'no_sessions', from, to, available });
  const earlier = available.filter((date) => date < from);
  const wanted = history === 'auto' ? (traded.length > HISTORY_MIN ? 0 : HISTORY_MAX) : history;
  const teaching = wanted === 0 ? [] : earlier.slice(-wanted);
  const sessions: PlannedSession[] = [];
  for (const date of [...teaching, ...traded]) {
    const session = usCalendar.session(date);
    if (!session.ok) return session;
    const ticks = tickRuleOn(date);
    if (!ticks.ok) return ticks;
    const fees = feeSchedule(date);
    if (!fees.ok) return fees;
    sessions.push({ session: session.value, history: date < from });
  }
  return ok({ sessions, unusedHistory: earlier.length - teaching.length });
}
