import { type Instant, instant } from '#domain/values/instant';
import type { Clock } from '#engine/ports/clock';

/** A clock that passes only by sleeping, and at once. */
export class TestClock implements Clock {
  readonly slept: number[] = [];
  #now: number;

  constructor(now: string) {
    this.#now = Date.parse(now);
  }

  now(): Instant {
    return instant(this.#now);
  }

  sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.#now += ms;
    return new Promise((resolve) => setImmediate(resolve));
  }
}
