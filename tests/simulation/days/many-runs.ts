import type { Profile } from '#tests/simulation/days/fault';
import { live } from '#tests/simulation/days/outcome';
import { scenarioOf } from '#tests/simulation/days/scenario';
import { Occurrences } from '#tests/simulation/occurrences';

export const DAYS_A_RUN = 3;
export const first = Number(process.env['CATALYST_SEED'] ?? 1);

/** Lives through so many runs; gives what came about, and the first that breaks an invariant. */
export async function runs(profile: Profile, count: number): Promise<{ readonly seen: Occurrences; readonly broken: readonly string[] }> {
  const seen = new Occurrences();
  const broken: string[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const outcome = await live(scenarioOf(seed, { days: DAYS_A_RUN, profile }));
    seen.take(outcome.seen);
    if (outcome.broken !== null)
      broken.push(`npm run simulate -- --days ${DAYS_A_RUN} --seed ${seed} --profile ${profile}: ${outcome.broken.said}`);
  }
  return { seen, broken };
}
