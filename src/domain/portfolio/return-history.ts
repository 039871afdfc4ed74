import type { Frame } from '#domain/events/frame';
import type { Correlation } from '#domain/risk/risk-view';
import { PairSums } from '#domain/statistics/correlation';
import type { Column, StateSink, SymbolColumns } from '#domain/values/symbol-columns';

const SPAN = 5;
const BARS_A_SESSION = 78;
/** Correlation looks at the last five finished sessions. Source: mission, rules of Stage 1. */
const SESSIONS = 5;
const ROWS = SESSIONS * BARS_A_SESSION;

/** Five-minute closes of the last sessions, kept only to ask, on an intent, how two names move together. */
export class ReturnHistory {
  readonly #table: SymbolColumns;
  /** The newest session is written over the oldest; the row of a bar that never came holds 0. */
  readonly #closes: Column<Int32Array>;
  /** The returns of the finished sessions by name, worked out when they are first asked for and the same all day. */
  readonly #returns = new Map<number, Float64Array>();
  #session = 0;
  /** The session that was written last; between sessions it is the one before `#session`. */
  #newest = 0;
  #openMinute = 0;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.#closes = table.int32(ROWS + BARS_A_SESSION, false);
  }

  startSession(openMinute: number): void {
    this.#newest = this.#session;
    this.#openMinute = openMinute;
    this.#returns.clear();
    const { capacity } = this.#table;
    const from = this.#firstRow(this.#session) * capacity;
    this.#closes.values.fill(0, from, from + BARS_A_SESSION * capacity);
  }

  /** Each minute writes over the one before in its five: what stands there in the end is their close. */
  update({ minute, close, volume, width }: Frame): void {
    const bar = Math.floor((minute - this.#openMinute) / SPAN);
    if (bar < 0 || bar >= BARS_A_SESSION) return;
    const closes = this.#closes.values;
    const row = (this.#firstRow(this.#session) + bar) * this.#table.capacity;
    for (let s = 0; s < width; s++) if ((volume[s] as number) >= 0) closes[row + s] = close[s] as number;
  }

  endSession(): void {
    this.#session++;
  }

  /** A split has made its past one of another scale. */
  forget(symbol: number): void {
    this.#table.forget(symbol);
    this.#returns.delete(symbol);
  }

  correlation(a: number, b: number, pointsMin: number): Correlation {
    const sums = new PairSums();
    const [ofA, ofB] = [this.#returnsOf(a), this.#returnsOf(b)];
    for (let place = 0; place < ofA.length; place++) {
      const x = ofA[place] as number;
      const y = ofB[place] as number;
      if (!Number.isNaN(x) && !Number.isNaN(y)) sums.add(x, y);
    }
    return { value: sums.points >= pointsMin ? sums.pearson() : null, points: sums.points };
  }

  /** The last close of an earlier session among those that are kept; null when there is none. */
  closeBefore(symbol: number): number | null {
    for (let back = 1; back <= Math.min(SESSIONS, this.#session); back++) {
      const first = this.#firstRow(this.#session - back);
      for (let row = first + BARS_A_SESSION - 1; row >= first; row--) {
        const close = this.#closes.values[row * this.#table.capacity + symbol] as number;
        if (close > 0) return close;
      }
    }
    return null;
  }

  hashInto(sink: StateSink): void {
    const { capacity, count } = this.#table;
    const first = this.#firstRow(this.#newest);
    for (let row = first; row < first + BARS_A_SESSION; row++)
      sink.numbers(this.#closes.values.subarray(row * capacity, row * capacity + count));
    sink.text(`${this.#session}`);
  }

  /** One for each bar of the last sessions, newest session first; NaN where it or the bar before has not traded. */
  #returnsOf(symbol: number): Float64Array {
    const known = this.#returns.get(symbol);
    if (known !== undefined) return known;
    const sessions = Math.min(SESSIONS, this.#session);
    const returns = new Float64Array(sessions * (BARS_A_SESSION - 1));
    for (let back = 1; back <= sessions; back++) this.#fill(returns, (back - 1) * (BARS_A_SESSION - 1), symbol, this.#session - back);
    this.#returns.set(symbol, returns);
    return returns;
  }

  #fill(returns: Float64Array, from: number, symbol: number, session: number): void {
    const closes = this.#closes.values;
    const { capacity } = this.#table;
    const first = this.#firstRow(session) * capacity + symbol;
    for (let bar = 1; bar < BARS_A_SESSION; bar++) {
      const before = closes[first + (bar - 1) * capacity] as number;
      const now = closes[first + bar * capacity] as number;
      returns[from + bar - 1] = before > 0 && now > 0 ? Math.log(now / before) : Number.NaN;
    }
  }

  #firstRow(session: number): number {
    return (session % (SESSIONS + 1)) * BARS_A_SESSION;
  }
}
