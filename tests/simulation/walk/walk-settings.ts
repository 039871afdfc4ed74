import { defaultSettings, type Settings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import type { RandomStream } from '#simulation/market/seeded-random';

/**
 * With what a walk begins. The walk's sessions are torn, so that few points are common to two names, and its market is no
 * market: what is asked of correlation, drift and freshness would refuse nearly all that the hard rules are to be tried on.
 */
export function someSettings(chance: RandomStream): Settings {
  const capital = chance.pick([25_000, 100_000, 100_000, 100_000, 1_000_000]);
  const { limits, session, exits } = defaultSettings;
  return {
    ...defaultSettings,
    capital: cash(capital * 10_000),
    mode: chance.pick(['normal', 'aggressive', 'aggressive', 'conservative']),
    limits: {
      ...limits,
      correlationMax: 1,
      correlationPointsMin: 2,
      lossTodayMax: cash(chance.pick([2_000, 2_000, 2_000, 500, 20_000]) * 10_000),
      // With more in a position, what is reserved matters before five are held.
      positionMax: chance.pick([0.2, 0.2, 0.5]),
      openPositionsMax: chance.pick([5, 5, 5, 3]),
      drawdownMax: chance.pick([0.12, 0.12, 0.03]),
      lossWeekMax: chance.pick([0.05, 0.05, 0.02]),
      repeatsMax: chance.pick([3, 3, 1]),
    },
    // Minutes are few on a walk.
    exits: { ...exits, timeStopMinutes: chance.pick([20, 60, 120]) },
    session: {
      ...session,
      control: chance.chance(0.5) ? 'supervised' : 'autonomous',
      operators: chance.chance(0.5) ? ['ada'] : [],
    },
  };
}
