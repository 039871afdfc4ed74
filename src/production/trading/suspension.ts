import type { Emit } from '#domain/events/service';
import type { StateSink } from '#domain/values/symbol-columns';

/**
 * The last level of the emergency stop: once nothing is held, the broker itself is told to take no order that opens
 * anything. It outlasts the session and ends when the stop is cleared.
 */
export class Suspension {
  #state: 'open' | 'wanted' | 'shut' = 'open';

  want(): void {
    if (this.#state === 'open') this.#state = 'wanted';
  }

  /** Told after every step whether anything is held or can still fill. */
  settle(flat: boolean, emit: Emit): void {
    if (this.#state !== 'wanted' || !flat) return;
    this.#state = 'shut';
    emit({ kind: 'suspend_requested' });
  }

  clear(emit: Emit): void {
    if (this.#state === 'shut') emit({ kind: 'resume_requested' });
    this.#state = 'open';
  }

  hashInto(sink: StateSink): void {
    sink.text(this.#state);
  }
}
