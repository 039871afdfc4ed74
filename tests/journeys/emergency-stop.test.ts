import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { decodeEntries } from '#engine/journal/reader';
import { catalyst } from './catalyst.js';
import { endChildren, haltsIn, requestsIn, runningDay } from './running-day.js';

afterEach(endChildren);

const who = ['--by', 'ada', '--because', 'prices look wrong'];

test('J7: a day is stopped from the command line at once, also while it waits for the next minute', { timeout: 60_000 }, async () => {
  // A minute of the market takes a minute: nothing else would come for that long.
  const { journal } = await runningDay({ speed: '1' });
  for (const command of ['stop', 'clear-stop'])
    for (const args of [
      ['--because', 'x'],
      ['--by', ' ', '--because', 'x'],
      ['--by', 'ada'],
    ])
      expect(catalyst([command, '--journal', journal, ...args]).code).toBe(2);
  expect(requestsIn(journal)).toEqual([]);
  const stopped = catalyst(['stop', '--journal', journal, '--level', 'cancel', ...who]);
  expect([stopped.code, stopped.out]).toEqual([0, expect.stringMatching(/^stopped at level .*; recorded as entry \d+\n$/)]);
  expect(requestsIn(journal)).toEqual([
    { kind: 'stop_trading', level: 'cancel_entries', by: 'ada', from: 'person', because: 'prices look wrong' },
  ]);
  expect(haltsIn(journal)).toMatchObject([{ reason: 'requested' }]);
  expect(existsSync(join(journal, 'STOP'))).toBe(false);
});

test('a day begins stopped when the file STOP lies beside its journal', { timeout: 60_000 }, async () => {
  const { journal } = await runningDay({ before: (folder) => writeFileSync(join(folder, 'STOP'), '') });
  const kinds = [...decodeEntries(journal)].map(({ event }) => event.kind);
  expect(kinds.indexOf('halt_ordered')).toBeGreaterThan(0);
  expect(kinds.indexOf('halt_ordered')).toBeLessThan(kinds.indexOf('bars_closed'));
});

test('J7: when nobody runs a journal, the file STOP waits for the next one, and no process is ended', () => {
  const journal = mkdtempSync(join(tmpdir(), 'over-'));
  const stopped = catalyst(['stop', '--journal', journal, '--end-process', ...who]);
  expect([stopped.code, stopped.out]).toEqual([0, expect.stringContaining('nobody runs this journal')]);
  expect(existsSync(join(journal, 'STOP'))).toBe(true);
});

test('a folder that is not there is told', () => expect(catalyst(['stop', '--journal', '/nowhere/at/all', ...who]).code).toBe(4));
