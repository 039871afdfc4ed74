import { canonicalJson } from '#domain/values/canonical-json';
import { type Instant, instant } from '#domain/values/instant';
import type { Replaying } from '#engine/journal/recorder';
import type { Asked, Operator } from '#engine/ports/operator';

/**
 * The requests of a run, in order. What a journal holds already is taken from there at its own instants, for a person
 * cannot be made to say it again; what an operator says again is not taken twice. After its end the operator goes on.
 */
export class Requests {
  readonly #operator: Operator | null;
  readonly #past: Replaying | null;
  /** How often each request was taken from the journal and not yet said again. */
  readonly #recorded = new Map<string, number>();
  /** Drawn from the operator and not due yet. */
  #drawn: Asked | null = null;
  #from: Instant = instant(0);
  #until: Instant = instant(0);
  #behind: boolean;
  /** What an operator says of an instant before these, and the journal does not hold, was not said then. */
  #passed: Instant = instant(0);
  #told: Instant = instant(0);

  constructor(operator: Operator | null = null, past: Replaying | null = null) {
    this.#operator = operator;
    this.#past = past;
    this.#behind = this.#isBehind;
  }

  /** The run comes to a stretch of its time: a request of its last instant belongs to the next one, an older one to its first. */
  stretch({ from, until }: { readonly from: Instant; readonly until: Instant }): void {
    if (this.#behind) this.#passed = this.#until;
    this.#from = from;
    this.#until = until;
  }

  /** The next request of the stretch, to be taken now at `now` or later; null when something else comes first, or nothing. */
  next({ now, before }: { readonly now: Instant; readonly before: Instant }): Asked | null {
    this.#behind = this.#isBehind;
    return this.#behind ? this.#nextRecorded() : this.#nextOwn(now, before);
  }

  /** While the journal says what comes next, nothing else may say it. */
  get #isBehind(): boolean {
    return this.#past !== null && !this.#past.caughtUp();
  }

  #nextRecorded(): Asked | null {
    if (this.#past?.nextKind() !== 'request_received') return null;
    const entry = this.#past.nextDoor();
    if (entry === null || entry.event.kind !== 'request_received' || entry.at >= this.#until) return null;
    const asked = { at: entry.at, request: entry.event.request };
    this.#told = asked.at;
    const key = canonicalJson(asked);
    this.#recorded.set(key, (this.#recorded.get(key) ?? 0) + 1);
    return asked;
  }

  #nextOwn(now: Instant, before: Instant): Asked | null {
    for (;;) {
      this.#drawn ??= this.#operator?.next(this.#until) ?? null;
      const drawn = this.#drawn;
      if (drawn === null || drawn.at >= before) return null;
      this.#drawn = null;
      const { request } = drawn;
      // Not from `now` on: two of its requests are told apart by their instants.
      const at = instant(Math.max(drawn.at, this.#from));
      const again = this.#saidAgain(drawn) || this.#saidAgain({ at, request });
      if (!again && drawn.at >= this.#passed && at >= this.#told) return { at: instant(Math.max(at, now)), request };
    }
  }

  #saidAgain(asked: Asked): boolean {
    const key = canonicalJson(asked);
    const times = this.#recorded.get(key) ?? 0;
    if (times > 1) this.#recorded.set(key, times - 1);
    else this.#recorded.delete(key);
    return times > 0;
  }
}
