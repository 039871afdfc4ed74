import { type FileHeadline, type HeadlineFileProblem, readHeadlineFile } from '#adapters/headlines/headline-file';
import { findNamesFiles, type NamesFile, type NamesFileProblem, readNamesFile } from '#adapters/headlines/names-file';
import { type HeadlineTally, RefusedHeadlines } from '#adapters/headlines/refused-headlines';
import type { EventOf } from '#domain/events/event';
import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { knownFrom } from '#domain/news/known-from';
import { DAY_MS, type Instant, instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import { type SymbolIndex, ticker } from '#domain/values/symbol';
import type { SymbolTable } from '#main/day/symbol-table';

type Known = { readonly at: Instant; readonly id: string; readonly headline: FileHeadline };

/** Headlines of some files in the order in which they became known, and the names by which they call companies. */
export type NewsFeed = {
  readonly headlines: readonly Known[];
  readonly names: readonly NamesFile[];
  readonly refused: readonly HeadlineTally[];
};

export const noNews: NewsFeed = { headlines: [], names: [], refused: [] };

/** Reads the files; names are those given, or those that lie in the `reference` folder beside a `news` folder. */
export async function readNews(
  files: readonly string[],
  namesFiles: readonly string[],
): Promise<Result<NewsFeed, HeadlineFileProblem | NamesFileProblem>> {
  const headlines: Known[] = [];
  const refused = new RefusedHeadlines();
  const found = new Set(namesFiles);
  for (const [number, file] of files.entries()) {
    const take = (headline: FileHeadline): Result<null, never> => {
      headlines.push({
        at: headline.knownAt === null ? knownFrom(headline, startAfter) : headline.knownAt,
        id: headline.vendorId ?? `${number + 1}:${headline.line}`,
        headline,
      });
      return ok(null);
    };
    const read = await readHeadlineFile(file, { take, refuse: (kind, line) => refused.add(kind, file, line) });
    if (!read.ok) return read;
    if (namesFiles.length === 0) for (const names of await findNamesFiles(file)) found.add(names);
  }
  const names: NamesFile[] = [];
  for (const file of found) {
    const read = await readNamesFile(file);
    if (!read.ok) return fail(read.problem);
    names.push(read.value);
  }
  // Array sort is stable: headlines of one instant stay in the order of their files and lines.
  return ok({ headlines: withoutUpdates(headlines.sort((a, b) => a.at - b.at)), names, refused: refused.tallies() });
}

/** A story is news once: what a vendor changes in it afterwards does not make it news again. */
function withoutUpdates(headlines: readonly Known[]): readonly Known[] {
  const told = new Set<string>();
  return headlines.filter(({ id, headline }) => {
    if (headline.vendorId === null) return true;
    const isFirst = !told.has(id);
    told.add(id);
    return isFirst;
  });
}

/** Pre-market start of the first session after the date; beyond the calendar, a day later. */
function startAfter(date: SessionDate): Instant {
  const next = usCalendar.nextSession(date);
  return next.ok ? next.value.preOpen : instant((dayOf(date) + 1) * DAY_MS);
}

/** What became known after the close of the session before and up to the close of this one. */
export function headlinesOf(feed: NewsFeed, session: Session, symbols: SymbolTable): readonly EventOf<'headline_published'>[] {
  const before = usCalendar.previousSession(session.date);
  const after = before.ok ? before.value.close : instant(session.preOpen - DAY_MS);
  return feed.headlines
    .filter(({ at }) => after < at && at <= session.close)
    .map(({ at, id, headline }) => ({
      kind: 'headline_published',
      id,
      knownAt: at,
      publishedAt: headline.publishedAt,
      source: headline.source,
      text: headline.text,
      symbols: headline.tickers.map((name) => symbols.indexOf(ticker(name))).filter((found): found is SymbolIndex => found !== null),
    }));
}

/** The names that hold in the year of the session, for the symbols that are listed. Names of another year are never used. */
export function namesFor(
  feed: NewsFeed,
  year: number,
  symbols: SymbolTable,
): { readonly event: EventOf<'names_listed'>; readonly unnamed: number } {
  const byTicker = new Map(
    feed.names.filter((file) => file.year === year).flatMap((file) => file.companies.map(({ ticker: name, names }) => [name, names])),
  );
  const companies = symbols.tickers.flatMap((name) => {
    const names = byTicker.get(name);
    const symbol = symbols.indexOf(name);
    return names === undefined || symbol === null ? [] : [{ symbol, names }];
  });
  return { event: { kind: 'names_listed', year, companies }, unnamed: symbols.tickers.length - companies.length };
}
