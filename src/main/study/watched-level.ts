import { halfWidthOf, hasHeld, stanceAfter, stanceOf, TESTED_FROM_ABOVE } from '#domain/indicators/level-zone';

export type Met = 'touch' | 'bounce' | 'break' | null;

/** A level that is looked at on every bar, by the rules of `Levels`: what makes a touch, a bounce and a break is one function. */
export class WatchedLevel {
  price: number;
  #half: number;
  #stance: number;

  /** `close` is the last close before the level was made, `range` the ATR then. */
  constructor(price: number, close: number, range: number) {
    this.price = price;
    this.#half = halfWidthOf(range);
    this.#stance = stanceOf(close, price, this.#half);
  }

  get halfWidth(): number {
    return this.#half;
  }

  get isTested(): boolean {
    return this.#stance >= TESTED_FROM_ABOVE;
  }

  sees(high: number, low: number, close: number, range: number): Met {
    const from = this.#stance;
    const to = stanceAfter(from, this.price, this.#half, high, low, close);
    if (to === from) return null;
    this.#stance = to;
    if (to >= TESTED_FROM_ABOVE) return 'touch';
    if (from < TESTED_FROM_ABOVE) return null;
    this.#half = halfWidthOf(range);
    this.#stance = stanceOf(close, this.price, this.#half);
    return hasHeld(from, to) ? 'bounce' : 'break';
  }

  /** The level goes where it now belongs. */
  moveTo(price: number, close: number, range: number): void {
    this.price = price;
    this.#half = halfWidthOf(range);
    this.#stance = stanceOf(close, price, this.#half);
  }
}
