import { isDeepStrictEqual } from 'node:util';
import type { Entry, Event } from '#domain/events/event';
import type { Instant } from '#domain/values/instant';
import type { House } from '#engine/house';
import type { Origin } from '#engine/journal/problems';
import type { Recorder } from '#engine/journal/recorder';

type Written = { readonly event: Event; readonly at: Instant; readonly cause: number; readonly origin: Origin };

/** A journal in memory. After a restart it holds the new house to what is written, and writes on only then. */
export class WalkRecorder implements Recorder {
  readonly #written: Written[] = [];
  readonly #see: (entry: Entry) => void;
  #next = 0;

  constructor(see: (entry: Entry) => void) {
    this.#see = see;
  }

  append(event: Event, at: Instant, cause: number, origin: Origin): number {
    const past = this.#written[this.#next];
    const sequence = ++this.#next;
    if (past === undefined) {
      this.#written.push({ event, at, cause, origin });
      this.#see({ sequence, at, cause, event });
    } else if (past.at !== at || past.cause !== cause || !isDeepStrictEqual(past.event, event)) {
      throw new Error(`entry ${sequence} was ${past.event.kind} and is ${event.kind} after a restart`);
    }
    return sequence;
  }

  /** Tells a new house all that came from the world, once more. */
  replay(house: House): void {
    this.#next = 0;
    const { length } = this.#written;
    for (let next = 0; next < length; next = this.#next) {
      const { event, at, origin } = this.#written[next] as Written;
      if (origin !== 'door') throw new Error(`entry ${next + 1}, ${event.kind}, is missing after a restart`);
      house.accept(event, at);
    }
    if (this.#written.length !== length) throw new Error(`after a restart ${this.#written.length - length} entries follow the last`);
  }

  get length(): number {
    return this.#written.length;
  }

  commit(): void {}
  flush(): void {}
  uncommitted = (): number => 0;
  headHash = (): string | null => null;
  close(): void {}
}
