import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JournalProblem } from '#engine/journal/problems';
import { verifyJournal } from '#engine/journal/reader';
import { END_MARK_SIZE, RECORD_HEADER, payloadLength } from '#engine/journal/record-format';
import { SEGMENT_HEADER, segmentName } from '#engine/journal/segment-format';
import { emptyDirectory, must, sampleLines, writeSample } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';

const sample = emptyDirectory();
writeSample(sample);
const files = readdirSync(sample).sort();
const contents = new Map(files.map((name) => [name, readFileSync(join(sample, name))]));
const whole = must(verifyJournal(sample));
const lastFile = files.at(-1) ?? '';

function copyOfSample(): string {
  const directory = join(emptyDirectory(), 'copy');
  mkdirSync(directory);
  for (const name of files) copyFileSync(join(sample, name), join(directory, name));
  return directory;
}

const contentOf = (name: string): Buffer => Buffer.from(contents.get(name) ?? Buffer.alloc(0));

/** Start of each entry of a segment, and its end. */
function places(bytes: Buffer): readonly (readonly [start: number, end: number])[] {
  const found: [number, number][] = [];
  for (let at = SEGMENT_HEADER; at < bytes.length; ) {
    const end = at + RECORD_HEADER + payloadLength(bytes, at) + END_MARK_SIZE;
    found.push([at, end]);
    at = end;
  }
  return found;
}

function cut(bytes: Buffer, place: number): readonly [before: Buffer, entry: Buffer, after: Buffer] {
  const [start, end] = places(bytes).at(place) ?? [0, 0];
  return [bytes.subarray(0, start), bytes.subarray(start, end), bytes.subarray(end)];
}

function problemOf(directory: string): JournalProblem {
  const result = verifyJournal(directory);
  if (result.ok) throw new Error(`verified ${JSON.stringify(result.value)}`);
  return result.problem;
}

test('the sample has several segments and verifies', () => {
  expect(files.length).toBeGreaterThanOrEqual(3);
  expect(whole).toMatchObject({ entries: sampleLines().length, torn: null });
});

test('every flipped bit of every byte of a closed journal is found', () => {
  const directory = copyOfSample();
  for (const name of files) {
    const bytes = contentOf(name);
    for (let at = 0; at < bytes.length; at++) {
      const bit = 1 << (at & 7);
      bytes[at] = (bytes[at] as number) ^ bit;
      writeFileSync(join(directory, name), bytes);
      expect(verifyJournal(directory), `${name} byte ${at}`).toMatchObject({ ok: false, problem: { kind: 'journal_corrupt' } });
      bytes[at] = (bytes[at] as number) ^ bit;
    }
    writeFileSync(join(directory, name), bytes);
  }
});

test('a random spoil of bits is found, also where zeros were written ahead', () => {
  const flip = fc.record({ file: fc.constantFrom(...files), at: fc.nat(), bit: fc.nat({ max: 7 }), zeros: fc.boolean() });
  const directory = copyOfSample();
  fc.assert(
    fc.property(flip, ({ file, at, bit, zeros }) => {
      const bytes = contentOf(file);
      const place = at % bytes.length;
      bytes[place] = (bytes[place] as number) ^ (1 << bit);
      const ahead = zeros && file === lastFile ? Buffer.alloc(5000) : Buffer.alloc(0);
      writeFileSync(join(directory, file), Buffer.concat([bytes, ahead]));
      const found = verifyJournal(directory);
      writeFileSync(join(directory, file), contentOf(file));
      expect(found).toMatchObject({ ok: false, problem: { kind: 'journal_corrupt' } });
    }),
    { numRuns: 500 },
  );
});

const second = segmentName(2);
const third = segmentName(3);
const firstOfSecond = places(contentOf(segmentName(1))).length + 1;
const firstOfThird = firstOfSecond + places(contentOf(second)).length;

