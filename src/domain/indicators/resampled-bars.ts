import type { BarColumns, Frame } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

const NO_SPAN = -1;
const NO_BARS: BarColumns = {
  width: 0,
  open: new Int32Array(0),
  high: new Int32Array(0),
  low: new Int32Array(0),
  close: new Int32Array(0),
  volume: new Int32Array(0),
};

/**
 * Bars of `span` minutes from one-minute frames of the regular session, counted from its opening minute; or from bars of
 * `step` minutes, of which `span` is a multiple: long bars out of short ones are cheaper than out of minutes.
 * A span closes at its last minute. When that minute never came, it closes at the next frame that did, and when that frame
 * is itself the last of its span, that one closes a frame later: each update closes at most one span, none is lost.
 */
export class ResampledBars {
  readonly #table: SymbolColumns;
  readonly #span: number;
  readonly #step: number;
  readonly #open: Column<Int32Array>;
  readonly #high: Column<Int32Array>;
  readonly #low: Column<Int32Array>;
  readonly #close: Column<Int32Array>;
  readonly #volume: Column<Int32Array>;
  #opensAt = 570;
  #current = NO_SPAN;
  #closed = NO_SPAN;
  #width = 0;
  #bars: BarColumns = NO_BARS;

  constructor(table: SymbolColumns, span: number, step = 1) {
    this.#table = table;
    this.#span = span;
    this.#step = step;
    this.#open = table.int32();
    this.#high = table.int32();
    this.#low = table.int32();
    this.#close = table.int32();
    this.#volume = table.int32();
  }

  /** The span that closed last: views that hold until the next update. */
  get bars(): BarColumns {
    return this.#bars;
  }

  /** The local minute of the day at which `bars` begin. */
  get minute(): number {
    return this.#opensAt + this.#closed * this.#span;
  }

  /** Shares of the span that is not over yet; 0 when none has begun. */
  sharesSoFar(s: number): number {
    return this.#current === NO_SPAN || s >= this.#width ? 0 : Math.max(0, this.#volume.values[s] as number);
  }

  /** Forgets what is unfinished. `opensAt` is the local minute of the day at which the session opens. */
  startSession(opensAt = 570): void {
    this.#opensAt = opensAt;
    this.#current = NO_SPAN;
    this.#bars = NO_BARS;
  }

  /** Whether a span closed; `bars` then holds it. */
  update(frame: Frame): boolean {
    return frame.regular && this.fold(frame, frame.minute);
  }

  /** The same for bars of `step` minutes that begin at a local minute of the regular session. */
  fold(bars: BarColumns, minute: number): boolean {
    const since = minute - this.#opensAt;
    const span = Math.floor(since / this.#span);
    const late = this.#current !== NO_SPAN && this.#current !== span;
    // The frame goes where the late span lies, which is therefore copied.
    if (late) this.#finish(copyOf(this.#views()));
    if (late || this.#current === NO_SPAN) this.#begin(bars, span);
    else this.#join(bars);
    if (late || since - span * this.#span < this.#span - this.#step) return late;
    this.endSession();
    return true;
  }

  /** Closes a span that the end of the session cut short; whether there was one. */
  endSession(): boolean {
    if (this.#current === NO_SPAN) return false;
    this.#finish(this.#views());
    this.#current = NO_SPAN;
    return true;
  }

  #finish(bars: BarColumns): void {
    this.#bars = bars;
    this.#closed = this.#current;
  }

  #begin(frame: BarColumns, span: number): void {
    const width = widthIn(this.#table, frame);
    this.#open.values.set(frame.open.subarray(0, width));
    this.#high.values.set(frame.high.subarray(0, width));
    this.#low.values.set(frame.low.subarray(0, width));
    this.#close.values.set(frame.close.subarray(0, width));
    this.#volume.values.set(frame.volume.subarray(0, width));
    this.#current = span;
    this.#width = width;
  }

  #join(frame: BarColumns): void {
    const width = widthIn(this.#table, frame);
    const { open, high, low, close, volume } = frame;
    const toOpen = this.#open.values;
    const toHigh = this.#high.values;
    const toLow = this.#low.values;
    const toClose = this.#close.values;
    const toVolume = this.#volume.values;
    if (width > this.#width) this.#widen(width);
    for (let s = 0; s < width; s++) {
      const shares = volume[s] as number;
      if (shares < 0) continue;
      const before = toVolume[s] as number;
      toClose[s] = close[s] as number;
      if (before < 0) {
        toOpen[s] = open[s] as number;
        toHigh[s] = high[s] as number;
        toLow[s] = low[s] as number;
        toVolume[s] = shares;
        continue;
      }
      const top = toHigh[s] as number;
      const bottom = toLow[s] as number;
      // The greater and the smaller without a branch that could not be foreseen.
      const higher = top - (high[s] as number);
      const lower = bottom - (low[s] as number);
      toHigh[s] = top - (higher & (higher >> 31));
      toLow[s] = bottom - (lower & ~(lower >> 31));
      toVolume[s] = before + shares;
    }
  }

  /** Symbols that the span did not have at its start had no bar until now. */
  #widen(width: number): void {
    for (const { values } of [this.#open, this.#high, this.#low, this.#close]) values.fill(0, this.#width, width);
    this.#volume.values.fill(-1, this.#width, width);
    this.#width = width;
  }

  #views(): BarColumns {
    const width = this.#width;
    return {
      width,
      open: this.#open.values.subarray(0, width),
      high: this.#high.values.subarray(0, width),
      low: this.#low.values.subarray(0, width),
      close: this.#close.values.subarray(0, width),
      volume: this.#volume.values.subarray(0, width),
    };
  }
}

function copyOf({ width, open, high, low, close, volume }: BarColumns): BarColumns {
  return { width, open: open.slice(), high: high.slice(), low: low.slice(), close: close.slice(), volume: volume.slice() };
}
