import { type Instant, instant } from '#domain/values/instant';

const WINDOW_MS = 60_000;

export type RateHeaders = Readonly<Record<'x-ratelimit-limit' | 'x-ratelimit-remaining' | 'x-ratelimit-reset', string>>;

/** How many requests came within the last minute: a rolling window. Source: broker-alpaca §16. */
export class RateWindow {
  readonly #limit: number;
  #came: Instant[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts a request that comes now; one too many is refused and not counted. */
  admits(now: Instant): boolean {
    this.#came = this.#came.filter((at) => at > now - WINDOW_MS);
    if (this.#came.length >= this.#limit) return false;
    this.#came.push(now);
    return true;
  }

  /** `reset` is in whole Unix seconds, when the oldest of the window leaves it. */
  headers(now: Instant): RateHeaders {
    const oldest = this.#came[0] ?? now;
    return {
      'x-ratelimit-limit': String(this.#limit),
      'x-ratelimit-remaining': String(Math.max(0, this.#limit - this.#came.length)),
      'x-ratelimit-reset': String(Math.ceil(instant(oldest + WINDOW_MS) / 1000)),
    };
  }
}
