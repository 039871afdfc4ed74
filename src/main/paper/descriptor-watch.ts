import { readdirSync, readFileSync } from 'node:fs';

/** From this share of what the system allows on, somebody should look. Source: G8. */
const ALARM_SHARE = 0.7;
/** Told again only after it has been below this in between. */
const CALM_SHARE = 0.6;
const EVERY_MS = 60_000;

/** How many files and sockets this process has open, and how many it may have. */
export type Descriptors = { readonly open: number; readonly most: number };

/** As Linux tells it; null where the system does not. */
export function descriptorsOfProcess(): Descriptors | null {
  try {
    const most = Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1]);
    // The list itself is read through one of them.
    const open = readdirSync('/proc/self/fd').length - 1;
    return most > 0 ? { open, most } : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

/** Says so before no connection can be opened any more: a broker that cannot be dialled is one that cannot be told to sell. */
export class DescriptorWatch {
  readonly #count: () => Descriptors | null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #isTold = false;

  constructor(count: () => Descriptors | null = descriptorsOfProcess) {
    this.#count = count;
  }

  /** Looks once a minute of the machine; a line when there are too many of them, null otherwise. */
  look(nowMs: number): string | null {
    if (nowMs - this.#lookedAt < EVERY_MS) return null;
    this.#lookedAt = nowMs;
    const counted = this.#count();
    if (counted === null) return null;
    const share = counted.open / counted.most;
    if (share < CALM_SHARE) this.#isTold = false;
    if (share < ALARM_SHARE || this.#isTold) return null;
    this.#isTold = true;
    return `ALARM    ${counted.open} of ${counted.most} files and sockets are open; when none is left, the broker cannot be reached`;
  }
}
