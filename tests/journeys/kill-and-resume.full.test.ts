import { expect, test } from 'vitest';
import { killedRuns } from './killed-runs.js';

const seed = Number(process.env['CATALYST_SEED'] ?? Date.now() % 1_000_000_007);

test(`fifty kills in a row change nothing (CATALYST_SEED=${seed})`, async () => {
  const { midRun, undisturbed, afterKills } = await killedRuns(50, seed);
  expect(midRun).toBeGreaterThanOrEqual(40);
  expect(undisturbed.ledger).toContain('"kind":"fill"');
  expect(afterKills).toEqual(undisturbed);
});
