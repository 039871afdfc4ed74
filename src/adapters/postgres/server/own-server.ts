import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, keepsProcess, newClient, sqlStateOf } from '#adapters/postgres/client';
import type { RunningDatabase } from '#adapters/postgres/running-database';
import { type Binaries, installedBinaries, readyBinaries } from '#adapters/postgres/server/binaries';
import { type DatabaseHome, databaseHome } from '#adapters/postgres/server/database-home';
import { makeCluster, renewPassword } from '#adapters/postgres/server/making';
import { ownAddress } from '#adapters/postgres/server/own-address';
import type { PidFile } from '#adapters/postgres/server/pid-file';
import { type DatabaseProblem, systemCode } from '#adapters/postgres/server/problems';
import { type ServerState, serverState } from '#adapters/postgres/server/server-state';
import { closedFolder, type ServerUser, serverUser } from '#adapters/postgres/server/server-user';
import { freeMegabytes } from '#adapters/postgres/server/server-words';
import { withStartLock } from '#adapters/postgres/server/start-lock';
import { clearPidFile, startServer } from '#adapters/postgres/server/starting';
import { endOrphans, stopServer } from '#adapters/postgres/server/stopping';
import { fail, ok, type Result } from '#domain/values/result';

/** How a server of our own is opened. */
export type OwnServer = {
  readonly home: string;
  readonly database: string;
  /** Whether it stays when nobody uses it any more; once said, it holds until it is stopped. */
  readonly keep?: boolean;
  /** Whether it is made where there is none; true when nothing is said. */
  readonly make?: boolean;
  /** By a port of this machine and not by a socket; always so on Windows. */
  readonly overTcp?: boolean;
  /** After a crash of a large database it has much to read; it goes on by itself when this has passed. */
  readonly readyWithinMs?: number;
};

/** What all the steps need. */
type Scene = { readonly home: DatabaseHome; readonly binaries: Binaries; readonly user: ServerUser };

const READY_WITHIN = 180_000;
const LOOK_AGAIN = 25;
const ADMIN = 'postgres';

/** Starts the server of a home, or takes over the one that runs, and makes the database in it when there is none. */
export function openOwn({
  home: folder,
  database,
  keep = false,
  make = true,
  overTcp = process.platform === 'win32',
  readyWithinMs = READY_WITHIN,
}: OwnServer): Promise<Result<RunningDatabase, DatabaseProblem>> {
  return weather(folder, async () => {
    // A folder that somebody has mistyped is not to become a database because it was asked for something.
    if (!make && !existsSync(databaseHome(folder).cluster)) return fail({ kind: 'none_there', folder });
    const home = prepared(folder);
    if (!home.ok) return home;
    return withStartLock(home.value.lock, readyWithinMs + LOOK_AGAIN, async () => {
      const scene = sceneOf(home.value);
      if (!scene.ok) return scene;
      const began = performance.now();
      for (;;) {
        const running = await ready(scene.value, { overTcp, readyWithinMs });
        if (!running.ok) return running;
        const there = await present({ ...scene.value, ...running.value, database, make });
        if (there.ok) {
          if (keep) writeFileSync(home.value.kept, '');
          return there;
        }
        if (performance.now() - began > patienceWith(there.problem, readyWithinMs)) return there;
        await sleep(LOOK_AGAIN);
      }
    });
  });
}

/**
 * A server that begins anew after one of its processes died goes on calling itself ready, and takes nobody for a while; one that
 * was killed after our look is seen to be gone at the next.
 */
function patienceWith(problem: DatabaseProblem, readyWithinMs: number): number {
  if (problem.kind !== 'refused_by_server') return 0;
  if (problem.code.startsWith('57P')) return readyWithinMs;
  return brokenConnection.includes(problem.code) ? BROKEN_WITHIN : 0;
}

