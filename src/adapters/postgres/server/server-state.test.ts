import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { databaseHome } from '#adapters/postgres/server/database-home';
import { inReach } from '#adapters/postgres/server/home-in-reach';
import { readPidFile, withoutProcess } from '#adapters/postgres/server/pid-file';
import { serverProcesses } from '#adapters/postgres/server/process-list';
import { configuration, socketFolder } from '#adapters/postgres/server/server-settings';
import { closedFolder } from '#adapters/postgres/server/server-user';
import { shortly } from '#adapters/postgres/server/server-words';

const home = databaseHome(join(mkdtempSync(join(tmpdir(), 'state-')), 'home'));

const commands: readonly [command: string, of: 'started' | 'forked' | 'nothing'][] = [
  [`/opt/pg/bin/postgres -D ${home.cluster}`, 'started'],
  [`postgres -D ${home.cluster} -c fsync=on`, 'started'],
  [`C:\\pg\\postgres.exe -D "${home.cluster}"`, 'started'],
  [`/opt/pg/bin/postgres --single -D ${home.cluster} postgres`, 'started'],
  [`postgres: ${home.name}: checkpointer `, 'forked'],
  [`postgres: ${home.name}: catalyst catalyst_production [local] idle`, 'forked'],
  [`/opt/pg/bin/postgres -D ${home.cluster}.making`, 'nothing'],
  [`/opt/pg/bin/postgres -D ${home.cluster}/other`, 'nothing'],
  [`/opt/pg/bin/pg_ctl -D ${home.cluster} status`, 'nothing'],
  [`grep postgres -D ${home.cluster}`, 'nothing'],
  [`vi ${home.cluster}/postmaster.pid`, 'nothing'],
  ['postgres: checkpointer ', 'nothing'],
  [`sh -c echo postgres: ${home.name}: checkpointer`, 'nothing'],
];
for (const [command, of] of commands)
  test(`a process called ${command.replaceAll(home.folder, '…').replace(home.name, '…')} is ${of} of this server`, () => {
    const { started, forked } = serverProcesses(home, [{ pid: 7, command }]);
    expect({ started, forked }).toEqual({ started: of === 'started' ? [7] : [], forked: of === 'forked' ? [7] : [] });
  });

const files: readonly [text: string | null, read: unknown][] = [
  [null, null],
  ['', 'spoiled'],
  ['\n', 'spoiled'],
  ['0\n', 'spoiled'],
  ['12', { pid: 12, status: '' }],
  ['12\n/d\n1700000000\n5432\n', { pid: 12, startedAt: 1_700_000_000_000, port: 5432, status: '' }],
  ['12\n/d\n1700000000\n5432\n/tmp/s\n\n 1 2\nready   \n', { pid: 12, socketFolder: '/tmp/s', status: 'ready' }],
  ['-12\n/d\n1700000000\n', { pid: 12 }],
];
for (const [text, read] of files)
  test(`a postmaster.pid of ${JSON.stringify(text)}`, () => {
    const cluster = mkdtempSync(join(tmpdir(), 'pid-'));
    if (text !== null) writeFileSync(join(cluster, 'postmaster.pid'), text);
    const found = readPidFile(cluster);
    if (typeof read === 'object' && read !== null) expect(found).toMatchObject(read);
    else expect(found).toBe(read);
  });

test('only the number is taken out of the file of a server that is gone, not the memory that it may still hold', () => {
  expect(withoutProcess('12\n/d\n1700000000\n5432\n/s\n\n 1 2\nready\n')).toBe(`${2 ** 31 - 1}\n/d\n1700000000\n5432\n/s\n\n 1 2\nready\n`);
});

test('a socket lies beside the data while its path is short enough, then in a temporary folder, then in /tmp', () => {
  const deep = databaseHome(`/srv/${'deep/'.repeat(20)}home`);
  expect(socketFolder(databaseHome('/srv/db'), '/tmp')).toBe('/srv/db/socket');
  expect(socketFolder(deep, '/var/tmp')).toBe(`/var/tmp/${deep.name}`);
  expect(socketFolder(deep, `/var/${'tmp/'.repeat(30)}`)).toBe(`/tmp/${deep.name}`);
});

test('what stands in a folder of a Windows user means itself in the settings', () => {
  const text = configuration({ ...home, logs: "C:\\new\\it's" }, { socketFolder: '/a "b', port: 1 });
  expect(text).toContain("log_directory = 'C:\\\\new\\\\it''s'");
  expect(text).toContain(`unix_socket_directories = '"/a ""b"'`);
  expect(text).toMatch(/^fsync = 'on'$/m);
});

test('what a server says is told by its last telling lines, without their times', () => {
  const log = [
    '2026-11-30 06:07:41.394 UTC [14069]  LOG:  starting',
    '2026-11-30 06:07:41.394 UTC [14069] psql FATAL:  no room',
    'HINT:  more',
  ];
  expect(shortly(log.join('\n'))).toBe('psql FATAL:  no room / HINT:  more');
  expect(shortly('a\n\nb\n')).toBe('a / b');
});

test('the first folder that a user may not pass is named', () => {
  const top = mkdtempSync(join(tmpdir(), 'closed-'));
  const deep = join(top, 'one');
  mkdirSync(deep);
  // mkdtemp makes a folder for its owner alone; the folder for all temporary files of the tests may be closed as well.
  const stranger = { uid: 4_000_000, gid: 4_000_000, name: 'stranger' };
  expect(deep.startsWith(closedFolder(deep, stranger) ?? 'nowhere')).toBe(true);
  expect(closedFolder(deep, null)).toBe(null);
  expect(closedFolder('/', stranger)).toBe(null);
});

test.skipIf(process.getuid?.() !== 0 || !existsSync('/root'))(
  `what only root may reach has its server elsewhere, always in the same place (skipped: unless root)`,
  () => {
    expect(inReach('/root/catalyst/data/database')).toMatch(/^(?:\/var\/lib\/catalyst\/database-[0-9a-f]{8}|\/root\/.*)$/);
    expect(inReach('/root/catalyst/data/database')).toBe(inReach('/root/catalyst/data/database'));
    expect(inReach('/root/other/data/database')).not.toBe(inReach('/root/catalyst/data/database'));
    expect(inReach('/srv/catalyst/data')).toBe('/srv/catalyst/data');
  },
);
