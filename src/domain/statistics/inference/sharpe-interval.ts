import { normalQuantile } from '#domain/statistics/distributions/normal-distribution';
import type { Missing } from '#domain/statistics/figure';
import { standardError2012 } from '#domain/statistics/inference/probabilistic-sharpe';
import { sharpeSampleOf } from '#domain/statistics/inference/sharpe-sample';
import { type Annual, excessOf, tradingDays } from '#domain/statistics/returns/annual';
import type { Returns } from '#domain/statistics/returns/returns';
import type { Interval } from '#domain/statistics/wilson';

/** All by the year. */
export type SharpeInterval = { readonly sharpe: number; readonly standardError: number; readonly interval: Interval };

/**
 * Sharpe's ratio by the year and the interval that holds the true one with so much confidence: the ratio ± normal quantile ×
 * `standardError2012`, which knows skewness and fat tails and not that returns remember. Or why there is none.
 */
export function sharpeInterval(returns: Returns, annual: Annual = tradingDays, confidence = 0.95): SharpeInterval | Missing {
  const sample = sharpeSampleOf(excessOf(returns, annual));
  if (typeof sample === 'string') return sample;
  const year = Math.sqrt(annual.periodsAYear);
  const standardError = standardError2012(sample) * year;
  const half = normalQuantile((1 + confidence) / 2) * standardError;
  const sharpe = sample.sharpe * year;
  return { sharpe, standardError, interval: { low: sharpe - half, high: sharpe + half } };
}
