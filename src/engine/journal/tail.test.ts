import { once } from 'node:events';
import { appendFileSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { NewestEntry } from '#engine/journal/newest';
import { JournalError } from '#engine/journal/problems';
import { readJournal, verifyJournal } from '#engine/journal/reader';
import { segmentName, segmentsIn } from '#engine/journal/segment-format';
import { JournalTail } from '#engine/journal/tail';
import { appendingChild } from '#engine/journal/testing/child';
import { emptyDirectory, must, sampleLines, writeSample } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';

const newFolder = (): string => join(emptyDirectory(), 'journal');

/** All that there is now, as text that can be compared. */
function taken(tail: JournalTail): readonly string[] {
  const all: string[] = [];
  for (let raw = tail.next(); raw !== null; raw = tail.next())
    all.push(`${raw.sequence} ${raw.at} ${raw.cause} ${raw.payload.toString('hex')}`);
  return all;
}

const whole = (directory: string): readonly string[] =>
  [...readJournal(directory)].map((raw) => `${raw.sequence} ${raw.at} ${raw.cause} ${raw.payload.toString('hex')}`);

test('a journal that is over is read to its end, across its segments', () => {
  const directory = newFolder();
  writeSample(directory);
  const tail = new JournalTail(directory);
  expect(segmentsIn(directory).length).toBeGreaterThan(2);
  expect(taken(tail)).toEqual(whole(directory));
  expect(tail.head).toBe(must(verifyJournal(directory)).head);
  expect(tail.next()).toBeNull();
  tail.close();
});

test('what is not there yet comes when it is there: the folder, the entries, the next segment', () => {
  const directory = newFolder();
  const tail = new JournalTail(directory);
  expect(tail.next()).toBeNull();
  const writer = must(JournalWriter.open(directory, { segmentBytes: 2000 }));
  const seen: string[] = [];
  for (const line of sampleLines(40)) {
    writer.append(...line);
    expect(tail.next()).toBeNull();
    writer.flush();
    seen.push(...taken(tail));
    expect(tail.sequence).toBe(writer.sequence);
    expect(tail.head).toBe(writer.head);
  }
  writer.close();
  expect(seen).toEqual(whole(directory));
  expect(segmentsIn(directory).length).toBeGreaterThan(3);
  tail.close();
});

test('an entry appears when its last byte is there, and not before', () => {
  const from = newFolder();
  writeSample(from, sampleLines(4), 1 << 20);
  const bytes = readFileSync(join(from, segmentName(1)));
  const directory = newFolder();
  mkdirSync(directory);
  const tail = new JournalTail(directory);
  const seen: string[] = [];
  for (let at = 0; at < bytes.length; at += 7) {
    // Every other time with zeros behind, as a writer leaves them.
    writeFileSync(join(directory, segmentName(1)), Buffer.concat([bytes.subarray(0, at), Buffer.alloc(at % 2 === 0 ? 500 : 0)]));
    seen.push(...taken(tail));
  }
  writeFileSync(join(directory, segmentName(1)), bytes);
  seen.push(...taken(tail));
  expect(seen).toEqual(whole(from));
  tail.close();
});

test('a torn tail is waited for, and what the next writer puts in its place is read', () => {
  const directory = newFolder();
  writeSample(directory, sampleLines(6), 1 << 20);
  const path = join(directory, segmentName(1));
  const last = statSync(path).size;
  truncateSync(path, last - 10);
  const tail = new JournalTail(directory);
  const before = taken(tail);
  for (let look = 0; look < 20; look++) expect(tail.next()).toBeNull();
  const writer = must(JournalWriter.open(directory));
  expect(writer.repaired).not.toBeNull();
  for (const line of sampleLines(3)) writer.append(line[0], line[1], 0, 'door');
  writer.close();
  expect([...before, ...taken(tail)]).toEqual(whole(directory));
  tail.close();
});

const spoil: readonly [what: string, spoil: (directory: string) => void, says: RegExp][] = [
  [
    'a flipped byte of an entry',
    (directory) => {
      const path = join(directory, segmentName(2));
      const bytes = readFileSync(path);
      bytes[120] = (bytes[120] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
    /checksum|damaged|follow/,
  ],
  [
    'a segment of another journal',
    (directory) => {
      const other = newFolder();
      writeSample(other, sampleLines(30), 1200);
      copyFileSync(join(other, segmentName(3)), join(directory, segmentName(3)));
    },
    /follow|begins with/,
  ],
  [
    'something behind the last entry of a segment that is over',
    (directory) => appendFileSync(join(directory, segmentName(1)), 'x'),
    /behind|cut off/,
  ],
];
test.each(spoil)('it is told, after some looks: %s', (_, damage, says) => {
  const directory = newFolder();
  writeSample(directory);
  damage(directory);
  const tail = new JournalTail(directory);
  const looks = (): void => {
    for (let look = 0; look < 20; look++) taken(tail);
  };
  expect(looks).toThrow(JournalError);
  expect(looks).toThrow(says);
  tail.close();
});

test('a journal that was cut or replaced under way is told', () => {
  const directory = newFolder();
  writeSample(directory, sampleLines(6), 1 << 20);
  const cut = new JournalTail(directory);
  taken(cut);
  truncateSync(join(directory, segmentName(1)), 100);
  expect(() => cut.next()).toThrow(/cut behind/);
  cut.close();
  const replaced = new JournalTail(directory);
  taken(replaced);
  rmSync(directory, { recursive: true });
  writeSample(directory, sampleLines(6), 1 << 20);
  expect(() => replaced.next()).toThrow(/replaced/);
  replaced.close();
});

test('a writer that is killed and started again is followed without a gap', async () => {
  const directory = newFolder();
  const reports = join(emptyDirectory(), 'reports');
  const tail = new JournalTail(directory);
  const seen: string[] = [];
  const newest = new NewestEntry(directory);
  for (let round = 0; round < 3; round++) {
    const child = appendingChild(directory, reports, { seed: round + 1 });
    const ended = once(child, 'exit');
    const goal = seen.length + 300;
    while (seen.length < goal && child.exitCode === null) {
      seen.push(...taken(tail));
      await sleep(5);
    }
    child.kill('SIGKILL');
    await ended;
    must(JournalWriter.open(directory)).close();
  }
  seen.push(...taken(tail));
  expect(readdirSync(directory).length).toBeGreaterThan(2);
  expect(seen).toEqual(whole(directory));
  expect(tail.head).toBe(must(verifyJournal(directory)).head);
  expect(newest.look()?.sequence).toBe(seen.length);
  newest.close();
  tail.close();
});
