import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Instant, MINUTE_MS } from '#domain/values/instant';
import { parsed } from '#engine/ports/json-text';
import { placeFile } from '#main/control/durable-file';

/** So many within so long are no accident any more. Source: G10. */
const ENDS_MAX = 3;
const WITHIN_MS = 5 * MINUTE_MS;

/** `running` is the process that has begun and not said that it ended; `unclean` when such a one was found, by the machine's clock. */
type Kept = { readonly running: number | null; readonly unclean: readonly number[] };

/**
 * How the processes of a journal have ended, kept beside it. Whoever begins and finds that the one before never said that it
 * was over counts an unclean end. Only the process that holds the journal may ask.
 */
export class UncleanEnds {
  readonly #path: string;
  readonly #unclean: readonly number[];

  constructor(journal: string, now: Instant) {
    this.#path = join(journal, 'ends.json');
    const { running, unclean } = keptIn(this.#path);
    // A clock that was set back would keep an end for ever.
    const isRecent = (at: number): boolean => at <= now && now - at < WITHIN_MS;
    this.#unclean = [...unclean.filter(isRecent), ...(running === null ? [] : [now])];
    this.#keep({ running: process.pid, unclean: this.#unclean });
  }

  get count(): number {
    return this.#unclean.length;
  }

  /** Whether it crashes again and again, so that only what takes risk away may be done. */
  get areTooMany(): boolean {
    return this.#unclean.length >= ENDS_MAX;
  }

  /** This process ends as it should, and with it the row; one that has taken the journal over in the meantime says so itself. */
  ended(): void {
    if (keptIn(this.#path).running === process.pid) this.#keep({ running: null, unclean: [] });
  }

  #keep(kept: Kept): void {
    placeFile(this.#path, `${JSON.stringify(kept)}\n`);
  }
}

/** Whether the last process of a journal has said that it was over; one that keeps no such file was never asked to. */
export const hasEnded = (journal: string): boolean => keptIn(join(journal, 'ends.json')).running === null;

/** It is written whole or not at all: what cannot be read was spoiled by hand, and nothing is known. */
function keptIn(path: string): Kept {
  const nothing: Kept = { running: null, unclean: [] };
  if (!existsSync(path)) return nothing;
  const { running, unclean } = (parsed(readFileSync(path, 'utf8')) ?? {}) as { running?: unknown; unclean?: unknown };
  return {
    running: typeof running === 'number' ? running : null,
    unclean: Array.isArray(unclean) ? unclean.filter((at) => typeof at === 'number') : [],
  };
}
