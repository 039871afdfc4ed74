import { type Dropped, type DropReason, dropBit } from '#domain/events/funnel';

const RANKED_BELOW = dropBit('ranked_below');

/** Collects the candidates that a stage lets go, each with the mask of its reasons. */
export class Drops {
  readonly #symbols: number[] = [];
  readonly #reasons: number[] = [];

  add(symbol: number, mask: number): void {
    this.#symbols.push(symbol);
    this.#reasons.push(mask);
  }

  because(symbol: number, reason: DropReason): void {
    this.add(symbol, dropBit(reason));
  }

  /** Those that were good enough and not among the best. */
  ranked(rest: Iterable<number>): void {
    for (const symbol of rest) this.add(symbol, RANKED_BELOW);
  }

  taken(): Dropped {
    return { symbols: this.#symbols, reasons: this.#reasons };
  }
}
