import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { DAY_MS, type Instant, instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';

type Window = { readonly date: SessionDate; readonly after: Instant; readonly until: Instant };

/** Which session hears of what becomes known when: of that after the close of the session before it, up to its own close. */
export class NewsWindows {
  readonly #windows: readonly Window[];

  constructor(sessions: readonly Session[]) {
    this.#windows = sessions.map(windowOf).sort((a, b) => a.until - b.until);
  }

  /** Nobody hears of what becomes known later. */
  get end(): number {
    return this.#windows.at(-1)?.until ?? Number.NEGATIVE_INFINITY;
  }

  sessionAt(at: Instant): SessionDate | null {
    let low = 0;
    let high = this.#windows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#windows[middle] as Window).until < at) low = middle + 1;
      else high = middle;
    }
    const window = this.#windows[low];
    return window !== undefined && window.after < at ? window.date : null;
  }
}

function windowOf({ date, preOpen, close }: Session): Window {
  const before = usCalendar.previousSession(date);
  return { date, after: before.ok ? before.value.close : instant(preOpen - DAY_MS), until: close };
}
