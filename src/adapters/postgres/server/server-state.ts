import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseHome } from '#adapters/postgres/server/database-home';
import { type PidFile, pidPath, readPidFile } from '#adapters/postgres/server/pid-file';
import type { DatabaseProblem } from '#adapters/postgres/server/problems';
import { serverProcesses } from '#adapters/postgres/server/process-list';
import { fail, ok, type Result } from '#domain/values/result';

/** What there is of a server at this moment. */
export type ServerState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'stopped' /** A file of a process that is gone, or says nothing. */; readonly left: 'nothing' | 'number' | 'spoiled' }
  /** It begins, recovers after a crash, or ends. */
  | { readonly kind: 'changing'; readonly pid: number; readonly status: string }
  /** The first of its processes was killed; these still use its memory, and no other server may begin. */
  | { readonly kind: 'orphaned'; readonly pids: readonly number[] }
  | ({ readonly kind: 'ready' } & PidFile);

/** Looks at the files and at what runs; nothing is changed. `major` is that of our programs. */
export function serverState(home: DatabaseHome, major: string): Result<ServerState, DatabaseProblem> {
  const { cluster } = home;
  if (!existsSync(cluster)) return ok({ kind: 'absent' });
  const versionFile = join(cluster, 'PG_VERSION');
  if (!existsSync(versionFile))
    return readdirSync(cluster).length === 0 ? ok({ kind: 'absent' }) : fail({ kind: 'not_a_cluster', folder: cluster });
  const made = readFileSync(versionFile, 'utf8').trim();
  if (made !== major) return fail({ kind: 'other_major', folder: cluster, made, ours: major });
  return ok(runningState(home));
}

function runningState(home: DatabaseHome): ServerState {
  // In this order: a server that begins in between has its process before it has its file.
  const file = readPidFile(home.cluster);
  const { started, forked } = serverProcesses(home);
  if (file !== null && file !== 'spoiled' && started.includes(file.pid))
    return file.status === 'ready' ? { kind: 'ready', ...file } : { kind: 'changing', pid: file.pid, status: file.status || 'starting' };
  const [first] = started;
  if (first !== undefined) return { kind: 'changing', pid: first, status: 'starting' };
  if (forked.length > 0) return { kind: 'orphaned', pids: forked };
  if (file === null) return { kind: 'stopped', left: 'nothing' };
  return { kind: 'stopped', left: file === 'spoiled' ? 'spoiled' : 'number' };
}

/** Whether anything of it is there at all, for a look from outside. */
export const hasPidFile = ({ cluster }: DatabaseHome): boolean => existsSync(pidPath(cluster));
