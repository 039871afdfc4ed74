import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chance } from '../bar-columns.js';
import { catalyst, sessionLines, started, summaryIn } from './catalyst.js';
import { madeSessions, newFolder, writeHeadlines, writeSessions } from './made-data.js';

export type Kills = {
  /** How many of the runs were killed before they came to their end. */
  readonly midRun: number;
  readonly undisturbed: Outcome;
  readonly afterKills: Outcome;
};
type Outcome = { readonly sessions: readonly unknown[]; readonly journalHash: string | null; readonly ledger: string; readonly verified: number | null; readonly replayed: number | null };

/** A run of some seconds, killed so many times at a moment given by the seed and started again each time, then left to end. */
export async function killedRuns(kills: number, seed: number): Promise<Kills> {
  const work = newFolder('killed');
  const made = await madeSessions({ seed, symbols: 40, from: '2019-06-20', count: 10 });
  const data = writeSessions(join(work, 'bars'), made);
  const news = writeHeadlines(join(work, 'news.csv'), made);
  const run = (journal: string) => ['day', '--from', '2019-06-20', '--to', '2019-07-03', '--data', data, '--news', news, '--strict', '--json', '--journal', journal];
  const began = performance.now();
  const undisturbed = outcomeOf(join(work, 'undisturbed'), run);
  const whole = performance.now() - began;
  const next = chance(seed);
  const journal = join(work, 'killed');
  let midRun = 0;
  for (let kill = 0; kill < kills; kill++) {
    const child = started(run(journal));
    let out = '';
    child.stdout?.on('data', (text) => {
      out += String(text);
    });
    child.stderr?.resume();
    const ended = once(child, 'close');
    await sleep(whole * (0.1 + 0.5 * next()));
    child.kill('SIGKILL');
    await ended;
    if (child.signalCode === 'SIGKILL' && !out.includes('"summary"')) midRun++;
  }
  return { midRun, undisturbed, afterKills: outcomeOf(journal, run) };
}

function outcomeOf(journal: string, run: (journal: string) => readonly string[]): Outcome {
  const { code, out, err } = catalyst(run(journal));
  if (code !== 0) throw new Error(`the run ended with ${code}: ${err}`);
  const ledger = catalyst(['ledger', '--journal', journal, '--json']).out;
  const verified = catalyst(['verify', '--journal', journal]).code;
  const replayed = catalyst(['replay', '--journal', journal]).code;
  return { sessions: sessionLines(out), journalHash: summaryIn(out)?.journalHash ?? null, ledger, verified, replayed };
}
