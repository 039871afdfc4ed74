import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { openDatabase } from '#adapters/postgres/open-database';
import { installedBinaries } from '#adapters/postgres/server/binaries';
import { databaseHome } from '#adapters/postgres/server/database-home';
import { stopOwn } from '#adapters/postgres/server/own-server';
import { serverProcesses } from '#adapters/postgres/server/process-list';
import { ownStatus } from '#adapters/postgres/server/server-status';
import { until } from '../process/until.js';
import { serverUser } from './cluster.js';
import { ask, askOf, newHome, opened, postmasters } from './homes.js';

const isThere = installedBinaries().ok && serverUser() !== null;
const why = isThere ? '' : ' (skipped: the server of this platform is not installed, or nobody but root could run it)';
const own = (title: string, work: () => Promise<void>) => test.skipIf(!isThere)(`${title}${why}`, { timeout: 90_000 }, work);

const production = (home: string) => openDatabase({ home, database: 'catalyst_production' });

async function problemOf(home: string) {
  const running = await production(home);
  if (running.ok) await running.value.close();
  return running.ok ? null : running.problem;
}

describe('a server of our own', () => {
  own('is made at the first start, holds to what we promise of it, and stops with the last one that leaves', async () => {
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

  own('stays when it is kept, or when somebody else is connected, until it is stopped', async () => {
    const home = newHome();
    const first = await opened(home);
    const other = newClient(first.connectionString);
    other.on('error', () => {});
    await other.connect();
    await first.close();
    expect(postmasters(home)).toHaveLength(1);
    const keeper = await opened(home, { keep: true });
    await other.end();
    await keeper.close();
    await (await opened(home)).close();
    expect(postmasters(home)).toHaveLength(1);
    expect(await stopOwn(home)).toMatchObject({ ok: true, value: { pid: keeper.place?.pid } });
    expect(await stopOwn(home)).toEqual({ ok: true, value: null });
    await (await opened(home)).close();
    expect(postmasters(home)).toEqual([]);
  });

  own('listens at a free port of this machine alone where there are no sockets', async () => {
    const home = newHome();
    const running = await opened(home, { overTcp: true });
    expect(running.connectionString).toContain(`@127.0.0.1:${running.place?.port}/`);
    expect(await askOf(running, "SELECT current_setting('listen_addresses') AS at, host(inet_server_addr()) AS met")).toEqual([
      { at: '127.0.0.1', met: '127.0.0.1' },
    ]);
    expect((await opened(home)).place).toEqual(running.place);
    await running.stop();
  });

  own('has its socket in a short place when the way to the home is long, and blanks and quotes in it do no harm', async () => {
    const home = newHome(`it's a "home", ${'far away '.repeat(12)}`);
    const running = await opened(home);
    expect(running.place?.socketFolder.startsWith(home)).toBe(false);
    expect(statSync(running.place?.socketFolder ?? '').mode & 0o777).toBe(0o700);
    expect(await askOf(running, "SELECT current_setting('data_directory') AS at")).toEqual([{ at: join(home, 'cluster') }]);
    expect((await opened(home)).startedBy).toBe('adopted');
    await running.stop();
    rmSync(running.place?.socketFolder ?? '', { recursive: true });
  });

  own('runs beside another one, each with its own database', async () => {
    const homes = [newHome('production'), newHome('research')];
    const running = await Promise.all(
      homes.map((home, index) => opened(home, { database: ['catalyst_production', 'catalyst_research'][index] ?? '' })),
    );
    const said = await Promise.all(running.map((each) => askOf(each, 'SELECT current_database() AS name')));
    expect(said.flat()).toEqual([{ name: 'catalyst_production' }, { name: 'catalyst_research' }]);
    await Promise.all(running.map((each) => each.close()));
  });

  own('several that start it at once: one makes and starts it, the others take it over', async () => {
    const home = newHome();
    const all = await Promise.all(Array.from({ length: 5 }, () => opened(home)));
    expect(all.map(({ startedBy }) => startedBy).sort()).toEqual(['adopted', 'adopted', 'adopted', 'adopted', 'us']);
    expect(postmasters(home)).toHaveLength(1);
    await Promise.all(all.map((each) => each.close()));
    expect(postmasters(home)).toEqual([]);
  });
});

describe('what an earlier one has left', () => {
  own('a first run that was killed half-way is thrown away and made again', async () => {
    const home = newHome();
    mkdirSync(join(home, 'cluster.making', 'base'), { recursive: true });
    writeFileSync(join(home, 'cluster.making', 'PG_VERSION'), '17\n');
    if (process.getuid?.() === 0) chmodSync(home, 0o711);
    const running = await opened(home);
    expect([running.startedBy, existsSync(join(home, 'cluster.making'))]).toEqual(['us', false]);
    await running.close();
  });

  own('a server whose first process was killed recovers, and no two ever run', async () => {
    const home = newHome();
    const first = await opened(home);
    await askOf(first, 'CREATE TABLE kept AS SELECT 7 AS it');
    process.kill(first.place?.pid ?? 0, 'SIGKILL');
    const second = await opened(home);
    expect([second.startedBy, await askOf(second, 'SELECT it FROM kept')]).toEqual(['us', [{ it: 7 }]]);
    expect(postmasters(home)).toEqual([second.place?.pid]);
    await first.close();
    expect(postmasters(home)).toHaveLength(1);
    await second.close();
  });

  own('a query that does not notice the death of its server is ended before another one starts', async () => {
    const home = newHome();
    const first = await opened(home);
    const busy = newClient(first.connectionString, { name: 'busy' });
    busy.on('error', () => {});
    await busy.connect();
    const [row] = (await busy.query('SELECT pg_backend_pid() AS pid')).rows;
    const broken = busy.query('DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$').catch((error: Error) => error.message);
    await until(
      'it is busy',
      async () => (await askOf(first, "SELECT 1 FROM pg_stat_activity WHERE application_name = 'busy' AND state = 'active'")).length > 0,
    );
    process.kill(first.place?.pid ?? 0, 'SIGKILL');
    const second = await opened(home);
    expect(serverProcesses(databaseHome(home)).forked).not.toContain(row?.pid);
    expect([second.startedBy, typeof (await broken)]).toEqual(['us', 'string']);
    await second.close();
  });

  own('its number was given to another program of the same user: that one is not taken for a server', async () => {
    const home = newHome();
    const first = await opened(home);
    process.kill(first.place?.pid ?? 0, 'SIGKILL');
    await until('it is gone', () => postmasters(home).length === 0);
    const user = serverUser();
    const stranger = spawn('sleep', ['60'], { ...user, stdio: 'ignore' });
    const pidFile = join(home, 'cluster', 'postmaster.pid');
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(stranger.pid)));
    const second = await opened(home);
    expect([second.startedBy, stranger.exitCode]).toEqual(['us', null]);
    await second.close();
    stranger.kill();
    await once(stranger, 'exit');
  });

  for (const [what, text] of [
    ['empty', ''],
    ['full of something else', 'half a li'],
  ] as const)
    own(`a file of its process that is ${what} is no server`, async () => {
      const home = newHome();
      await (await opened(home)).close();
      writeFileSync(join(home, 'cluster', 'postmaster.pid'), text);
      const second = await opened(home);
      expect(second.startedBy).toBe('us');
      await second.close();
    });

  own('a file of its process that is spoiled while it runs does not lead to a second one', async () => {
    const home = newHome();
    const first = await opened(home);
    const pidFile = join(home, 'cluster', 'postmaster.pid');
    const text = readFileSync(pidFile, 'utf8');
    writeFileSync(pidFile, '');
    const early = await openDatabase({ home, database: 'catalyst_production', readyWithinMs: 500 });
    expect(early).toMatchObject({ ok: false, problem: { kind: 'not_ready_in_time', pid: first.place?.pid } });
    writeFileSync(pidFile, text);
    expect((await opened(home)).place?.pid).toBe(first.place?.pid);
    await first.stop();
  });

  own('a lost password is made again when the server is stopped, and told of while it runs', async () => {
    const home = newHome();
    const first = await opened(home);
    await askOf(first, 'CREATE TABLE kept AS SELECT 7 AS it');
    const file = join(home, 'password');
    rmSync(file);
    expect(await problemOf(home)).toEqual({ kind: 'password_missing', file });
    expect(postmasters(home)).toHaveLength(1);
    await stopOwn(home);
    const second = await opened(home);
    expect(second.connectionString).not.toBe(first.connectionString);
    expect(await askOf(second, 'SELECT it FROM kept')).toEqual([{ it: 7 }]);
    await second.close();
    writeFileSync(file, 'another\n');
    expect(await problemOf(home)).toEqual({ kind: 'wrong_password_file', file });
  });

  own('files of another version or of another program are left alone, and told of', async () => {
    const home = newHome();
    await (await opened(home)).close();
    const { cluster } = databaseHome(home);
    writeFileSync(join(cluster, 'PG_VERSION'), '16\n');
    expect(await problemOf(home)).toEqual({ kind: 'other_major', folder: cluster, made: '16', ours: '17' });
    rmSync(join(cluster, 'PG_VERSION'));
    expect(await problemOf(home)).toEqual({ kind: 'not_a_cluster', folder: cluster });
    writeFileSync(join(cluster, 'PG_VERSION'), '17\n');
    const control = join(cluster, 'global', 'pg_control');
    renameSync(control, `${control}.away`);
    const problem = await problemOf(home);
    expect(problem?.kind).toBe('would_not_start');
    expect(problem?.kind === 'would_not_start' && problem.said).toMatch(/could not find the database system|control/);
    renameSync(`${control}.away`, control);
    await (await opened(home)).close();
  });
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
