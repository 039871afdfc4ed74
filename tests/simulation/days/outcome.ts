import { Violation } from '#tests/simulation/days/oracle';
import type { Scenario } from '#tests/simulation/days/scenario';
import type { TakenOut } from '#tests/simulation/days/taken-out';
import { World } from '#tests/simulation/days/world';
import type { Occurrences } from '#tests/simulation/occurrences';

/** What became of a scenario. `broken` is what does not hold: an invariant's id, or the first line of a bug. */
export type Outcome = {
  readonly broken: { readonly invariant: string; readonly said: string; readonly at: number } | null;
  readonly hash: string;
  readonly seen: Occurrences;
  readonly longest: ReadonlyMap<string, number>;
  readonly trace: readonly string[];
};

export async function live(
  scenario: Scenario,
  { takenOut = null, isTraced = false }: { takenOut?: TakenOut; isTraced?: boolean } = {},
): Promise<Outcome> {
  const world = new World(scenario, takenOut);
  world.isTraced = isTraced;
  let broken: Outcome['broken'] = null;
  try {
    await world.run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const invariant = error instanceof Violation ? error.invariant : 'bug';
    broken = { invariant, said: error instanceof Violation ? error.message : (error.stack ?? error.message), at: world.now };
  }
  const { seen, longest } = world.oracle;
  return { broken, hash: world.disk.head, seen, longest, trace: world.trace };
}
