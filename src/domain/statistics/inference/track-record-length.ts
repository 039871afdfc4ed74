import { normalQuantile } from '#domain/statistics/distributions/normal-distribution';
import { expectedMaximum } from '#domain/statistics/inference/deflated-sharpe';
import { nullVariance } from '#domain/statistics/inference/probabilistic-sharpe';
import { mertensVariance, type SharpeSample } from '#domain/statistics/inference/sharpe-sample';

/** Against which ratio of one period, and how surely. */
type Claim = { readonly than?: number; readonly confidence?: number };

/** How many periods make a ratio like this one believable (Bailey and López de Prado 2012); null when it is not above the other. */
export function minTrackRecord2012(sample: SharpeSample, { than = 0, confidence = 0.95 }: Claim = {}): number | null {
  const errors = errorsOf(sample, than, confidence);
  return errors === null ? null : 1 + mertensVariance(sample, sample.sharpe) * errors * errors;
}

/** The same with the variance as it would be if the true ratio were `than` (López de Prado, Lipton and Zoonekynd 2026). */
export function minTrackRecord2026(
  sample: SharpeSample,
  { than = 0, confidence = 0.95, rho = 0 }: Claim & { rho?: number } = {},
): number | null {
  const errors = errorsOf(sample, than, confidence);
  return errors === null ? null : nullVariance(sample, than, rho) * errors * errors;
}

/** How many years of a backtest keep the best of so many worthless trials below a yearly ratio, in the mean (Bailey et al. 2014). */
export function minBacktestYears(trials: number, yearlySharpe: number): number {
  const years = expectedMaximum(trials) / yearlySharpe;
  return years * years;
}

function errorsOf({ sharpe }: SharpeSample, than: number, confidence: number): number | null {
  return sharpe > than ? normalQuantile(confidence) / (sharpe - than) : null;
}
