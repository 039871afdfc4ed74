import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** How the smoothed sums begin; see `Adx`. */
export type AdxSeed = 'ta_lib' | 'wilder';

/**
 * Average directional index of Wilder with both directional indicators, 0 to 100. As in ADX, PLUS_DI and MINUS_DI of TA-Lib
 * the sums begin with `period` − 1 movements and fade from the next one on, which is bar `period` + 1 and the first with
 * indicators; the index begins on bar 2 × `period`, with the mean of the first `period` directions. Wilder's own sums begin
 * with `period` movements and fade a bar later: `wilder`. Where nothing has moved the index stays as it was, as in TA-Lib.
 */
export class Adx {
  /** 0 until there are 2 × `period` bars. */
  readonly value: Column<Float64Array>;
  /** +DI and −DI; 0 until there are `period` + 1 bars. */
  readonly plus: Column<Float64Array>;
  readonly minus: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  /** From how many bars on the sums fade. */
  readonly #fades: number;
  readonly #high: Column<PriceArray>;
  readonly #low: Column<PriceArray>;
  readonly #close: Column<PriceArray>;
  readonly #rises: Column<Float64Array>;
  readonly #falls: Column<Float64Array>;
  readonly #ranges: Column<Float64Array>;
  readonly #seed: Column<Float64Array>;

  constructor(table: SymbolColumns, period = 14, seed: AdxSeed = 'ta_lib') {
    this.#table = table;
    this.#period = period;
    this.#fades = seed === 'ta_lib' ? period : period + 1;
    this.value = table.float64();
    this.plus = table.float64();
    this.minus = table.float64();
    this.count = table.int32();
    this.#high = table.prices();
    this.#low = table.prices();
    this.#close = table.prices();
    this.#rises = table.float64();
    this.#falls = table.float64();
    this.#ranges = table.float64();
    this.#seed = table.float64();
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) >= 2 * this.#period;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const period = this.#period;
    const fades = this.#fades;
    const warm = 2 * period - 1;
    const wide = this.#table.wide;
    const { high, low, close, volume } = bars;
    const value = this.value.values;
    const plus = this.plus.values;
    const minus = this.minus.values;
    const count = this.count.values;
    const highs = this.#high.values;
    const lows = this.#low.values;
    const closes = this.#close.values;
    const rises = this.#rises.values;
    const falls = this.#falls.values;
    const ranges = this.#ranges.values;
    const seeds = this.#seed.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const seen = count[s] as number;
      count[s] = seen + 1;
      const top = high[s] as number;
      const bottom = low[s] as number;
      const last = closes[s] as number;
      const up = top - (highs[s] as number);
      const down = (lows[s] as number) - bottom;
      highs[s] = top;
      lows[s] = bottom;
      closes[s] = close[s] as number;
      if (seen === 0) continue;
      // Which is the greater cannot be foreseen, so there is no branch: a mask leaves a movement as it is or makes it 0.
      const range = Math.max(top, last) - Math.min(bottom, last);
      const upward = up & ((down - up) >> 31) & (-up >> 31);
      const downward = down & ((up - down) >> 31) & (-down >> 31);
      const keep = seen < fades ? 1 : 1 - 1 / period;
      const rise = (rises[s] as number) * keep + (wide ? (up > down && up > 0 ? up : 0) : upward);
      const fall = (falls[s] as number) * keep + (wide ? (down > up && down > 0 ? down : 0) : downward);
      const room = (ranges[s] as number) * keep + range;
      rises[s] = rise;
      falls[s] = fall;
      ranges[s] = room;
      const rising = room === 0 ? 0 : (100 * rise) / room;
      const falling = room === 0 ? 0 : (100 * fall) / room;
      plus[s] = seen < period ? 0 : rising;
      minus[s] = seen < period ? 0 : falling;
      const both = rise + fall;
      const away = Math.abs(rise - fall);
      const direction = both === 0 ? 0 : (100 * away) / both;
      const before = value[s] as number;
      const total = (seeds[s] as number) + (seen < period || seen > warm ? 0 : direction);
      seeds[s] = total;
      const mean = total / period;
      const next = both === 0 ? before : (before * (period - 1) + direction) / period;
      value[s] = seen > warm ? next : seen === warm ? mean : 0;
    }
  }
}
