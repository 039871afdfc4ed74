import { type FileHeadline, type HeadlineFileProblem, readHeadlineFile } from '#adapters/headlines/headline-file';
import { findNamesFiles, type NamesFile, type NamesFileProblem, readNamesFile } from '#adapters/headlines/names-file';
import { type HeadlineTally, RefusedHeadlines } from '#adapters/headlines/refused-headlines';
import type { ScratchProblem } from '#adapters/headlines/scratch-file';
import type { EventOf } from '#domain/events/event';
import { usCalendar } from '#domain/market/calendar';
import { knownFrom } from '#domain/news/known-from';
import { DAY_MS, type Instant, instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import { type SymbolIndex, ticker } from '#domain/values/symbol';
import { FirstTellings } from '#main/day/first-tellings';
import { HeadlineShelf, type Shelved } from '#main/day/headline-shelf';
import type { NewsProblem } from '#main/day/news-problem';
import { NewsWindows } from '#main/day/news-windows';
import type { PlannedSession } from '#main/day/session-plan';
import type { SymbolTable } from '#main/day/symbol-table';

type Told = EventOf<'headline_published'>;

/** How many headlines a file holds, how many of them the sessions hear, and when its first and its last became known. */
export type HeardFile = {
  readonly file: string;
  readonly read: number;
  readonly heard: number;
  /** Null in a file without a headline. */
  readonly span: { readonly first: Instant; readonly last: Instant } | null;
};

/** Headlines of some files, session by session, and the names by which they call companies. */
export type NewsFeed = {
  readonly names: readonly NamesFile[];
  readonly refused: readonly HeadlineTally[];
  readonly files: readonly HeardFile[];
  /** What a session hears, in the order in which it became known; nothing for one for which the feed was not opened. */
  readonly headlinesOf: (session: SessionDate, symbols: SymbolTable) => Result<readonly Told[], ScratchProblem>;
  /** Rows of the sessions asked for so far that say word for word what another row of their session said. */
  readonly repeats: () => number;
  readonly close: () => void;
};

/** `names` are files of names: those given, or those that lie in the `reference` folder beside a `news` folder. */
export type NewsRequest = {
  readonly files: readonly string[];
  readonly names: readonly string[];
  readonly sessions: readonly PlannedSession[];
};

export const noNews: NewsFeed = { names: [], refused: [], files: [], headlinesOf: () => ok([]), repeats: () => 0, close: () => {} };

/** Reads the files once and keeps what the sessions that are traded will hear; a session of history hears nothing. */
export async function openNews(request: NewsRequest, shelf = new HeadlineShelf()): Promise<Result<NewsFeed, NewsProblem>> {
  const refused = new RefusedHeadlines();
  const firsts = new FirstTellings();
  const read = await fill({ ...request, shelf, refused, firsts });
  const names = read.ok ? await readNames(request) : read;
  if (!names.ok) {
    shelf.close();
    return names;
  }
  const repeats = new Map<SessionDate, number>();
  return ok({
    names: names.value,
    refused: refused.tallies(),
    files: read.ok ? read.value : [],
    headlinesOf: (session, symbols) => {
      const told = shelf.headlinesOf(session, ({ id, at, ofVendor }) => !ofVendor || firsts.remains(id, at));
      if (!told.ok) return told;
      repeats.set(
        session,
        told.value.reduce((sum, { rows }) => sum + rows - 1, 0),
      );
      return ok(told.value.map((headline) => published(headline, symbols)));
    },
    repeats: () => [...repeats.values()].reduce((sum, rows) => sum + rows, 0),
    close: () => shelf.close(),
  });
}

type Filling = NewsRequest & { readonly shelf: HeadlineShelf; readonly refused: RefusedHeadlines; readonly firsts: FirstTellings };

async function fill({
  files,
  sessions,
  shelf,
  refused,
  firsts,
}: Filling): Promise<Result<readonly HeardFile[], HeadlineFileProblem | ScratchProblem>> {
  const windows = new NewsWindows(sessions.filter(({ history }) => !history).map(({ session }) => session));
  const heard: HeardFile[] = [];
  let row = 0;
  for (const [number, file] of files.entries()) {
    const before = row;
    let [inRange, first, last] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const take = (headline: FileHeadline): Result<null, ScratchProblem> => {
      const at = headline.knownAt === null ? knownFrom(headline, startAfter) : headline.knownAt;
      const { vendorId, publishedAt, text, source, tickers } = headline;
      row++;
      const session = windows.sessionAt(at);
      [first, last] = [Math.min(first, at), Math.max(last, at)];
      if (session !== null) inRange++;
      if (at > windows.end) return done;
      const id = vendorId === null ? `${number + 1}:${headline.line}` : copyOf(vendorId);
      if (vendorId !== null && !firsts.isFirst(id, at)) return done;
      if (session === null) return done;
      const words = JSON.stringify([text, source, tickers] satisfies Words);
      return shelf.put(session, { at, row, id, ofVendor: vendorId !== null, publishedAt, words, rows: 1 });
    };
    const read = await readHeadlineFile(file, { take, refuse: (kind, line) => refused.add(kind, file, line) });
    if (!read.ok) return read;
    const span = row === before ? null : { first: instant(first), last: instant(last) };
    heard.push({ file, read: row - before, heard: inRange, span });
  }
  return ok(heard);
}

const done = ok(null);

type Words = readonly [text: string, source: string, tickers: readonly string[]];

/** A cell is a part of the piece of the file in which it stood, and would keep all of that in memory. */
const copyOf = (cell: string): string => JSON.parse(JSON.stringify(cell)) as string;

async function readNames({ files, names }: NewsRequest): Promise<Result<readonly NamesFile[], NamesFileProblem>> {
  const found = new Set(names);
  if (names.length === 0) for (const file of files) for (const beside of await findNamesFiles(file)) found.add(beside);
  const read: NamesFile[] = [];
  for (const file of found) {
    const one = await readNamesFile(file);
    if (!one.ok) return fail(one.problem);
    read.push(one.value);
  }
  return ok(read);
}

/** Pre-market start of the first session after the date; beyond the calendar, a day later. */
function startAfter(date: SessionDate): Instant {
  const next = usCalendar.nextSession(date);
  return next.ok ? next.value.preOpen : instant((dayOf(date) + 1) * DAY_MS);
}

function published({ id, at, publishedAt, words }: Shelved, symbols: SymbolTable): Told {
  const [text, source, tickers] = JSON.parse(words) as Words;
  return {
    kind: 'headline_published',
    id,
    knownAt: at,
    publishedAt,
    source,
    text,
    symbols: tickers.map((name) => symbols.indexOf(ticker(name))).filter((found): found is SymbolIndex => found !== null),
  };
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
