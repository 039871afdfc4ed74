import type { Frame } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

const SPAN = 5;
/** Five-minute bars that are looked at, newest first. */
const BARS = 12;
/** Minutes that are kept: those of the bars, and of the one that has not closed yet. */
const MINUTES = (BARS + 1) * SPAN;
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

/**
 * Steep rise, shallow pause, new high: on the closed five-minute bars of the session's last hour, without those in which a
 * name did not trade. Few names are ever asked about, so minutes are only copied, and become bars for those few.
 */
export class BullFlag {
  readonly #table: SymbolColumns;
  /** By minute since the open; 0 where a name has no bar. Not hashed: a session never reads what the one before has left. */
  readonly #high: Column<Int32Array>;
  readonly #low: Column<Int32Array>;
  /** The closed bars of the name that is asked about, newest first. */
  readonly #highs = new Int32Array(BARS);
  readonly #lows = new Int32Array(BARS);
  #openMinute = 0;
  /** Minutes of this session so far. */
  #minutes = 0;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.#high = table.int32(MINUTES, false);
    this.#low = table.int32(MINUTES, false);
  }

  startSession(openMinute: number): void {
    this.#openMinute = openMinute;
    this.#minutes = 0;
  }

  update(frame: Frame): void {
    const width = widthIn(this.#table, frame);
    const minute = frame.minute - this.#openMinute;
    if (minute < this.#minutes) return;
    // A minute that never came must not show what stood there an hour ago.
    for (let missed = this.#minutes; missed < minute; missed++) this.#clear(missed, 0);
    this.#minutes = minute + 1;
    const from = (minute % MINUTES) * this.#table.capacity;
    this.#high.values.set(frame.high.subarray(0, width), from);
    this.#low.values.set(frame.low.subarray(0, width), from);
    this.#clear(minute, width);
  }

  /** Whether the last close stands above a flag that followed a pole; asked only of the few that came so far. */
  breakOf(symbol: number, close: number, atr: number): FlagBreak | null {
    const bars = this.#closedBars(symbol);
    // At the end of a five-minute bar that bar itself may be the one that breaks out: then the flag ends before it.
    for (let newest = 0; newest <= 1; newest++) {
      for (let flag = FLAG_MIN; flag <= FLAG_MAX && newest + flag + 2 <= bars; flag++) {
        const found = this.#flagOf({ newest, flag, bars, close, atr });
        if (found !== null) return found;
      }
    }
    return null;
  }

  #clear(minute: number, fromSymbol: number): void {
    const { capacity } = this.#table;
    const row = (minute % MINUTES) * capacity;
    this.#high.values.fill(0, row + fromSymbol, row + capacity);
    this.#low.values.fill(0, row + fromSymbol, row + capacity);
  }

  /** Fills in the bars of a name; gives how many there are. */
  #closedBars(symbol: number): number {
    const closed = Math.floor(this.#minutes / SPAN);
    let bars = 0;
    for (let span = closed - 1; span >= Math.max(0, closed - BARS); span--) {
      let high = 0;
      let low = 0;
      for (let minute = span * SPAN; minute < (span + 1) * SPAN; minute++) {
        const cell = (minute % MINUTES) * this.#table.capacity + symbol;
        const top = this.#high.values[cell] as number;
        const bottom = this.#low.values[cell] as number;
        if (top === 0) continue;
        if (low === 0 || bottom < low) low = bottom;
        if (top > high) high = top;
      }
      if (high === 0) continue;
      this.#highs[bars] = high;
      this.#lows[bars] = low;
      bars++;
    }
    return bars;
  }

  #flagOf({ newest, flag, bars, close, atr }: FlagQuestion): FlagBreak | null {
    const highs = this.#highs;
    const lows = this.#lows;
    const topAgo = newest + flag;
    const top = highs[topAgo] as number;
    let flagHigh = 0;
    let flagLow = top;
    for (let ago = newest; ago < topAgo; ago++) {
      flagHigh = Math.max(flagHigh, highs[ago] as number);
      flagLow = Math.min(flagLow, lows[ago] as number);
    }
    let poleLow = top;
    for (let ago = topAgo; ago < Math.min(bars, topAgo + POLE_MAX); ago++) {
      if ((highs[ago] as number) > top) return null;
      poleLow = Math.min(poleLow, lows[ago] as number);
    }
    const poleHeight = top - poleLow;
    if (atr <= 0 || poleHeight < POLE_ATRS * atr || flagHigh >= top) return null;
    const retrace = (top - flagLow) / poleHeight;
    if (retrace < RETRACE_MIN || retrace > RETRACE_MAX || close <= flagHigh) return null;
    return { poleHeight, flagHigh, flagLow, retrace };
  }
}
