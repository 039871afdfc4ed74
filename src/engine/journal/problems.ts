import type { Event } from '#domain/events/event';
import type { Instant } from '#domain/values/instant';

/** Who made an entry's event: the world outside, or the house from what it knew. */
export type Origin = 'door' | 'derived';

/** An entry before the journal gives it a number. */
export type Written = { readonly event: Event; readonly at: Instant; readonly cause: number; readonly origin: Origin };

/** What a crash left half written at the end of the journal. `afterSequence` is the last whole entry, 0 for none. */
export type TornTail = {
  readonly kind: 'torn_tail';
  readonly afterSequence: number;
  readonly segment: number;
  readonly offset: number;
  readonly bytes: number;
};

/** The chain does not hold: `sequence` is the first entry that cannot be trusted, `what` is for people. */
export type JournalCorrupt = {
  readonly kind: 'journal_corrupt';
  readonly sequence: number;
  readonly segment: number;
  readonly offset: number;
  readonly what: string;
};

export type JournalProblem =
  | JournalCorrupt
  | { readonly kind: 'journal_missing'; readonly directory: string }
  /** `pid` is 0 when the holder is not known. */
  | { readonly kind: 'journal_locked'; readonly directory: string; readonly pid: number }
  /** `code` is the system's, such as ENOSPC; nothing more can be appended. */
  | { readonly kind: 'journal_unwritable'; readonly code: string }
  /** The chain holds, but the event is none of this version. */
  | { readonly kind: 'entry_undecodable'; readonly sequence: number; readonly what: string }
  /** A run made another entry than the journal holds; null where one of them has none at all. */
  | {
      readonly kind: 'diverged';
      readonly sequence: number;
      readonly expected: Written | null;
      readonly produced: Written | null;
    };

/** Stops whoever appends to or reads from a journal that cannot be trusted or written; `problem` says why. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly problem: JournalProblem;

  constructor(problem: JournalProblem) {
    super(describe(problem));
    this.problem = problem;
  }
}

/** One line for people. */
export function describe(problem: JournalProblem): string {
  switch (problem.kind) {
    case 'journal_corrupt':
      return `journal corrupt at entry ${problem.sequence} (segment ${problem.segment}, byte ${problem.offset}): ${problem.what}`;
    case 'journal_missing':
      return `no journal in ${problem.directory}`;
    case 'journal_locked':
      return `journal in ${problem.directory} is being written by process ${problem.pid}`;
    case 'journal_unwritable':
      return `journal cannot be written: ${problem.code}`;
    case 'entry_undecodable':
      return `entry ${problem.sequence} holds no event of this version: ${problem.what}`;
    case 'diverged':
      return `entry ${problem.sequence} was ${named(problem.expected)}, and is now ${named(problem.produced)}`;
  }
}

const named = (entry: Written | null): string =>
  entry === null ? 'nothing' : `${entry.event.kind} (${entry.origin}, cause ${entry.cause}, at ${entry.at})`;
