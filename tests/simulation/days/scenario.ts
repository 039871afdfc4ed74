import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { defaultSettings, type Settings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import type { SessionDate } from '#domain/values/session-date';
import { RandomStream } from '#simulation/market/seeded-random';
import { type Fault, faultsOf, type Profile } from '#tests/simulation/days/fault';

/** A few days from one seed. What goes wrong stands in a list, so that it can be shortened. */
export type Scenario = {
  readonly seed: number;
  readonly days: number;
  readonly names: number;
  readonly profile: Profile;
  readonly faults: readonly Fault[];
};

/** Years with half days, and with both changes of the clock. */
const FIRST = '2025-09-02' as SessionDate;
const LAST = '2026-11-30' as SessionDate;

/** The day that teaches and those that are traded; half days and changes of the clock come more often than they do. */
export function sessionsOf(seed: number, days: number): readonly Session[] {
  const found = usCalendar.sessionsBetween(FIRST, LAST);
  if (!found.ok) throw new Error(`the calendar does not reach ${LAST}`);
  const all = found.value;
  const chance = new RandomStream(seed, 'days');
  const first = chance.chance(0.2) ? specialOf(all, chance) : chance.below(all.length - days - 1);
  return all.slice(first, first + days + 1);
}

function specialOf(all: readonly Session[], chance: RandomStream): number {
  const special = all.flatMap((session, place) => {
    const before = all[place - 1];
    const isSpecial = session.half || (before !== undefined && before.utcOffsetMinutes !== session.utcOffsetMinutes);
    return isSpecial && place >= 2 ? [place] : [];
  });
  return Math.max(0, chance.pick(special) - chance.integer(1, 2));
}

export function scenarioOf(seed: number, { days, profile }: { days: number; profile: Profile }): Scenario {
  const names = new RandomStream(seed, 'names').integer(4, 8);
  const faults = faultsOf(seed, profile, { sessions: sessionsOf(seed, days).slice(1), names });
  return { seed, days, names, profile, faults };
}

/** What asks of correlation and freshness would refuse nearly all that a few wild names are for. */
export function settingsOf(seed: number): Settings {
  const chance = new RandomStream(seed, 'settings');
  const { limits } = defaultSettings;
  return {
    ...defaultSettings,
    capital: cash(1_000_000_000),
    mode: chance.pick(['normal', 'aggressive', 'aggressive']),
    limits: {
      ...limits,
      correlationMax: 1,
      correlationPointsMin: 2,
      lossTodayMax: cash(chance.pick([20_000_000, 20_000_000, 5_000_000, 80_000_000])),
      repeatsMax: chance.pick([3, 8, 50]),
      lossWeekMax: chance.pick([0.05, 0.2]),
      drawdownMax: chance.pick([0.12, 0.3]),
    },
  };
}
