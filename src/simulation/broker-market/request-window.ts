import { type Instant, MINUTE_MS } from '#domain/values/instant';

/** Requests of the last minute: so many are answered, the rest refused. Source: broker-alpaca §16. */
export class RequestWindow {
  readonly #max: number;
  #times: number[] = [];

  constructor(max: number) {
    this.#max = max;
  }

  /** Counts one; false when it was one too many. */
  take(now: Instant): boolean {
    this.#times = this.#times.filter((at) => at > now - MINUTE_MS);
    if (this.#times.length >= this.#max) return false;
    this.#times.push(now);
    return true;
  }

  /** As they stand after the last request; the reset is in whole seconds since 1970. */
  headers(now: Instant): Readonly<Record<string, string>> {
    return {
      'x-ratelimit-limit': String(this.#max),
      'x-ratelimit-remaining': String(this.#max - this.#times.length),
      'x-ratelimit-reset': String(Math.ceil(((this.#times[0] ?? now) + MINUTE_MS) / 1000)),
    };
  }
}
