import { normalCdf } from '#domain/statistics/distributions/normal-distribution';
import { mertensVariance, type SharpeSample } from '#domain/statistics/inference/sharpe-sample';

/** A comparison of two ratios in standard errors, and the probability that the true one is above the other. */
export type Probability = { readonly z: number; readonly probability: number };

const probabilityOf = (z: number): Probability => ({ z, probability: normalCdf(z) });

/** The standard error of an observed ratio, at that ratio, over n − 1 periods (Bailey and López de Prado 2012). */
export const standardError2012 = (sample: SharpeSample): number => Math.sqrt(mertensVariance(sample, sample.sharpe) / (sample.n - 1));

/** The same over n (López de Prado, Lipton and Zoonekynd 2026). */
export const standardError2026 = (sample: SharpeSample): number => Math.sqrt(mertensVariance(sample, sample.sharpe) / sample.n);

/** How likely the true ratio is above `than`, with the standard error at the observed one (Bailey and López de Prado 2012). */
export const psr2012 = (sample: SharpeSample, than = 0): Probability => probabilityOf((sample.sharpe - than) / standardError2012(sample));

/**
 * The same with the standard error as it would be if the true ratio were `than`, and returns that remember: `rho` is their
 * correlation with the return before (López de Prado, Lipton and Zoonekynd 2026). It differs from the one above: never mix them.
 */
export function psr2026(sample: SharpeSample, than = 0, rho = 0): Probability {
  return probabilityOf((sample.sharpe - than) / Math.sqrt(nullVariance(sample, than, rho) / sample.n));
}

/** n times the variance of an estimate when the true ratio is `than`. */
export function nullVariance({ skewness, kurtosis }: SharpeSample, than: number, rho = 0): number {
  const once = rho / (1 - rho);
  const squared = (rho * rho) / (1 - rho * rho);
  const [a, b, c] = [1 + 2 * once, 1 + once + squared, 1 + 2 * squared];
  return a - b * skewness * than + c * ((kurtosis - 1) / 4) * than * than;
}
