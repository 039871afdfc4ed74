import { type Closed, type UnknownDate, usCalendar } from '#domain/market/calendar';
import { inForce, type NoRule } from '#domain/market/dated';
import type { Session } from '#domain/market/session-table';
import { usSettlementCycles } from '#domain/market/us/settlement-cycles';
import { ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';

/** Sessions from trade to settlement: 3, 2 or 1. */
export function settlementDays(date: SessionDate): Result<number, NoRule> {
  const cycle = inForce(usSettlementCycles, date);
  return cycle.ok ? ok(cycle.value.days) : cycle;
}

/**
 * The session on which a trade of that session settles, counted in sessions by the cycle of the trade date. Bank
 * holidays on which the exchanges trade (Columbus Day, Veterans Day) are counted too, so it can be a day early there.
 */
export function settlesOn(date: SessionDate): Result<Session, NoRule | UnknownDate | Closed> {
  const days = settlementDays(date);
  if (!days.ok) return days;
  let session: Result<Session, UnknownDate | Closed> = usCalendar.session(date);
  for (let left = days.value; left > 0 && session.ok; left--) session = usCalendar.nextSession(session.value.date);
  return session;
}
