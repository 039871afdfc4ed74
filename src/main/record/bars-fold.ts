import type { Entry } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Fold } from '#main/record/fold';
import { type LookBack, Names } from '#main/record/names';
import type { Rows } from '#main/record/rows';

/** The bars of every minute. */
export class BarsFold implements Fold {
  readonly names: Names;
  readonly remembers = new Set(['run_started', 'session_opened'] as const);
  readonly reads = new Set(['run_started', 'session_opened', 'bars_closed'] as const);
  #unfit = 0;

  constructor(look: LookBack) {
    this.names = new Names(look);
  }

  /** Bars that are none: a high below the low, or a price of nothing. They stay in the journal alone. */
  get unfit(): number {
    return this.#unfit;
  }

  see(entry: Entry, rows: Rows | null): void {
    this.names.see(entry);
    if (rows !== null && entry.event.kind === 'bars_closed') this.#bars(entry.event.frame, rows);
  }

  #bars({ width, start, open, high, low, close, volume }: Frame, rows: Rows): void {
    for (let s = 0; s < width; s++) {
      const shares = volume[s] as number;
      if (shares < 0) continue;
      const o = open[s] as number;
      const h = high[s] as number;
      const l = low[s] as number;
      const c = close[s] as number;
      if (l <= 0 || l > h || o < l || o > h || c < l || c > h) {
        this.#unfit++;
        continue;
      }
      const row = rows.into('trading_history', this.names.security(s as SymbolIndex)).instant(start);
      row.e4(o).e4(h).e4(l).e4(c).int(shares).end();
    }
  }
}
