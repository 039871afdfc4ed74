import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installedBinaries } from '#adapters/postgres/server/binaries';
import { serverUser } from '../postgres/cluster.js';
import { ask, newHome, postmasters } from '../postgres/homes.js';
import { program } from './catalyst.js';

const isThere = installedBinaries().ok && serverUser() !== null;
const why = isThere ? '' : ' (skipped: the server of this platform is not installed, or nobody but root could run it)';

function db(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const env = { ...process.env, DATABASE_URL: '', CATALYST_DATABASE: '', ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env });
  return { code: status, out: stdout, err: stderr };
}

test.skipIf(!isThere)(`a person starts the database, looks at it, connects to it and stops it${why}`, { timeout: 240_000 }, async () => {
  const home = newHome();
  const here = { CATALYST_DATABASE: home };
  expect(db(['db', 'status'], here)).toMatchObject({ code: 1, out: expect.stringContaining('has not been made yet') });
  expect(db(['db', 'url'], here)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('catalyst db start') });
  const started = db(['db', 'start'], here);
  expect(started).toMatchObject({ code: 0, out: expect.stringMatching(/^started: PostgreSQL 17\.\d+, process \d+, socket in /) });
  expect(db(['db', 'start', '--json'], here).out).toContain('"startedBy":"adopted"');
  const status = JSON.parse(db(['db', 'status', '--json'], here).out);
  expect(status).toMatchObject({ state: 'ready', home, pid: postmasters(home)[0], socketFolder: join(home, 'socket'), kept: true });
  expect(status.bytes).toBeGreaterThan(20e6);
  expect(Date.parse(status.startedAt)).toBeGreaterThan(Date.parse('2020-01-01'));

  const url = db(['db', 'url'], here).out.trim();
  expect(await ask(url, 'SELECT current_database() AS name')).toEqual([{ name: 'catalyst_production' }]);
  const password = readFileSync(join(home, 'password'), 'utf8').trim();
  for (const command of [
    ['db', 'status'],
    ['db', 'start'],
    ['doctor', '--json'],
  ])
    expect(db(command, here).out).not.toContain(password);
  expect(db(['doctor'], here).out).toMatch(/^ok +database +our own PostgreSQL 17.*: runs$/m);

  const given = db(['db', 'status'], { DATABASE_URL: url });
  expect(given).toMatchObject({ code: 0, out: expect.stringMatching(/^PostgreSQL 17\.\d+ answers/) });
  expect(db(['db', 'stop'], { DATABASE_URL: url })).toMatchObject({ code: 1, err: expect.stringContaining('not ours') });
  expect(postmasters(home)).toHaveLength(1);
  expect(db(['db', 'stop'], here)).toMatchObject({ code: 0, out: `stopped: process ${status.pid}\n` });
  expect(db(['db', 'stop'], here)).toMatchObject({ code: 0, out: `no server runs in ${home}\n` });
  expect(postmasters(home)).toEqual([]);
});

test('a question to a database that is not there does not make one', { timeout: 60_000 }, () => {
  const home = join(newHome(), 'mistyped');
  for (const command of [
    ['report', '--database', home],
    ['db', 'hash', '--database', home],
  ])
    expect(db(command, {})).toMatchObject({ code: 1, out: '', err: expect.stringContaining(`there is no database in ${home}: `) });
  expect(existsSync(home)).toBe(false);
});

test('an address that leads nowhere is told without its password', { timeout: 120_000 }, () => {
  const environment = { DATABASE_URL: 'postgresql://ada:hunter2@127.0.0.1:1/catalyst' };
  const { code, out, err } = db(['db', 'status'], environment);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^catalyst: no answer from the database at ada@127\.0\.0\.1:1\/catalyst \(ECONNREFUSED\).*\n$/);
  expect(db(['doctor'], environment).out).toMatch(/ok +database +ada@127\.0\.0\.1:1\/catalyst, by DATABASE_URL/);
  expect(err + db(['doctor'], environment).out).not.toContain('hunter2');
});
