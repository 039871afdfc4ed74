import type { EventKind } from '#domain/events/event';
import { ByteReader } from '#engine/journal/codec/byte-reader';
import { SessionColumns } from '#engine/journal/codec/column-store';
import { kindOf } from '#engine/journal/codec/event-codec';
import type { TornTail } from '#engine/journal/problems';
import { decoded, type RecordedEntry, readJournal } from '#engine/journal/reader';
import type { RawEntry } from '#engine/journal/scan';
import { readTradeBars } from '#main/report/trade-bars';
import { TradeLog, tradeLogKinds } from '#main/report/trade-log';
import type { TradeRecord, TradeSource } from '#main/report/trade-source';

/**
 * The entries of `tradeLogKinds`, without those that nothing follows from: of the scans the newest before an intent, of the orders
 * those that fill, each just before. A frame holds until the next session begins. Throws as `readJournal` does.
 */
function* tradeEntries(directory: string): Generator<RecordedEntry, TornTail | null> {
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

/** Reads a journal into its trades and days; null where no run has begun. Throws a `JournalError` where the journal cannot be trusted. */
export function readTrades(directory: string): TradeRecord | null {
  const log = new TradeLog();
  const entries = tradeEntries(directory);
  let step = entries.next();
  for (; !step.done; step = entries.next()) log.see(step.value);
  log.finish();
  const { source, openDay, symbols, book } = log;
  if (source === null) return null;
  const days = log.takenDays();
  return {
    source,
    nameOf: (symbol) => symbols.nameOf(symbol),
    trades: log.takenTrades().toSorted((one, other) => one.closing - other.closing),
    days: openDay === null ? days : [...days, openDay],
    held: book.positions.length,
    notes: step.value === null ? [] : [`the tail of the journal is torn after entry ${step.value.afterSequence}`],
  };
}

/** A journal as the source of a report. */
export const journalSource = (directory: string): TradeSource => ({
  read: () => Promise.resolve(readTrades(directory)),
  barsOf: (trades) => Promise.resolve(readTradeBars(directory, trades)),
});
