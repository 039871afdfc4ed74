import { type Figure, figure, missing } from '#domain/statistics/figure';
import { assert } from '#domain/values/assert';

/** The arithmetic mean of at least one number. */
export function mean(values: readonly number[]): number {
  assert(values.length > 0, 'nothing has no mean');
  return sumOf(values, (value) => value) / values.length;
}

/** The sample's standard deviation: the squares are divided by n − 1. */
export function deviation(values: readonly number[]): Figure {
  if (values.length < 2) return missing('too_few');
  return figure(Math.sqrt(centralSum(values, 2) / (values.length - 1)));
}

/** The third moment over the cube of the deviation, both over n (population): 0 for a symmetric series. */
export function skewness(values: readonly number[]): Figure {
  const spread = spreadOf(values);
  if (spread.value === null) return spread;
  return figure(centralSum(values, 3) / values.length / (spread.value * Math.sqrt(spread.value)));
}

/** The fourth moment over the squared variance, both over n (population), raw: 3 for a normal distribution. */
export function kurtosis(values: readonly number[]): Figure {
  const spread = spreadOf(values);
  return spread.value === null ? spread : figure(centralSum(values, 4) / values.length / (spread.value * spread.value));
}

/** Whether all are the same number; a deviation of them would be 0, or rounding. */
export const neverVaries = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** The variance over n. */
function spreadOf(values: readonly number[]): Figure {
  if (values.length < 2) return missing('too_few');
  return neverVaries(values) ? missing('no_variation') : figure(centralSum(values, 2) / values.length);
}

function centralSum(values: readonly number[], power: 2 | 3 | 4): number {
  const middle = mean(values);
  return sumOf(values, (value) => {
    const off = value - middle;
    return power === 2 ? off * off : power === 3 ? off * off * off : off * off * off * off;
  });
}

export function sumOf(values: readonly number[], part: (value: number) => number): number {
  let sum = 0;
  for (const value of values) sum += part(value);
  return sum;
}
