import { expect, test } from 'vitest';
import { killedRuns } from './killed-runs.js';

const seed = Number(process.env['CATALYST_SEED'] ?? Date.now() % 1_000_000_007);

test(`G1: fifty kills in a row change nothing (CATALYST_SEED=${seed})`, async () => {
  const { midRun, tooLate, undisturbed, afterKills } = await killedRuns(50, seed);
  expect(midRun).toBe(50);
  expect(tooLate).toBeLessThanOrEqual(12);
  expect(undisturbed.ledger).toContain('"kind":"fill"');
  for (const outcome of afterKills) expect(outcome).toEqual(undisturbed);
});
