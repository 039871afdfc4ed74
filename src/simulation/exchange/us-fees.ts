import { chargeFill, feeSchedule, startDayFees } from '#domain/market/fees';
import { assert } from '#domain/values/assert';
import type { SessionDate } from '#domain/values/session-date';
import type { ChargeFees } from '#simulation/exchange/account';

/** The regulatory fees of one account's day in the United States. A date without a schedule is an error, never free. */
export function usFeesOf(date: SessionDate): ChargeFees {
  const schedule = feeSchedule(date);
  assert(schedule.ok, `the fees of ${date} are known`);
  let running = startDayFees(schedule.value);
  return (fill) => {
    const charged = chargeFill(running, fill);
    running = charged.running;
    return charged.fees;
  };
}
