import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JournalProblem } from '#engine/journal/problems';
import { verifyJournal } from '#engine/journal/reader';
import { headerBegins, payloadLength, RECORD_END, RECORD_HEADER } from '#engine/journal/record-format';
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
    const end = at + RECORD_HEADER + payloadLength(bytes, at) + RECORD_END;
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

test('G7: every flipped bit of every byte of a closed journal is found', () => {
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

test('G7: a random spoil of bits is found, also where zeros were written ahead', () => {
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

const [lastStart, lastEnd] = places(contentOf(lastFile)).at(-1) ?? [0, 0];
const second = segmentName(2);
const third = segmentName(3);
const firstOfSecond = places(contentOf(segmentName(1))).length + 1;
const firstOfThird = firstOfSecond + places(contentOf(second)).length;

const rewrite = (directory: string, name: string, ...parts: readonly Buffer[]) =>
  writeFileSync(join(directory, name), Buffer.concat(parts));

/** The same segment of a journal that differs from its first entry on. */
function foreign(name: string): Buffer {
  const other = emptyDirectory();
  writeSample(
    other,
    sampleLines().map(([event, at, cause], place) => [event, at, cause, place === 0 ? 'derived' : 'door']),
  );
  return readFileSync(join(other, name));
}

type Spoil = readonly [why: string, spoil: (directory: string) => void, sequence: number, what: string];

const spoils: readonly Spoil[] = [
  [
    'an entry deleted',
    (to) => rewrite(to, second, cut(contentOf(second), 1)[0], cut(contentOf(second), 1)[2]),
    firstOfSecond + 1,
    `entry ${firstOfSecond + 2} stands here`,
  ],
  [
    'the last entry of a segment deleted',
    (to) => rewrite(to, second, cut(contentOf(second), -1)[0]),
    firstOfThird - 1,
    `segment begins with entry ${firstOfThird}`,
  ],
  [
    'an entry duplicated',
    (to) => {
      const [before, entry, after] = cut(contentOf(second), 1);
      rewrite(to, second, before, entry, entry, after);
    },
    firstOfSecond + 2,
    `entry ${firstOfSecond + 1} stands here`,
  ],
  [
    'two entries in the other order',
    (to) => {
      const [before, entry] = cut(contentOf(second), 0);
      const [, next, after] = cut(contentOf(second), 1);
      rewrite(to, second, before, next, entry, after);
    },
    firstOfSecond,
    `entry ${firstOfSecond + 1} stands here`,
  ],
  [
    'an entry of another journal inserted',
    (to) => {
      const [before, , after] = cut(contentOf(second), 1);
      rewrite(to, second, before, cut(foreign(second), 1)[1], after);
    },
    firstOfSecond + 1,
    'entry does not follow from the one before',
  ],
  ['a middle segment missing', (to) => rmSync(join(to, second)), firstOfSecond, 'segment 2 is missing'],
  ['the first segment missing', (to) => rmSync(join(to, segmentName(1))), 1, 'segment 1 is missing'],
  ['a middle segment emptied', (to) => truncateSync(join(to, second), 0), firstOfSecond, 'segment header is damaged'],
  ['a middle segment cut', (to) => truncateSync(join(to, second), contentOf(second).length - 3), firstOfThird - 1, 'entry is cut off'],
  ['zeros behind a middle segment', (to) => rewrite(to, second, contentOf(second), Buffer.alloc(10)), firstOfThird, 'header is cut off'],
  [
    'two segments exchanged',
    (to) => {
      rewrite(to, second, contentOf(third));
      rewrite(to, third, contentOf(second));
    },
    firstOfSecond,
    'file holds segment 3',
  ],
  [
    'a segment of another journal',
    (to) => rewrite(to, second, foreign(second)),
    firstOfSecond,
    'segment does not follow from the entry before',
  ],
  [
    'a segment of an older version of the format',
    (to) => {
      const bytes = contentOf(second);
      bytes[7] = 1;
      bytes.writeUInt32LE(crc32(bytes.subarray(0, 50)), 50);
      rewrite(to, second, bytes);
    },
    firstOfSecond,
    'segment is of version 1 of the format, not 5',
  ],
  [
    'the last length and its check damaged alike',
    (to) => {
      const bytes = contentOf(lastFile);
      for (const byte of [2, 6]) bytes[lastStart + byte] = (bytes[lastStart + byte] as number) ^ 1;
      rewrite(to, lastFile, bytes);
    },
    whole.entries,
    'header is damaged',
  ],
  [
    'something behind the zeros',
    (to) => rewrite(to, lastFile, contentOf(lastFile), Buffer.alloc(99), Buffer.from([1])),
    whole.entries + 1,
    'header is damaged',
  ],
];
for (const [why, spoil, sequence, what] of spoils) {
  test(`G7: refused, and not opened for writing: ${why}`, () => {
    const directory = copyOfSample();
    spoil(directory);
    expect(problemOf(directory)).toMatchObject({ kind: 'journal_corrupt', sequence, what });
    expect(JournalWriter.open(directory)).toMatchObject({ ok: false, problem: { kind: 'journal_corrupt', sequence } });
  });
}

const lines = sampleLines();

test('damage that is alike in the length and in its check is never a torn tail', () => {
  for (let bits = 1; bits < 1 << 16; bits++) {
    const bytes = contentOf(lastFile);
    const pattern = bits < 1 << 15 ? bits : (bits - (1 << 15)) << 16;
    for (const at of [lastStart + 2, lastStart + 6]) bytes.writeUInt32LE((bytes.readUInt32LE(at) ^ pattern) >>> 0, at);
    if (pattern !== 0) expect(headerBegins(bytes, lastStart), `${pattern}`).toBe(false);
  }
});

for (const zeros of [0, 4096]) {
  test(`G6: the last entry cut at any byte is torn, is cut off, and the journal goes on (${zeros} zeros behind)`, () => {
    for (let length = lastStart + 1; length < lastEnd; length++) {
      const directory = copyOfSample();
      const part = contentOf(lastFile).subarray(0, length);
      writeFileSync(join(directory, lastFile), Buffer.concat([part, Buffer.alloc(zeros)]));
      const torn = must(verifyJournal(directory)).torn;
      expect(torn, `cut at ${length}`).toMatchObject({
        kind: 'torn_tail',
        afterSequence: whole.entries - 1,
        segment: files.length,
        offset: lastStart,
      });
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

test('G6: a last segment whose header was never finished is torn and removed', () => {
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

test('a file where a folder should be is no journal', () => {
  const path = join(emptyDirectory(), 'file');
  writeFileSync(path, 'text');
  for (const place of [path, join(path, 'in-it')]) {
    expect(verifyJournal(place)).toEqual({ ok: false, problem: { kind: 'journal_missing', directory: place } });
  }
});
