import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { installedBinaries } from '#adapters/postgres/server/binaries';
import { stopOwn } from '#adapters/postgres/server/own-server';
import { serverUser } from './cluster.js';
import { askOf, madeHome, newHome, opened, postmasters } from './homes.js';

const isThere = installedBinaries().ok && serverUser() !== null;
const why = isThere ? '' : ' (skipped: the server of this platform is not installed, or nobody but root could run it)';
const own = (title: string, work: () => Promise<void>) => test.skipIf(!isThere)(`${title}${why}`, { timeout: 90_000 }, work);

describe('a server of our own', () => {
  own('stays when it is kept, or when somebody else is connected, until it is stopped', async () => {
    const home = await madeHome();
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
    const home = await madeHome();
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
