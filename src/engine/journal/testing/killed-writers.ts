import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyJournal } from '#engine/journal/reader';
import { appendingChild } from '#engine/journal/testing/child';
import { emptyDirectory, must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';

export type Round = { readonly reported: number; readonly kept: number; readonly keptAfterOpen: number };

/**
 * Starts a process that appends and commits, kills it with −9 at a moment that differs from round to round, opens the
 * journal, and goes on with the same journal. Each round says what the killed process had reported as committed and what
 * the journal holds.
 */
export async function killedWriters(rounds: number): Promise<readonly Round[]> {
  const directory = join(emptyDirectory(), 'journal');
  const reports = join(emptyDirectory(), 'reports');
  const results: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = lastReport(reports);
    const child = appendingChild(directory, reports, { seed: round + 1 });
    const ended = once(child, 'exit');
    while (lastReport(reports) === before && child.exitCode === null) await sleep(5);
    await sleep((round * 37) % 150);
    child.kill('SIGKILL');
    await ended;
    const kept = must(verifyJournal(directory)).entries;
    const writer = must(JournalWriter.open(directory));
    writer.close();
    results.push({ reported: lastReport(reports), kept, keptAfterOpen: must(verifyJournal(directory)).entries });
  }
  return results;
}

/** The last whole line: a kill can tear the line after it. */
const lastReport = (path: string): number =>
  existsSync(path) ? Number((readFileSync(path, 'utf8').split('\n').at(-2) ?? '0').split(' ')[0]) : 0;
