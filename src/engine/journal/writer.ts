import { mkdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Event } from '#domain/events/event';
import { assert } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import { ByteWriter } from '#engine/journal/codec/byte-writer';
import { encodeEvent } from '#engine/journal/codec/event-codec';
import { type Lock, lockDirectory, lockHolder } from '#engine/journal/lock';
import { JournalError, type JournalProblem, type Origin, type TornTail } from '#engine/journal/problems';
import { type Digest, hexOf, RECORD_END, RECORD_HEADER, sealRecord } from '#engine/journal/record-format';
import { noReserve, type Room } from '#engine/journal/reserve';
import { type ChainEnd, chainStart, scan } from '#engine/journal/scan';
import { type SegmentBounds, SegmentFile, syncDirectory } from '#engine/journal/segment-file';
import { segmentName } from '#engine/journal/segment-format';

/** A segment is closed at the first entry past this size. */
const SEGMENT_BYTES = 4 << 20;
/** Entries that wait for a commit are handed to the system, not yet synced, at this size. */
const BUFFER_BYTES = 1 << 20;

/** `room` is asked for whatever makes the journal longer; by default nothing is kept in reserve. */
export type JournalWriterOptions = { readonly segmentBytes?: number; readonly room?: Room };

/**
 * Appends entries to a directory of its own. An entry is durable when `commit` has returned, and not before; when to
 * commit is the caller's policy. After the first error nothing more is written: restart is a new `open`.
 */
export class JournalWriter {
  /** What a crash had left half written and `open` cut off; null when the journal was whole. */
  readonly repaired: TornTail | null;
  readonly #directory: string;
  readonly #lock: Lock;
  readonly #bounds: SegmentBounds;
  readonly #out = new ByteWriter(BUFFER_BYTES + (BUFFER_BYTES >> 1));
  #file: SegmentFile;
  #sequence: number;
  #digest: Digest;
  /** End of the last whole entry in `#out`: an event that fails to encode leaves nothing behind. */
  #end = 0;
  #unsynced = 0;
  #problem: JournalProblem | null = null;

  private constructor(directory: string, lock: Lock, { chain, file, repaired }: Opened, bounds: SegmentBounds) {
    this.#directory = directory;
    this.#lock = lock;
    this.#bounds = bounds;
    this.#file = file;
    this.#sequence = chain.sequence;
    this.#digest = chain.digest;
    this.repaired = repaired;
  }

  /**
   * Creates the journal or goes on after its last whole entry; a torn tail is cut off and told in `repaired`. Refuses a
   * corrupt journal, and one that another writer holds.
   */
  static open(
    directory: string,
    { segmentBytes = SEGMENT_BYTES, room = noReserve }: JournalWriterOptions = {},
  ): Result<JournalWriter, JournalProblem> {
    const bounds = { limit: segmentBytes, room };
    try {
      makeDirectory(directory);
      const locked = room.through(() => lockDirectory(directory));
      if (!locked.ok) return locked;
      try {
        const opened = openChain(directory, bounds);
        if (opened.ok) return ok(new JournalWriter(directory, locked.value, opened.value, bounds));
        locked.value.release();
        return opened;
      } catch (error) {
        locked.value.release();
        throw error;
      }
    } catch (error) {
      return fail(problemOf(error));
    }
  }

  /** Sequence of the last entry appended, 0 for none. */
  get sequence(): number {
    return this.#sequence;
  }

