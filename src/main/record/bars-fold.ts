import type { Entry } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Fold } from '#main/record/fold';
import { type LookBack, Names } from '#main/record/names';
import type { Rows } from '#main/record/rows';

/** Bars are held back until there are so many, and then written name by name: in the order of their key the server takes them much faster. */
const BARS_HELD = 40_000;

/** The bars of every minute. */
export class BarsFold implements Fold {
  readonly names: Names;
  readonly remembers = new Set(['run_started', 'session_opened'] as const);
  readonly reads = new Set(['run_started', 'session_opened', 'bars_closed'] as const);
  #frames: Frame[] = [];
  #held = 0;
  #unfit = 0;

  constructor(look: LookBack) {
    this.names = new Names(look);
  }

  /** Bars that are none: a high below the low, or a price of nothing. They stay in the journal alone. */
  get unfit(): number {
    return this.#unfit;
  }

  see(entry: Entry, rows: Rows | null): void {
    const { event } = entry;
    // The arrays of a session's minutes are taken again for the next one.
    if (event.kind === 'session_opened' && rows !== null) this.flush(rows);
    this.names.see(entry);
    if (event.kind !== 'bars_closed' || rows === null) return;
    this.#frames.push(event.frame);
    this.#held += event.frame.present;
    if (this.#held >= BARS_HELD) this.flush(rows);
  }

  flush(rows: Rows): void {
    const frames = this.#frames;
    this.#frames = [];
    this.#held = 0;
    const width = frames.reduce((most, frame) => Math.max(most, frame.width), 0);
    for (let s = 0; s < width; s++) for (const frame of frames) if (s < frame.width) this.#bar(frame, s as SymbolIndex, rows);
  }

  #bar({ start, open, high, low, close, volume }: Frame, s: SymbolIndex, rows: Rows): void {
    const shares = volume[s] as number;
    if (shares < 0) return;
    const o = open[s] as number;
    const h = high[s] as number;
    const l = low[s] as number;
    const c = close[s] as number;
    if (l <= 0 || l > h || o < l || o > h || c < l || c > h) {
      this.#unfit++;
      return;
    }
    rows.into('trading_history', this.names.security(s)).instant(start).e4(o).e4(h).e4(l).e4(c).int(shares).end();
  }
}
