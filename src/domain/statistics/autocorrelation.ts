import { type Figure, figure, missing } from '#domain/statistics/figure';
import { mean, neverVaries } from '#domain/statistics/moments';

/** How far a value goes along with the one before: the lag-1 autocorrelation, with the mean and variance of the whole series. */
export function autocorrelation(values: readonly number[]): Figure {
  if (values.length < 3) return missing('too_few');
  if (neverVaries(values)) return missing('no_variation');
  const middle = mean(values);
  let [together, whole] = [0, 0];
  for (const [at, value] of values.entries()) {
    const off = value - middle;
    whole += off * off;
    if (at > 0) together += off * ((values[at - 1] as number) - middle);
  }
  return figure(together / whole);
}
