import type { Settings } from '#domain/settings';

/** Two values that do not go together: the one that is named, and what is expected of it. */
export type Disagreement = { readonly names: readonly [string, string]; readonly expected: string };

/** Every pair of values that contradict each other, each allowed alone. */
export function disagreements({ limits, exits }: Settings): readonly Disagreement[] {
  const below = (a: string, one: number, b: string, other: number): Disagreement | null =>
    one < other ? null : { names: [a, b], expected: `${a} must be below ${b}` };
  const upTo = (a: string, one: number, b: string, other: number): Disagreement | null =>
    one <= other ? null : { names: [a, b], expected: `${a} must be at most ${b}` };
  return [
    below('limits.lossWarnAt', limits.lossWarnAt, 'limits.lossWarnAgainAt', limits.lossWarnAgainAt),
    below('limits.stopMin', limits.stopMin, 'limits.stopMax', limits.stopMax),
    upTo('limits.riskPerTradeMax', limits.riskPerTradeMax, 'limits.openRiskMax', limits.openRiskMax),
    upTo('limits.netExposureMax', limits.netExposureMax, 'limits.grossExposureMax', limits.grossExposureMax),
    upTo('exits.marketableBeforeClose', exits.marketableBeforeClose, 'exits.limitBeforeClose', exits.limitBeforeClose),
    upTo('exits.marketBeforeClose', exits.marketBeforeClose, 'exits.marketableBeforeClose', exits.marketableBeforeClose),
  ].filter((one) => one !== null);
}
