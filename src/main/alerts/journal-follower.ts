import { statSync } from 'node:fs';
import { join } from 'node:path';
import { decoded, type RecordedEntry, readJournal } from '#engine/journal/reader';
import { segmentName, segmentsIn } from '#engine/journal/segment-format';

/** Gives the whole entries of a journal that somebody else writes, each one once. */
export class JournalFollower {
  readonly #directory: string;
  #seen = 0;
  #mark = '';

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The sequence of the last entry that was given. */
  get seen(): number {
    return this.#seen;
  }

  /** Those that have come since; throws a `JournalError` where the journal cannot be read. A journal that is not there yet has none. */
  *read(): Generator<RecordedEntry> {
    const mark = this.#markOf();
    if (mark === '' || mark === this.#mark) return;
    let last = 0;
    for (const raw of readJournal(this.#directory)) {
      last = raw.sequence;
      if (raw.sequence <= this.#seen) continue;
      this.#seen = raw.sequence;
      yield decoded(raw);
    }
    // Asked for before the reading: what was written meanwhile is read the next time.
    this.#mark = last >= this.#seen ? mark : '';
  }

  /** Changes whenever something was written; '' for no journal. */
  #markOf(): string {
    const last = segmentsIn(this.#directory).at(-1);
    if (last === undefined) return '';
    const stat = statSync(join(this.#directory, segmentName(last)), { bigint: true, throwIfNoEntry: false });
    return `${last} ${stat?.size} ${stat?.mtimeNs}`;
  }
}
