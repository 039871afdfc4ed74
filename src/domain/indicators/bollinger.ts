import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** The square root of 2^53, rounded down. */
const EXACT_ROOT = 94_906_265;

/**
 * Bollinger bands of the close, in 1e-4: the mean of `period` bars and `factor` population deviations to either side.
 * Sums are of (close − reference), so that `period` × the sum of squares stays an exact integer below 2^53. When the price has
 * drifted too far from its reference for that, the sums are made anew from the ring around the present close.
 */
export class Bollinger {
  /** The middle band; 0, as the others are, until there are `period` bars. */
  readonly value: Column<Float64Array>;
  readonly upper: Column<Float64Array>;
  readonly lower: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  readonly #factor: number;
  readonly #ring: Column<PriceArray>;
  readonly #cursor: Column<Int32Array>;
  /** A whole number; floats, so that the loop is compiled for squares of any size from the start. */
  readonly #reference: Column<Float64Array>;
  readonly #sum: Column<Float64Array>;
  readonly #squares: Column<Float64Array>;

  constructor(table: SymbolColumns, period = 20, factor = 2) {
    this.#table = table;
    this.#period = period;
    this.#factor = factor;
    this.value = table.float64();
    this.upper = table.float64();
    this.lower = table.float64();
    this.count = table.int32();
    this.#ring = table.prices(period);
    this.#cursor = table.int32();
    this.#reference = table.float64();
    this.#sum = table.float64();
    this.#squares = table.float64();
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) >= this.#period;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const capacity = this.#table.capacity;
    const period = this.#period;
    const factor = this.#factor;
    const farthest = Math.floor(EXACT_ROOT / period);
    const { close, volume } = bars;
    const value = this.value.values;
    const upper = this.upper.values;
    const lower = this.lower.values;
    const count = this.count.values;
    const ring = this.#ring.values;
    const cursor = this.#cursor.values;
    const reference = this.#reference.values;
    const sums = this.#sum.values;
    const squares = this.#squares.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const now = close[s] as number;
      const seen = (count[s] as number) + 1;
      count[s] = seen;
      if (seen === 1) reference[s] = now;
      const base = reference[s] as number;
      const at = cursor[s] as number;
      const cell = at * capacity + s;
      const coming = now - base;
      const oldest = ring[cell] as number;
      const going = (seen > period ? oldest : base) - base;
      ring[cell] = now;
      cursor[s] = at + 1 === period ? 0 : at + 1;
      // The one that goes is asked too: after a leap the sums are exact again as soon as the last far close has left.
      if (coming > farthest || coming < -farthest || going > farthest || going < -farthest) {
        this.#rebase(s, now, seen < period ? seen : period);
      } else {
        sums[s] = (sums[s] as number) + coming - going;
        squares[s] = (squares[s] as number) + coming * coming - going * going;
      }
      const sum = sums[s] as number;
      const spread = period * (squares[s] as number) - sum * sum;
      const mean = (reference[s] as number) + sum / period;
      const reach = (factor * Math.sqrt(spread > 0 ? spread : 0)) / period;
      // From the first bar on, as in `Sma`.
      const above = mean + reach;
      const below = mean - reach;
      value[s] = seen < period ? 0 : mean;
      upper[s] = seen < period ? 0 : above;
      lower[s] = seen < period ? 0 : below;
    }
  }

  #rebase(s: number, base: number, filled: number): void {
    const capacity = this.#table.capacity;
    const ring = this.#ring.values;
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < filled; row++) {
      const away = (ring[row * capacity + s] as number) - base;
      sum += away;
      squares += away * away;
    }
    this.#reference.values[s] = base;
    this.#sum.values[s] = sum;
    this.#squares.values[s] = squares;
  }
}
