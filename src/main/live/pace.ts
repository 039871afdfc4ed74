import { setTimeout as sleep } from 'node:timers/promises';

const MINUTE_SECONDS = 60;
/** What is lost beyond this, while a person thought, is not made up for. */
const BEHIND_MS_MAX = 1000;

/** Holds a run back so that `speed` seconds of the market pass in one; infinite speed never waits. */
export class Pace {
  readonly #milliseconds: number;
  #next = 0;

  constructor(speed: number) {
    this.#milliseconds = (MINUTE_SECONDS / speed) * 1000;
  }

  async wait(): Promise<void> {
    if (this.#milliseconds === 0) return;
    const now = performance.now();
    if (this.#next === 0 || now - this.#next > BEHIND_MS_MAX) this.#next = now;
    this.#next += this.#milliseconds;
    const ahead = this.#next - now;
    if (ahead > 1) await sleep(ahead);
  }
}
