import type { Frame } from '#domain/events/frame';
import { minuteStart } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';

/** A minute of one name as a vendor tells it: prices in 1e-4, volume in shares. */
export type LiveBar = {
  readonly symbol: SymbolIndex;
  readonly start: Instant;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

/** What came too late, or for no minute of the session, since the session began. */
export type LateBars = { late: number; outside: number };

const COLUMN_MAX = 2 ** 31 - 1;
const ABSENT = -1;

/**
 * The bars of a live session, gathered into minutes. A minute of the regular session is told when it is over and the bars
 * had their time to come, traded or not; one outside of it only when something traded. A bar that comes later than that is
 * counted and left out: what has been decided was decided without it.
 */
export class MinuteFrames {
  readonly late: LateBars = { late: 0, outside: 0 };
  readonly #session: Session;
  readonly #width: number;
  readonly #graceMs: number;
  readonly #waiting = new Map<number, Frame>();
  /** The next local minute that has not been told. */
  #next: number;

  constructor(session: Session, width: number, graceMs: number) {
    this.#session = session;
    this.#width = width;
    this.#graceMs = graceMs;
    this.#next = session.preOpenMinute;
  }

  take({ symbol, start, open, high, low, close, volume }: LiveBar): void {
    const minute = this.#minuteOf(start);
    const { preOpenMinute, postCloseMinute } = this.#session;
    const isReadable = symbol < this.#width && volume >= 0 && volume <= COLUMN_MAX && Math.max(open, high, low, close) <= COLUMN_MAX;
    if (minute < preOpenMinute || minute >= postCloseMinute || !isReadable) this.late.outside++;
    else if (minute < this.#next) this.late.late++;
    else {
      const frame = this.#waiting.get(minute) ?? emptyFrame(this.#session, this.#width, minute);
      const isNew = (frame.volume[symbol] as number) === ABSENT;
      frame.open[symbol] = open;
      frame.high[symbol] = high;
      frame.low[symbol] = low;
      frame.close[symbol] = close;
      frame.volume[symbol] = volume;
      this.#waiting.set(minute, { ...frame, present: frame.present + (isNew ? 1 : 0) });
    }
  }

  /** The minute has been told already: by a journal that was made again, or by history. */
  skipTo(frame: Frame): void {
    this.#next = Math.max(this.#next, frame.minute + 1);
    for (const minute of this.#waiting.keys()) if (minute < this.#next) this.#waiting.delete(minute);
  }

  /** Minutes that are over, oldest first. */
  *due(now: Instant): Generator<Frame> {
    const { openMinute, closeMinute, postCloseMinute } = this.#session;
    for (; this.#next < postCloseMinute && this.#endOf(this.#next) + this.#graceMs <= now; ) {
      const minute = this.#next++;
      const isRegular = minute >= openMinute && minute < closeMinute;
      const frame = this.#waiting.get(minute) ?? (isRegular ? emptyFrame(this.#session, this.#width, minute) : null);
      this.#waiting.delete(minute);
      if (frame !== null) yield frame;
    }
  }

  /** When the next minute that has to be told is due. */
  get nextDue(): Instant {
    const { openMinute, postCloseMinute } = this.#session;
    const waiting = Math.min(...this.#waiting.keys(), postCloseMinute);
    const minute = this.#next >= openMinute ? this.#next : Math.min(waiting, openMinute);
    return instant(this.#endOf(Math.max(minute, this.#next)) + this.#graceMs);
  }

  #minuteOf(at: Instant): number {
    return this.#session.openMinute + Math.floor((at - this.#session.open) / MINUTE_MS);
  }

  #endOf(minute: number): number {
    return minuteStart(this.#session, minute) + MINUTE_MS;
  }
}

function emptyFrame(session: Session, width: number, minute: number): Frame {
  const column = (): Int32Array => new Int32Array(width);
  return {
    minute,
    start: minuteStart(session, minute),
    width,
    present: 0,
    regular: minute >= session.openMinute && minute < session.closeMinute,
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column().fill(ABSENT),
  };
}
