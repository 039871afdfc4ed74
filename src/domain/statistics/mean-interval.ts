import { studentQuantile } from '#domain/statistics/distributions/student';
import type { Missing } from '#domain/statistics/figure';
import { deviation, mean, type Numbers, neverVaries } from '#domain/statistics/moments';
import type { Interval } from '#domain/statistics/wilson';

/** The interval that holds the true mean with so much confidence, by Student's t with n − 1; or why there is none. */
export function meanInterval(values: Numbers, confidence = 0.95): Interval | Missing {
  const half = errorTimes(values, (1 + confidence) / 2);
  return typeof half === 'string' ? half : { low: mean(values) - half, high: mean(values) + half };
}

/** The true mean is above it with so much confidence: the one-sided bound. */
export function meanAbove(values: Numbers, confidence = 0.95): number | Missing {
  const below = errorTimes(values, confidence);
  return typeof below === 'string' ? below : mean(values) - below;
}

/** The standard error times the quantile of `share`. A mean of equal values has no error that could be known. */
function errorTimes(values: Numbers, share: number): number | Missing {
  const spread = deviation(values);
  if (spread.value === null) return spread.missing;
  if (neverVaries(values)) return 'no_variation';
  return (studentQuantile(share, values.length - 1) * spread.value) / Math.sqrt(values.length);
}
