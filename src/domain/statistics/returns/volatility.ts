import { type Figure, figure } from '#domain/statistics/figure';
import { deviation } from '#domain/statistics/moments';
import { type Annual, tradingDays } from '#domain/statistics/returns/annual';
import type { Returns } from '#domain/statistics/returns/returns';

/** The standard deviation (n − 1) times the square root of the periods of a year. */
export function annualVolatility(returns: Returns, { periodsAYear }: Annual = tradingDays): Figure {
  const each = deviation(returns);
  return each.value === null ? each : figure(each.value * Math.sqrt(periodsAYear));
}
