import { sumOf } from '#domain/statistics/moments';
import { symmetricEigenvalues } from '#domain/statistics/symmetric-eigenvalues';

/** How many independent things a correlation matrix is about: e to the entropy of its eigenvalues (Roy and Vetterli 2007). */
export function effectiveRank(correlations: readonly (readonly number[])[]): number {
  const positive = symmetricEigenvalues(correlations).filter((value) => value > 0);
  const total = sumOf(positive, (value) => value);
  return Math.exp(-sumOf(positive, (value) => (value / total) * Math.log(value / total)));
}
