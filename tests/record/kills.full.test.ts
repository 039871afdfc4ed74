import { expect, test } from 'vitest';
import { madeUpJournal } from './made-up-journal.js';
import { killRounds } from './kills.js';

const rounds = Number(process.env['CATALYST_DB_KILLS'] ?? '6');

test(`killed ${rounds} times with -9, server, projector or both, nothing is lost and nothing is there twice`, async () => {
  const { killed, different, entries } = await killRounds({ of: madeUpJournal(7, 40), rounds, seed: rounds });
  expect(killed.server + killed.projector + killed.both).toBe(rounds);
  expect(entries).toBeGreaterThan(500);
  expect(different).toEqual([]);
});
