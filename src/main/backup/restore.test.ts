import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { written } from '#adapters/archive/testing/sample-archive';
import { defaultPolicy } from '#domain/alerts/policy';
import { instant } from '#domain/values/instant';
import { verifyJournal } from '#engine/journal/reader';
import { onFailingDisk } from '#engine/journal/testing/failing-disk';
import { must, sampleLines, writeSample } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';
import { AlertLog } from '#main/alerts/alert-log';
import { alertsFolder } from '#main/alerts/log-files';
import { manifestText } from '#main/backup/manifest';
import { type RestoreWish, restore } from '#main/backup/restore';
import { aKey, backup, journalWithFolder, newFolder, problemOf } from '#main/backup/testing/backed-up';

let journal: string;
let from: string;
beforeAll(async () => {
  journal = journalWithFolder();
  from = (await backup(journal, newFolder())).path;
});

const back = (to: string, rest: Partial<RestoreWish> = {}) => restore({ from, to, secret: aKey, untilSequence: null, fill: null, ...rest });

test('a restored log of alerts goes on under a name of its own: a mail under the old one would be taken for a copy', async () => {
  const watched = journalWithFolder();
  const opened = (directory: string): AlertLog => {
    const log = AlertLog.open({ folder: alertsFolder(directory), policy: defaultPolicy, now: instant(1_000) });
    if (!log.ok) throw new Error(log.problem.kind);
    return log.value;
  };
  const log = opened(watched);
  log.append({ kind: 'read', sequence: 3, at: instant(1_000) });
  const { path } = await backup(watched, newFolder());
  const to = join(newFolder(), 'restored');
  await back(to, { from: path });
  const names = [1, 2].map(() => {
    const again = opened(join(to, 'journal'));
    expect(again.record.carry).toEqual(log.record.carry);
    again.close();
    return again.record.log;
  });
  log.close();
  expect(names[0]).not.toBe(log.record.log);
  expect(names[1]).toBe(names[0]);
});

describe('up to an entry', () => {
  test('a restored journal ends with exactly that entry, whichever it is, and is gone on with', async () => {
    const lines = sampleLines();
    for (let until = 1; until <= lines.length; until++) {
      const expected = join(newFolder(), 'journal');
      writeSample(expected, lines.slice(0, until));
      const to = join(newFolder(), 'restored');
      expect((await back(to, { untilSequence: until })).journal).toMatchObject({
        entries: until,
        head: must(verifyJournal(expected)).head,
      });
      expect(must(verifyJournal(join(to, 'journal')))).toEqual(must(verifyJournal(expected)));
      const writer = must(JournalWriter.open(join(to, 'journal')));
      for (const line of lines.slice(until)) writer.append(...line);
      writer.append({ kind: 'stop_cleared', by: 'a test', because: 'one more' }, instant(0), 0, 'door');
      writer.close();
      expect(must(verifyJournal(join(to, 'journal'))).entries).toBe(lines.length + 1);
    }
  });

  test('requests that waited are not put back, since nobody had sent them then; a stop is', async () => {
    const to = join(newFolder(), 'restored');
    await back(to, { untilSequence: 3 });
    expect(existsSync(join(to, 'journal', 'control'))).toBe(false);
    expect(readFileSync(join(to, 'journal', 'STOP'), 'utf8')).toBe('flatten a test\n');
  });

  test('that the backup does not have, nothing is restored', async () => {
    const to = join(newFolder(), 'restored');
    expect(await problemOf(() => back(to, { untilSequence: 10_000 }))).toMatch(/there is no entry 10000 in it/);
    expect(readdirSync(dirname(to))).toEqual([]);
  });
});

describe('where it goes', () => {
  test('may be an empty folder, or a link to one', async () => {
    const empty = newFolder();
    await back(empty);
    expect(readdirSync(empty).sort()).toEqual(['journal', 'manifest.json']);
    const other = newFolder();
    const link = join(newFolder(), 'link');
    symlinkSync(other, link);
    await back(link);
    expect(readdirSync(other)).toContain('journal');
  });

  test('is never a folder with something in it, nor a file', async () => {
    const full = newFolder();
    writeFileSync(join(full, 'a'), 'mine');
    expect(await problemOf(() => back(full))).toMatch(/holds something already/);
    expect(await problemOf(() => back(join(full, 'a')))).toMatch(/holds something already/);
    expect(readdirSync(full)).toEqual(['a']);
  });

  test('is cleared of what a killed restore left beside it', async () => {
    const to = join(newFolder(), 'restored');
    mkdirSync(`${to}.restoring-999999999`, { recursive: true });
    await back(to);
    expect(readdirSync(dirname(to))).toEqual(['restored']);
  });
});

