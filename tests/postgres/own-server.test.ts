import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installedBinaries } from '#adapters/postgres/server/binaries';
import { ownStatus } from '#adapters/postgres/server/server-status';
import { serverUser } from './cluster.js';
import { ask, askOf, newHome, opened, postmasters } from './homes.js';

const isThere = installedBinaries().ok && serverUser() !== null;
const why = isThere ? '' : ' (skipped: the server of this platform is not installed, or nobody but root could run it)';
const own = (title: string, work: () => Promise<void>) => test.skipIf(!isThere)(`${title}${why}`, { timeout: 90_000 }, work);

own('a server of our own is made at the first start, holds to what we promise of it, and stops with the last one that leaves', async () => {
  const home = newHome();
  const first = await opened(home);
  expect([first.startedBy, first.version.split('.')[0]]).toEqual(['us', '17']);
  const [set] = await askOf(
    first,
    `SELECT current_database() AS database, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
      current_setting('full_page_writes') AS pages, current_setting('data_checksums') AS checksums, current_setting('timezone') AS zone,
      current_setting('listen_addresses') AS addresses, current_setting('server_encoding') AS encoding,
      (SELECT datcollate || ' ' || datlocale FROM pg_database WHERE datname = current_database()) AS locale,
      upper('ä') AS upper, 'a' < 'B' AS "sortsByLanguage", (SELECT rolpassword LIKE 'SCRAM-SHA-256%' FROM pg_authid WHERE rolname = 'catalyst') AS scram`,
  );
  expect(set).toEqual({
    database: 'catalyst_production',
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    checksums: 'on',
    zone: 'UTC',
    addresses: '',
    encoding: 'UTF8',
    locale: 'C C.UTF-8',
    upper: 'Ä',
    sortsByLanguage: false,
    scram: true,
  });
  expect(statSync(join(home, 'password')).mode & 0o777).toBe(0o600);
  expect(first.connectionString).toContain(readFileSync(join(home, 'password'), 'utf8').trim());
  await expect(ask(first.connectionString.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'SELECT 1')).rejects.toThrow('password');

  await askOf(first, 'CREATE TABLE kept AS SELECT 7 AS it');
  const second = await opened(home);
  expect([second.startedBy, second.place?.pid]).toEqual(['adopted', first.place?.pid]);
  await first.close();
  expect(await askOf(second, 'SELECT it FROM kept')).toEqual([{ it: 7 }]);
  await second.close();
  expect(postmasters(home)).toEqual([]);
  const third = await opened(home);
  expect([third.startedBy, await askOf(third, 'SELECT it FROM kept')]).toEqual(['us', [{ it: 7 }]]);
  await third.close();
});

own('a look changes nothing, and says what there is', async () => {
  const home = newHome();
  const seen = () => {
    const status = ownStatus(home);
    return status.ok ? status.value.state.kind : status.problem.kind;
  };
  expect([seen(), existsSync(home)]).toEqual(['absent', false]);
  const running = await opened(home);
  expect(seen()).toBe('ready');
  await running.close();
  expect(seen()).toBe('stopped');
});
