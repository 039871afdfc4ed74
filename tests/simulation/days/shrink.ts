import type { Fault } from '#tests/simulation/days/fault';
import { live, type Outcome } from '#tests/simulation/days/outcome';
import type { Scenario } from '#tests/simulation/days/scenario';
import type { TakenOut } from '#tests/simulation/days/taken-out';

/** The same violation with less: fewer days, fewer faults, fewer names, for as long as it still fails in that way. */
export async function shrink(scenario: Scenario, broken: NonNullable<Outcome['broken']>, takenOut: TakenOut = null): Promise<Scenario> {
  const fails = async (candidate: Scenario): Promise<boolean> =>
    (await live(candidate, { takenOut })).broken?.invariant === broken.invariant;
  let least: Scenario = { ...scenario, faults: scenario.faults.filter(({ at }) => at <= broken.at) };
  for (let days = 1; days < least.days; days++) {
    const candidate = { ...least, days };
    if (!(await fails(candidate))) continue;
    least = candidate;
    break;
  }
  least = { ...least, faults: await fewer(least, fails) };
  for (let names = 1; names < least.names; names++) {
    const candidate = { ...least, names };
    if (least.faults.some(({ name }) => name >= names) || !(await fails(candidate))) continue;
    return candidate;
  }
  return least;
}

/** Leaves out halves, quarters and so on, and in the end one by one. */
async function fewer(scenario: Scenario, fails: (candidate: Scenario) => Promise<boolean>): Promise<readonly Fault[]> {
  let { faults } = scenario;
  for (let size = Math.max(1, faults.length >> 1); size > 0; size >>= 1)
    for (let from = 0; from < faults.length; ) {
      const rest = [...faults.slice(0, from), ...faults.slice(from + size)];
      if (await fails({ ...scenario, faults: rest })) faults = rest;
      else from += size;
    }
  return faults;
}
