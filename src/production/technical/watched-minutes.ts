import type { BarColumns } from '#domain/events/frame';
import type { SessionMinutes } from '#domain/indicators/session-minutes';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { Timeframe } from '#production/technical/timeframe';

/**
 * The one-minute indicators of the names that somebody has asked about in this session. They begin with its first minute, so
 * that no night lies between two minutes, and are caught up when a name is asked about: for all names at every minute they
 * would take a third of the time of the whole house. Not hashed: they end with the session, and come from its bars alone.
 */
export class WatchedMinutes {
  readonly #minutes: SessionMinutes;
  #table = new SymbolColumns();
  #frame = new Timeframe(this.#table);
  /** The place of each name, and up to which minute it has been caught up, by place. */
  readonly #places = new Map<number, number>();
  #seen: number[] = [];

  constructor(minutes: SessionMinutes) {
    this.#minutes = minutes;
  }

  startSession(): void {
    this.#table = new SymbolColumns();
    this.#frame = new Timeframe(this.#table);
    this.#places.clear();
    this.#seen = [];
  }

  forget(symbol: number): void {
    const place = this.#places.get(symbol);
    if (place !== undefined) this.#table.forget(place);
  }

  /** Catches these names up with the last minute, and those that were asked about before. */
  watch(symbols: readonly number[]): void {
    for (const symbol of symbols) {
      if (this.#places.has(symbol)) continue;
      this.#places.set(symbol, this.#seen.length);
      this.#seen.push(0);
    }
    this.#table.ensure(this.#seen.length);
    const names = [...this.#places.keys()];
    const { count } = this.#minutes;
    for (let minute = Math.min(...this.#seen, count); minute < count; minute++) this.#frame.update(this.#barsOf(names, minute));
    this.#seen.fill(count);
  }

  /** The indicators of a name that is watched, with its place among them; null for any other. */
  of(symbol: number): { readonly frame: Timeframe; readonly place: number } | null {
    const place = this.#places.get(symbol);
    return place === undefined ? null : { frame: this.#frame, place };
  }

  /** A minute of the watched names; those that have seen it have no bar. */
  #barsOf(names: readonly number[], minute: number): BarColumns {
    const width = names.length;
    const bars = {
      width,
      open: new Int32Array(width),
      high: new Int32Array(width),
      low: new Int32Array(width),
      close: new Int32Array(width),
      volume: new Int32Array(width).fill(-1),
    };
    for (let place = 0; place < width; place++) {
      if ((this.#seen[place] as number) > minute) continue;
      const s = names[place] as number;
      const frame = this.#minutes.frameWith(s, minute);
      if (frame === null) continue;
      bars.open[place] = frame.open[s] as number;
      bars.high[place] = frame.high[s] as number;
      bars.low[place] = frame.low[s] as number;
      bars.close[place] = frame.close[s] as number;
      bars.volume[place] = frame.volume[s] as number;
    }
    return bars;
  }
}
