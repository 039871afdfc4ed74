import { readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OrderId } from '#domain/orders/order';
import { instant } from '#domain/values/instant';
import { JournalError, type JournalProblem } from '#engine/journal/problems';
import { type RecordedEntry, verifyJournal } from '#engine/journal/reader';
import { type Recorder, type Replaying, recording, replaying, resuming, unrecorded } from '#engine/journal/recorder';
import { emptyDirectory, type Line, must, sampleLines, writeSample } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';

const lines = sampleLines();

function sample(): string {
  const directory = emptyDirectory();
  writeSample(directory);
  return directory;
}

/** A house that asks for a cancel after every third frame, as the sample does; `change` lets it do otherwise. */
function house(recorder: Recorder, change: (line: Line) => Line | null = (line) => line) {
  let frames = 0;
  return ({ event, at, cause, origin }: Pick<RecordedEntry, 'event' | 'at' | 'cause' | 'origin'>): void => {
    const sequence = recorder.append(event, at, cause, origin);
    if (event.kind !== 'bars_closed' || frames++ % 3 !== 2) return;
    const order = `order-${frames - 1}` as OrderId;
    const derived = change([{ kind: 'cancel_requested', order, reason: 'entry_stale' }, at, sequence, 'derived']);
    if (derived !== null) recorder.append(...derived);
  };
}

function replay(recorder: Recorder & Replaying, change?: (line: Line) => Line | null): number {
  const accept = house(recorder, change);
  let doors = 0;
  for (let entry = recorder.nextDoor(); entry !== null; entry = recorder.nextDoor()) {
    doors++;
    accept(entry);
  }
  return doors;
}

function problemOf(work: () => unknown): JournalProblem | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof JournalError) return error.problem;
    throw error;
  }
}

test('unrecorded only counts', () => {
  const recorder = unrecorded();
  expect(lines.map((line) => recorder.append(...line))).toEqual(lines.map((_, place) => place + 1));
  recorder.commit();
  recorder.close();
  expect([recorder.uncommitted(), recorder.headHash()]).toEqual([0, null]);
});

test('recording gives the same sequences and the head of what it wrote', () => {
  const directory = emptyDirectory();
  const recorder = recording(must(JournalWriter.open(directory)));
  expect(lines.map((line) => recorder.append(...line))).toEqual(lines.map((_, place) => place + 1));
  expect(recorder.uncommitted()).toBeGreaterThan(0);
  recorder.close();
  expect(recorder.headHash()).toBe(must(verifyJournal(directory)).head);
});

test('a replay that makes the same entries reaches the end and the head', () => {
  const directory = sample();
  const recorder = must(replaying(directory));
  expect(recorder.headHash()).toBeNull();
  expect(recorder.nextKind()).toBe('bars_closed');
  expect(replay(recorder)).toBe(lines.filter(([, , , origin]) => origin === 'door').length);
  expect([recorder.caughtUp(), recorder.nextKind(), recorder.torn()]).toEqual([true, null, null]);
  expect(recorder.headHash()).toBe(must(verifyJournal(directory)).head);
});

const differences: readonly [why: string, change: (line: Line) => Line | null, expected: string, produced: string | null][] = [
  [
    'another reason',
    ([, ...rest]) => [{ kind: 'cancel_requested', order: 'order-2' as OrderId, reason: 'flat_by_close' }, ...rest],
    'cancel_requested',
    'cancel_requested',
  ],
  [
    'another kind',
    ([, ...rest]) => [{ kind: 'stop_cleared', by: 'x', because: 'it is over' }, ...rest],
    'cancel_requested',
    'stop_cleared',
  ],
  ['another instant', ([event, at, cause, origin]) => [event, instant(at + 1), cause, origin], 'cancel_requested', 'cancel_requested'],
  ['another cause', ([event, at, cause, origin]) => [event, at, cause - 1, origin], 'cancel_requested', 'cancel_requested'],
  ['another origin', ([event, at, cause]) => [event, at, cause, 'door'], 'cancel_requested', 'cancel_requested'],
  ['nothing at all', () => null, 'cancel_requested', null],
];
for (const [why, change, expected, produced] of differences) {
  test(`a replay diverges at the first difference: ${why}`, () => {
    for (const recorder of [must(replaying(sample())), must(resuming(sample()))]) {
      const problem = problemOf(() => replay(recorder, change));
      expect(problem).toMatchObject({ kind: 'diverged', sequence: 4, expected: { event: { kind: expected } } });
      expect(problem?.kind === 'diverged' ? (problem.produced?.event.kind ?? null) : undefined).toBe(produced);
      recorder.close();
    }
  });
}

test('a replay that makes more than the journal holds diverges past its end', () => {
  const recorder = must(replaying(sample()));
  replay(recorder);
  const more = () => recorder.append({ kind: 'stop_cleared', by: 'x', because: 'it is over' }, instant(0), 0, 'door');
  expect(problemOf(more)).toMatchObject({
    kind: 'diverged',
    sequence: lines.length + 1,
    expected: null,
    produced: { event: { kind: 'stop_cleared' } },
  });
});

test('G1: a run resumed at any entry ends with the same bytes as one that was never stopped', () => {
  const whole = sample();
  for (let stopped = 0; stopped <= lines.length; stopped++) {
    const directory = emptyDirectory();
    writeSample(directory, lines.slice(0, stopped));
    const recorder = must(resuming(directory, { segmentBytes: 900 }));
    expect(recorder.caughtUp()).toBe(stopped === 0);
    for (const line of lines) recorder.append(...line);
    expect(recorder.caughtUp()).toBe(true);
    recorder.close();
    for (const name of readdirSync(whole)) expect(readFileSync(join(directory, name))).toEqual(readFileSync(join(whole, name)));
  }
});

test('resuming first plays what the journal holds, then goes on with the world', () => {
  const directory = sample();
  const recorder = must(resuming(directory));
  replay(recorder);
  expect(recorder.caughtUp()).toBe(true);
  recorder.append({ kind: 'stop_cleared', by: 'x', because: 'it is over' }, instant(0), 0, 'door');
  recorder.close();
  expect(must(verifyJournal(directory))).toMatchObject({ entries: lines.length + 1, head: recorder.headHash() });
});

test('resuming tells of the torn tail and makes the torn entry again', () => {
  const directory = sample();
  const whole = must(verifyJournal(directory));
  const last = join(directory, readdirSync(directory).sort().at(-1) ?? '');
  truncateSync(last, readFileSync(last).length - 1);
  const recorder = must(resuming(directory));
  expect(recorder.repaired).toMatchObject({ kind: 'torn_tail', afterSequence: lines.length - 1 });
  for (const line of lines) recorder.append(...line);
  recorder.close();
  expect(must(verifyJournal(directory))).toEqual(whole);
});

test('a replay of a torn journal tells so at its end', () => {
  const directory = sample();
  const last = join(directory, readdirSync(directory).sort().at(-1) ?? '');
  truncateSync(last, readFileSync(last).length - 1);
  const recorder = must(replaying(directory));
  replay(recorder);
  expect(recorder.torn()).toMatchObject({ afterSequence: lines.length - 1 });
});

test('a replay of nothing is a problem', () => {
  expect(replaying(emptyDirectory())).toMatchObject({ ok: false, problem: { kind: 'journal_missing' } });
});
