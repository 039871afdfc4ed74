import type { Delay, Delays } from '#simulation/broker/options';
import { RandomStream } from '#simulation/market/seeded-random';

const hex = (word: number, digits: number): string => (word >>> 0).toString(16).padStart(8, '0').slice(0, digits);

/** All that is left to chance, each kind from a stream of its own, so that one more delay changes no identity. */
export class Chance {
  readonly #ids: RandomStream;
  readonly #delays: RandomStream;
  readonly #fills: RandomStream;
  readonly #habits: RandomStream;

  constructor(seed: number) {
    this.#ids = new RandomStream(seed, 'broker-ids');
    this.#delays = new RandomStream(seed, 'broker-delays');
    this.#fills = new RandomStream(seed, 'broker-fills');
    this.#habits = new RandomStream(seed, 'broker-habits');
  }

  /** A valid UUID of version 4 whose chance is the seed's. */
  uuid(): string {
    const [a, b, c, d] = [this.#ids.word(), this.#ids.word(), this.#ids.word(), this.#ids.word()];
    const variant = ((c >>> 30) | 8).toString(16);
    return `${hex(a, 8)}-${hex(b, 4)}-4${hex(b << 16, 3)}-${variant}${hex(c, 3)}-${hex(c << 16, 4)}${hex(d, 8)}`;
  }

  delay(delays: Delays, of: keyof Delays): number {
    return this.between(delays[of]);
  }

  between({ fromMs, toMs }: Delay): number {
    return fromMs === toMs ? fromMs : this.#delays.integer(fromMs, toMs);
  }

  /** Whether something of the market happens, and how much of it. */
  fills(probability: number): boolean {
    return probability > 0 && this.#fills.chance(probability);
  }

  part(of: number): number {
    return this.#fills.integer(1, of);
  }

  /** Whether the broker does a thing this way or the other, where both have been seen. */
  habit(probability: number): boolean {
    return this.#habits.chance(probability);
  }
}