describe('nothing is restored, and nothing left', () => {
  const expectNothing = async (rest: Partial<RestoreWish>, problem: RegExp): Promise<void> => {
    const to = join(newFolder(), 'restored');
    expect(await problemOf(() => back(to, rest))).toMatch(problem);
    expect(readdirSync(dirname(to))).toEqual([]);
  };

  test('with another key, or of a file that is not there', async () => {
    await expectNothing({ secret: { kind: 'key_file', key: Buffer.alloc(32) } }, /^(wrong_secret)$/);
    await expectNothing({ from: join(newFolder(), 'none') }, /^(ENOENT)$/);
  });

  test('of a backup with a flipped byte, wherever', async () => {
    const whole = readFileSync(from);
    const spoiled = join(newFolder(), 'spoiled');
    const places = Array.from({ length: 40 }, (_, n) => createHash('sha256').update(`${n}`).digest().readUInt32LE() % whole.length);
    for (const at of [0, 8, 20, 67, 68, whole.length - 1, ...places]) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      writeFileSync(spoiled, bytes);
      await expectNothing({ from: spoiled }, /^(not_an_archive|header_damaged|chunk_damaged)$/);
    }
  });

  test('of a backup that is cut off, wherever', async () => {
    const whole = readFileSync(from);
    const cut = join(newFolder(), 'cut');
    for (let length = 0; length < whole.length; length += 97) {
      writeFileSync(cut, whole.subarray(0, length));
      await expectNothing({ from: cut }, /^(not_an_archive|cut_off|chunk_damaged)$/);
    }
  });

  test('on a disk that is full, whichever write it is', async () => {
    const to = join(newFolder(), 'restored');
    let nth = 1;
    for (; ; nth++) {
      const tried: { said: Promise<string> } = { said: Promise.resolve('') };
      // All of it is written before the first wait, and so on the failing disk.
      const calls = onFailingDisk({ call: 'writeSync', nth, code: 'ENOSPC' }, () => {
        tried.said = problemOf(() => back(to));
      });
      const said = await tried.said;
      if (calls < nth) break;
      expect([nth, said]).toEqual([nth, 'ENOSPC']);
      expect(readdirSync(dirname(to))).toEqual([]);
    }
    expect(nth).toBeGreaterThan(5);
    expect(readdirSync(dirname(to))).toEqual(['restored']);
  });

  const mark = { entries: 0, head: '0'.repeat(64), lastAt: null };
  const made = { format: 1, catalyst: '0', madeAt: 0, database: null, leftOut: [] } as const;

  test('of an archive whose manifest tells other members, or none', async () => {
    const path = join(newFolder(), 'made.backup');
    const members = [{ name: 'journal/STOP', bytes: Buffer.from('flatten') }];
    written(path, aKey, members, manifestText({ ...made, journal: mark, members: [] }));
    await expectNothing({ from: path }, /^(members_differ)$/);
    const other = join(dirname(path), 'other.backup');
    written(other, aKey, members, '{"format":1}');
    await expectNothing({ from: other }, /^(bad_manifest)$/);
  });

  test('of an archive whose journal is not the one that its manifest tells', async () => {
    const source = join(newFolder(), 'journal');
    writeSample(source);
    const names = readdirSync(source).filter((name) => name.endsWith('.journal'));
    const members = names.map((name) => ({ name: `journal/${name}`, bytes: readFileSync(join(source, name)) }));
    const draft = join(newFolder(), 'draft');
    const sums = written(draft, aKey, members);
    const path = join(dirname(draft), 'made.backup');
    written(path, aKey, members, manifestText({ ...made, journal: { ...mark, entries: 1 }, members: sums }));
    await expectNothing({ from: path }, /^(journal_differs)$/);
  });
});
