import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chance } from '../bar-columns.js';
import { catalyst, type Ran, sessionLines, started, summaryIn } from './catalyst.js';
import { madeDay, newFolder } from './made-data.js';

export type Kills = {
  /** Runs that were killed before they came to their end. */
  readonly midRun: number;
  /** Runs that came to their end before the kill; their journal is compared, and the next run begins another. */
  readonly tooLate: number;
  readonly undisturbed: Outcome;
  readonly afterKills: readonly Outcome[];
};
type Outcome = {
  readonly sessions: readonly unknown[];
  readonly journalHash: string | null;
  readonly ledger: string;
  readonly verified: number | null;
  readonly replayed: number | null;
};

/** A run of some seconds, killed so many times in its midst at moments given by the seed, started again each time, and left to end. */
export async function killedRuns(kills: number, seed: number): Promise<Kills> {
  const work = newFolder('killed');
  const day = await madeDay(work, { seed, symbols: 40 });
  const run = (journal: string) => [...day(journal), '--strict'];
  const began = performance.now();
  const ran = catalyst(run(join(work, 'undisturbed')));
  const whole = performance.now() - began;
  const undisturbed = outcomeOf(join(work, 'undisturbed'), ran);
  const next = chance(seed);
  const afterKills: Outcome[] = [];
  let midRun = 0;
  let tooLate = 0;
  while (midRun < kills && tooLate < kills) {
    const journal = join(work, `killed-${afterKills.length}`);
    if (await killed(run(journal), whole * (0.1 + 0.35 * next()))) midRun++;
    else {
      tooLate++;
      afterKills.push(outcomeOf(journal, catalyst(run(journal))));
    }
  }
  const last = join(work, `killed-${afterKills.length}`);
  return { midRun, tooLate, undisturbed, afterKills: [...afterKills, outcomeOf(last, catalyst(run(last)))] };
}

/** Whether the process was killed, so many milliseconds after its start, before it had printed its last line. */
async function killed(args: readonly string[], after: number): Promise<boolean> {
  const child = started(args);
  let out = '';
  child.stdout?.on('data', (text) => {
    out += String(text);
  });
  child.stderr?.resume();
  const ended = once(child, 'close');
  await sleep(after);
  child.kill('SIGKILL');
  await ended;
  return child.signalCode === 'SIGKILL' && !out.includes('"summary"');
}

function outcomeOf(journal: string, { code, out, err }: Ran): Outcome {
  if (code !== 0) throw new Error(`the run ended with ${code}: ${err}`);
  const ledger = catalyst(['ledger', '--journal', journal, '--json']).out;
  const verified = catalyst(['verify', '--journal', journal]).code;
  const replayed = catalyst(['replay', '--journal', journal]).code;
  return { sessions: sessionLines(out), journalHash: summaryIn(out)?.journalHash ?? null, ledger, verified, replayed };
}
