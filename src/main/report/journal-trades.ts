import type { EventKind } from '#domain/events/event';
import type { Day, Trade } from '#domain/performance/trade';
import type { Book } from '#domain/portfolio/book';
import { assert } from '#domain/values/assert';
import { kindOf } from '#engine/journal/codec/event-codec';
import type { TornTail } from '#engine/journal/problems';
import { decoded, type RecordedEntry, readJournal } from '#engine/journal/reader';
import type { RawEntry } from '#engine/journal/scan';
import type { SymbolTable } from '#main/day/symbol-table';
import { type LogSource, TradeLog, tradeLogKinds, tradeLogKindsOfIntents } from '#main/report/trade-log';

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

/** The entries of `tradeLogKinds`; of what only matters when an intent follows, the newest before one. Throws as `readJournal` does. */
export function* tradeEntries(directory: string): Generator<RecordedEntry, TornTail | null> {
  const wanted = new Set<EventKind | null>(tradeLogKinds);
  const late = new Set<EventKind | null>(tradeLogKindsOfIntents);
  const waiting = new Map<EventKind | null, RawEntry>();
  const entries = readJournal(directory);
  for (let step = entries.next(); ; step = entries.next()) {
    if (step.done) return step.value;
    const kind = kindOf(step.value.payload);
    if (!wanted.has(kind)) continue;
    if (late.has(kind)) {
      waiting.set(kind, step.value);
      continue;
    }
    if (kind === 'intent_formed') {
      for (const raw of waiting.values()) yield decoded(raw);
      waiting.clear();
    }
    yield decoded(step.value);
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
