import { type Figure, figure, missing } from '#domain/statistics/figure';
import { deviation, mean, neverVaries } from '#domain/statistics/moments';
import { type Annual, excessOf, tradingDays } from '#domain/statistics/returns/annual';
import type { Returns } from '#domain/statistics/returns/returns';

/** Mean over standard deviation (n − 1) of the excess returns of one period. */
export function periodSharpe(excess: readonly number[]): Figure {
  if (excess.length < 2) return missing('too_few');
  if (neverVaries(excess)) return missing('no_variation');
  const spread = deviation(excess);
  return spread.value === null ? spread : figure(mean(excess) / spread.value);
}

/** Sharpe's ratio by the year: that of one period times the square root of the periods of a year (Sharpe 1994). */
export function sharpeRatio(returns: Returns, annual: Annual = tradingDays): Figure {
  const each = periodSharpe(excessOf(returns, annual));
  return each.value === null ? each : figure(each.value * Math.sqrt(annual.periodsAYear));
}
