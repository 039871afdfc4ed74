import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newClient, sqlStateOf } from '#adapters/postgres/client';
import { openDatabase } from '#adapters/postgres/open-database';
import { installedBinaries } from '#adapters/postgres/server/binaries';
import { databaseHome } from '#adapters/postgres/server/database-home';
import { stopOwn } from '#adapters/postgres/server/own-server';
import { serverProcesses } from '#adapters/postgres/server/process-list';
import { until } from '../process/until.js';
import { serverUser } from './cluster.js';
import { askOf, madeHome, newHome, opened, postmasters } from './homes.js';

const isThere = installedBinaries().ok && serverUser() !== null;
const why = isThere ? '' : ' (skipped: the server of this platform is not installed, or nobody but root could run it)';
const own = (title: string, work: () => Promise<void>) => test.skipIf(!isThere)(`${title}${why}`, { timeout: 90_000 }, work);

const production = (home: string) => openDatabase({ home, database: 'catalyst_production' });

async function problemOf(home: string) {
  const running = await production(home);
  if (running.ok) await running.value.close();
  return running.ok ? null : running.problem;
}

describe('what an earlier one has left', () => {
  own('a first run that was killed half-way is thrown away and made again', async () => {
    const home = newHome();
    mkdirSync(join(home, 'cluster.making-0badcafe', 'base'), { recursive: true });
    writeFileSync(join(home, 'cluster.making-0badcafe', 'PG_VERSION'), '17\n');
    if (process.getuid?.() === 0) chmodSync(home, 0o711);
    const running = await opened(home);
    expect([running.startedBy, readdirSync(home).filter((name) => name.includes('making'))]).toEqual(['us', []]);
    await running.close();
  });

  own('a server whose first process was killed recovers, and no two ever run', async () => {
    const home = await madeHome();
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
    const home = await madeHome();
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

  own('while it begins anew after one of its processes was killed, whoever opens it waits', async () => {
    const home = await madeHome();
    const first = await opened(home);
    const held = newClient(first.connectionString, { name: 'held' });
    held.on('error', () => {});
    await held.connect();
    const [mine] = (await held.query('SELECT pg_backend_pid() AS pid')).rows;
    const [writer] = await askOf(first, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'");
    // The server ends all of its processes before it begins anew, and waits five seconds for one that does not answer.
    process.kill(Number(mine?.['pid']), 'SIGSTOP');
    process.kill(Number(writer?.['pid']), 'SIGKILL');
    await until('it takes nobody', async () => {
      const late = newClient(first.connectionString);
      late.on('error', () => {});
      const refused = await late.connect().then(
        () => null,
        (error: unknown) => sqlStateOf(error),
      );
      await late.end().catch(() => {});
      return refused === '57P03';
    });
    const second = await opened(home);
    expect([second.startedBy, await askOf(second, 'SELECT 7 AS it')]).toEqual(['adopted', [{ it: 7 }]]);
    await second.close();
    await first.close();
  });

  own('its number was given to another program of the same user: that one is not taken for a server', async () => {
    const home = await madeHome();
    const first = await opened(home);
    process.kill(first.place?.pid ?? 0, 'SIGKILL');
    await until('it is gone', () => postmasters(home).length === 0);
    const user = serverUser();
    const stranger = spawn('sleep', ['60'], { ...user, stdio: 'ignore' });
    for (const file of [join(home, 'cluster', 'postmaster.pid'), join(home, 'socket', '.s.PGSQL.5432.lock')])
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)));
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
      const home = await madeHome();
      writeFileSync(join(home, 'cluster', 'postmaster.pid'), text);
      const second = await opened(home);
      expect(second.startedBy).toBe('us');
      await second.close();
    });

  own('a file of its process that is spoiled while it runs does not lead to a second one', async () => {
    const home = await madeHome();
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
    const home = await madeHome();
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
    const home = await madeHome();
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
