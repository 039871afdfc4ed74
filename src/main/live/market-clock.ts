import { type Instant, instant } from '#domain/values/instant';
import type { Clock } from '#engine/ports/clock';
import { systemClock } from '#main/news/system-clock';

/** Where a made-up market's time stands, and how many of its seconds pass in one of ours; with 0 it stands still. */
export type MarketTime = { readonly now: Instant; readonly speed: number };

/**
 * The clock of a market whose time is not ours: a broker that makes its days up may begin them whenever and let them pass
 * faster. Measured by the clock that nobody can set back.
 */
export class MarketClock implements Clock {
  readonly #machine: () => number;
  #time: MarketTime;
  #since: number;

  constructor(time: MarketTime, machine: () => number = () => performance.now()) {
    this.#time = time;
    this.#machine = machine;
    this.#since = machine();
  }

  get speed(): number {
    return this.#time.speed;
  }

  /** From now on it is that instant, and passes that fast. */
  set(time: MarketTime): void {
    this.#time = time;
    this.#since = this.#machine();
  }

  now(): Instant {
    const { now, speed } = this.#time;
    return instant(Math.floor(now + (this.#machine() - this.#since) * speed));
  }

  /** Where the time stands still, ours is slept: what is waited for may happen all the same. */
  sleep(ms: number, stop?: AbortSignal): Promise<void> {
    const { speed } = this.#time;
    return systemClock.sleep(speed === 0 ? ms : ms / speed, stop);
  }
}
