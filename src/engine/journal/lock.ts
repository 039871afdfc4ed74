import { existsSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '#domain/values/result';
import type { JournalProblem } from '#engine/journal/problems';

/** The right to write in a directory; given back with `release`. */
export type Lock = {
  /** Whether it is still ours: somebody may have taken this process for dead while it slept (X2). */
  holds(): boolean;
  release(): void;
};

type Locked = Extract<JournalProblem, { kind: 'journal_locked' }>;

/**
 * One writer a directory: a file `lock` with the process and the time of its start, because after a crash in a container
 * the next process often gets the same number. The lock of a process that no longer lives is taken over.
 */
export function lockDirectory(directory: string): Result<Lock, Locked> {
  const path = join(directory, 'lock');
  const refused = { kind: 'journal_locked', directory } as const;
  if (place(path)) return ok(held(path));
  // Two processes may find the same dead lock: only the one that gets the second lock may remove the first.
  const takeover = `${path}.takeover`;
  if (!lives(holderOf(takeover))) rmSync(takeover, { force: true });
  if (!place(takeover)) return fail({ ...refused, pid: pidOf(holderOf(takeover)) });
  if (!lives(holderOf(path))) rmSync(path, { force: true });
  const taken = place(path);
  rmSync(takeover, { force: true });
  return taken ? ok(held(path)) : fail({ ...refused, pid: pidOf(holderOf(path)) });
}

/** The process that holds a directory and lives; null when nobody does. */
export function lockHolder(directory: string): number | null {
  const holder = holderOf(join(directory, 'lock'));
  return lives(holder) ? pidOf(holder) : null;
}

/** A lock that another process has taken over in the meantime is that one's, and stays. */
function held(path: string): Lock {
  const ours = markOf(path);
  const holds = (): boolean => markOf(path) === ours;
  return {
    holds,
    release: () => {
      if (holds()) rmSync(path, { force: true });
    },
  };
}

/** Which file lies there: asked for without a descriptor, since a process that has none left must still know. */
function markOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.ino} ${found.mtimeNs}`;
}

/** Makes the file with its whole content in one step; false when there is one already. */
function place(path: string): boolean {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, holder(process.pid));
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

const holder = (pid: number): string => `${pid} ${startOf(pid)}`;

const holderOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

const pidOf = (text: string): number => Number.parseInt(text, 10) || 0;

function lives(text: string): boolean {
  const pid = pidOf(text);
  return pid > 0 && isRunning(pid) && text === holder(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When a process began, in ticks since the machine did (proc(5), field 22); "unknown" where there is no /proc. A process
 * that was killed and not yet reaped has a number and holds nothing: "dead".
 */
function startOf(pid: number): string {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return 'unknown';
  const stat = readFileSync(path, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? 'dead' : (fields[19] ?? 'unknown');
}
