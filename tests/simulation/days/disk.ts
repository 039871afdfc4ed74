import type { Event, EventKind } from '#domain/events/event';
import type { Instant } from '#domain/values/instant';
import { instant } from '#domain/values/instant';
import { ByteWriter } from '#engine/journal/codec/byte-writer';
import { encodeEvent } from '#engine/journal/codec/event-codec';
import { JournalError, type Origin, type Written } from '#engine/journal/problems';
import type { RecordedEntry } from '#engine/journal/reader';
import { type Digest, hexOf, NO_DIGEST, RECORD_END, RECORD_HEADER, sealRecord } from '#engine/journal/record-format';
import type { Recorder, Replaying } from '#engine/journal/recorder';

type Kept = Written & { readonly digest: Digest };

const out = new ByteWriter();

/** The digest that the journal on a disk would have: the same bytes, sealed in the same way. */
function digestOf({ event, at, cause, origin }: Written, sequence: number, previous: Digest): Digest {
  out.at = RECORD_HEADER;
  out.room(RECORD_HEADER);
  encodeEvent(event, out);
  const end = out.at;
  out.room(RECORD_END);
  return sealRecord(out.bytes, 0, end, { door: origin === 'door', sequence, cause, at, previous });
}

/** A journal that outlives the processes that write it: what was not committed can be lost, in whole or in part. */
export class Disk {
  readonly entries: Kept[] = [];
  /** So many of them survive everything. */
  durable = 0;
  /** Why nothing can be written: the system's word, such as ENOSPC. */
  trouble: string | null = null;
  /** A journal whose entries are handed over when it suits, and not before anything is done. */
  isLazy = false;
  /** Told of what has become durable, once. */
  synced: (entry: Written, sequence: number) => void = () => {};

  commit(): void {
    for (; this.durable < this.entries.length; this.durable++) this.synced(this.entries[this.durable] as Kept, this.durable + 1);
  }

  /** A process has died; so many of the entries that nobody had committed have come to the disk all the same. */
  lose(keep: (unsynced: number) => number): void {
    const unsynced = this.entries.length - this.durable;
    this.entries.length = this.durable + keep(unsynced);
    this.commit();
  }

  get head(): string {
    return hexOf(this.entries.at(-1)?.digest ?? NO_DIGEST);
  }
}

/** What happens around a write, so that a process can be ended there. */
export type Around = {
  readonly appending: (event: Event) => void;
  readonly appended: (event: Event, sequence: number, at: Instant) => void;
  readonly committing: () => void;
  readonly committed: () => void;
};

/** Goes on with what the disk holds: each entry has to be made again to the byte before a new one is written. */
class DiskRecorder implements Recorder, Replaying {
  readonly #disk: Disk;
  readonly #around: Around;
  readonly #past: number;
  #next = 0;
  #problem: JournalError | null = null;

  constructor(disk: Disk, around: Around) {
    this.#disk = disk;
    this.#around = around;
    this.#past = disk.entries.length;
  }

  append(event: Event, at: Instant, cause: number, origin: Origin): number {
    if (this.#problem !== null) throw this.#problem;
    const { entries } = this.#disk;
    const sequence = this.#next + 1;
    const isNew = this.#next >= this.#past;
    if (isNew) this.#around.appending(event);
    const written: Written = { event, at, cause, origin };
    const digest = digestOf(written, sequence, entries[this.#next - 1]?.digest ?? NO_DIGEST);
    if (isNew) {
      entries.push({ ...written, digest });
      this.#next++;
      this.#around.appended(event, sequence, at);
      return sequence;
    }
    const expected = entries[this.#next] as Kept;
    if (expected.digest !== digest) throw new JournalError({ kind: 'diverged', sequence, expected, produced: written });
    this.#next++;
    return sequence;
  }

  commit(): void {
    if (this.#problem !== null) throw this.#problem;
    if (this.#disk.durable === this.#disk.entries.length || this.#next < this.#past || this.#disk.isLazy) return;
    this.#around.committing();
    if (this.#disk.trouble !== null) {
      this.#problem = new JournalError({ kind: 'journal_unwritable', code: this.#disk.trouble });
      throw this.#problem;
    }
    this.#disk.commit();
    this.#around.committed();
  }

  nextDoor(): RecordedEntry | null {
    const entry = this.#disk.entries[this.#next];
    if (this.#next >= this.#past || entry === undefined) return null;
    const { event, at, cause, origin } = entry;
    if (origin !== 'door') throw new JournalError({ kind: 'diverged', sequence: this.#next + 1, expected: entry, produced: null });
    return { sequence: this.#next + 1, at: instant(at), cause, origin, event };
  }

  nextKind(): EventKind | null {
    return this.#next < this.#past ? (this.#disk.entries[this.#next]?.event.kind ?? null) : null;
  }

  caughtUp(): boolean {
    return this.#next >= this.#past;
  }

  flush(): void {}
  uncommitted = (): number => this.#disk.entries.length - this.#disk.durable;
  headHash = (): string => this.#disk.head;
  close(): void {}
}

/** The recorder as plain functions, since a house adds one of its own to them. */
export function recorderOf(disk: Disk, around: Around): Recorder & Replaying {
  const recorder = new DiskRecorder(disk, around);
  return {
    append: (event, at, cause, origin) => recorder.append(event, at, cause, origin),
    commit: () => recorder.commit(),
    flush: () => recorder.flush(),
    uncommitted: () => recorder.uncommitted(),
    headHash: () => recorder.headHash(),
    close: () => recorder.close(),
    nextDoor: () => recorder.nextDoor(),
    nextKind: () => recorder.nextKind(),
    caughtUp: () => recorder.caughtUp(),
  };
}
