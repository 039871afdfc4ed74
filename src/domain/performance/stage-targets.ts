import type { Metric } from '#domain/performance/metric';

/** The stages that the mission gives targets for. */
export const targetStages = [1, 2, 3, 4] as const;
export type TargetStage = (typeof targetStages)[number];

const targetNames = ['win_rate', 'sharpe', 'max_drawdown', 'payoff', 'over_rules'] as const;
export type TargetName = (typeof targetNames)[number];

/** `at_least`: the true value is to be that or more; `below`: less than that. */
export type Target = { readonly name: TargetName; readonly kind: 'at_least' | 'below'; readonly target: number };

const targets = (winRate: number, sharpe: number, drawdown: number, over: number | null): readonly Target[] => [
  { name: 'win_rate', kind: 'at_least', target: winRate },
  { name: 'sharpe', kind: 'at_least', target: sharpe },
  { name: 'max_drawdown', kind: 'below', target: drawdown },
  { name: 'payoff', kind: 'at_least', target: 1.5 },
  ...(over === null ? [] : [{ name: 'over_rules', kind: 'at_least', target: over } as const]),
];

/** Source: mission 4. `over_rules` is the risk-adjusted gain over the rules alone; `payoff` is what came of the reward:risk of 1.5. */
export const stageTargets: Readonly<Record<TargetStage, readonly Target[]>> = {
  1: targets(0.6, 1, 0.1, null),
  2: targets(0.62, 1.2, 0.09, 0.1),
  3: targets(0.65, 1.5, 0.08, 0.15),
  4: targets(0.7, 2, 0.07, null),
};

/**
 * From so many sessions on a number may be said to meet its target: a drawdown of a month says little of a year, and Wilson's interval
 * takes a hundred trades of one day for a hundred markets.
 */
export const ENOUGH_SESSIONS = 60;
/** From so many trades on a record says something of a strategy; the same as in the summary of a day. */
export const ENOUGH_TRADES = 100;

/** `cannot_be_said` when the interval spans the target, or when there is none. */
export type Verdict = 'met' | 'not_met' | 'cannot_be_said';

/** A target beside what was. `actual` is null where nothing in this record measures it. */
export type Judged = Target & { readonly actual: Metric | null; readonly verdict: Verdict };

/** `sessions`: of the whole record, those without a trade too. */
export function judge(target: Target, actual: Metric | null, sessions: number): Judged {
  return { ...target, actual, verdict: verdictOf(target, actual, sessions) };
}

function verdictOf({ kind, target }: Target, actual: Metric | null, sessions: number): Verdict {
  if (actual === null || actual.value === null) return 'cannot_be_said';
  const { low, high } = actual.interval ?? { low: null, high: null };
  const isEnough = sessions >= ENOUGH_SESSIONS && (actual.of === 'sessions' || actual.n >= ENOUGH_TRADES);
  if (kind === 'below') {
    // What has happened has happened: no interval takes a drawdown back.
    if (actual.value >= target) return 'not_met';
    return isEnough && high !== null && high < target ? 'met' : 'cannot_be_said';
  }
  if (isEnough && low !== null && low >= target) return 'met';
  return high !== null && high < target ? 'not_met' : 'cannot_be_said';
}
