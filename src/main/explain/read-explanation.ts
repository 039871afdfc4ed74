import type { EventKind, EventOf } from '#domain/events/event';
import { defaultSettings, type Settings } from '#domain/settings';
import type { SessionDate } from '#domain/values/session-date';
import { type SymbolIndex, ticker } from '#domain/values/symbol';
import { kindOf } from '#engine/journal/codec/event-codec';
import { decoded, decodeEntries, readJournal } from '#engine/journal/reader';
import { SymbolTable } from '#main/day/symbol-table';
import { DayRecord, dayKinds } from '#main/explain/day-record';

export type Told = Pick<EventOf<'headline_published'>, 'text' | 'source' | 'publishedAt' | 'knownAt'>;

/** What the journal knows of a name on a day, or why it knows nothing. */
export type Explanation =
  | {
      readonly kind: 'found';
      readonly settings: Settings;
      readonly symbols: SymbolTable;
      readonly day: DayRecord;
      readonly headlines: ReadonlyMap<string, Told>;
    }
  | { readonly kind: 'unknown_symbol'; readonly names: number; readonly like: readonly string[] }
  | { readonly kind: 'not_yet_listed'; readonly date: SessionDate }
  | { readonly kind: 'unknown_day'; readonly days: readonly SessionDate[] }
  | { readonly kind: 'teaching_day'; readonly date: SessionDate; readonly days: readonly SessionDate[] };

const dayEvents: ReadonlySet<EventKind> = new Set(dayKinds);

/** Walks the journal once, holding no more than one day of one name; then once more for the texts of its headlines. */
export function readExplanation(directory: string, name: string, date: SessionDate | null): Explanation {
  const symbols = new SymbolTable();
  const days: SessionDate[] = [];
  let settings: Settings = defaultSettings;
  let symbol: SymbolIndex | null = null;
  let open: DayRecord | null = null;
  let found: DayRecord | null = null;
  let taught = false;
  const entries = readJournal(directory);
  for (let step = entries.next(); !step.done; step = entries.next()) {
    const kind = kindOf(step.value.payload);
    if (kind === 'run_started') settings = (decoded(step.value).event as EventOf<'run_started'>).settings;
    if (kind === 'session_opened') {
      const opened = decoded(step.value).event as EventOf<'session_opened'>;
      symbols.list(opened.listed);
      symbol = symbols.indexOf(ticker(name)) ?? symbols.indexOf(ticker(name.toUpperCase()));
      if (!opened.history) days.push(opened.date);
      taught ||= opened.history && opened.date === date;
      const wanted = !opened.history && symbol !== null && (date === null || opened.date === date);
      open = wanted && symbol !== null ? new DayRecord(opened, symbol) : null;
      found = open ?? found;
    }
    if (open !== null && kind !== null && dayEvents.has(kind)) open.see(decoded(step.value) as Parameters<DayRecord['see']>[0]);
  }
  if (symbol === null) return { kind: 'unknown_symbol', names: symbols.tickers.length, like: similar(symbols, name) };
  if (found !== null) return { kind: 'found', settings, symbols, day: found, headlines: headlinesOf(directory, found) };
  if (taught && date !== null) return { kind: 'teaching_day', date, days };
  return date !== null && days.includes(date) ? { kind: 'not_yet_listed', date } : { kind: 'unknown_day', days };
}

/** Names that begin alike, for somebody who has mistyped one. */
const similar = ({ tickers }: SymbolTable, name: string): readonly string[] =>
  tickers.filter((known) => known.startsWith(name.slice(0, 2).toUpperCase())).slice(0, 5);

function headlinesOf(directory: string, day: DayRecord): ReadonlyMap<string, Told> {
  const wanted = new Set(day.catalysts.flatMap(({ event }) => [event.headline, event.story]));
  for (const { stages } of day.scans)
    for (const record of stages)
      if (record.outcome === 'kept' && record.kept.stage === 'catalysts_confirmed') wanted.add(record.kept.item.headline);
  wanted.delete('');
  const texts = new Map<string, Told>();
  if (wanted.size === 0) return texts;
  const entries = decodeEntries(directory, { kinds: ['headline_published'] });
  for (let step = entries.next(); !step.done; step = entries.next()) {
    const { id, text, source, publishedAt, knownAt } = step.value.event;
    if (wanted.has(id)) texts.set(id, { text, source, publishedAt, knownAt });
  }
  return texts;
}
