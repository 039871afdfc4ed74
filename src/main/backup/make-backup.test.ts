import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { verifyJournal } from '#engine/journal/reader';
import { appendingChild } from '#engine/journal/testing/child';
import { onFailingDisk } from '#engine/journal/testing/failing-disk';
import { must, sampleLines, writeSample } from '#engine/journal/testing/sample-journal';
import { restore } from '#main/backup/restore';
import { aKey, backup, filesIn, journalWithFolder, newFolder, problemOf } from '#main/backup/testing/backed-up';
import { wholeJournal } from '#main/backup/whole-journal';

const restored = async (from: string): Promise<string> => {
  const to = join(newFolder(), 'restored');
  await restore({ from, to, secret: aKey, untilSequence: null, fill: null });
  return to;
};

describe('a backup', () => {
  test('has the whole journal and what lies beside it, and nothing of a running process', async () => {
    const journal = journalWithFolder();
    const settings = join(newFolder(), 'settings.yaml');
    writeFileSync(settings, 'mode: normal\n');
    const { path, manifest } = await backup(journal, newFolder(), { others: [settings] });
    const back = await restored(path);
    const wanted = new Map([...filesIn(journal)].filter(([name]) => name !== 'lock' && name !== 'reserve'));
    expect(filesIn(join(back, 'journal'))).toEqual(wanted);
    expect([...wanted.keys()]).toEqual(expect.arrayContaining(['00000002.journal', 'STOP', 'control/1.json', 'control/taken/0_1.json']));
    expect(readFileSync(join(back, 'files', 'settings.yaml'), 'utf8')).toBe('mode: normal\n');
    expect(manifest.journal.head).toBe(must(verifyJournal(journal)).head);
  });

  test('is for its owner alone, as is what is restored from it', async () => {
    const to = join(newFolder(), 'new');
    const { path } = await backup(journalWithFolder(), to);
    const back = await restored(path);
    const modes = [to, path, back, join(back, 'journal'), join(back, 'journal', 'STOP')].map((each) => statSync(each).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600, 0o700, 0o700, 0o600]);
  });

  test('leaves out a torn tail and the zeros that were written ahead', async () => {
    const journal = join(newFolder(), 'journal');
    writeSample(journal, sampleLines(), 1 << 20);
    const whole = readFileSync(join(journal, '00000001.journal'));
    for (const tail of [Buffer.alloc(4096), Buffer.concat([Buffer.of(0xe5, 1, 9), Buffer.alloc(300)])]) {
      writeFileSync(join(journal, '00000001.journal'), Buffer.concat([whole, tail]));
      const { path } = await backup(journal, newFolder());
      expect(readFileSync(join(await restored(path), 'journal', '00000001.journal')).equals(whole)).toBe(true);
    }
  });

  test('follows no link that lies beside the journal, and tells it', async () => {
    const journal = journalWithFolder();
    const secret = join(newFolder(), 'elsewhere');
    writeFileSync(secret, 'not the journal’s');
    symlinkSync(secret, join(journal, 'control', 'link.json'));
    const { path, manifest } = await backup(journal, newFolder());
    expect(manifest.leftOut).toEqual(['control/link.json']);
    expect(existsSync(join(await restored(path), 'journal', 'control', 'link.json'))).toBe(false);
  });

  test('of a journal that is being written ends at a whole entry, and is the beginning of what that becomes', async () => {
    const journal = join(newFolder(), 'journal');
    const child = appendingChild(journal, join(newFolder(), 'reports'), { seed: 5 });
    const ended = once(child, 'exit');
    try {
      while (!existsSync(join(journal, '00000001.journal'))) await sleep(5);
      const to = newFolder();
      const marks = [];
      for (let round = 0; round < 4; round++) marks.push((await backup(journal, to)).manifest.journal);
      while (wholeJournal(journal).entries <= (marks.at(-1)?.entries ?? 0)) await sleep(5);
      const last = await backup(journal, to);
      expect(last.manifest.journal.entries).toBeGreaterThan(marks.at(-1)?.entries ?? 0);
      expect(must(verifyJournal(join(await restored(last.path), 'journal')))).toMatchObject({ torn: null });
      for (const { entries, head } of marks) if (entries > 0) expect(wholeJournal(journal, entries).head).toBe(head);
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  });

  test('is not made of a damaged journal, nor of none, and older ones stay', async () => {
    const journal = journalWithFolder();
    const to = newFolder();
    await backup(journal, to);
    const before = filesIn(to);
    const segment = join(journal, '00000002.journal');
    const bytes = readFileSync(segment);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(segment, bytes);
    expect(await problemOf(() => backup(journal, to, { keep: 1 }))).toMatch(/^journal corrupt at entry/);
    expect(await problemOf(() => backup(newFolder(), to, { keep: 1 }))).toMatch(/^no journal in/);
    expect(filesIn(to)).toEqual(before);
  });

  test('never takes the place of another', async () => {
    const journal = journalWithFolder();
    const to = newFolder();
    const { path } = await backup(journal, to, { now: () => 0 });
    const before = readFileSync(path);
    expect(await problemOf(() => backup(journal, to, { now: () => 0 }))).toBe('EEXIST');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(to)).toHaveLength(1);
  });

  test('refuses two at a time in one folder', async () => {
    const to = newFolder();
    writeFileSync(
      join(to, 'lock'),
      readFileSync(`/proc/${process.pid}/stat`, 'utf8').replace(
        /^(\d+) .*\) (.*)$/s,
        (_, pid: string, rest: string) => `${pid} ${rest.split(' ')[19]}`,
      ),
    );
    expect(await problemOf(() => backup(journalWithFolder(), to))).toMatch(/is making a backup/);
  });

  test('removes what a killed one left, and takes a file of that kind for no backup', async () => {
    const to = newFolder();
    writeFileSync(join(to, '.catalyst-1.partial'), 'CATBKUP half');
    const { path } = await backup(journalWithFolder(), to);
    expect(readdirSync(to)).toEqual([path.slice(to.length + 1)]);
  });
});

