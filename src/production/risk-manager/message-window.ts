import { type Instant, MINUTE_MS } from '#domain/values/instant';
import type { StateSink } from '#domain/values/symbol-columns';

/** Orders and cancels that have left within the last minute, as the broker counts them. */
export class MessageWindow {
  readonly #sent: Instant[] = [];

  sent(at: Instant): void {
    this.#forget(at);
    this.#sent.push(at);
  }

  count(at: Instant): number {
    this.#forget(at);
    return this.#sent.length;
  }

  hashInto(sink: StateSink): void {
    sink.text(this.#sent.join(' '));
  }

  #forget(at: Instant): void {
    const old = this.#sent.findIndex((sent) => sent > at - MINUTE_MS);
    this.#sent.splice(0, old === -1 ? this.#sent.length : old);
  }
}
