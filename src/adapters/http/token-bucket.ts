import type { Clock } from '#engine/ports/clock';

export type Rate = { readonly requests: number; readonly perMs: number; readonly burst: number };

/** At most `requests` in any `perMs`, `burst` of them at once; whoever comes earlier waits its turn. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #slackMs: number;
  /** When the next request would be due if they came evenly. */
  #due = Number.NEGATIVE_INFINITY;

  constructor({ requests, perMs, burst }: Rate, clock: Clock) {
    this.#clock = clock;
    this.#intervalMs = perMs / requests;
    this.#slackMs = this.#intervalMs * (burst - 1);
  }

  async take(stop: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    this.#due = Math.max(this.#due, now - this.#slackMs);
    const waitMs = Math.ceil(this.#due - now);
    this.#due += this.#intervalMs;
    if (waitMs > 0) await this.#clock.sleep(waitMs, stop);
  }
}
