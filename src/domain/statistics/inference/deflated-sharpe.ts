import { normalQuantile } from '#domain/statistics/distributions/normal-distribution';
import { type Probability, psr2012 } from '#domain/statistics/inference/probabilistic-sharpe';
import type { SharpeSample } from '#domain/statistics/inference/sharpe-sample';
import { assert } from '#domain/values/assert';

const EULER = 0.577_215_664_901_532_9;
const E = Math.exp(1);

/** About the largest of so many standard normal numbers, at least two (Bailey and López de Prado 2014). */
export function expectedMaximum(trials: number): number {
  assert(trials >= 2, `the best of ${trials} is no choice`);
  return (1 - EULER) * normalQuantile(1 - 1 / trials) + EULER * normalQuantile(1 - 1 / (trials * E));
}

type Trials = { readonly trials: number /** Of the ratios of all trials, of one period. */; readonly variance: number };

/** The ratio of one period that the best of all trials shows although none is worth anything. */
export const luckySharpe = ({ trials, variance }: Trials): number => Math.sqrt(variance) * expectedMaximum(trials);

/** How likely the true ratio is above what luck alone shows as the best of all trials: `psr2012` against that. */
export const deflatedSharpe = (sample: SharpeSample, trials: Trials): Probability => psr2012(sample, luckySharpe(trials));
