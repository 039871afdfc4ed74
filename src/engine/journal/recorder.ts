import type { Event, EventKind } from '#domain/events/event';
import type { Instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import { Comparison } from '#engine/journal/comparison';
import { JournalError, type JournalProblem, type Origin, type TornTail } from '#engine/journal/problems';
import type { RecordedEntry } from '#engine/journal/reader';
import { JournalWriter, type JournalWriterOptions } from '#engine/journal/writer';

/** Where the house writes down what happens. Every method throws a `JournalError` when the record cannot be kept. */
export type Recorder = {
  /** Gives the entry's sequence, from 1. */
  append(event: Event, at: Instant, cause: number, origin: Origin): number;
  /** Returns when all entries are on the disk. */
  commit(): void;
  /** Hands all entries to the operating system without waiting for the disk. */
  flush(): void;
  /** Bytes appended since the last commit. */
  uncommitted(): number;
  /** SHA-256 of the last entry in hex; null where nothing is recorded or the end is not reached. */
  headHash(): string | null;
  close(): void;
};

/** Holds a run against a journal that exists. Each door entry is asked for, then appended again by the house. */
export type Replaying = {
  /** The next entry from the door; null when the journal is used up. A frame in it holds until the next session. */
  nextDoor(): RecordedEntry | null;
  /** Kind of the entry that must be appended next, null at the end. */
  nextKind(): EventKind | null;
  /** Whether every entry of the journal has been made again. */
  caughtUp(): boolean;
};

/** Only counts: the fast path for runs that nobody will ask about. */
export function unrecorded(): Recorder {
  let sequence = 0;
  const nothing = (): void => {};
  return { append: () => ++sequence, commit: nothing, flush: nothing, uncommitted: () => 0, headHash: () => null, close: nothing };
}

/** Appends everything. */
export const recording = (writer: JournalWriter): Recorder => ({
  append: (event, at, cause, origin) => writer.append(event, at, cause, origin),
  commit: () => writer.commit(),
  flush: () => writer.flush(),
  uncommitted: () => writer.uncommitted,
  headHash: () => writer.head,
  close: () => writer.close(),
});

/**
 * Goes on with a journal: what it holds already must be made again to the byte, and is not written; what comes after is
 * appended. `repaired` is the torn tail that was cut off. A run that differs throws `diverged`.
 */
export function resuming(
  directory: string,
  options: JournalWriterOptions = {},
): Result<Recorder & Replaying & { readonly repaired: TornTail | null }, JournalProblem> {
  const opened = JournalWriter.open(directory, options);
  if (!opened.ok) return opened;
  const writer = opened.value;
  const past = new Comparison(directory);
  return ok({
    ...recording(writer),
    ...replayOf(past),
    append: (event, at, cause, origin) => (past.finished ? writer.append(event, at, cause, origin) : past.check(event, at, cause, origin)),
    headHash: () => (past.finished ? writer.head : null),
    repaired: writer.repaired,
  });
}

/** Compares only, and takes no lock. `torn` is known once the journal is used up. */
export function replaying(directory: string): Result<Recorder & Replaying & { torn(): TornTail | null }, JournalProblem> {
  try {
    const past = new Comparison(directory);
    return ok({
      ...unrecorded(),
      ...replayOf(past),
      append: (event, at, cause, origin) => past.check(event, at, cause, origin),
      headHash: () => past.head,
      torn: () => past.torn,
    });
  } catch (error) {
    if (error instanceof JournalError) return fail(error.problem);
    throw error;
  }
}

const replayOf = (past: Comparison): Replaying => ({
  nextDoor: () => past.nextDoor(),
  nextKind: () => past.nextKind,
  caughtUp: () => past.finished,
});
