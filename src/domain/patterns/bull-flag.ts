import type { BarColumns } from '#domain/events/frame';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

const BARS = 12;
/** Bars of the flag after the top of the pole, and of the pole up to it. */
const FLAG_MIN = 2;
const FLAG_MAX = 5;
const POLE_MAX = 6;
/** The pole rises at least so many ATRs; the flag gives back between these shares of it. */
const POLE_ATRS = 3;
const RETRACE_MIN = 0.1;
const RETRACE_MAX = 0.5;

/** `newest` is how many closed bars ago the flag ended: 0, or 1 when the bar that just closed broke out of it. */
type FlagQuestion = { readonly newest: number; readonly flag: number; readonly bars: number; readonly close: number; readonly atr: number };

/** A flag whose highs the price has just left; prices in 1e-4. */
export type FlagBreak = { readonly poleHeight: number; readonly flagHigh: number; readonly flagLow: number; readonly retrace: number };

/** Steep rise, shallow pause, new high: on the last twelve five-minute bars of the session. */
export class BullFlag {
  readonly #table: SymbolColumns;
  readonly #high: Column<Int32Array>;
  readonly #low: Column<Int32Array>;
  /** Five-minute bars of this session so far. */
  readonly #bars: Column<Int32Array>;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.#high = table.int32(BARS);
    this.#low = table.int32(BARS);
    this.#bars = table.int32();
  }

  startSession(): void {
    this.#bars.values.fill(0);
  }

  /** Takes a closed five-minute bar of each symbol. */
  update({ high, low, volume, width }: BarColumns): void {
    const highs = this.#high.values;
    const lows = this.#low.values;
    const bars = this.#bars.values;
    const { capacity } = this.#table;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const cell = ((bars[s] as number) % BARS) * capacity + s;
      highs[cell] = high[s] as number;
      lows[cell] = low[s] as number;
      bars[s] = (bars[s] as number) + 1;
    }
  }

  /** Whether the last close stands above a flag that followed a pole; asked only of the few that came so far. */
  breakOf(symbol: number, close: number, atr: number): FlagBreak | null {
    const bars = Math.min(this.#bars.values[symbol] as number, BARS);
    // At the end of a five-minute bar that bar itself may be the one that breaks out: then the flag ends before it.
    for (let newest = 0; newest <= 1; newest++) {
      for (let flag = FLAG_MIN; flag <= FLAG_MAX && newest + flag + 2 <= bars; flag++) {
        const found = this.#flagOf(symbol, { newest, flag, bars, close, atr });
        if (found !== null) return found;
      }
    }
    return null;
  }

  #flagOf(symbol: number, { newest, flag, bars, close, atr }: FlagQuestion): FlagBreak | null {
    const topAgo = newest + flag;
    const top = this.#ago(this.#high, symbol, topAgo);
    let flagHigh = 0;
    let flagLow = top;
    for (let ago = newest; ago < topAgo; ago++) {
      flagHigh = Math.max(flagHigh, this.#ago(this.#high, symbol, ago));
      flagLow = Math.min(flagLow, this.#ago(this.#low, symbol, ago));
    }
    let poleLow = top;
    for (let ago = topAgo; ago < Math.min(bars, topAgo + POLE_MAX); ago++) {
      if (this.#ago(this.#high, symbol, ago) > top) return null;
      poleLow = Math.min(poleLow, this.#ago(this.#low, symbol, ago));
    }
    const poleHeight = top - poleLow;
    if (atr <= 0 || poleHeight < POLE_ATRS * atr || flagHigh >= top) return null;
    const retrace = (top - flagLow) / poleHeight;
    if (retrace < RETRACE_MIN || retrace > RETRACE_MAX || close <= flagHigh) return null;
    return { poleHeight, flagHigh, flagLow, retrace };
  }

  #ago(column: Column<Int32Array>, symbol: number, ago: number): number {
    const newest = (this.#bars.values[symbol] as number) - 1;
    return column.values[((newest - ago) % BARS) * this.#table.capacity + symbol] as number;
  }
}
