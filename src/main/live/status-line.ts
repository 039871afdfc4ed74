import type { Entry } from '#domain/events/event';
import { SessionClock } from '#domain/market/session-clock';
import { type Book, equity, evolveBook, openBook, pnlToday } from '#domain/portfolio/book';
import { Halts } from '#domain/risk/halts';
import { defaultSettings } from '#domain/settings';
import { formatE4 } from '#domain/values/decimal';
import { clockText } from '#main/live/local-time';
import { rewrite, show } from '#main/terminal';

/** The last line of the terminal: time, phase, equity and positions, rewritten in place; only on a terminal. */
export class StatusLine {
  /** Whose money it is, before everything else. */
  readonly #whose: string;
  #book: Book = openBook(defaultSettings.capital);
  readonly #halts = new Halts();
  #clock: SessionClock | null = null;
  #text = '';

  constructor(whose: string) {
    this.#whose = whose;
  }

  see(entry: Entry): void {
    const { event } = entry;
    this.#halts.see(entry);
    this.#book = evolveBook(this.#book, event);
    if (event.kind === 'session_opened') this.#clock = new SessionClock(event);
    if (event.kind !== 'bars_closed' || this.#clock === null || this.#clock.history) return;
    const minute = event.frame.minute + 1;
    const phase = this.#clock.phaseAt(minute)?.name.replaceAll('_', ' ') ?? 'closed';
    this.#show(
      `${this.#whose} ${clockText(minute)} ${phase} | ${event.frame.present} bars | equity ${formatE4(equity(this.#book))} | day ${formatE4(pnlToday(this.#book))} | positions ${this.#book.positions.length}${this.#halts.any ? ' | NO ENTRIES' : ''}`,
    );
  }

  /** A line of its own above the status. */
  print(line: string): void {
    this.clear();
    show(line);
    rewrite(this.#text, 'stdout');
  }

  clear(): void {
    rewrite('', 'stdout');
  }

  #show(text: string): void {
    this.#text = text;
    rewrite(text, 'stdout');
  }
}
