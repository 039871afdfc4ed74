import { setTimeout as sleep } from 'node:timers/promises';

const MINUTE_SECONDS = 60;
/** What is lost beyond this, while a person thought, is not made up for. */
const BEHIND_MS_MAX = 1000;
/** How long nobody looks whether the wait should end. */
const LOOK_EVERY_MS = 100;

/** Holds a run back so that `speed` seconds of the market pass in one; infinite speed never waits. */
export class Pace {
  readonly #milliseconds: number;
  #next = 0;

  constructor(speed: number) {
    this.#milliseconds = (MINUTE_SECONDS / speed) * 1000;
  }

  /** `ends` says that somebody asks for something, which is not held up. */
  async wait(ends: () => boolean): Promise<void> {
    if (this.#milliseconds === 0) return;
    const now = performance.now();
    if (this.#next === 0 || now - this.#next > BEHIND_MS_MAX) this.#next = now;
    this.#next += this.#milliseconds;
    for (let ahead = this.#next - now; ahead > 1 && !ends(); ahead = this.#next - performance.now())
      await sleep(Math.min(ahead, LOOK_EVERY_MS));
  }
}