const brokenConnection = ['', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'];
const BROKEN_WITHIN = 2_000;

/** Ends the server of a home, whoever started it; null when none runs. */
export function stopOwn(folder: string): Promise<Result<{ readonly pid: number } | null, DatabaseProblem>> {
  const home = databaseHome(folder);
  return weather(folder, async () => {
    if (!existsSync(home.cluster)) return ok(null);
    return withStartLock(home.lock, READY_WITHIN, async () => {
      const scene = sceneOf(home);
      if (!scene.ok) return scene;
      const state = serverState(home, scene.value.binaries.major);
      if (!state.ok) return state;
      rmSync(home.kept, { force: true });
      return ended(scene.value, state.value);
    });
  });
}

async function ended(scene: Scene, state: ServerState): Promise<Result<{ readonly pid: number } | null, DatabaseProblem>> {
  if (state.kind === 'orphaned') {
    const gone = await endOrphans(scene.home);
    return gone.ok ? ok({ pid: state.pids[0] ?? 0 }) : gone;
  }
  if (state.kind !== 'ready' && state.kind !== 'changing') return ok(null);
  const stopped = await stopServer(scene.home, scene.binaries, state.pid);
  return stopped.ok ? ok({ pid: state.pid }) : stopped;
}

type Running = { readonly file: PidFile; readonly startedBy: 'us' | 'adopted' };

/** Under the lock: makes, waits, tidies and starts, until a server takes connections. */
async function ready(
  scene: Scene,
  { overTcp, readyWithinMs }: { readonly overTcp: boolean; readonly readyWithinMs: number },
): Promise<Result<Running, DatabaseProblem>> {
  const { home, binaries, user } = scene;
  const end = performance.now() + readyWithinMs;
  for (;;) {
    const state = serverState(home, binaries.major);
    if (!state.ok) return state;
    const now = state.value;
    if (now.kind === 'ready') return ok({ file: now, startedBy: 'adopted' });
    if (now.kind === 'changing') {
      if (performance.now() > end)
        return fail({ kind: 'not_ready_in_time', pid: now.pid, status: now.status, seconds: Math.round(readyWithinMs / 1000) });
      await sleep(LOOK_AGAIN);
      continue;
    }
    if (now.kind === 'orphaned') {
      const gone = await endOrphans(home);
      if (!gone.ok) return gone;
      continue;
    }
    if (now.kind === 'absent') {
      const made = await makeCluster(home, binaries, user);
      if (!made.ok) return made;
    } else {
      if (now.left !== 'nothing') clearPidFile(home, now.left, user);
      const renewed = existsSync(home.password) ? ok(null) : await renewPassword(home, binaries, user);
      if (!renewed.ok) return renewed;
    }
    const started = await startServer({ home, binaries, user, overTcp, readyWithinMs });
    return started.ok ? ok({ file: started.value, startedBy: 'us' }) : started;
  }
}

/** A connection that is there for as long as this process uses the server: by these it is known whether anybody still does. */
async function present({
  home,
  binaries,
  user,
  file,
  startedBy,
  database,
  make,
}: Scene & Running & { readonly database: string; readonly make: boolean }): Promise<Result<RunningDatabase, DatabaseProblem>> {
  const url = ownAddress(home.folder, file, database);
  const admin = ownAddress(home.folder, file, ADMIN);
  if (!url.ok || !admin.ok) return fail({ kind: 'password_missing', file: home.password });
  const client = newClient(admin.value, { name: 'catalyst presence' });
  // When the server goes, whoever asks it something is told; this connection asks nothing.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query("SELECT current_setting('data_directory') AS folder, current_setting('server_version') AS version");
    const found = String(rows[0]?.folder);
    if (found !== home.cluster) {
      await client.end();
      return fail({ kind: 'another_server', expected: home.cluster, found });
    }
    if (!(await ensureDatabase(client, database, make))) {
      await client.end();
      return fail({ kind: 'no_such_database', server: home.folder, database });
    }
    keepsProcess(client, false);
    return ok({
      connectionString: url.value,
      version: String(rows[0]?.version).split(' ', 1)[0] ?? '',
      startedBy,
      place: { home: home.folder, pid: file.pid, port: file.port, socketFolder: file.socketFolder, startedAt: file.startedAt },
      close: () => leave({ home, binaries, user }, client, admin.value),
      stop: async () => {
        await ending(client);
        const stopped = await stopOwn(home.folder);
        return stopped.ok ? ok(null) : stopped;
      },
    });
  } catch (error) {
    await ending(client);
    const state = sqlStateOf(error);
    // Invalid password, and invalid authorization.
    if (state === '28P01' || state === '28000') return fail({ kind: 'wrong_password_file', file: home.password });
    // A connection that the server breaks off in the middle has no code.
    const code = state ?? (error instanceof Error && 'code' in error ? systemCode(error) : '');
    return fail({ kind: 'refused_by_server', server: home.folder, code, said: error instanceof Error ? error.message : '' });
  }
}

