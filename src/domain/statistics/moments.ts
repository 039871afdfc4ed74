import { type Figure, figure, missing } from '#domain/statistics/figure';
import { assert } from '#domain/values/assert';

/** A list of numbers or a column of them. */
export type Numbers = readonly number[] | Float64Array;

/** The arithmetic mean of at least one number. */
export function mean(values: Numbers): number {
  assert(values.length > 0, 'nothing has no mean');
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] as number;
  return sum / values.length;
}

/** The sample's standard deviation: the squares are divided by n − 1. */
export function deviation(values: Numbers): Figure {
  if (values.length < 2) return missing('too_few');
  if (neverVaries(values)) return figure(0);
  return figure(Math.sqrt(centralSum(values, 2) / (values.length - 1)));
}

/** The third moment over the cube of the deviation, both over n (population): 0 for a symmetric series. */
export function skewness(values: Numbers): Figure {
  const spread = spreadOf(values);
  if (spread.value === null) return spread;
  return figure(centralSum(values, 3) / values.length / (spread.value * Math.sqrt(spread.value)));
}

/** The fourth moment over the squared variance, both over n (population), raw: 3 for a normal distribution. */
export function kurtosis(values: Numbers): Figure {
  const spread = spreadOf(values);
  return spread.value === null ? spread : figure(centralSum(values, 4) / values.length / (spread.value * spread.value));
}

/** A return made of two prices is off by about so much. */
const ROUNDING = 1e-15;

/** Whether all are the same number but for rounding, of which their deviation would be made. */
export function neverVaries(values: Numbers): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const largest = Math.max(1, Math.abs(low), Math.abs(high));
  return low === high || (Number.isFinite(largest) && high - low <= ROUNDING * largest);
}

/** The variance over n. */
function spreadOf(values: Numbers): Figure {
  if (values.length < 2) return missing('too_few');
  return neverVaries(values) ? missing('no_variation') : figure(centralSum(values, 2) / values.length);
}

function centralSum(values: Numbers, power: 2 | 3 | 4): number {
  const middle = mean(values);
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    const off = (values[at] as number) - middle;
    sum += power === 2 ? off * off : power === 3 ? off * off * off : off * off * off * off;
  }
  return sum;
}

export function sumOf(values: Numbers, part: (value: number) => number): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += part(values[at] as number);
  return sum;
}
