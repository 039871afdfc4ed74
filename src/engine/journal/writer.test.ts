import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { instant } from '#domain/values/instant';
import { JournalError } from '#engine/journal/problems';
import { decodeEntries, readJournal, verifyJournal } from '#engine/journal/reader';
import { emptyDirectory, must, sampleLines, writeSample } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';

const lines = sampleLines();
const entries = lines.map(([event, at, cause, origin], place) => ({ sequence: place + 1, at, cause, origin, event }));

test('what was appended is read back, in order and over several segments', () => {
  const directory = emptyDirectory();
  writeSample(directory);
  expect(readdirSync(directory).sort().slice(0, 3)).toEqual(['00000001.journal', '00000002.journal', '00000003.journal']);
  expect([...decodeEntries(directory)]).toEqual(entries);
});

test('only the kinds that are asked for are decoded', () => {
  const directory = emptyDirectory();
  writeSample(directory);
  const some = [...decodeEntries(directory, { kinds: ['cancel_requested', 'order_accepted'] })];
  expect(some).toEqual(entries.filter(({ event }) => event.kind !== 'bars_closed'));
});

test('a journal that is closed and opened again goes on as if it had never been closed', () => {
  const [whole, parted] = [emptyDirectory(), emptyDirectory()];
  writeSample(whole);
  for (let from = 0; from < lines.length; from += 3) writeSample(parted, lines.slice(from, from + 3));
  expect(verifyJournal(parted)).toEqual(verifyJournal(whole));
  for (const name of readdirSync(whole)) expect(readFileSync(join(parted, name))).toEqual(readFileSync(join(whole, name)));
});

test('the same entries give the same head, another entry another head', () => {
  const [one, two, other] = [emptyDirectory(), emptyDirectory(), emptyDirectory()];
  writeSample(one);
  writeSample(two, lines, 5000);
  writeSample(other, [...lines.slice(0, -1), [{ kind: 'stop_cleared', by: 'x', because: 'it is over' }, instant(1), 0, 'door']]);
  expect(must(verifyJournal(one)).head).toBe(must(verifyJournal(two)).head);
  expect(must(verifyJournal(one)).head).not.toBe(must(verifyJournal(other)).head);
});

test('committed entries can be read while the writer is still open, and the zeros ahead are no damage', () => {
  const directory = emptyDirectory();
  const writer = must(JournalWriter.open(directory));
  for (const line of lines.slice(0, 5)) writer.append(...line);
  expect(writer.uncommitted).toBeGreaterThan(0);
  writer.commit();
  expect(writer.uncommitted).toBe(0);
  expect(statSync(join(directory, '00000001.journal')).size).toBeGreaterThan(1 << 20);
  expect(verifyJournal(directory)).toEqual({ ok: true, value: { entries: 5, head: writer.head, torn: null } });
  writer.close();
  expect(statSync(join(directory, '00000001.journal')).size).toBeLessThan(5000);
});

test('entries larger than the buffer or a segment are kept', () => {
  const directory = emptyDirectory();
  const text = 'x'.repeat(3 << 20);
  const writer = must(JournalWriter.open(directory, { segmentBytes: 1 << 20 }));
  for (let count = 0; count < 3; count++)
    writer.append({ kind: 'stop_requested', level: 'flatten', by: `${count}`, from: 'person', because: text }, instant(0), 0, 'door');
  writer.close();
  expect([...readJournal(directory)].map(({ payload }) => payload.length > text.length)).toEqual([true, true, true]);
});

test('an event that fails to encode leaves nothing behind', () => {
  const directory = emptyDirectory();
  const writer = must(JournalWriter.open(directory));
  writer.append({ kind: 'stop_cleared', by: 'one', because: 'it is over' }, instant(0), 0, 'door');
  const bad = { kind: 'asset_status_changed', symbol: 1, status: 'reckless' } as unknown as Event;
  expect(() => writer.append(bad, instant(0), 0, 'door')).toThrow('a word of the list');
  writer.append({ kind: 'stop_cleared', by: 'three', because: 'it is over' }, instant(0), 0, 'door');
  writer.close();
  expect(must(verifyJournal(directory)).entries).toBe(2);
});

