import type { Instant } from '#domain/values/instant';
import type { LiveHouse } from '#engine/live/live-house';

/** Somebody who may see a reason to enter nothing, and who says when it is over. */
export type Doubter = { doubt(why: string, at: Instant): void; trust(at: Instant): void };

/** Several watch over one process: entries open again when none of them sees a reason any more. */
export class Doubts {
  readonly #house: Pick<LiveHouse, 'doubt' | 'trust'>;
  readonly #reasons = new Map<Doubter, string>();

  constructor(house: Pick<LiveHouse, 'doubt' | 'trust'>) {
    this.#house = house;
  }

  /** One more who watches. */
  doubter(): Doubter {
    const doubter: Doubter = {
      doubt: (why, at) => {
        this.#reasons.set(doubter, why);
        this.#house.doubt(why, at);
      },
      trust: (at) => {
        if (!this.#reasons.delete(doubter)) return;
        const [left] = this.#reasons.values();
        if (left === undefined) this.#house.trust(at);
        else this.#house.doubt(left, at);
      },
    };
    return doubter;
  }
}
