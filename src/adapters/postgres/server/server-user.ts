import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseHome } from '#adapters/postgres/server/database-home';
import type { DatabaseProblem } from '#adapters/postgres/server/problems';
import { fail, ok, type Result } from '#domain/values/result';

/** Somebody else whom the server must run as, since PostgreSQL refuses root. Null: as whoever runs this. */
export type ServerUser = { readonly uid: number; readonly gid: number; readonly name: string } | null;

const candidates = ['postgres', 'nobody'];

/** Whom the server of a home runs as: the owner of what is there, and for root somebody without rights. */
export function serverUser(home: DatabaseHome): Result<ServerUser, DatabaseProblem> {
  // Windows has no such numbers, and its pg_ctl gives up an administrator's rights by itself.
  if (process.getuid === undefined) return ok(null);
  const own = process.getuid();
  const owner = lstatSync(home.cluster, { throwIfNoEntry: false });
  if (own !== 0)
    return owner === undefined || owner.uid === own ? ok(null) : fail({ kind: 'owned_by_another', folder: home.cluster, uid: owner.uid });
  if (owner !== undefined && owner.uid !== 0) return ok({ uid: owner.uid, gid: owner.gid, name: nameOf(owner.uid) });
  for (const name of candidates) {
    const uid = numberOf('-u', name);
    const gid = numberOf('-g', name);
    if (uid !== null && gid !== null && uid !== 0) return ok({ uid, gid, name });
  }
  return fail({ kind: 'no_user_for_server' });
}

/** The first folder on the way to `path`, itself included, that this user may not pass; null when the way is open. */
export function closedFolder(path: string, user: ServerUser): string | null {
  if (user === null) return null;
  const above = dirname(path) === path ? null : closedFolder(dirname(path), user);
  return above ?? (allows(statSync(path), user, 1) ? null : path);
}

/** Whether the bits of a file let a user do that: 4 read, 1 run or pass. Lists of access beyond the bits are not asked. */
export function allows({ mode, uid, gid }: Stats, user: NonNullable<ServerUser>, wanted: 1 | 4 | 5): boolean {
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

/** Makes a file or folder the server's own. */
export function give(path: string, user: ServerUser): void {
  if (user !== null) chownSync(path, user.uid, user.gid);
}

/** `id` knows users wherever a machine keeps them; a file of them knows those of Linux only. */
function numberOf(flag: '-u' | '-g', name: string): number | null {
  const { stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
  const number = Number.parseInt(stdout ?? '', 10);
  return Number.isInteger(number) && number >= 0 ? number : null;
}

function nameOf(uid: number): string {
  const { stdout } = spawnSync('id', ['-un', String(uid)], { encoding: 'utf8' });
  return stdout?.trim() || String(uid);
}
