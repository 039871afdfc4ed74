import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from '#adapters/postgres/server/binaries';
import type { DatabaseHome } from '#adapters/postgres/server/database-home';
import type { DatabaseProblem } from '#adapters/postgres/server/problems';
import { runAs } from '#adapters/postgres/server/run-as';
import { give, type ServerUser } from '#adapters/postgres/server/server-user';
import { freeMegabytes, shortly } from '#adapters/postgres/server/server-words';
import { fail, ok, type Result } from '#domain/values/result';

/** The one role there is in the beginning; it owns everything. */
export const OWNER = 'catalyst';

/** What a new one takes before anything is in it, with its first log. */
const MAKING_NEEDS_MB = 100;

/** Makes the files of a server, whole or not at all: what a killed first run has left is thrown away. */
export async function makeCluster(home: DatabaseHome, { bin }: Binaries, user: ServerUser): Promise<Result<null, DatabaseProblem>> {
  const freeMb = freeMegabytes(home.folder);
  rmSync(home.making, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(home.making, { mode: 0o700 });
  give(home.making, user);
  if (!existsSync(home.password)) placePassword(home, draftPassword(home, user).draft);
  const ran = await runAs(user, join(bin, 'initdb'), [
    `--pgdata=${home.making}`,
    `--username=${OWNER}`,
    `--pwfile=${home.password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorted by code points on every machine, and letters of all languages are known as such.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // A page that the disk gives back changed is an error and not a number.
    '--data-checksums',
    // Linux writes all of them to the disk in one call, three seconds sooner than a call for each.
    ...(process.platform === 'linux' ? ['--sync-method=syncfs'] : []),
    '--no-instructions',
  ]);
  if (!ran.ok) return ran;
  const { code, output } = ran.value;
  if (code !== 0) {
    rmSync(home.making, { recursive: true, force: true, maxRetries: 5 });
    const said = shortly(output) || `initdb ended with ${code}`;
    const isFull = freeMb < MAKING_NEEDS_MB;
    return fail(isFull ? { kind: 'disk_full', folder: home.folder, freeMb, said } : { kind: 'would_not_make', folder: home.folder, said });
  }
  renameSync(home.making, home.cluster);
  syncFolder(home.folder);
  return ok(null);
}

/**
 * Gives the role another password where its file is lost: by the server alone with its files, which asks nobody for one.
 * It must be stopped.
 */
export async function renewPassword(home: DatabaseHome, { bin }: Binaries, user: ServerUser): Promise<Result<null, DatabaseProblem>> {
  const { draft, password } = draftPassword(home, user);
  const alter = `ALTER ROLE ${OWNER} PASSWORD '${password}'\n`;
  const ran = await runAs(user, join(bin, 'postgres'), ['--single', '-D', home.cluster, '-c', 'logging_collector=off', 'postgres'], alter);
  if (!ran.ok) return ran;
  if (ran.value.code !== 0) return fail({ kind: 'would_not_start', log: home.logs, said: shortly(ran.value.output) });
  placePassword(home, draft);
  return ok(null);
}

/** Nobody thinks of it and nobody types it; the server's user and root can read it. */
function draftPassword({ password: path }: DatabaseHome, user: ServerUser): { readonly draft: string; readonly password: string } {
  const draft = `${path}.making`;
  const password = randomBytes(24).toString('hex');
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, `${password}\n`);
  fsyncSync(file);
  closeSync(file);
  give(draft, user);
  return { draft, password };
}

function placePassword(home: DatabaseHome, draft: string): void {
  renameSync(draft, home.password);
  syncFolder(home.folder);
}

/** A name is on the disk when its folder is. Windows has no such thing for folders. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  fsyncSync(file);
  closeSync(file);
}
