import type { Missing } from '#domain/statistics/figure';
import { mean, neverVaries } from '#domain/statistics/moments';
import { assert } from '#domain/values/assert';

export type NeweyWest = { readonly mean: number; readonly standardError: number; readonly t: number };

/**
 * The mean of a series that remembers up to `lags` periods, with the standard error of Newey and West (1987): Bartlett's
 * weights, no correction for a small sample.
 */
export function neweyWest(values: readonly number[], lags: number): NeweyWest | Missing {
  assert(Number.isSafeInteger(lags) && lags >= 0, `lags are counted, were ${lags}`);
  if (values.length < 2 || lags >= values.length) return 'too_few';
  if (neverVaries(values)) return 'no_variation';
  const middle = mean(values);
  const off = values.map((value) => value - middle);
  let sum = productsAt(off, 0);
  for (let lag = 1; lag <= lags; lag++) sum += 2 * (1 - lag / (lags + 1)) * productsAt(off, lag);
  const standardError = Math.sqrt(sum) / values.length;
  return { mean: middle, standardError, t: middle / standardError };
}

function productsAt(off: readonly number[], lag: number): number {
  let sum = 0;
  for (let at = lag; at < off.length; at++) sum += (off[at] as number) * (off[at - lag] as number);
  return sum;
}
