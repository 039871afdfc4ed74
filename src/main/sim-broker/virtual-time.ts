import { type Instant, instant } from '#domain/values/instant';

/** The broker's time: it began at an instant and passes `speed` times as fast as ours; 0 stands still until it is moved by hand. */
export class VirtualTime {
  readonly #wall: () => number;
  #from: Instant;
  #since: number;
  #speed: number;

  /** `wall` is a clock of ours in milliseconds that never goes back. */
  constructor(from: Instant, speed: number, wall: () => number) {
    this.#wall = wall;
    this.#from = from;
    this.#since = wall();
    this.#speed = speed;
  }

  get speed(): number {
    return this.#speed;
  }

  now(): Instant {
    return instant(Math.floor(this.#from + (this.#wall() - this.#since) * this.#speed));
  }

  /** How many of our milliseconds it takes until then; none where it has passed, null where it never comes by itself. */
  msUntil(at: Instant): number | null {
    const ahead = at - this.now();
    if (ahead <= 0) return 0;
    return this.#speed === 0 ? null : ahead / this.#speed;
  }

  /** From now on it is that instant. */
  set(at: Instant): void {
    this.#from = at;
    this.#since = this.#wall();
  }

  setSpeed(speed: number): void {
    this.set(this.now());
    this.#speed = speed;
  }
}
