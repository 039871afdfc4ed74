import { expect, test } from 'vitest';
import { killRounds } from './kills.js';
import { madeUpJournal } from './made-up-journal.js';

const rounds = Number(process.env['CATALYST_DB_KILLS'] ?? '6');

test(`killed ${rounds} times with -9, server, projector or both, nothing is lost and nothing is there twice`, async () => {
  const { killed, atWork, different, entries } = await killRounds({ of: madeUpJournal(7, 40), rounds, seed: rounds });
  expect(killed.server + killed.projector + killed.both).toBe(rounds);
  process.stderr.write(`${JSON.stringify({ killed, atWork, entries })}\n`);
  expect(atWork).toBeGreaterThan(0);
  expect(entries).toBeGreaterThan(500);
  expect(different).toEqual([]);
});
