import type { Mode } from '#domain/market/trading-day';
import type { Settings } from '#domain/settings';

type Limit = keyof Settings['limits'];

/** What the mission lets nobody pass, and so a larger value of each allows more. */
const ceilings: readonly (readonly [name: Limit, most: number])[] = [
  ['lossTodayMax', 20_000_000],
  ['openPositionsMax', 5],
  ['positionMax', 0.2],
  ['riskPerTradeMax', 0.02],
  ['openRiskMax', 0.05],
  ['lossesInARowMax', 3],
  ['sizeAfterLosses', 0.5],
];

const eagerness: readonly Mode[] = ['conservative', 'normal', 'aggressive'];

/** What allows more than before. */
export function loosened(before: Settings, after: Settings): readonly string[] {
  const larger = ceilings.map(([name]) => name).filter((name) => after.limits[name] > before.limits[name]);
  const words = [
    eagerness.indexOf(after.mode) > eagerness.indexOf(before.mode) ? 'mode' : '',
    before.session.control === 'supervised' && after.session.control === 'autonomous' ? 'control' : '',
    after.session.answerMinutes > before.session.answerMinutes ? 'answerMinutes' : '',
    after.limits.rewardToRiskMin < before.limits.rewardToRiskMin ? 'rewardToRiskMin' : '',
  ];
  return [...larger, ...words.filter((word) => word !== '')];
}

/** What has been changed to more than anybody may have; what a walk began with is its own affair. */
export const beyondCeilings = (before: Settings, after: Settings): readonly string[] =>
  ceilings.filter(([name, most]) => after.limits[name] !== before.limits[name] && after.limits[name] > most).map(([name]) => name);
