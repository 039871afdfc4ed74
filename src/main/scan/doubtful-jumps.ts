import type { Frame } from '#domain/events/frame';
import type { DailyHistory } from '#domain/universe/daily-history';

/** An open far from the last close on a day without unusual trading; prices in 1e-4. */
export type DoubtfulJump = {
  readonly symbol: number;
  readonly previousClose: number;
  readonly open: number;
  /** The day before was as doubtful: this is the new scale, a split, and not a bad row. */
  readonly again: boolean;
};

/** A split of 3:2 is the smallest that is common; with what the price of the day may take off it. */
const TIMES_MIN = 1.4;
/** News that moves a name so far brings its crowd. A split and a bad row bring nobody: dollars stay what they were. */
const DOLLARS_MAX = 5;

/**
 * Daily files tell no splits, and hold rows whose prices are a tenth of what they were. Whoever takes these for gaps
 * has them at the top of every list. Such a row is set aside for a day: when the next one is back at the old prices, it
 * was a bad row; when it is not, the name has split.
 */
export class DoubtfulJumps {
  #setAside: ReadonlySet<number> = new Set();

  of({ open, close, volume, width }: Frame, history: DailyHistory): readonly DoubtfulJump[] {
    const found: DoubtfulJump[] = [];
    for (let symbol = 0; symbol < width; symbol++) {
      const shares = volume[symbol] as number;
      const previousClose = history.previousClose.values[symbol] as number;
      if (shares < 0 || previousClose === 0) continue;
      const to = open[symbol] as number;
      if (to < previousClose * TIMES_MIN && to * TIMES_MIN > previousClose) continue;
      const again = this.#setAside.has(symbol);
      const dollars = shares * (close[symbol] as number);
      if (!again && dollars > DOLLARS_MAX * history.meanDollars(symbol)) continue;
      found.push({ symbol, previousClose, open: to, again });
    }
    this.#setAside = new Set(found.filter(({ again }) => !again).map(({ symbol }) => symbol));
    return found;
  }
}
