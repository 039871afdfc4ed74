import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Powers of two, so that the place of a bar is a mask away: room for SMA 200, and for ranges of 20 bars and the five of a stochastic. */
const CLOSES = 256;
const RANGES = 32;

/**
 * The last bars of every name, and what is worked out over a window of them when somebody asks: simple means, Bollinger bands,
 * Donchian channel, stochastic. To keep a bar takes three stores; few names are ever asked about. The answers are those of
 * `Sma`, `Bollinger`, `Donchian` and `Stochastic`, which work for all names at once; 0 while there are too few bars.
 */
export class RecentBars {
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #closes: Column<PriceArray>;
  readonly #highs: Column<PriceArray>;
  readonly #lows: Column<PriceArray>;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.count = table.int32();
    // Not hashed: copies of bars that the averages beside them have taken in, too.
    this.#closes = table.priceWindow(CLOSES, false);
    this.#highs = table.priceWindow(RANGES, false);
    this.#lows = table.priceWindow(RANGES, false);
  }

  update(bars: BarColumns): void {
    const width = widthIn(this.#table, bars);
    const { high, low, close, volume } = bars;
    const count = this.count.values;
    const closes = this.#closes.values;
    const highs = this.#highs.values;
    const lows = this.#lows.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const seen = count[s] as number;
      const range = s * RANGES + (seen & (RANGES - 1));
      closes[s * CLOSES + (seen & (CLOSES - 1))] = close[s] as number;
      highs[range] = high[s] as number;
      lows[range] = low[s] as number;
      count[s] = seen + 1;
    }
  }

  has(s: number, bars: number): boolean {
    return (this.count.values[s] as number) >= bars;
  }

  /** Simple moving average of the close over up to 256 bars, in 1e-4. The sum is of integers and therefore exact. */
  sma(s: number, period: number): number {
    if (!this.has(s, period)) return 0;
    let sum = 0;
    for (let ago = 0; ago < period; ago++) sum += this.#close(s, ago);
    return sum / period;
  }

  /** How far the Bollinger bands lie from their middle, `sma(s, period)`: `factor` population deviations, in 1e-4. */
  bollingerReach(s: number, period: number, factor: number): number {
    if (!this.has(s, period)) return 0;
    const newest = this.#close(s, 0);
    let sum = 0;
    let squares = 0;
    for (let ago = 0; ago < period; ago++) {
      const away = this.#close(s, ago) - newest;
      sum += away;
      squares += away * away;
    }
    return (factor * Math.sqrt(Math.max(0, period * squares - sum * sum))) / period;
  }

  /** Donchian channel over up to 27 bars, in 1e-4: the highest high and the lowest low, the last bar among them. */
  highest(s: number, period: number): number {
    return this.has(s, period) ? this.#highest(s, 0, period) : 0;
  }

  lowest(s: number, period: number): number {
    return this.has(s, period) ? this.#lowest(s, 0, period) : 0;
  }

  /** Slow %K of the stochastic oscillator 14/3/3; there when %D is. */
  stochastic(s: number): number {
    return this.has(s, 18) ? this.#slowK(s, 0) : 0;
  }

  /** %D, the mean of the last three %K. */
  stochasticSignal(s: number): number {
    return this.has(s, 18) ? (this.#slowK(s, 2) + this.#slowK(s, 1) + this.#slowK(s, 0)) / 3 : 0;
  }

  #slowK(s: number, ago: number): number {
    return (this.#fastK(s, ago + 2) + this.#fastK(s, ago + 1) + this.#fastK(s, ago)) / 3;
  }

  #fastK(s: number, ago: number): number {
    const bottom = this.#lowest(s, ago, 14);
    const range = this.#highest(s, ago, 14) - bottom;
    return range === 0 ? 0 : (100 * (this.#close(s, ago) - bottom)) / range;
  }

  #close(s: number, ago: number): number {
    const at = ((this.count.values[s] as number) - 1 - ago) & (CLOSES - 1);
    return this.#closes.values[s * CLOSES + at] as number;
  }

  #highest(s: number, ago: number, period: number): number {
    const newest = (this.count.values[s] as number) - 1 - ago;
    const highs = this.#highs.values;
    let top = 0;
    for (let back = 0; back < period; back++) top = Math.max(top, highs[s * RANGES + ((newest - back) & (RANGES - 1))] as number);
    return top;
  }

  #lowest(s: number, ago: number, period: number): number {
    const newest = (this.count.values[s] as number) - 1 - ago;
    const lows = this.#lows.values;
    let bottom = lows[s * RANGES + (newest & (RANGES - 1))] as number;
    for (let back = 1; back < period; back++) bottom = Math.min(bottom, lows[s * RANGES + ((newest - back) & (RANGES - 1))] as number);
    return bottom;
  }
}
