import { type Figure, figure, missing } from '#domain/statistics/figure';
import { sumOf } from '#domain/statistics/moments';
import { type Annual, freeOf, tradingDays } from '#domain/statistics/returns/annual';
import type { Returns } from '#domain/statistics/returns/returns';

/**
 * The target downside deviation by the year: squares of what falls short of the target, over all n returns and not only over
 * those below (Sortino and van der Meer 1991). The target is the risk-free.
 */
export function downsideDeviation(returns: Returns, annual: Annual = tradingDays): Figure {
  const free = freeOf(annual);
  const squares = sumOf(returns, (one) => (one < free ? (one - free) * (one - free) : 0));
  return figure(Math.sqrt(squares / returns.length) * Math.sqrt(annual.periodsAYear));
}

/** What the mean makes beyond the target by the year (not compounded), over the downside deviation. */
export function sortinoRatio(returns: Returns, annual: Annual = tradingDays): Figure {
  const downside = downsideDeviation(returns, annual);
  if (downside.value === null) return downside;
  if (downside.value === 0) return missing('no_downside');
  const free = freeOf(annual);
  return figure(((sumOf(returns, (one) => one - free) / returns.length) * annual.periodsAYear) / downside.value);
}
