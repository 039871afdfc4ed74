import type { AlertFacts, WinCount } from '#domain/alerts/alert';
import type { EventOf } from '#domain/events/event';
import { wilson } from '#domain/statistics/wilson';

type Falling = Extract<AlertFacts, { readonly kind: 'win_rate_falling' }>;

/**
 * The newest trades against all those before them. A fall is told when the 95 % interval of the newest lies wholly below that
 * of the others, and again only after it has recovered: twenty trades say little, and each of them would say it anew.
 */
export class WinRate {
  readonly #size: number;
  readonly #newest: boolean[] = [];
  #wonBefore = 0;
  #before = 0;
  #isFallen = false;

  /** `size` is how many trades are the newest; so many must have gone before them. */
  constructor(size: number) {
    this.#size = size;
  }

  see({ pnl }: EventOf<'position_closed'>): Falling | null {
    this.#newest.push(pnl > 0);
    if (this.#newest.length > this.#size) {
      this.#before++;
      if (this.#newest.shift() === true) this.#wonBefore++;
    }
    if (this.#before < this.#size) return null;
    const newest: WinCount = { won: this.#newest.filter((won) => won).length, count: this.#newest.length };
    const { low, high } = wilson(newest.won, newest.count);
    const before: WinCount = { won: this.#wonBefore, count: this.#before };
    const { low: lowBefore } = wilson(before.won, before.count);
    const hasFallen = high < lowBefore;
    const isNew = hasFallen && !this.#isFallen;
    this.#isFallen = hasFallen;
    return isNew ? { kind: 'win_rate_falling', newest, before, low, high, lowBefore } : null;
  }
}
