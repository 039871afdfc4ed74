/** The symbols of the best, best first, and of the others in no order: views that hold until the next `clear`. */
export type RankedSplit = { readonly kept: Int32Array; readonly rest: Int32Array };

/**
 * The scores of a whole universe, ranked without an object for each name. Higher is better; equal scores go by the
 * smaller symbol, so that the order is total. Made once and used for scan after scan.
 */
export class Ranking {
  #symbols = new Int32Array(0);
  /** By symbol. */
  #scores = new Float64Array(0);
  #count = 0;

  /** Starts over, with room for symbols below `known`. */
  clear(known: number): void {
    this.#count = 0;
    if (known <= this.#scores.length) return;
    this.#symbols = new Int32Array(known);
    this.#scores = new Float64Array(known);
  }

  /** Each symbol once. */
  add(symbol: number, score: number): void {
    this.#symbols[this.#count++] = symbol;
    this.#scores[symbol] = score;
  }

  score(symbol: number): number {
    return this.#scores[symbol] as number;
  }

  /** Parts the `max` best from the rest. Sorts only what it keeps. */
  split(max: number): RankedSplit {
    this.#sortFront(0, this.#count - 1, max);
    const kept = this.#symbols.subarray(0, Math.min(max, this.#count));
    return { kept, rest: this.#symbols.subarray(kept.length, this.#count) };
  }

  /** Negative: `a` is better. */
  #order(a: number, b: number): number {
    const scores = this.#scores;
    return (scores[b] as number) - (scores[a] as number) || a - b;
  }

  /** Quicksort of the part from `first` to `last` that leaves alone what does not come among the `max` best. */
  #sortFront(first: number, last: number, max: number): void {
    const symbols = this.#symbols;
    for (let from = first; from < last && from < max; ) {
      const pivot = symbols[(from + last) >> 1] as number;
      let left = from;
      let right = last;
      while (left <= right) {
        while (this.#order(symbols[left] as number, pivot) < 0) left++;
        while (this.#order(pivot, symbols[right] as number) < 0) right--;
        if (left > right) break;
        const swapped = symbols[left] as number;
        symbols[left++] = symbols[right] as number;
        symbols[right--] = swapped;
      }
      this.#sortFront(from, right, max);
      from = left;
    }
  }
}
