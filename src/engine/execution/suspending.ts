import type { Instant } from '#domain/values/instant';
import type { Desk } from '#engine/execution/desk';
import { waitOf } from '#engine/execution/patience';
import type { Answer } from '#engine/ports/brokerage';

/** The account itself is shut for orders that open anything: wanted until the broker says that it is so. */
export class Suspending {
  readonly #desk: Desk;
  #wanted: boolean | null = null;
  #isAsking = false;
  #tries = 0;
  due: Instant | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  want(on: boolean): void {
    this.recall(on);
    this.#tries = 0;
    this.#ask();
  }

  /** What the journal wanted last; to say it again after a restart does no harm. */
  recall(on: boolean): void {
    this.#wanted = on;
    this.#desk.suspendedByUsUntil = Number.POSITIVE_INFINITY;
  }

  start(): void {
    this.#ask();
  }

  tick(): void {
    if (this.due !== null && this.due <= this.#desk.now) this.#ask();
  }

  answered(on: boolean, answer: Answer): void {
    this.#isAsking = false;
    if (answer.kind === 'done' && on === this.#wanted) {
      this.#wanted = null;
      if (on) return;
      this.#desk.suspendedByUsUntil = this.#desk.now;
      // What was refused meanwhile waits for a reading that shows it.
      this.#desk.compareSoon = true;
      return;
    }
    this.due = this.#desk.in(waitOf(this.#desk.patience.againMs, this.#tries));
    this.#tries++;
  }

  /** To say it twice does no harm, so it is repeated until it is done. */
  #ask(): void {
    this.due = null;
    if (this.#wanted === null || this.#isAsking || !this.#desk.started) return;
    this.#isAsking = true;
    this.#desk.outbox.ask({ kind: 'suspend_account', on: this.#wanted }, 'cancel', { kind: 'suspend', on: this.#wanted });
  }
}