/** Duplicate database, and the same told by an index when two make it at once. */
const madeMeanwhile = ['42P04', '23505'];

/** False where there is none and none is to be made. */
async function ensureDatabase(client: Client, name: string, make: boolean): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount !== 0 || !make) return rowCount !== 0;
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE template0`);
  } catch (error) {
    if (!madeMeanwhile.includes(sqlStateOf(error) ?? '')) throw error;
  }
  return true;
}

const LEAVE_WITHIN = 60_000;

/**
 * The last one to leave stops the server, unless it is kept. Whoever comes does so under the same lock, so that nobody is
 * shown a server that is about to go. What goes wrong here is left to the next one who comes.
 */
async function leave(scene: Scene, presence: Client, admin: string): Promise<void> {
  const { home, binaries } = scene;
  await ending(presence);
  await weather(home.folder, () =>
    withStartLock(home.lock, LEAVE_WITHIN, async () => {
      const state = serverState(home, binaries.major);
      if (!state.ok || state.value.kind !== 'ready' || existsSync(home.kept) || (await othersUse(admin))) return ok(null);
      return stopServer(home, binaries, state.value.pid);
    }),
  );
}

/** Whether anybody is connected besides the one who asks; who cannot be asked is taken to be in use. */
async function othersUse(admin: string): Promise<boolean> {
  const client = newClient(admin, { name: 'catalyst leaving' });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query(
      "SELECT count(*) AS others FROM pg_stat_activity WHERE backend_type IN ('client backend', 'walsender') AND pid <> pg_backend_pid()",
    );
    return Number(rows[0]?.others) > 0;
  } catch {
    return true;
  } finally {
    await ending(client);
  }
}

/** A connection that is to be closed and is lost is closed. */
async function ending(client: Client): Promise<void> {
  keepsProcess(client, true);
  await client.end().catch(() => {});
}

/** The folder of the home, made if need be, and whether the server's user will get there. */
function prepared(folder: string): Result<DatabaseHome, DatabaseProblem> {
  const home = databaseHome(folder);
  const user = serverUser(home);
  if (!user.ok) return user;
  mkdirSync(dirname(home.folder), { recursive: true });
  mkdirSync(home.folder, { recursive: true, mode: user.value === null ? 0o700 : 0o711 });
  const within = closedFolder(home.folder, user.value);
  if (within !== null) return fail({ kind: 'folder_closed', folder: home.folder, user: user.value?.name ?? '', within });
  return ok(home);
}

function sceneOf(home: DatabaseHome): Result<Scene, DatabaseProblem> {
  const user = serverUser(home);
  if (!user.ok) return user;
  const installed = installedBinaries();
  if (!installed.ok) return installed;
  return ok({ home, user: user.value, binaries: readyBinaries(home, installed.value, user.value) });
}

const notPermitted = ['EACCES', 'EPERM', 'EROFS'];
const full = ['ENOSPC', 'EDQUOT'];

/** What the operating system refuses on the way is weather; anything else it says would be a bug of ours. */
async function weather<Value>(
  folder: string,
  work: () => Promise<Result<Value, DatabaseProblem>>,
): Promise<Result<Value, DatabaseProblem>> {
  try {
    return await work();
  } catch (error) {
    const code = systemCode(error);
    const path = error instanceof Error && 'path' in error ? String(error.path) : folder;
    if (notPermitted.includes(code)) return fail({ kind: 'not_permitted', path, code });
    if (full.includes(code))
      return fail({ kind: 'disk_full', folder, freeMb: freeMegabytes(existsSync(folder) ? folder : dirname(folder)), said: code });
    throw error;
  }
}
