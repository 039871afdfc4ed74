import { statfsSync } from 'node:fs';
import type { Instant } from '#domain/values/instant';
import { RESERVE_BYTES, type Reserve } from '#engine/journal/reserve';
import type { Doubter } from '#main/paper/doubts';
import type { Say } from '#main/paper/say';

const MB = 1 << 20;
/** With less than this nothing is entered any more. */
const LOW_BYTES = 64 * MB;
/** Entries are open again only from here on. */
const CALM_BYTES = 128 * MB;
const EVERY_MS = 5_000;
/** A reserve that found no room on a disk that has some, for want of quota, is written anew only after this. */
const AGAIN_MS = 60_000;

type Guarded = {
  readonly directory: string;
  readonly reserve: Pick<Reserve, 'isKept' | 'keep'>;
  readonly doubter: Doubter;
  readonly say: Say;
  /** Bytes that this process may still write there. */
  readonly free?: (directory: string) => number;
  /** Milliseconds of the machine, which nobody sets back. */
  readonly machine?: () => number;
};

/**
 * Entries stop before the disk is full, and exits go on with what was kept in reserve: without a journal nothing leaves, and a
 * position that cannot be closed is worse than a trade that was not made (G4).
 */
export class DiskGuard {
  readonly #guarded: Guarded;
  readonly #free: (directory: string) => number;
  readonly #machine: () => number;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #isShut = false;
  #isGivenUp: boolean;

  constructor(guarded: Guarded) {
    this.#guarded = guarded;
    this.#free = guarded.free ?? freeBytes;
    this.#machine = guarded.machine ?? (() => performance.now());
    guarded.reserve.keep();
    this.#isGivenUp = !guarded.reserve.isKept;
  }

  /** Looked at before anything is decided. */
  look(now: Instant): void {
    const { directory, reserve, say } = this.#guarded;
    const isGivenUp = !reserve.isKept;
    if (isGivenUp === this.#isGivenUp && this.#machine() - this.#lookedAt < EVERY_MS) return;
    this.#lookedAt = this.#machine();
    const free = this.#free(directory);
    if (this.#isShut) this.#open(free, now);
    else if (isGivenUp || free < LOW_BYTES) this.#shut(free, now);
    if (isGivenUp && this.#isShut && !this.#isGivenUp)
      say(`ALARM    the disk is full: the ${megabytes(RESERVE_BYTES)} that were kept in reserve are being written now; make room`, 'disk');
    this.#isGivenUp = !reserve.isKept;
  }

  #shut(free: number, now: Instant): void {
    const { directory, doubter, say } = this.#guarded;
    this.#isShut = true;
    say(
      `ALARM    the disk of ${directory} has ${megabytes(free)} left: no entries until there are ${megabytes(CALM_BYTES)}; exits go on`,
      'disk',
    );
    doubter.doubt('the disk is nearly full', now);
  }

  #open(free: number, now: Instant): void {
    const { doubter, reserve, say } = this.#guarded;
    if (free < CALM_BYTES || this.#machine() - this.#triedAt < AGAIN_MS) return;
    reserve.keep();
    if (!reserve.isKept) {
      this.#triedAt = this.#machine();
      return;
    }
    this.#isShut = false;
    say(`note     the disk has room again, ${megabytes(free)}: entries are open once the broker has been read`);
    doubter.trust(now);
  }
}

function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / MB)} MB`;
