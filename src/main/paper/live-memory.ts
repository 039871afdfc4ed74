import type { Book } from '#domain/brokerage/client-order-id';
import type { Entry } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import { Halts } from '#domain/risk/halts';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex } from '#domain/values/symbol';
import type { SymbolTable } from '#main/day/symbol-table';

/** What a live run must know of its own journal to go on where it stands: folded from every entry, made again or new. */
export class LiveMemory {
  readonly #symbols: SymbolTable;
  readonly #told = new Set<string>();
  /** Whose account it trades; null before the first entry. */
  book: (Book & { readonly account: string }) | null = null;
  /** The session that is open in the journal. */
  open: SessionDate | null = null;
  /** The newest session that the journal has closed. */
  closed: SessionDate | null = null;
  /** Names whose split has been told since the newest session opened: it counts from the next one on. */
  readonly split = new Set<SymbolIndex>();
  /** The newest minute of the open session. */
  minute: Frame | null = null;
  entries = 0;
  /** Stops that hold. */
  readonly halts = new Halts();
  readonly #quarantined = new Map<SymbolIndex, SessionDate | null>();
  /** Since when a name is halted, as far as anybody has said. */
  readonly #halted = new Map<SymbolIndex, Instant>();

  constructor(symbols: SymbolTable) {
    this.#symbols = symbols;
  }

  see(entry: Entry): void {
    const { event } = entry;
    this.entries++;
    this.halts.see(entry);
    switch (event.kind) {
      case 'account_opened':
        this.book = { environment: event.environment, name: event.book, account: event.account };
        return;
      case 'session_opened':
        this.#symbols.list(event.listed);
        this.open = event.date;
        this.minute = null;
        this.split.clear();
        return;
      case 'split_took_effect':
        this.split.add(event.symbol);
        return;
      case 'bars_closed':
        this.minute = event.frame;
        return;
      case 'session_closed':
        this.closed = event.date;
        this.open = null;
        return;
      case 'asset_status_changed':
        if (event.status === 'halted') this.#halted.set(event.symbol, entry.at);
        else this.#halted.delete(event.symbol);
        return;
      case 'name_quarantined':
        this.#quarantined.set(event.symbol, this.open);
        return;
      case 'name_released':
        this.#quarantined.delete(event.symbol);
        return;
      case 'headline_published':
        this.#told.add(event.id);
        return;
      default:
        return;
    }
  }

  /** Names that were set apart in an earlier session: a comparison that is clean today lets them go. */
  quarantinedBefore(date: SessionDate): readonly SymbolIndex[] {
    return [...this.#quarantined].filter(([, since]) => since !== date).map(([symbol]) => symbol);
  }

  /**
   * Names that trade again though nobody has said so: the word was told while this process was away, and would not come again. A minute
   * that began after the halt, and has a bar, is word enough; a stop that waits for the end of the halt must not wait for ever.
   */
  resumedIn({ start, width, volume }: Frame): readonly SymbolIndex[] {
    const trades = ([symbol, since]: readonly [SymbolIndex, Instant]): boolean =>
      start > since && symbol < width && (volume[symbol] as number) > 0;
    return [...this.#halted].filter(trades).map(([symbol]) => symbol);
  }

  /** A story is news once: what its vendor changes later, or tells again after a break, is none. */
  isToldAlready(story: string): boolean {
    return this.#told.has(story);
  }
}
