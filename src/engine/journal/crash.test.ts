import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { verifyJournal } from '#engine/journal/reader';
import { segmentsIn } from '#engine/journal/segment-format';
import { appendingChild } from '#engine/journal/testing/child';
import { killedWriters } from '#engine/journal/testing/killed-writers';
import { emptyDirectory, must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';

async function whatItSaid(child: ChildProcess): Promise<string> {
  const [said] = await Promise.all([child.stderr === null ? '' : text(child.stderr), once(child, 'exit')]);
  return said.trim();
}

test('G1: no committed entry is lost when the writer is killed', async () => {
  const rounds = await killedWriters(3);
  for (const { reported, kept, keptAfterOpen } of rounds) {
    expect(reported).toBeGreaterThan(0);
    expect(kept).toBeGreaterThanOrEqual(reported);
    expect(keptAfterOpen).toBe(kept);
  }
});

test('G4: a failed write stops the writer for good, and the journal can be opened again', async () => {
  const directory = join(emptyDirectory(), 'journal');
  const reports = join(emptyDirectory(), 'reports');
  // One kilobyte over the size of a segment: some segment's last entry does not fit.
  const child = appendingChild(directory, reports, { seed: 1, fileBlocksMax: 129 });
  expect(await whatItSaid(child)).toBe('{"kind":"journal_unwritable","code":"EFBIG"} refused');
  const found = must(verifyJournal(directory));
  const committed = Number(readFileSync(reports, 'utf8').split('\n').at(-2)?.split(' ')[0]);
  expect(found.entries).toBeGreaterThanOrEqual(committed);
  const writer = must(JournalWriter.open(directory));
  expect(writer.repaired).toEqual(found.torn);
  expect(writer.sequence).toBe(found.entries);
  writer.close();
  expect(must(verifyJournal(directory)).torn).toBeNull();
});

test('every commit waits for the disk, and every new segment for its directory', async () => {
  const directory = join(emptyDirectory(), 'journal');
  const trace = join(emptyDirectory(), 'trace.json');
  const turns = 40;
  expect(await whatItSaid(appendingChild(directory, join(emptyDirectory(), 'reports'), { seed: 1, turns, trace }))).toBe('');
  const calls = (JSON.parse(readFileSync(trace, 'utf8')) as { traceEvents: { name: string; ph: string }[] }).traceEvents;
  const count = (name: string): number => calls.filter((call) => call.name === name && call.ph === 'B').length;
  const segments = segmentsIn(directory).length;
  expect(segments).toBeGreaterThan(5);
  // A segment costs two more when it is made and when zeros are written ahead; all but the last are sealed with one.
  expect(count('fs.sync.fdatasync')).toBeGreaterThanOrEqual(turns + segments);
  expect(count('fs.sync.fsync')).toBeGreaterThanOrEqual(2 * segments - 1);
});
