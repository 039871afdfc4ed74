import { assert } from '#domain/values/assert';
import { normalOf } from '#simulation/market/normal-quantiles';

/** Rounds that a new stream discards, so that neighbouring keys share nothing that shows. */
const WARM_UP = 16;

/**
 * Chance from a seed: the generator sfc32 of Chris Doty-Humphrey (PractRand). A stream is a name, a day and a symbol under
 * a seed; two streams never begin in the same state unless all four agree, so each can be drawn alone and in any order.
 */
export class RandomStream {
  readonly #key: number;
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 0;

  constructor(seed: number, name: string, day = 0, symbol = 0) {
    assert(Number.isSafeInteger(seed), `a seed is a whole number, was ${seed}`);
    this.#key = mixed(Math.floor(seed / 0x1_0000_0000) ^ mixed((seed | 0) ^ hashOf(name)));
    this.restart(day, symbol);
  }

  /** The same name's stream of another day and symbol, from its beginning; nothing is allocated. */
  restart(day: number, symbol: number): this {
    this.#a = this.#key;
    this.#b = day | 0;
    this.#c = symbol | 0;
    this.#counter = 1;
    for (let i = 0; i < WARM_UP; i++) this.word();
    return this;
  }

  /** 32 random bits as a signed integer. */
  word(): number {
    const word = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + word) | 0;
    return word;
  }

  /** The next `words.length` words at once: the same as calling `word` that often, with the state in registers. */
  fill(words: Int32Array): void {
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let counter = this.#counter;
    for (let i = 0; i < words.length; i++) {
      const word = (a + b + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + word) | 0;
      words[i] = word;
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#counter = counter;
  }

  /** From 0 inclusive to 1 exclusive, in steps of 2⁻³². */
  uniform(): number {
    return (this.word() >>> 0) / 0x1_0000_0000;
  }

  between(from: number, to: number): number {
    return from + (to - from) * this.uniform();
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** A whole number, both ends included. */
  integer(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Standard normal, cut at ±4. */
  normal(): number {
    return normalOf(this.word());
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  pick<Item>(items: readonly Item[]): Item {
    assert(items.length > 0, 'nothing can be picked from nothing');
    return items[this.below(items.length)] as Item;
  }
}

/** A bijection of 32 bits in which each bit of the input moves about half of the output (finalizer of MurmurHash3). */
function mixed(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) | 0;
}

/** FNV-1a over the UTF-16 units of a name. */
function hashOf(name: string): number {
  let h = 0x811c_9dc5 | 0;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x0100_0193);
  return h;
}
