import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fail, ok, type Result } from '#domain/values/result';

export type LockProblem = { readonly kind: 'import_running'; readonly store: string; readonly pid: number };

/** The names beside a store that an import uses; they start with a dot and the store's name. */
const beside = (store: string, suffix: string): string => join(dirname(resolve(store)), `.${basename(resolve(store))}.${suffix}`);
const previousOf = (store: string): string => beside(store, 'previous');
const lockOf = (store: string): string => beside(store, 'importing');
export const incomingOf = (store: string): string => beside(store, 'incoming');

/**
 * One import at a time. Also puts right what a killed one left: an old store that was moved aside and not replaced
 * comes back, and half-written folders go. The lock holds the process's number; one of a dead process is void.
 */
export function lockStore(store: string): Result<() => void, LockProblem> {
  const lock = lockOf(store);
  const holder = holderOf(lock);
  if (holder !== null && holder !== process.pid) return fail({ kind: 'import_running', store, pid: holder });
  rmSync(lock, { force: true });
  writeFileSync(lock, String(process.pid), { flag: 'wx' });
  putBack(store);
  rmSync(previousOf(store), { recursive: true, force: true });
  rmSync(incomingOf(store), { recursive: true, force: true });
  return ok(() => rmSync(lock, { force: true }));
}

/**
 * For readers: a folder cannot be exchanged in one step, so between two renames of an import there is no store.
 * While the import lives it is waited for; when it was killed just there, the old store is put back.
 */
export async function settleStore(store: string): Promise<void> {
  for (let tries = 0; tries < 100 && !existsSync(store) && existsSync(previousOf(store)); tries++) {
    if (holderOf(lockOf(store)) === null) putBack(store);
    else await wait(20);
  }
}

/** Puts the folder `incoming` in the place of the store, after all of it has reached the disk. */
export function swapStore(store: string, incoming: string): void {
  syncTree(incoming);
  const previous = previousOf(store);
  if (existsSync(store)) renameSync(store, previous);
  renameSync(incoming, store);
  syncPath(dirname(resolve(store)));
  rmSync(previous, { recursive: true, force: true });
}

function putBack(store: string): void {
  if (!existsSync(store) && existsSync(previousOf(store))) renameSync(previousOf(store), store);
}

function holderOf(lock: string): number | null {
  if (!existsSync(lock)) return null;
  const pid = Number(readFileSync(lock, 'utf8'));
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // EPERM: alive, of another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? pid : null;
  }
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else syncPath(path);
  }
  syncPath(folder);
}

function syncPath(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}
