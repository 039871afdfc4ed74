import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { decodeEntries } from '#engine/journal/reader';
import { JournalWriter } from '#engine/journal/writer';
import { chance } from '../bar-columns.js';
import { serverFolder } from '../postgres/cluster.js';

const catalyst = fileURLToPath(new URL('../../bin/catalyst.js', import.meta.url));

export type KillRounds = {
  /** A whole journal, which is written again entry by entry under the projector's eyes. */
  readonly of: string;
  readonly rounds: number;
  readonly seed: number;
};

export type Killed = {
  readonly killed: Readonly<Record<'server' | 'projector' | 'both', number>>;
  /** Rounds in which the projector had said that it follows. */
  readonly atWork: number;
  readonly entries: number;
  /** Tables whose content is not that of a clean projection of the same journal. */
  readonly different: readonly string[];
};

type Hashed = { readonly tables: readonly { readonly table: string; readonly rows: number; readonly hash: string }[] };

/**
 * Writes a journal while `catalyst db follow` reads it into a server of its own; at moments that differ by the seed kills the server,
 * the projector, or both with −9. In the end what the database holds is held against a projection that nobody disturbed.
 */
export async function killRounds({ of, rounds, seed }: KillRounds): Promise<Killed> {
  const folder = serverFolder('kills');
  const journal = join(folder, 'journal');
  const home = join(folder, 'db');
  mkdirSync(journal);
  const run = (...words: readonly string[]): string => {
    const done = spawnSync(process.execPath, [catalyst, 'db', ...words, '--database', home], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`db ${words.join(' ')}: ${done.stderr}`);
    return done.stdout;
  };
  const follow = (): ChildProcess =>
    spawn(process.execPath, [catalyst, 'db', 'follow', '--journal', journal, '--database', home], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const killed = { server: 0, projector: 0, both: 0 };
  const next = chance(seed);
  let atWork = 0;
  try {
    run('start');
    const writer = JournalWriter.open(journal);
    if (!writer.ok) throw new Error(writer.problem.kind);
    const entries = [...decodeEntries(of)];
    const share = Math.ceil(entries.length / rounds);
    let follower = follow();
    let at = 0;
    for (let round = 0; round < rounds; round++) {
      // Mostly when it is at work, now and then while it still begins.
      if (next() < 0.75 && (await untilAtWork(journal, follower))) atWork++;
      for (const end = Math.min(entries.length, at + share); at < end; at++) {
        const entry = entries[at];
        if (entry !== undefined) writer.value.append(entry.event, entry.at, entry.cause, entry.origin);
      }
      writer.value.commit();
      await sleep(next() * 1200);
      const draw = next();
      const what = draw < 0.4 ? 'server' : draw < 0.8 ? 'projector' : 'both';
      killed[what]++;
      if (what !== 'projector') killServer(home);
      if (what !== 'server') {
        const ended = once(follower, 'exit');
        follower.kill('SIGKILL');
        await ended;
        follower = follow();
      }
      if (follower.exitCode !== null) throw new Error(`round ${round}: the projector ended by itself with code ${follower.exitCode}`);
    }
    writer.value.close();
    // A projection that has said nothing yet is not among those that it tells of.
    await untilWritten(journal, follower, { entries: entries.length, count: 3 });
    const ended = once(follower, 'exit');
    follower.kill('SIGINT');
    await ended;
    const disturbed = JSON.parse(run('hash', '--json')) as Hashed;
    run('project', '--journal', journal, '--name', 'catalyst_clean', '--as', 'journal');
    const clean = JSON.parse(run('hash', '--json', '--name', 'catalyst_clean')) as Hashed;
    const different = clean.tables.filter(({ table, hash }) => disturbed.tables.find((one) => one.table === table)?.hash !== hash);
    return { killed, atWork, entries: entries.length, different: different.map(({ table }) => table) };
  } finally {
    spawnSync(process.execPath, [catalyst, 'db', 'stop', '--database', home]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The server's own process, found by the file that it keeps beside its data. */
function killServer(home: string): void {
  const file = join(home, 'cluster', 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  if (pid > 1 && isRunning(pid)) process.kill(pid, 'SIGKILL');
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

type Told = { readonly pid: number; readonly database: string; readonly lags: readonly { readonly sequence: number }[] };

/** What the follower says of itself; null before it has. */
function told(journal: string): Told | null {
  const file = join(journal, 'projection.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Told) : null;
}

/** False when it has not come to that in time: a machine may be busy. */
async function untilAtWork(journal: string, follower: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    const state = told(journal);
    if (state?.pid === follower.pid && state?.database === 'there' && state.lags.length > 0) return true;
    await sleep(100);
  }
  return false;
}

async function untilWritten(
  journal: string,
  follower: ChildProcess,
  { entries, count }: { readonly entries: number; readonly count: number },
): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    const state = told(journal);
    if (
      state !== null &&
      state.pid === follower.pid &&
      state.lags.length === count &&
      state.lags.every(({ sequence }) => sequence === entries)
    )
      return;
    if (follower.exitCode !== null) throw new Error(`the projector ended by itself with code ${follower.exitCode}`);
    await sleep(200);
  }
  throw new Error('the projector has not caught up');
}
