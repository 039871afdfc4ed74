import { expect, test } from 'vitest';
import { killedRuns } from './killed-runs.js';

const SEED = 5;

test(`G1: a run that was killed three times and started again ends as if nothing had happened (seed ${SEED})`, {
  timeout: 60_000,
}, async () => {
  const { midRun, undisturbed, afterKills } = await killedRuns(3, SEED);
  expect(midRun).toBe(3);
  expect(undisturbed.ledger).toContain('"kind":"fill"');
  expect(undisturbed.journalHash).not.toBeNull();
  expect([undisturbed.verified, undisturbed.replayed]).toEqual([0, 0]);
  for (const outcome of afterKills) expect(outcome).toEqual(undisturbed);
});
