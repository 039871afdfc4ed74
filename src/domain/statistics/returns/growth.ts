import { type Figure, figure } from '#domain/statistics/figure';
import { type Annual, tradingDays } from '#domain/statistics/returns/annual';
import type { Returns } from '#domain/statistics/returns/returns';

/** What one unit becomes when every return is compounded, less that unit. */
export const cumulativeReturn = (returns: Returns): Figure => figure(grown(returns) - 1);

/** The compound growth of a year: the growth of n periods to the power `periodsAYear` / n, less 1. */
export function annualReturn(returns: Returns, { periodsAYear }: Annual = tradingDays): Figure {
  return figure(Math.exp((Math.log(grown(returns)) * periodsAYear) / returns.length) - 1);
}

function grown(returns: Returns): number {
  let equity = 1;
  for (const one of returns) equity *= 1 + one;
  return equity;
}
