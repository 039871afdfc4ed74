import type { Frame } from '#domain/events/frame';
import { SessionMinutes } from '#domain/indicators/session-minutes';
import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

const SPAN = 5;

/** What is known of a name from elsewhere. */
export type Known = Pick<SymbolView, 'close' | 'atr' | 'vwap' | 'volumeRatio'>;

/** Bars of one name as far as somebody has asked: those of the first so many minutes. */
type Asked = { readonly minutes: ChartBar[]; readonly fives: ChartBar[]; upTo: number; fivesUpTo: number };

/** This session's bars of the few names that are asked about, made of the minutes of all names. */
export class SessionBars {
  readonly #table: SymbolColumns;
  readonly #minutes = new SessionMinutes();
  /** The last close of an earlier session; high and low before the open of this one. 0 when not known. */
  readonly #previousClose: Column<Int32Array>;
  readonly #premarketHigh: Column<Int32Array>;
  readonly #premarketLow: Column<Int32Array>;
  /** Bars are made once: a name that is asked about is mostly asked about again. Not hashed, they are the minutes above. */
  readonly #asked = new Map<number, Asked>();
  #openMinute = 0;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.#previousClose = table.int32();
    this.#premarketHigh = table.int32();
    this.#premarketLow = table.int32();
  }

  startSession(openMinute: number): void {
    this.#openMinute = openMinute;
    this.#minutes.startSession(openMinute);
    this.#asked.clear();
    this.#premarketHigh.values.fill(0);
    this.#premarketLow.values.fill(0);
  }

  update(frame: Frame): void {
    if (frame.regular) this.#minutes.update(frame);
    else if (frame.minute < this.#openMinute) this.#beforeOpen(frame);
  }

  /** The last closes become those of the day before. */
  endSession(): void {
    for (let s = 0; s < this.#table.count; s++) {
      const close = this.#lastClose(s);
      if (close > 0) this.#previousClose.values[s] = close;
    }
  }

  /** A symbol whose past is of another scale starts anew. */
  forget(symbol: number): void {
    this.#table.forget(symbol);
    this.#minutes.forget(symbol);
    this.#asked.delete(symbol);
  }

  /** What may be looked at of a name at a local minute of the day. Its bars grow with the session: whoever keeps them copies them. */
  viewOf(symbol: number, now: number, known: Known): SymbolView {
    const { minutes, fives } = this.#barsUpTo(symbol, now - this.#openMinute);
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

  #beforeOpen({ high, low, volume, width }: Frame): void {
    const highs = this.#premarketHigh.values;
    const lows = this.#premarketLow.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      if ((high[s] as number) > (highs[s] as number)) highs[s] = high[s] as number;
      if (lows[s] === 0 || (low[s] as number) < (lows[s] as number)) lows[s] = low[s] as number;
    }
  }

  /** The close of a name's newest bar; 0 when it has none. */
  #lastClose(symbol: number): number {
    for (let minute = this.#minutes.count - 1; minute >= 0; minute--) {
      const frame = this.#minutes.frameWith(symbol, minute);
      if (frame !== null) return frame.close[symbol] as number;
    }
    return 0;
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
    const minutes = this.#minutes;
    let open = 0;
    let high = 0;
    let low = 0;
    let close = 0;
    let volume = 0;
    // The last minutes may never have come: five of them are over all the same.
    for (let minute = from; minute < Math.min(from + span, minutes.count); minute++) {
      const frame = minutes.frameWith(symbol, minute);
      if (frame === null) continue;
      const top = frame.high[symbol] as number;
      const bottom = frame.low[symbol] as number;
      if (high === 0) open = frame.open[symbol] as number;
      if (top > high) high = top;
      if (low === 0 || bottom < low) low = bottom;
      close = frame.close[symbol] as number;
      volume += frame.volume[symbol] as number;
    }
    return high === 0 ? null : { minute: this.#openMinute + from, open, high, low, close, volume };
  }
}