describe('how many are kept', () => {
  test('is a matter of one journal, of whole names, and of what begins as a backup', async () => {
    const journal = journalWithFolder();
    const to = newFolder();
    const others = ['catalyst-00000000-20200101T000000000Z-1.backup', 'my own.backup', 'catalyst-copy.backup'];
    const first = await backup(journal, to);
    for (const name of others) writeFileSync(join(to, name), readFileSync(first.path));
    // By its name one of ours, and the oldest, but nothing that we wrote.
    const like = first.path.replace(/-2026\d+T/, '-20200101T').slice(to.length + 1);
    writeFileSync(join(to, like), 'a letter');
    const paths = [first.path];
    for (let round = 0; round < 4; round++) paths.push((await backup(journal, to, { keep: 2 })).path);
    const kept = paths.slice(-2).map((path) => path.slice(to.length + 1));
    expect(readdirSync(to).sort()).toEqual([...others, like, ...kept].sort());
  });

  test('removes none when the new one is not proven', async () => {
    const journal = journalWithFolder();
    const to = newFolder();
    await backup(journal, to);
    await backup(journal, to);
    expect(await problemOf(() => backup(journal, to, { keep: 1, scratch: join(to, 'no such place') }))).toBe('ENOENT');
    expect(readdirSync(to)).toHaveLength(2);
  });
});

describe('a disk that fails while a backup is written', () => {
  for (const [call, code] of [
    ['writeSync', 'ENOSPC'],
    ['fsyncSync', 'EIO'],
    ['openSync', 'ENOSPC'],
  ] as const)
    test(`(${call}) leaves the older ones and nothing else, whenever it fails`, async () => {
      const journal = journalWithFolder();
      const to = newFolder();
      await backup(journal, to);
      const before = filesIn(to);
      for (let nth = 1; ; nth++) {
        const failed: { work: Promise<string> } = { work: Promise.resolve('') };
        // What is written is written before the first wait, and so on the failing disk.
        const calls = onFailingDisk({ call, nth, code, named: call === 'openSync' ? /partial$/ : /^\d+$/ }, () => {
          failed.work = problemOf(() => backup(journal, to, { keep: 1 }));
        });
        const said = await failed.work;
        if (calls < nth) break;
        expect([nth, said]).toEqual([nth, code]);
        expect(filesIn(to)).toEqual(before);
      }
    });
});

test('a file beside the journal that grows meanwhile is copied as long as it was', async () => {
  const journal = journalWithFolder();
  mkdirSync(join(journal, 'logs'));
  const log = join(journal, 'logs', 'alerts.jsonl');
  writeFileSync(log, 'one\n');
  const { path } = await backup(journal, newFolder());
  appendFileSync(log, 'two\n');
  expect(readFileSync(join(await restored(path), 'journal', 'logs', 'alerts.jsonl'), 'utf8')).toBe('one\n');
});
