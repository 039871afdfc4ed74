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
  readonly without?: string;
};

export type Killed = {
  readonly killed: Readonly<Record<'server' | 'projector' | 'both', number>>;
  readonly entries: number;
  /** Tables whose content is not that of a clean projection of the same journal. */
  readonly different: readonly string[];
};

type Hashed = { readonly tables: readonly { readonly table: string; readonly rows: number; readonly hash: string }[] };

/**
 * Writes a journal while `catalyst db follow` reads it into a server of its own; at moments that differ by the seed kills the server,
 * the projector, or both with −9. In the end what the database holds is held against a projection that nobody disturbed.
 */
export async function killRounds({ of, rounds, seed, without = 'none' }: KillRounds): Promise<Killed> {
  const folder = serverFolder('kills');
  const journal = join(folder, 'journal');
  const home = join(folder, 'db');
  mkdirSync(journal);
  const left = without === 'none' ? [] : ['--without', without];
  const run = (...words: readonly string[]): string => {
    const done = spawnSync(process.execPath, [catalyst, 'db', ...words, '--database', home], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`db ${words.join(' ')}: ${done.stderr}`);
    return done.stdout;
  };
  const follow = (): ChildProcess =>
    spawn(process.execPath, [catalyst, 'db', 'follow', '--journal', journal, '--database', home, ...left], { stdio: ['ignore', 'ignore', 'inherit'] });
  const killed = { server: 0, projector: 0, both: 0 };
  const next = chance(seed);
  try {
    run('start');
    const writer = JournalWriter.open(journal);
    if (!writer.ok) throw new Error(writer.problem.kind);
    const entries = [...decodeEntries(of)];
    const share = Math.ceil(entries.length / rounds);
    let follower = follow();
    let at = 0;
    for (let round = 0; round < rounds; round++) {
      for (const end = Math.min(entries.length, at + share); at < end; at++) {
        const entry = entries[at];
        if (entry !== undefined) writer.value.append(entry.event, entry.at, entry.cause, entry.origin);
        if (at % 97 === 0) writer.value.flush();
      }
      writer.value.commit();
      await sleep(200 + next() * 2500);
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
    await untilWritten(journal, entries.length, follower);
    const ended = once(follower, 'exit');
    follower.kill('SIGINT');
    await ended;
    const disturbed = JSON.parse(run('hash', '--json')) as Hashed;
    run('project', '--journal', journal, '--name', 'catalyst_clean', '--as', 'journal', ...left);
    const clean = JSON.parse(run('hash', '--json', '--name', 'catalyst_clean')) as Hashed;
    const different = clean.tables.filter(({ table, hash }) => disturbed.tables.find((one) => one.table === table)?.hash !== hash);
    return { killed, entries: entries.length, different: different.map(({ table }) => table) };
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

/** By what the follower says of itself. */
async function untilWritten(journal: string, entries: number, follower: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    const file = join(journal, 'projection.json');
    const told = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { lags: readonly { sequence: number }[] }) : { lags: [] };
    if (told.lags.length > 0 && told.lags.every(({ sequence }) => sequence === entries)) return;
    if (follower.exitCode !== null) throw new Error(`the projector ended by itself with code ${follower.exitCode}`);
    await sleep(200);
  }
  throw new Error('the projector has not caught up');
}
