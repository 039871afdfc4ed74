import { type Figure, figure, missing } from '#domain/statistics/figure';
import { mean } from '#domain/statistics/moments';
import { quantile } from '#domain/statistics/quantile';
import type { Returns } from '#domain/statistics/returns/returns';

/** The size of the quantile of 95 % over that of 5 %: above 1, the good days are larger than the bad ones. */
export function tailRatio(returns: Returns): Figure {
  const low = Math.abs(quantile(returns, 0.05));
  return low === 0 ? missing('no_downside') : figure(Math.abs(quantile(returns, 0.95)) / low);
}

/** The loss of one period that is exceeded with probability `share`, from the series itself; a gain is a loss below zero. */
export const valueAtRisk = (returns: Returns, share = 0.05): Figure => figure(-quantile(returns, share));

/** The mean loss of the periods that are no better than the value at risk. */
export function expectedShortfall(returns: Returns, share = 0.05): Figure {
  const edge = quantile(returns, share);
  return figure(-mean(returns.filter((one) => one <= edge)));
}
