import { quantile } from '#domain/statistics/quantile';
import type { Annual } from '#domain/statistics/returns/annual';
import { dayOf, parseSessionDate } from '#domain/values/session-date';
import type { DatedReturns } from '#main/metrics/read-series';

/** A year by the calendar may be so many times longer or shorter than its count of periods says: an asset that never closes is 1.4 times. */
const YEAR_TIMES = 2;
/** Dates of fewer returns say nothing of how often they come. */
const FEWEST = 5;
/** Half of all periods moving by more than this: no strategy of days or months does, a file in percent does. */
const HALF_BEYOND = 0.1;

const DAYS_A_YEAR = 365.25;

/** What speaks against the way in which a file was read; every annual figure hangs on it. */
export function seriesCautions({ dates, returns }: Pick<DatedReturns, 'dates' | 'returns'>, { periodsAYear }: Annual): readonly string[] {
  const said: string[] = [];
  const years = yearsOf(dates);
  const counted = returns.length / periodsAYear;
  if (returns.length >= FEWEST && (years > counted * YEAR_TIMES || years * YEAR_TIMES < counted))
    said.push(
      `the dates cover ${years.toFixed(2)} years, and ${returns.length} returns at ${periodsAYear} a year are ${counted.toFixed(2)}: annual figures are wrong unless --periods says how many make a year`,
    );
  const middle = quantile(
    returns.map((one) => Math.abs(one)),
    0.5,
  );
  if (middle > HALF_BEYOND)
    said.push(`half of the returns are beyond ${(100 * middle).toFixed(0)} % of a period: if the file is in percent give --percent`);
  return said;
}

/** From the first day to the last, both counted. */
function yearsOf(dates: readonly string[]): number {
  const [first, last] = [dates[0], dates.at(-1)].map((date) => parseSessionDate((date ?? '').slice(0, 10)));
  return first == null || last == null ? 0 : (dayOf(last) - dayOf(first) + 1) / DAYS_A_YEAR;
}
