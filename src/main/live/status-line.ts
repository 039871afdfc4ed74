import type { WriteStream } from 'node:tty';
import type { Entry } from '#domain/events/event';
import { SessionClock } from '#domain/market/session-clock';
import { type Book, equity, evolveBook, openBook } from '#domain/portfolio/book';
import { Marks } from '#domain/portfolio/marks';
import { defaultSettings } from '#domain/settings';
import { formatE4 } from '#domain/values/decimal';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { clockText } from '#main/live/local-time';

const ERASE_LINE = '\r\u001b[2K';

/** The last line of the terminal: time, phase, equity and positions, rewritten in place; only on a terminal. */
export class StatusLine {
  readonly #out: WriteStream;
  readonly #table = new SymbolColumns();
  readonly #marks = new Marks(this.#table);
  #book: Book = openBook(defaultSettings.capital);
  #clock: SessionClock | null = null;
  #listed = 0;
  #text = '';

  constructor(out: WriteStream) {
    this.#out = out;
  }

  see({ event }: Entry): void {
    this.#book = evolveBook(this.#book, event);
    if (event.kind === 'run_started') this.#book = openBook(event.settings.capital);
    if (event.kind === 'session_opened') {
      this.#clock = new SessionClock(event);
      this.#listed += event.listed.length;
      this.#table.ensure(this.#listed);
    }
    if (event.kind !== 'bars_closed' || this.#clock === null || this.#clock.history) return;
    this.#marks.update(event.frame);
    const minute = event.frame.minute + 1;
    const worth = equity(this.#book, (symbol) => this.#marks.of(symbol));
    const pnl = worth - this.#book.cashAtOpen;
    const phase = this.#clock.phaseAt(minute)?.name.replaceAll('_', ' ') ?? 'closed';
    this.#show(
      `SIMULATED ${clockText(minute)} ${phase} | ${event.frame.present} bars | equity ${formatE4(worth)} | day ${formatE4(pnl)} | positions ${this.#book.positions.length}`,
    );
  }

  /** A line of its own above the status. */
  print(line: string): void {
    this.clear();
    this.#out.write(`${line}\n`);
    if (this.#out.isTTY) this.#out.write(this.#text);
  }

  clear(): void {
    if (this.#out.isTTY) this.#out.write(ERASE_LINE);
  }

  #show(text: string): void {
    this.#text = text;
    if (this.#out.isTTY) this.#out.write(`${ERASE_LINE}${text}`);
  }
}
