import type { Missing } from '#domain/statistics/figure';
import { kurtosis, skewness } from '#domain/statistics/moments';
import { periodSharpe } from '#domain/statistics/returns/sharpe-ratio';

/** What Sharpe inference needs of a series. The ratio is of ONE PERIOD, the kurtosis raw (3 for a normal distribution), n the periods. */
export type SharpeSample = {
  readonly sharpe: number;
  readonly n: number;
  readonly skewness: number;
  readonly kurtosis: number;
};

/** Below it the standard error of a ratio is rounding; only two numbers that come over and over get there. */
const VARIANCE_MIN = 1e-12;

/** Of a series of excess returns, or why there is none. */
export function sharpeSampleOf(excess: readonly number[]): SharpeSample | Missing {
  const [sharpe, third, fourth] = [periodSharpe(excess), skewness(excess), kurtosis(excess)];
  if (sharpe.value === null) return sharpe.missing;
  if (third.value === null) return third.missing;
  if (fourth.value === null) return fourth.missing;
  const sample = { sharpe: sharpe.value, n: excess.length, skewness: third.value, kurtosis: fourth.value };
  return mertensVariance(sample, sample.sharpe) < VARIANCE_MIN ? 'no_variation' : sample;
}

/**
 * How much wider than a normal series with a ratio of zero one with this ratio and these moments scatters: the bracket of Mertens
 * (2002), 1 − skew·SR + (kurtosis − 1)/4·SR², at the ratio that is given.
 */
export function mertensVariance({ skewness: third, kurtosis: fourth }: SharpeSample, at: number): number {
  return 1 - third * at + ((fourth - 1) / 4) * at * at;
}
