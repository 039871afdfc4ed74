import { type Instant, instant } from '#domain/values/instant';
import type { Clock } from '#engine/ports/clock';
import { Agenda } from '#simulation/broker/agenda';

/** Everything that is going to happen, in order of its instant and then of its planning: a total order, so a seed is a run. */
export class VirtualTime {
  readonly #agenda = new Agenda<() => void>();
  now: Instant;
  /** Whether a promise may have been settled since the last rest. */
  #stirred = false;

  constructor(now: Instant) {
    this.now = now;
  }

  at(at: number, happen: () => void): void {
    this.#agenda.plan(instant(Math.max(at, this.now)), happen);
  }

  in(ms: number, happen: () => void): void {
    this.at(this.now + ms, happen);
  }

  get next(): Instant | null {
    return this.#agenda.next;
  }

  /** Lets the first of what is due happen. */
  step(): void {
    const { next } = this;
    if (next === null) return;
    const due = this.#agenda.take(next);
    this.now = next;
    due?.task();
  }

  /** Somebody who waits has been told: what waited runs before anything else happens. */
  stir(): void {
    this.#stirred = true;
  }

  /** All promises that can go on have gone on: a turn of Node's own loop lies behind every microtask. */
  async rest(): Promise<void> {
    while (this.#stirred) {
      this.#stirred = false;
      await new Promise<void>((done) => setImmediate(done));
    }
  }
}

/** Hands what happens to a process: not to a dead one, and later to one that is held up. */
export type Deliver = (happen: () => void) => void;

/** The clock of one process: it may be wrong by `skew`, and it wakes nobody who has died. */
export const clockOf = (time: VirtualTime, deliver: Deliver, skew: () => number): Clock => ({
  now: () => instant(time.now + skew()),
  sleep: (ms, stop) =>
    new Promise((resolve) => {
      let isOver = false;
      const wake = (): void => {
        if (isOver) return;
        isOver = true;
        stop?.removeEventListener('abort', wake);
        time.stir();
        resolve();
      };
      if (stop?.aborted === true) return wake();
      stop?.addEventListener('abort', wake);
      time.in(Math.max(0, Math.ceil(ms)), () => {
        if (!isOver) deliver(wake);
      });
    }),
});
