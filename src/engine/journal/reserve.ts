import { Buffer } from 'node:buffer';
import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Does what needs room on the disk. */
export type Room = { through<T>(work: () => T): T };

/** Nothing is kept: what finds no room fails at once. */
export const noReserve: Room = { through: (work) => work() };

/** Days of a journal, and every exit in them. */
export const RESERVE_BYTES = 16 << 20;
const NAME = 'reserve';
const PIECE = 1 << 20;

/**
 * Room beside a journal that is kept for the day on which the disk is full: it is given up then, so that whatever takes risk away can
 * still be written down before it leaves (G4). Whoever has something urgent to write there may give it up, so that the file alone says
 * whether it is kept.
 */
export class Reserve implements Room {
  readonly #path: string;
  readonly #bytes: number;

  constructor(directory: string, bytes = RESERVE_BYTES) {
    this.#path = join(directory, NAME);
    this.#bytes = bytes;
  }

  /** Whether there is something to give up. */
  get isKept(): boolean {
    return statSync(this.#path, { throwIfNoEntry: false })?.size === this.#bytes;
  }

  /** Takes the room, or takes it again; one of an earlier process is as good. Without room nothing is kept, which is no error. */
  keep(): void {
    if (this.isKept) return;
    try {
      this.#fill();
    } catch (error) {
      if (!isFull(error)) throw error;
      this.release();
    }
  }

  /** Gives it back: nobody writes here any more. */
  release(): void {
    rmSync(this.#path, { force: true });
  }

  /** Does the work; where there is no room for it, once more without the reserve. */
  through<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isFull(error) || !this.isKept) throw error;
      this.release();
      return work();
    }
  }

  /** Written and not only stretched, and with what nothing can pack: a file with holes, or full of the same bytes, keeps nothing. */
  #fill(): void {
    const fd = openSync(this.#path, 'w');
    try {
      const piece = Buffer.alloc(Math.min(PIECE, this.#bytes));
      for (let done = 0; done < this.#bytes; )
        done += writeSync(fd, randomFillSync(piece), 0, Math.min(piece.length, this.#bytes - done), done);
    } finally {
      closeSync(fd);
    }
  }
}

/** The disk has no room, or whoever runs this may use no more of it. */
const isFull = (error: unknown): boolean => {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
};
