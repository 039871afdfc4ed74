import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { decodeEntries } from '#engine/journal/reader';
import { must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';
import { systemClock } from '#main/news/system-clock';
import { rebuild } from '#main/record/rebuild';
import { withEmbedded } from '../postgres/servers.js';
import { writeEveryEvent } from './every-event.js';
import { asked, hashes, journalFolder, project, withSchema } from './projected.js';

const server = withEmbedded();
const fresh = async (): Promise<string> => withSchema(await server.fresh());
const rebuilt = (url: string, ...directories: readonly string[]) =>
  rebuild({ url, directories, allowsChanged: false, signal: new AbortController().signal, clock: systemClock, told: () => {} });

function everyEvent(): string {
  const directory = journalFolder();
  writeEveryEvent(directory);
  return directory;
}

/** The same run, but for the instant of its last entry. */
function otherEnd(directory: string): string {
  const other = join(dirname(journalFolder()), basename(directory));
  const entries = [...decodeEntries(directory)];
  const writer = must(JournalWriter.open(other));
  for (const { event, at, cause, origin, sequence } of entries)
    writer.append(event, sequence === entries.length ? instant(at + 1) : at, cause, origin);
  writer.close();
  return other;
}

/** The same run without its last entry. */
function shorter(directory: string): string {
  const other = join(dirname(journalFolder()), basename(directory));
  const writer = must(JournalWriter.open(other));
  for (const { event, at, cause, origin } of [...decodeEntries(directory)].slice(0, -1)) writer.append(event, at, cause, origin);
  writer.close();
  return other;
}

/** Both in one record, under names of their own. */
async function twoThatBeginAlike() {
  const journal = everyEvent();
  const other = otherEnd(journal);
  const url = await fresh();
  await project(url, journal, { name: 'one' });
  await project(url, other, { name: 'other' });
  return { url, journal, other };
}

/** A byte of an entry in its middle is another. */
function damaged(directory: string): string {
  const copy = join(dirname(journalFolder()), basename(directory));
  cpSync(directory, copy, { recursive: true });
  const file = join(copy, '00000001.journal');
  const bytes = readFileSync(file);
  const place = bytes.length >> 1;
  bytes[place] = (bytes[place] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
  return copy;
}

test.skipIf(!server.isThere)(`a damaged journal is no journal that ends before the damage${server.why}`, async () => {
  await expect(project(await fresh(), damaged(everyEvent()))).rejects.toThrow(/corrupt/);
});

test.skipIf(!server.isThere)(
  `nothing is dropped for a journal that is damaged, or for another one of the same name${server.why}`,
  async () => {
    const journal = everyEvent();
    const url = await fresh();
    await project(url, journal);
    const before = await hashes(url);
    await expect(rebuilt(url, damaged(journal))).rejects.toThrow(/corrupt/);
    const other = otherEnd(journal);
    for (const both of [
      [journal, other],
      [other, journal],
    ])
      expect(await rebuilt(url, ...both)).toMatchObject({ ok: false, problem: { kind: 'name_taken' } });
    expect(await hashes(url)).toEqual(before);
  },
);

test.skipIf(!server.isThere)(
  `of a journal that was put back to an earlier entry, or replaced, nothing is dropped before somebody says so${server.why}`,
  async () => {
    const journal = everyEvent();
    const url = await fresh();
    await project(url, journal);
    const before = await hashes(url);
    const last = [...decodeEntries(journal)].length;
    for (const [changed, problem] of [
      [shorter(journal), { kind: 'journal_changed', name: 'journal', sequence: last, found: null }],
      [otherEnd(journal), { kind: 'journal_changed', name: 'journal', sequence: last, found: expect.any(String) }],
    ] as const) {
      expect(await rebuilt(url, changed)).toMatchObject({ ok: false, problem });
      expect(await hashes(url)).toEqual(before);
    }
    const cut = shorter(journal);
    const options = { url, directories: [cut], allowsChanged: true, signal: new AbortController().signal };
    expect(await rebuild({ ...options, clock: systemClock, told: () => {} })).toMatchObject({ ok: true });
    const clean = await fresh();
    await project(clean, cut);
    expect(await hashes(url)).toEqual(await hashes(clean));
  },
);

test.skipIf(!server.isThere)(
  `of two that begin alike, under names of their own, it is known which one was put back${server.why}`,
  async () => {
    const { url, journal, other } = await twoThatBeginAlike();
    expect(await rebuilt(url, journal, shorter(other))).toMatchObject({ ok: false, problem: { kind: 'journal_changed', name: 'other' } });
  },
);

test.skipIf(!server.isThere)(
  `journals that begin alike, and one with two names, are made again under their own names${server.why}`,
  async () => {
    const { url, journal, other } = await twoThatBeginAlike();
    await project(url, journal, { name: 'twice', projections: ['ledger'] });
    expect(await asked(url, 'select distinct genesis from catalyst.journals')).toHaveLength(1);
    const before = await hashes(url);
    expect(await rebuilt(url, other, journal, journal)).toMatchObject({ ok: true });
    expect(await hashes(url)).toEqual(before);
  },
);
