import { getHeapStatistics } from 'node:v8';
import type { Instant } from '#domain/values/instant';
import type { Doubter } from '#main/paper/doubts';
import type { Say } from '#main/paper/say';

/** From this share of what it may use on, a process that still grows ends soon. Source: G3. */
const SHUT_SHARE = 0.8;
/** Entries are open again only below this. */
const CALM_SHARE = 0.6;
const EVERY_MS = 10_000;

type Guarded = {
  readonly doubter: Doubter;
  readonly say: Say;
  /** How much of the memory that this process may use it does use, from 0 to 1. */
  readonly share?: () => number;
  /** Milliseconds of the machine, which nobody sets back. */
  readonly machine?: () => number;
};

/**
 * Nothing new is opened by a process that is about to be ended for its memory. What it holds has its stops at the broker, and the next
 * start goes on from the journal.
 */
export class MemoryGuard {
  readonly #guarded: Guarded;
  readonly #share: () => number;
  readonly #machine: () => number;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #isShut = false;

  constructor(guarded: Guarded) {
    this.#guarded = guarded;
    this.#share = guarded.share ?? memoryShare;
    this.#machine = guarded.machine ?? (() => performance.now());
  }

  /** Looked at before anything is decided. */
  look(now: Instant): void {
    if (this.#machine() - this.#lookedAt < EVERY_MS) return;
    this.#lookedAt = this.#machine();
    const { doubter, say } = this.#guarded;
    const share = this.#share();
    if (!this.#isShut && share >= SHUT_SHARE) {
      this.#isShut = true;
      say(
        `ALARM    ${Math.round(share * 100)} % of the memory that this process may use is used: no entries; end it and start it again`,
        'memory',
      );
      doubter.doubt('little memory is left', now);
    } else if (this.#isShut && share < CALM_SHARE) {
      this.#isShut = false;
      say('note     there is memory again: entries are open once the broker has been read');
      doubter.trust(now);
    }
  }
}

/** Of V8's heap, or of what the container leaves this process, whichever is scarcer. */
export function memoryShare(): number {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  const allowed = process.constrainedMemory();
  return Math.max(used / limit, allowed > 0 ? process.memoryUsage.rss() / allowed : 0);
}
