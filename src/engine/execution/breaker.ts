import { type Instant, instant } from '#domain/values/instant';
import { waitOf } from '#engine/execution/patience';

/**
 * After so many orders in a row of which nobody knows what became, no more are sent for a while, then one to see; each time that it
 * fails for longer. Entries and exits have one each, so that a broker that fails at entries holds up no exit (A4).
 */
export class Breaker {
  readonly #failuresMax: number;
  readonly #waits: readonly number[];
  #failures = 0;
  /** Nothing is sent before. */
  until: Instant = instant(0);

  constructor(failuresMax: number, waits: readonly number[]) {
    this.#failuresMax = failuresMax;
    this.#waits = waits;
  }

  get isOpen(): boolean {
    return this.#failures >= this.#failuresMax;
  }

  /** While it is open, the one that was sent to see goes alone. */
  sent(now: Instant): void {
    if (this.isOpen) this.#shut(now);
  }

  failed(now: Instant): void {
    this.#failures++;
    if (this.isOpen) this.#shut(now);
  }

  /** The broker has said what became of one, be it a no. */
  answered(): void {
    this.#failures = 0;
    this.until = instant(0);
  }

  #shut(now: Instant): void {
    this.until = instant(now + waitOf(this.#waits, this.#failures - this.#failuresMax));
  }
}
