import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from '#adapters/postgres/server/binaries';
import type { DatabaseHome } from '#adapters/postgres/server/database-home';
import { type PidFile, pidPath, readPidFile, withoutProcess } from '#adapters/postgres/server/pid-file';
import { type DatabaseProblem, systemCode } from '#adapters/postgres/server/problems';
import { cannotRun, serverEnvironment, standing } from '#adapters/postgres/server/run-as';
import { admission, configuration, isFree, type Listening, listening } from '#adapters/postgres/server/server-settings';
import { give, type ServerUser } from '#adapters/postgres/server/server-user';
import { freeMegabytes, logSizes, saidSince } from '#adapters/postgres/server/server-words';
import { fail, ok, type Result } from '#domain/values/result';

/** How a server is started. */
export type Start = {
  readonly home: DatabaseHome;
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly overTcp: boolean;
  readonly readyWithinMs: number;
};

const LOOK_AGAIN = 10;
const PORT_TRIES = 5;
/** Less than a segment of the log (16 MB) and a little: a server that does not start here lacks room. */
const FULL_BELOW_MB = 20;

/** Starts a server that is stopped and waits until it takes connections, after a crash until it has recovered. */
export async function startServer(start: Start): Promise<Result<PidFile, DatabaseProblem>> {
  for (let tries = 1; ; tries++) {
    const at = await listening(start.home, start.overTcp);
    const started = await startAt(start, at);
    // Another program may have taken the port between our look and the server's.
    const isTaken = !started.ok && at.socketFolder === '' && !(await isFree(at.port));
    if (!isTaken || tries === PORT_TRIES) return started;
  }
}

async function startAt({ home, binaries, user, readyWithinMs }: Start, at: Listening): Promise<Result<PidFile, DatabaseProblem>> {
  const unsafe = at.socketFolder === '' ? null : unsafeFolder(at.socketFolder, user);
  if (unsafe !== null) return fail(unsafe);
  // Nothing of this home runs, and the folder is its own: a number in there belongs to the dead, whoever has it now.
  if (at.socketFolder !== '') rmSync(join(at.socketFolder, `.s.PGSQL.${at.port}.lock`), { force: true });
  ownFolder(home.logs, user);
  writeOwn(join(home.cluster, 'postgresql.conf'), configuration(home, at), user);
  writeOwn(join(home.cluster, 'pg_hba.conf'), admission, user);
  const before = logSizes(home);
  const child = launched(home, binaries, user);
  const ended = once(child, 'exit').then(
    () => null,
    (error: unknown) => cannotRun(error, join(binaries.bin, 'postgres'), user),
  );
  let isOver = false;
  let why: DatabaseProblem | null = null;
  void ended.then((problem) => {
    isOver = process.platform !== 'win32' || problem !== null;
    why = problem;
  });
  const end = performance.now() + readyWithinMs;
  for (;;) {
    const file = readPidFile(home.cluster);
    const isOurs = file !== null && file !== 'spoiled' && (process.platform === 'win32' || file.pid === child.pid);
    if (isOurs && file.status === 'ready') return ok(file);
    if (isOver) return fail(why ?? wouldNotStart(home, saidSince(home, before)));
    if (performance.now() > end)
      return fail({ kind: 'not_ready_in_time', pid: child.pid ?? 0, status: 'starting', seconds: Math.round(readyWithinMs / 1000) });
    await sleep(LOOK_AGAIN);
  }
}

/** A process of its own, in nobody's group: it outlives whoever started it, and Ctrl-C at a terminal does not reach it. */
function launched({ cluster, startLog }: DatabaseHome, { bin }: Binaries, user: ServerUser): ChildProcess {
  const output = openSync(startLog, 'w', 0o600);
  // As an administrator of Windows a server refuses to run; pg_ctl starts it with fewer rights, and ends.
  const [program, args] =
    process.platform === 'win32' ? [join(bin, 'pg_ctl.exe'), ['start', '-W', '-D', cluster]] : [join(bin, 'postgres'), ['-D', cluster]];
  const child = spawn(program, args, {
    ...standing(user, cluster),
    env: serverEnvironment(),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', output, output],
  });
  child.unref();
  closeSync(output);
  return child;
}

function wouldNotStart(home: DatabaseHome, said: string): DatabaseProblem {
  const freeMb = freeMegabytes(home.cluster);
  return freeMb < FULL_BELOW_MB
    ? { kind: 'disk_full', folder: home.folder, freeMb, said }
    : { kind: 'would_not_start', log: home.logs, said: said || 'it ended without a word' };
}

/** Of a server that is gone: its number where another program has it, or a file without one. */
export function clearPidFile({ cluster }: DatabaseHome, left: 'number' | 'spoiled', user: ServerUser): void {
  const path = pidPath(cluster);
  if (left === 'spoiled') rmSync(path, { force: true });
  else writeOwn(path, withoutProcess(readFileSync(path, 'utf8')), user);
}

/** A folder that its owner alone may pass. In a temporary folder somebody else may have been there first. */
function unsafeFolder(path: string, user: ServerUser): DatabaseProblem | null {
  ownFolder(path, user);
  const found = lstatSync(path);
  const uid = user?.uid ?? process.getuid?.() ?? 0;
  if (found.isDirectory() && found.uid === uid) return null;
  return { kind: 'owned_by_another', folder: path, uid: found.uid };
}

function ownFolder(path: string, user: ServerUser): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return;
  }
  chmodSync(path, 0o700);
  give(path, user);
}

/** Whole or as it was. */
function writeOwn(path: string, text: string, user: ServerUser): void {
  const draft = `${path}.making`;
  writeFileSync(draft, text, { mode: 0o600 });
  give(draft, user);
  renameSync(draft, path);
}
