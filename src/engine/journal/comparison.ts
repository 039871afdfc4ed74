import type { Event, EventKind } from '#domain/events/event';
import type { Instant } from '#domain/values/instant';
import { ByteWriter } from '#engine/journal/codec/byte-writer';
import { SessionColumns } from '#engine/journal/codec/column-store';
import { encodeEvent, kindOf } from '#engine/journal/codec/event-codec';
import { JournalError, type Origin, type TornTail } from '#engine/journal/problems';
import { decoded, type RecordedEntry, tornOr } from '#engine/journal/reader';
import { hexOf } from '#engine/journal/record-format';
import { type ChainEnd, chainStart, type RawEntry, scan } from '#engine/journal/scan';

/** The entries of a journal, held one after the other against what a run makes now. */
export class Comparison {
  readonly #out = new ByteWriter();
  readonly #columns = new SessionColumns();
  readonly #chain: ChainEnd = chainStart();
  readonly #take: () => RawEntry | null;
  #next: RawEntry | null;
  #torn: TornTail | null = null;
  #sequence = 0;

  constructor(directory: string) {
    const walk = scan(directory, this.#chain);
    this.#take = () => {
      const step = walk.next();
      if (!step.done) return step.value;
      this.#torn = tornOr(directory, step.value);
      return null;
    };
    this.#next = this.#take();
  }

  /** Whether every entry of the journal has been made again. */
  get finished(): boolean {
    return this.#next === null;
  }

  /** What was cut off by a crash; known once finished. */
  get torn(): TornTail | null {
    return this.#torn;
  }

  /** SHA-256 in hex of the journal's last entry; null until finished. */
  get head(): string | null {
    return this.finished ? hexOf(this.#chain.digest) : null;
  }

  /** Kind of the entry that must come next, null at the end. */
  get nextKind(): EventKind | null {
    return this.#next === null ? null : kindOf(this.#next.payload);
  }

  /**
   * The entry from the door that comes next, still to be made again; null at the end. Its frame holds until the
   * next session. A derived entry here means that the house failed to make it: diverged.
   */
  nextDoor(): RecordedEntry | null {
    const next = this.#next;
    if (next === null) return null;
    if (this.nextKind === 'session_opened') this.#columns.startSession();
    const entry = decoded(next, this.#columns);
    if (next.origin === 'door') return entry;
    throw new JournalError({ kind: 'diverged', sequence: next.sequence, expected: entry, produced: null });
  }

  /** Holds what the run made against the journal, byte by byte; gives its sequence, or throws `diverged`. */
  check(event: Event, at: Instant, cause: number, origin: Origin): number {
    const next = this.#next;
    const out = this.#out;
    out.at = 0;
    encodeEvent(event, out);
    const same =
      next !== null &&
      next.at === at &&
      next.cause === cause &&
      next.origin === origin &&
      next.payload.equals(out.bytes.subarray(0, out.at));
    const produced = { event, at, cause, origin };
    if (!same) {
      const expected = next === null ? null : decoded(next);
      throw new JournalError({ kind: 'diverged', sequence: this.#sequence + 1, expected, produced });
    }
    this.#sequence = next.sequence;
    this.#next = this.#take();
    return next.sequence;
  }
}
