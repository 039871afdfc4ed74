import { type Figure, figure, missing } from '#domain/statistics/figure';
import { type Annual, tradingDays } from '#domain/statistics/returns/annual';
import { maxDrawdown } from '#domain/statistics/returns/drawdowns';
import { annualReturn } from '#domain/statistics/returns/growth';
import type { Returns } from '#domain/statistics/returns/returns';

/** The compound return of a year over the deepest drawdown, both of the whole series and not of the last three years. */
export function calmarRatio(returns: Returns, annual: Annual = tradingDays): Figure {
  const fall = maxDrawdown(returns);
  const growth = annualReturn(returns, annual);
  if (growth.value === null) return growth;
  return fall === 0 ? missing('no_drawdown') : figure(growth.value / fall);
}
