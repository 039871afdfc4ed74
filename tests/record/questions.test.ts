import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { program } from '../journeys/catalyst.js';
import { withEmbedded } from '../postgres/servers.js';
import { writeEveryEvent } from './every-event.js';
import { journalFolder } from './projected.js';

const server = withEmbedded();

test.skipIf(!server.isThere)(`a database without a record is asked in words, and the question ends${server.why}`, async () => {
  const journal = journalFolder();
  writeEveryEvent(journal);
  const env = { ...process.env, DATABASE_URL: await server.fresh() };
  const ask = (...words: readonly string[]) =>
    spawnSync(process.execPath, [program, 'db', ...words], { encoding: 'utf8', env, timeout: 20_000 });
  expect(ask('lag', '--journal', journal)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('nothing of journal is in the record'),
  });
  expect(ask('hash')).toMatchObject({ status: 1, stderr: expect.stringContaining('there is no record in this database') });
});
