import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DatabaseProblem, systemCode } from '#adapters/postgres/server/problems';
import { fail, type Result } from '#domain/values/result';

const LOOK_AGAIN = 20;

/**
 * One process at a time makes, starts, adopts or stops the server of a home; others wait. The file names its process and
 * when that began, since the next one may get the same number; what a killed process has left is taken away.
 */
export async function withStartLock<Value>(
  path: string,
  waitMs: number,
  work: () => Promise<Result<Value, DatabaseProblem>>,
): Promise<Result<Value, DatabaseProblem>> {
  const mine = `${process.pid} ${beganAt(process.pid)} ${++taken}`;
  const end = performance.now() + waitMs;
  while (!place(path, mine)) {
    const holder = textOf(path);
    if (holder !== null && !lives(holder)) takeAway(path, holder);
    else if (performance.now() > end)
      return fail({ kind: 'somebody_starts_it', pid: pidIn(holder ?? ''), seconds: Math.round(waitMs / 1000) });
    else await sleep(LOOK_AGAIN);
  }
  try {
    return await work();
  } finally {
    if (textOf(path) === mine) rmSync(path, { force: true });
  }
}

let taken = 0;

/** Whole or not at all: a link is made in one step, and fails where there is a file. */
function place(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}.${taken}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Of two that find a dead lock one moves it; whoever moves a living one by mistake, made in between, puts it back. */
function takeAway(path: string, dead: string): void {
  const aside = `${path}.dead.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return;
  }
  const moved = textOf(aside);
  if (moved !== null && moved !== dead && lives(moved)) place(path, moved);
  rmSync(aside, { force: true });
}

const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (!['ENOENT', 'ESRCH'].includes(systemCode(error))) throw error;
    return null;
  }
};

const pidIn = (text: string): number => Number.parseInt(text, 10) || 0;

/** This process holds one at a time for each home, and what bears its number and its beginning is its own. */
function lives(text: string): boolean {
  const [pid = '', began = ''] = text.split(' ');
  return Number(pid) > 0 && beganAt(Number(pid)) === began;
}

/** Ticks since the machine began on Linux (proc(5), field 22), a date where there is `ps`; "gone" for nobody and for the dead. */
function beganAt(pid: number): string {
  const stat = `/proc/${pid}/stat`;
  if (process.platform === 'linux') {
    const text = existsSync(stat) ? (textOf(stat) ?? '') : '';
    const [state = 'Z', ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return text === '' || state === 'Z' || state === 'X' ? 'gone' : (fields[18] ?? 'gone');
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return 'gone';
  }
  if (process.platform === 'win32') return 'there';
  return (
    spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
      .stdout?.trim()
      .replaceAll(' ', '-') || 'gone'
  );
}
