import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { verifyJournal } from '#engine/journal/reader';
import { appendingChild } from '#engine/journal/testing/child';
import { killedWriters } from '#engine/journal/testing/killed-writers';
import { emptyDirectory, must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';

test('no committed entry is lost when the writer is killed', async () => {
  const rounds = await killedWriters(3);
  for (const { reported, kept, keptAfterOpen } of rounds) {
    expect(reported).toBeGreaterThan(0);
    expect(kept).toBeGreaterThanOrEqual(reported);
    expect(keptAfterOpen).toBe(kept);
  }
});

test('a failed write stops the writer for good, and the journal can be opened again', async () => {
  const directory = join(emptyDirectory(), 'journal');
  const child = appendingChild(directory, join(emptyDirectory(), 'reports'), 1, 1000);
  const [said] = await Promise.all([child.stderr === null ? '' : text(child.stderr), once(child, 'exit')]);
  expect(said.trim()).toBe('{"kind":"journal_unwritable","code":"EFBIG"} refused');
  const found = must(verifyJournal(directory));
  const writer = must(JournalWriter.open(directory));
  expect(writer.sequence).toBe(found.entries);
  writer.close();
  expect(must(verifyJournal(directory)).torn).toBeNull();
});