test('a cause is an earlier entry', () => {
  const writer = must(JournalWriter.open(emptyDirectory()));
  expect(() => writer.append({ kind: 'stop_cleared', by: 'x', because: 'it is over' }, instant(0), 1, 'derived')).toThrow(
    'a cause is an earlier entry',
  );
  writer.close();
});

test('X1: a second writer is refused, until the first has closed', () => {
  const directory = emptyDirectory();
  const first = must(JournalWriter.open(directory));
  expect(JournalWriter.open(directory)).toEqual({ ok: false, problem: { kind: 'journal_locked', directory, pid: process.pid } });
  first.close();
  must(JournalWriter.open(directory)).close();
});

test('X2: a writer whose directory another process has taken over writes nothing more, and takes nothing of the other away', () => {
  const directory = emptyDirectory();
  const [line] = lines;
  if (line === undefined) throw new Error('there are sample lines');
  for (const last of ['commit', 'close'] as const) {
    const first = must(JournalWriter.open(directory));
    first.append(...line);
    first.commit();
    first.append(...line);
    // As if this one had been taken for dead, and another had gone on after its last whole entry.
    writeFileSync(join(directory, 'lock'), '1 unknown');
    const files = () => readdirSync(directory).map((name) => readFileSync(join(directory, name), 'latin1'));
    const before = files();
    const told = expect.objectContaining({ problem: expect.objectContaining({ kind: 'journal_locked', directory }) });
    expect(() => first[last]()).toThrow(told);
    first.close();
    expect(files()).toEqual(before);
    rmSync(join(directory, 'lock'));
  }
});

const staleLocks: readonly [why: string, content: string][] = [
  ['a process that no longer lives', '4194305 77'],
  ['an earlier process with our own number', `${process.pid} 1`],
  ['nobody', ''],
];
for (const [why, content] of staleLocks) {
  test(`a lock of ${why} is taken over`, () => {
    const directory = emptyDirectory();
    writeFileSync(join(directory, 'lock'), content);
    writeFileSync(join(directory, 'lock.takeover'), content);
    must(JournalWriter.open(directory)).close();
    expect(readdirSync(directory)).toEqual(['00000001.journal']);
  });
}

test('after the first error nothing more is tried, and every call tells the same problem', () => {
  const directory = emptyDirectory();
  const writer = must(JournalWriter.open(directory, { segmentBytes: 900 }));
  writeFileSync(join(directory, '00000002.journal'), 'in the way');
  const problem = { problem: { kind: 'journal_unwritable', code: 'EEXIST' } };
  const appendAll = () => lines.map((line) => writer.append(...line));
  expect(appendAll).toThrow(expect.objectContaining(problem));
  rmSync(join(directory, '00000002.journal'));
  const { sequence } = writer;
  for (const call of [appendAll, () => writer.flush(), () => writer.commit()]) expect(call).toThrow(expect.objectContaining(problem));
  expect(writer.sequence).toBe(sequence);
  writer.close();
  expect(must(verifyJournal(directory)).entries).toBe(sequence);
});

test('after it was closed nothing can be appended', () => {
  const writer = must(JournalWriter.open(emptyDirectory()));
  writer.close();
  writer.close();
  expect(() => writer.append({ kind: 'stop_cleared', by: 'x', because: 'it is over' }, instant(0), 0, 'door')).toThrow(JournalError);
});

test('no journal is a problem, not an empty journal', () => {
  const directory = emptyDirectory();
  expect(verifyJournal(directory)).toEqual({ ok: false, problem: { kind: 'journal_missing', directory } });
  expect(() => [...readJournal(join(directory, 'nowhere'))]).toThrow('no journal in');
});