  /** SHA-256 of the last entry appended, in hex: it stands for the whole journal. Zeros for an empty one. */
  get head(): string {
    return hexOf(this.#digest);
  }

  /** Bytes appended since the last commit. */
  get uncommitted(): number {
    return this.#unsynced;
  }

  /** Gives the entry's sequence, from 1. Throws a `JournalError` once anything could not be written. */
  append(event: Event, at: Instant, cause: number, origin: Origin): number {
    this.#refuseAfterProblem();
    assert(Number.isSafeInteger(at), 'an entry has an instant');
    assert(cause >= 0 && cause <= this.#sequence, 'a cause is an earlier entry');
    if (this.#end >= BUFFER_BYTES) this.flush();
    if (this.#file.position + this.#end >= this.#bounds.limit) this.#roll();
    const out = this.#out;
    const start = this.#end;
    out.at = start;
    out.room(RECORD_HEADER);
    out.at += RECORD_HEADER;
    encodeEvent(event, out);
    const end = out.at;
    out.room(RECORD_END);
    const sequence = this.#sequence + 1;
    this.#digest = sealRecord(out.bytes, start, end, { door: origin === 'door', sequence, cause, at, previous: this.#digest });
    this.#end = end + RECORD_END;
    this.#unsynced += this.#end - start;
    this.#sequence = sequence;
    return sequence;
  }

  /** Hands all entries to the operating system: they survive this process, not the machine. */
  flush(): void {
    this.#refuseAfterProblem();
    if (this.#end === 0) return;
    this.#refuseWithoutLock();
    this.#attempt(() => this.#file.write(this.#out.bytes, this.#end));
    this.#end = 0;
  }

  /** Puts all entries on the disk. */
  commit(): void {
    this.#refuseAfterProblem();
    if (this.#unsynced === 0) return;
    this.flush();
    this.#attempt(() => this.#file.sync());
    this.#unsynced = 0;
  }

  /** Commits, cuts off the zeros written ahead and gives the directory free. After a problem it leaves the files as they are. */
  close(): void {
    try {
      if (this.#problem === null) {
        this.#refuseWithoutLock();
        this.flush();
        this.#attempt(() => this.#file.seal());
        this.#problem = { kind: 'journal_unwritable', code: 'closed' };
      } else if (!isClosed(this.#problem)) this.#file.abandon();
    } finally {
      this.#lock.release();
    }
  }

  #roll(): void {
    this.#refuseWithoutLock();
    this.flush();
    const header = { segment: this.#file.number + 1, firstSequence: this.#sequence + 1, previous: this.#digest };
    this.#attempt(() => {
      this.#file.seal();
      this.#file = SegmentFile.create(this.#directory, header, this.#bounds);
    });
    this.#unsynced = 0;
  }

  #refuseAfterProblem(): void {
    if (this.#problem !== null) throw new JournalError(this.#problem);
  }

  /** Whoever has taken the directory over writes there now: another writer beside it would spoil the chain. */
  #refuseWithoutLock(): void {
    if (this.#lock.holds()) return;
    this.#problem = { kind: 'journal_locked', directory: this.#directory, pid: lockHolder(this.#directory) ?? 0 };
    this.#file.abandon();
    throw new JournalError(this.#problem);
  }

  /** After a failed sync nobody knows what is on the disk, so that no error is tried again. */
  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#problem = problemOf(error);
      throw new JournalError(this.#problem);
    }
  }
}

type Opened = { readonly chain: ChainEnd; readonly file: SegmentFile; readonly repaired: TornTail | null };

function openChain(directory: string, bounds: SegmentBounds): Result<Opened, JournalProblem> {
  const chain = chainStart();
  const walk = scan(directory, chain);
  let step = walk.next();
  while (!step.done) step = walk.next();
  if (step.value.kind === 'journal_corrupt') return fail(step.value);
  const repaired = step.value.kind === 'torn_tail' ? step.value : null;
  if (repaired !== null && repaired.segment !== chain.segment) {
    unlinkSync(join(directory, segmentName(repaired.segment)));
    syncDirectory(directory);
  }
  const file =
    chain.segment === 0
      ? SegmentFile.create(directory, { segment: 1, firstSequence: 1, previous: chain.digest }, bounds)
      : SegmentFile.reopen(directory, chain.segment, chain.offset, bounds);
  return ok({ chain, file, repaired });
}

function makeDirectory(directory: string): void {
  if (mkdirSync(directory, { recursive: true }) !== undefined) syncDirectory(dirname(directory));
}

function problemOf(error: unknown): JournalProblem {
  if (error instanceof JournalError) return error.problem;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  return { kind: 'journal_unwritable', code };
}

const isClosed = (problem: JournalProblem): boolean => problem.kind === 'journal_unwritable' && problem.code === 'closed';
