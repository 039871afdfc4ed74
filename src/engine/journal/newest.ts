import type { Instant } from '#domain/values/instant';
import { JournalTail } from '#engine/journal/tail';

/** The last whole entry of a journal. */
export type Newest = { readonly sequence: number; readonly at: Instant };

/** Keeps up with the end of a journal that is being written, without reading what came before. */
export class NewestEntry {
  readonly #directory: string;
  #tail: JournalTail | null = null;
  #newest: Newest | null = null;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Null as long as there is none. Throws a `JournalError` where the journal cannot be trusted. */
  look(): Newest | null {
    this.#tail ??= JournalTail.ofNewest(this.#directory);
    for (let raw = this.#tail.next(); raw !== null; raw = this.#tail.next()) this.#newest = { sequence: raw.sequence, at: raw.at };
    if (this.#newest !== null) return this.#newest;
    // A segment without an entry yet, or no journal: looked for anew next time.
    this.close();
    return null;
  }

  close(): void {
    this.#tail?.close();
    this.#tail = null;
  }
}
