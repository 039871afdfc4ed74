import { Drops } from '#domain/events/drops';
import type { EventOf } from '#domain/events/event';
import { dropBit } from '#domain/events/funnel';
import { HISTORY_SESSIONS_MIN } from '#domain/history';
import type { Settings } from '#domain/settings';
import type { DailyHistory } from '#domain/universe/daily-history';

const NO_HISTORY = dropBit('no_history');
const NOT_LISTED = dropBit('not_listed');
const PRICE_TOO_LOW = dropBit('price_too_low');
const ILLIQUID = dropBit('illiquid');
const RANGE_TOO_SMALL = dropBit('range_too_small');

/** The names of the day, chosen by the sessions before it alone: nothing that trades today changes them. */
export class Universe {
  readonly #history: DailyHistory;
  #members = new Int32Array(0);
  size = 0;

  constructor(history: DailyHistory) {
    this.#history = history;
  }

  /** The columns of those that are in it, ascending; holds until the next selection. */
  get members(): Int32Array {
    return this.#members.subarray(0, this.size);
  }

  select(known: number, limits: Settings['scanner']): EventOf<'universe_selected'> {
    if (known > this.#members.length) this.#members = new Int32Array(known);
    const drops = new Drops();
    let size = 0;
    for (let s = 0; s < known; s++) {
      const mask = this.#dropMask(s, limits);
      if (mask === 0) this.#members[size++] = s;
      else drops.add(s, mask);
    }
    this.size = size;
    return { kind: 'universe_selected', size, dropped: drops.taken() };
  }

  /** Every reason that can be judged: without a history there is no price, volume or range to look at. */
  #dropMask(s: number, { priceMin, dollarVolumeMin, rangeMin }: Settings['scanner']): number {
    const history = this.#history;
    const sessions = history.sessions.values[s] as number;
    let mask = sessions > 0 && !history.listed(s) ? NOT_LISTED : 0;
    if (sessions < HISTORY_SESSIONS_MIN) return mask | NO_HISTORY;
    if ((history.previousClose.values[s] as number) < priceMin) mask |= PRICE_TOO_LOW;
    if (history.meanDollars(s) < dollarVolumeMin * 10_000) mask |= ILLIQUID;
    if (history.rangeShare(s) < rangeMin) mask |= RANGE_TOO_SMALL;
    return mask;
  }
}