const spoils: readonly [why: string, spoil: (directory: string) => void, sequence: number][] = [
  ['an entry deleted', (to) => writeFileSync(join(to, second), Buffer.concat([cut(contentOf(second), 1)[0], cut(contentOf(second), 1)[2]])), firstOfSecond + 1],
  ['the last entry of a segment deleted', (to) => writeFileSync(join(to, second), cut(contentOf(second), -1)[0]), firstOfThird - 1],
  ['an entry duplicated', (to) => {
    const [before, entry, after] = cut(contentOf(second), 1);
    writeFileSync(join(to, second), Buffer.concat([before, entry, entry, after]));
  }, firstOfSecond + 2],
  ['two entries in the other order', (to) => {
    const [before, entry] = cut(contentOf(second), 0);
    const [, next, after] = cut(contentOf(second), 1);
    writeFileSync(join(to, second), Buffer.concat([before, next, entry, after]));
  }, firstOfSecond],
  ['an entry of another journal inserted', (to) => {
    const other = emptyDirectory();
    writeSample(other, sampleLines().map(([event, at, cause], place) => [event, at, cause, place === 0 ? 'derived' : 'door']));
    const foreign = cut(readFileSync(join(other, second)), 1)[1];
    const [before, , after] = cut(contentOf(second), 1);
    writeFileSync(join(to, second), Buffer.concat([before, foreign, after]));
  }, firstOfSecond + 1],
  ['a middle segment missing', (to) => rmSync(join(to, second)), firstOfSecond],
  ['the first segment missing', (to) => rmSync(join(to, segmentName(1))), 1],
  ['a middle segment emptied', (to) => truncateSync(join(to, second), 0), firstOfSecond],
  ['a middle segment cut', (to) => truncateSync(join(to, second), contentOf(second).length - 3), firstOfThird - 1],
  ['zeros behind a middle segment', (to) => writeFileSync(join(to, second), Buffer.concat([contentOf(second), Buffer.alloc(10)])), firstOfThird],
  ['two segments exchanged', (to) => {
    writeFileSync(join(to, second), contentOf(third));
    writeFileSync(join(to, third), contentOf(second));
  }, firstOfSecond],
  ['a segment of another journal', (to) => {
    const other = emptyDirectory();
    writeSample(other, sampleLines().map(([event, at, cause]) => [event, at, cause, 'door']));
    copyFileSync(join(other, second), join(to, second));
  }, firstOfSecond],
  ['something behind the zeros', (to) => writeFileSync(join(to, lastFile), Buffer.concat([contentOf(lastFile), Buffer.alloc(99), Buffer.from([1])])), whole.entries + 1],
];
for (const [why, spoil, sequence] of spoils) {
  test(`refused, and not opened for writing: ${why}`, () => {
    const directory = copyOfSample();
    spoil(directory);
    expect(problemOf(directory)).toMatchObject({ kind: 'journal_corrupt', sequence });
    expect(JournalWriter.open(directory)).toMatchObject({ ok: false, problem: { kind: 'journal_corrupt', sequence } });
  });
}

const [lastStart, lastEnd] = places(contentOf(lastFile)).at(-1) ?? [0, 0];
const lines = sampleLines();

for (const zeros of [0, 4096]) {
  test(`the last entry cut at any byte is torn, is cut off, and the journal goes on (${zeros} zeros behind)`, () => {
    for (let length = lastStart + 1; length < lastEnd; length++) {
      const directory = copyOfSample();
      const part = contentOf(lastFile).subarray(0, length);
      writeFileSync(join(directory, lastFile), Buffer.concat([part, Buffer.alloc(zeros)]));
      const torn = must(verifyJournal(directory)).torn;
      expect(torn, `cut at ${length}`).toMatchObject({ kind: 'torn_tail', afterSequence: whole.entries - 1, segment: files.length, offset: lastStart });
      const writer = must(JournalWriter.open(directory));
      expect(writer.repaired).toEqual(torn);
      expect(statSync(join(directory, lastFile)).size).toBe(lastStart);
      const last = lines.at(-1);
      if (last !== undefined) writer.append(...last);
      writer.close();
      expect(must(verifyJournal(directory))).toEqual(whole);
      expect(readFileSync(join(directory, lastFile))).toEqual(contentOf(lastFile));
      rmSync(directory, { recursive: true });
    }
  });
}

test('a last segment whose header was never finished is torn and removed', () => {
  const header = contentOf(lastFile).subarray(0, SEGMENT_HEADER);
  for (const name of [segmentName(1), segmentName(files.length + 1)]) {
    for (let length = 0; length < SEGMENT_HEADER; length++) {
      const directory = name === segmentName(1) ? emptyDirectory() : copyOfSample();
      writeFileSync(join(directory, name), Buffer.concat([header.subarray(0, length), Buffer.alloc(length % 2 === 0 ? 0 : 200)]));
      const entries = name === segmentName(1) ? 0 : whole.entries;
      expect(must(verifyJournal(directory))).toMatchObject({ entries, torn: { afterSequence: entries, offset: 0 } });
      const writer = must(JournalWriter.open(directory));
      expect(writer.repaired).toMatchObject({ kind: 'torn_tail', afterSequence: entries });
      writer.close();
      expect(must(verifyJournal(directory))).toMatchObject({ entries, torn: null });
    }
  }
});
