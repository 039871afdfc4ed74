import { assert } from '#domain/values/assert';

/** The symbols of the best, best first, and of the others in no order: views that hold until the next `clear`. */
export type RankedSplit = { readonly kept: Int32Array; readonly rest: Int32Array };

/**
 * The best of a whole universe by score, without an object for each name. Higher is better; equal scores go by the smaller
 * symbol, so that the order is total. Made once and used for scan after scan. The best so far stand in a heap whose root
 * is the worst of them: most names are compared with it and done, and no order of names makes it slow.
 */
export class Ranking {
  readonly #max: number;
  readonly #heap: Int32Array;
  #size = 0;
  #rest = new Int32Array(0);
  #others = 0;
  /** By symbol. */
  #scores = new Float64Array(0);

  /** Keeps the `max` best; at least one. */
  constructor(max: number) {
    assert(max > 0, 'a ranking keeps at least one');
    this.#max = max;
    this.#heap = new Int32Array(max);
  }

  /** Starts over, with room for symbols below `known`. */
  clear(known: number): void {
    this.#size = 0;
    this.#others = 0;
    if (known <= this.#scores.length) return;
    this.#rest = new Int32Array(known);
    this.#scores = new Float64Array(known);
  }

  /** Each symbol once. */
  add(symbol: number, score: number): void {
    this.#scores[symbol] = score;
    if (this.#size < this.#max) return this.#rise(symbol);
    const worst = this.#heap[0] as number;
    if (!this.#isBetter(symbol, worst)) {
      this.#rest[this.#others++] = symbol;
      return;
    }
    this.#rest[this.#others++] = worst;
    this.#sink(symbol, this.#size);
  }

  score(symbol: number): number {
    return this.#scores[symbol] as number;
  }

  /** Parts the best from the rest; nothing can be added until the next `clear`. */
  split(): RankedSplit {
    const heap = this.#heap;
    // The worst goes to the end, then the worst of those left before it.
    for (let last = this.#size - 1; last > 0; last--) {
      const worst = heap[0] as number;
      this.#sink(heap[last] as number, last);
      heap[last] = worst;
    }
    return { kept: heap.subarray(0, this.#size), rest: this.#rest.subarray(0, this.#others) };
  }

  #isBetter(a: number, b: number): boolean {
    const ofA = this.#scores[a] as number;
    const ofB = this.#scores[b] as number;
    return ofA > ofB || (ofA === ofB && a < b);
  }

  /** A symbol more, from the end of the heap up to its place. */
  #rise(symbol: number): void {
    const heap = this.#heap;
    let place = this.#size++;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above] as number;
      if (!this.#isBetter(parent, symbol)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = symbol;
  }

  /** A symbol in the root's stead, from there down to its place among the first `size`. */
  #sink(symbol: number, size: number): void {
    const heap = this.#heap;
    let place = 0;
    for (let child = 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && this.#isBetter(heap[child] as number, heap[child + 1] as number)) child++;
      if (!this.#isBetter(symbol, heap[child] as number)) break;
      heap[place] = heap[child] as number;
      place = child;
    }
    heap[place] = symbol;
  }
}
