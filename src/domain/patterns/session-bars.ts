import type { Frame } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Minutes of a full session; a half day has fewer. */
const MINUTES = 390;
const SPAN = 5;

/** What is known of a name from elsewhere. */
export type Known = Pick<SymbolView, 'close' | 'atr' | 'vwap' | 'volumeRatio'>;

/** Bars of one name as far as somebody has asked: those of the first so many minutes. */
type Asked = { readonly minutes: ChartBar[]; readonly fives: ChartBar[]; upTo: number; fivesUpTo: number };

/**
 * This session's minutes of all names. Few names are ever asked about, so minutes are only copied, row by row, and become
 * bars for those few: 7.8 kB a name, 78 MB for ten thousand. A high of 0 marks a name without a bar, so that a name that is
 * forgotten has none.
 */
export class SessionBars {
  readonly #table: SymbolColumns;
  /** By minute since the open. Not hashed: a session never reads what the one before has left. */
  readonly #open: Column<Int32Array>;
  readonly #high: Column<Int32Array>;
  readonly #low: Column<Int32Array>;
  readonly #close: Column<Int32Array>;
  readonly #volume: Column<Int32Array>;
  /** The last close of an earlier session; high and low before the open of this one. 0 when not known. */
  readonly #previousClose: Column<Int32Array>;
  readonly #premarketHigh: Column<Int32Array>;
  readonly #premarketLow: Column<Int32Array>;
  /** Bars are made once: a name that is asked about is mostly asked about again. Not hashed, they are the minutes above. */
  readonly #asked = new Map<number, Asked>();
  #openMinute = 0;
  /** Minutes of this session so far. */
  #minutes = 0;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.#open = table.int32(MINUTES, false);
    this.#high = table.int32(MINUTES, false);
    this.#low = table.int32(MINUTES, false);
    this.#close = table.int32(MINUTES, false);
    this.#volume = table.int32(MINUTES, false);
    this.#previousClose = table.int32();
    this.#premarketHigh = table.int32();
    this.#premarketLow = table.int32();
  }

  startSession(openMinute: number): void {
    this.#openMinute = openMinute;
    this.#minutes = 0;
    this.#asked.clear();
    this.#premarketHigh.values.fill(0);
    this.#premarketLow.values.fill(0);
  }

  update(frame: Frame): void {
    const width = widthIn(this.#table, frame);
    const minute = frame.minute - this.#openMinute;
    if (!frame.regular) {
      if (minute < 0) this.#beforeOpen(frame);
      return;
    }
    if (minute < this.#minutes || minute >= MINUTES) return;
    // A minute that never came must not show what stood there in the session before.
    for (let missed = this.#minutes; missed < minute; missed++) this.#clear(missed, 0);
    this.#minutes = minute + 1;
    const from = minute * this.#table.capacity;
    this.#open.values.set(frame.open.subarray(0, width), from);
    this.#high.values.set(frame.high.subarray(0, width), from);
    this.#low.values.set(frame.low.subarray(0, width), from);
    this.#close.values.set(frame.close.subarray(0, width), from);
    this.#volume.values.set(frame.volume.subarray(0, width), from);
    this.#clear(minute, width);
  }

  /** The last closes become those of the day before. */
  endSession(): void {
    for (let s = 0; s < this.#table.count; s++) {
      const cell = this.#lastCell(s);
      if (cell >= 0) this.#previousClose.values[s] = this.#close.values[cell] as number;
    }
  }

  /** A symbol whose past is of another scale starts anew. */
  forget(symbol: number): void {
    this.#table.forget(symbol);
    this.#asked.delete(symbol);
  }

  /** What may be looked at of a name at a local minute of the day. Its bars grow with the session: whoever keeps them copies them. */
  viewOf(symbol: number, now: number, known: Known): SymbolView {
    const since = Math.min(now - this.#openMinute, this.#minutes);
    const { minutes, fives } = this.#barsUpTo(symbol, since);
    return {
      ...known,
      now,
      openMinute: this.#openMinute,
      minutes,
      fives,
      previousClose: this.#previousClose.values[symbol] as number,
      premarketHigh: this.#premarketHigh.values[symbol] as number,
      premarketLow: this.#premarketLow.values[symbol] as number,
    };
  }

  #clear(minute: number, fromSymbol: number): void {
    const { capacity } = this.#table;
    this.#high.values.fill(0, minute * capacity + fromSymbol, (minute + 1) * capacity);
  }

  #beforeOpen({ high, low, volume, width }: Frame): void {
    const highs = this.#premarketHigh.values;
    const lows = this.#premarketLow.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      if ((high[s] as number) > (highs[s] as number)) highs[s] = high[s] as number;
      if (lows[s] === 0 || (low[s] as number) < (lows[s] as number)) lows[s] = low[s] as number;
    }
  }

  /** The cell of a name's newest bar, or −1. */
  #lastCell(symbol: number): number {
    const { capacity } = this.#table;
    for (let minute = this.#minutes - 1; minute >= 0; minute--) {
      const cell = minute * capacity + symbol;
      if ((this.#high.values[cell] as number) > 0) return cell;
    }
    return -1;
  }

  /** The bars of the first so many minutes, oldest first, without those in which the name did not trade. */
  #barsUpTo(symbol: number, since: number): Asked {
    let asked = this.#asked.get(symbol);
    // Time does not run back; whoever asks for an earlier minute gets bars of his own.
    if (asked === undefined || asked.upTo > since) asked = { minutes: [], fives: [], upTo: 0, fivesUpTo: 0 };
    for (; asked.upTo < since; asked.upTo++) this.#add(asked.minutes, symbol, asked.upTo, 1);
    for (; asked.fivesUpTo + SPAN <= since; asked.fivesUpTo += SPAN) this.#add(asked.fives, symbol, asked.fivesUpTo, SPAN);
    this.#asked.set(symbol, asked);
    return asked;
  }

  #add(bars: ChartBar[], symbol: number, from: number, span: number): void {
    const bar = this.#barOf(symbol, from, span);
    if (bar !== null) bars.push(bar);
  }

  #barOf(symbol: number, from: number, span: number): ChartBar | null {
    const { capacity } = this.#table;
    let open = 0;
    let high = 0;
    let low = 0;
    let close = 0;
    let volume = 0;
    for (let minute = from; minute < from + span; minute++) {
      const cell = minute * capacity + symbol;
      const top = this.#high.values[cell] as number;
      if (top === 0) continue;
      const bottom = this.#low.values[cell] as number;
      if (high === 0) open = this.#open.values[cell] as number;
      if (top > high) high = top;
      if (low === 0 || bottom < low) low = bottom;
      close = this.#close.values[cell] as number;
      volume += this.#volume.values[cell] as number;
    }
    return high === 0 ? null : { minute: this.#openMinute + from, open, high, low, close, volume };
  }
}
