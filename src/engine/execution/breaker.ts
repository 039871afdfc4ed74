import { type Instant, instant } from '#domain/values/instant';
import { waitOf } from '#engine/execution/patience';

export type BreakerTerms = {
  /** So many orders in a row of which nobody knows what became. */
  readonly doubtsMax: number;
  /** How long nothing is sent then, longer each time that it fails again; milliseconds. */
  readonly waits: readonly number[];
  /** After a wait one is sent to see, and the others wait for its answer. */
  readonly alone: boolean;
};

/**
 * After so many orders in a row of which nobody knows what became, no more are sent for a while. Entries and exits have one each,
 * so that a broker that fails at entries holds up no exit (A4).
 */
export class Breaker {
  readonly #terms: BreakerTerms;
  #doubts = 0;
  /** Nothing is sent before. */
  until: Instant = instant(0);

  constructor(terms: BreakerTerms) {
    this.#terms = terms;
  }

  get isOpen(): boolean {
    return this.#doubts >= this.#terms.doubtsMax;
  }

  sent(now: Instant): void {
    if (this.isOpen && this.#terms.alone) this.#shut(now);
  }

  failed(now: Instant): void {
    this.#doubts++;
    // What waits already does not wait for longer because another one fails meanwhile.
    if (this.isOpen && (this.#terms.alone || this.until <= now)) this.#shut(now);
  }

  /** The broker has said what became of one, be it a no. */
  answered(): void {
    this.#doubts = 0;
    this.until = instant(0);
  }

  #shut(now: Instant): void {
    const { doubtsMax, waits } = this.#terms;
    this.until = instant(now + waitOf(waits, this.#doubts - doubtsMax));
  }
}
