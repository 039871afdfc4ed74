import type { EventKind } from '#domain/events/event';
import type { Day, Trade } from '#domain/performance/trade';
import type { Book } from '#domain/portfolio/book';
import { assert } from '#domain/values/assert';
import { ByteReader } from '#engine/journal/codec/byte-reader';
import { SessionColumns } from '#engine/journal/codec/column-store';
import { kindOf } from '#engine/journal/codec/event-codec';
import type { TornTail } from '#engine/journal/problems';
import { decoded, type RecordedEntry, readJournal } from '#engine/journal/reader';
import type { RawEntry } from '#engine/journal/scan';
import type { SymbolTable } from '#main/day/symbol-table';
import { type LogSource, TradeLog, tradeLogKinds } from '#main/report/trade-log';

/** All that a report is made of. Trades in the order in which they ended, days in theirs; the last day may go on. */
export type TradeRecord = {
  readonly source: LogSource;
  readonly symbols: SymbolTable;
  readonly trades: readonly Trade[];
  readonly days: readonly Day[];
  /** As it stands at the end: cash, and what is still held. */
  readonly book: Book;
  readonly torn: TornTail | null;
};

/** Sees what the log sees, of the same entries: `see` after the log. */
export type Onlooker = { see(entry: RecordedEntry): void };

/**
 * The entries of `tradeLogKinds`, without those that nothing follows from: of the scans the newest before an intent, of the orders
 * those that fill, each just before. A frame holds until the next session begins. Throws as `readJournal` does.
 */
export function* tradeEntries(directory: string): Generator<RecordedEntry, TornTail | null> {
  const columns = new SessionColumns();
  const scans = new Map<EventKind | null, RawEntry>();
  const orders = new WaitingOrders();
  const entries = readJournal(directory);
  for (let step = entries.next(); ; step = entries.next()) {
    if (step.done) return step.value;
    const raw = step.value;
    const kind = kindOf(raw.payload);
    switch (kind) {
      case 'catalysts_confirmed':
      case 'indicators_agreed':
        scans.set(kind, raw);
        continue;
      case 'order_requested':
        orders.wait(raw);
        continue;
      case 'session_opened':
        columns.startSession();
        orders.startSession();
        break;
      case 'intent_formed':
        for (const scan of scans.values()) yield decoded(scan);
        scans.clear();
        break;
      default:
        if (!wanted.has(kind)) continue;
    }
    const entry = decoded(raw, columns);
    const order = entry.event.kind === 'order_filled' ? orders.take(entry.event.order) : null;
    if (order !== null) yield decoded(order);
    yield entry;
  }
}

const wanted = new Set<EventKind | null>(tradeLogKinds);

/** Orders of this session and the one before, undecoded but for their names. */
class WaitingOrders {
  #now = new Map<string, RawEntry>();
  #before = new Map<string, RawEntry>();

  startSession(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }

  wait(raw: RawEntry): void {
    // After the kind, which takes a byte, its name is the first field.
    const from = new ByteReader(raw.payload);
    from.byte();
    this.#now.set(from.text(), raw);
  }

  take(order: string): RawEntry | null {
    const raw = this.#now.get(order) ?? this.#before.get(order) ?? null;
    this.#now.delete(order);
    this.#before.delete(order);
    return raw;
  }
}

/** Reads a journal into its trades and days. Throws a `JournalError` where the journal cannot be trusted. */
export function readTrades(directory: string, onlooker: Onlooker | null = null): TradeRecord | null {
  const log = new TradeLog();
  const entries = tradeEntries(directory);
  let step = entries.next();
  for (; !step.done; step = entries.next()) {
    log.see(step.value);
    onlooker?.see(step.value);
  }
  log.finish();
  const { source, openDay } = log;
  if (source === null) return null;
  const days = log.takenDays();
  const trades = log.takenTrades().toSorted((one, other) => one.closing - other.closing);
  assert(new Set(trades.map(({ id }) => id)).size === trades.length, 'every trade has a name of its own');
  return { source, symbols: log.symbols, trades, days: openDay === null ? days : [...days, openDay], book: log.book, torn: step.value };
}
