import type { Entry, EventKind, EventOf } from '#domain/events/event';
import { SessionClock } from '#domain/market/session-clock';
import { defaultSettings, type Settings } from '#domain/settings';
import type { SessionDate } from '#domain/values/session-date';
import { type SymbolIndex, ticker } from '#domain/values/symbol';
import { kindOf } from '#engine/journal/codec/event-codec';
import { decoded, decodeEntries, readJournal } from '#engine/journal/reader';
import { SymbolTable } from '#main/day/symbol-table';
import type { ToldNews } from '#main/explain/counted-news';
import { DayRecord, dayKinds } from '#main/explain/day-record';
import { measuresAgain } from '#main/explain/recomputed';
import { scanBy } from '#main/explain/scan-record';
import type { Measures } from '#production/technical/agreement';

export type Told = Pick<EventOf<'headline_published'>, 'text' | 'source' | 'publishedAt' | 'knownAt'>;

/** What the journal knows of a name on a day, or why it knows nothing. */
export type Explanation =
  | {
      readonly kind: 'found';
      readonly symbols: SymbolTable;
      readonly day: DayRecord;
      /** What headlines meant for the name, of that day and those before it. */
      readonly news: readonly ToldNews[];
      readonly headlines: ReadonlyMap<string, Told>;
      /** Of the scan that answers, when the name was dropped for its indicators; null when they cannot be worked out again. */
      readonly measures: Measures | null;
    }
  | { readonly kind: 'unknown_symbol'; readonly names: number; readonly like: readonly string[] }
  | { readonly kind: 'not_yet_listed'; readonly date: SessionDate }
  | { readonly kind: 'unknown_day'; readonly days: readonly SessionDate[] }
  | { readonly kind: 'teaching_day'; readonly date: SessionDate; readonly days: readonly SessionDate[] };

const dayEvents: ReadonlySet<EventKind> = new Set(dayKinds);

export type Question = {
  readonly directory: string;
  readonly name: string;
  readonly date: SessionDate | null;
  readonly minute: number | null;
};

/**
 * Walks the journal once, holding no more than one day of one name; then again for the texts of its headlines, and for the
 * indicators of one that was dropped for them.
 */
export function readExplanation({ directory, name, date, minute }: Question): Explanation {
  const symbols = new SymbolTable();
  const days: SessionDate[] = [];
  let settings: Settings = defaultSettings;
  let symbol: SymbolIndex | null = null;
  let open: DayRecord | null = null;
  let found: DayRecord | null = null;
  let taught = false;
  let told: { readonly date: SessionDate; readonly clock: SessionClock } | null = null;
  const news: ToldNews[] = [];
  const entries = readJournal(directory);
  for (let step = entries.next(); !step.done; step = entries.next()) {
    const kind = kindOf(step.value.payload);
    if (kind === 'run_started') settings = (decoded(step.value).event as EventOf<'run_started'>).settings;
    if (kind === 'parameters_changed') settings = (decoded(step.value).event as EventOf<'parameters_changed'>).settings;
    if (kind === 'session_opened') {
      const opened = decoded(step.value).event as EventOf<'session_opened'>;
      symbols.list(opened.listed);
      symbol = symbols.indexOf(ticker(name)) ?? symbols.indexOf(ticker(name.toUpperCase()));
      if (!opened.history) days.push(opened.date);
      taught ||= opened.history && opened.date === date;
      const wanted = !opened.history && symbol !== null && (date === null || opened.date === date);
      open = wanted && symbol !== null ? new DayRecord(opened, symbol, settings) : null;
      found = open ?? found;
      told = { date: opened.date, clock: new SessionClock(opened) };
    }
    if (kind === 'catalyst_detected' && symbol !== null && told !== null && (date === null || told.date <= date)) {
      const entry = decoded(step.value) as Entry<'catalyst_detected'>;
      if (entry.event.symbol === symbol) news.push({ date: told.date, minute: told.clock.minuteAt(entry.at), entry });
    }
    if (open !== null && kind !== null && dayEvents.has(kind)) open.see(decoded(step.value) as Parameters<DayRecord['see']>[0]);
  }
  if (symbol === null) return { kind: 'unknown_symbol', names: symbols.tickers.length, like: similar(symbols, name) };
  if (found !== null) {
    const measures = minute === null ? null : measuresOfScan(directory, found, symbol, minute);
    return { kind: 'found', symbols, day: found, news, headlines: headlinesOf(directory, found, news), measures };
  }
  if (taught && date !== null) return { kind: 'teaching_day', date, days };
  return date !== null && days.includes(date) ? { kind: 'not_yet_listed', date } : { kind: 'unknown_day', days };
}

/** Names that begin alike, for somebody who has mistyped one. */
const similar = ({ tickers }: SymbolTable, name: string): readonly string[] =>
  tickers.filter((known) => known.startsWith(name.slice(0, 2).toUpperCase())).slice(0, 5);

function measuresOfScan(directory: string, { scans }: DayRecord, symbol: SymbolIndex, minute: number): Measures | null {
  const last = scanBy(scans, minute)?.stages.at(-1);
  if (last?.stage !== 'indicators_agreed' || last.outcome !== 'dropped' || last.reasons.includes('ranked_below')) return null;
  return measuresAgain(directory, symbol, last);
}

function headlinesOf(directory: string, day: DayRecord, news: readonly ToldNews[]): ReadonlyMap<string, Told> {
  const wanted = new Set(news.flatMap(({ entry: { event } }) => [event.headline, event.story]));
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
