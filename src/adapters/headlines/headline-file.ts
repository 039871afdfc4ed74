import { type CsvRow, readCsv } from '#adapters/headlines/csv';
import { type Arrival, knownAt } from '#adapters/headlines/headline-log';
import type { HeadlineFault } from '#adapters/headlines/refused-headlines';
import { type UnreadableFile, withText } from '#adapters/headlines/text-file';
import { matchingText } from '#domain/news/headline-text';
import type { Published } from '#domain/news/known-from';
import { DAY_MS, type Instant, instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import { dayOf, parseSessionDate, type SessionDate } from '#domain/values/session-date';

/** A headline as the file gives it; `text` is the original, cut at 500 characters, and is data whatever it says. */
export type FileHeadline = Times & {
  readonly line: number;
  readonly text: string;
  readonly source: string;
  readonly tickers: readonly string[];
  /** The vendor's own id, where the file has one; rows with the same id are one story and its updates. */
  readonly vendorId: string | null;
  /** When it reached whoever wrote the file, where the file says so. */
  readonly receivedAt: Instant | null;
};

/** `knownAt` is when the house could have read it, where the file tells more than the publication; it may be all that it tells. */
type Times =
  | (Published & { readonly knownAt: null })
  | ((Published | { readonly publishedAt: null; readonly date: null }) & { readonly knownAt: Instant });

/** What a reader does with each row: `take` may end the reading with a problem of its own, refused rows are only told. */
export type HeadlineTaker<Problem extends { readonly kind: string }> = {
  readonly take: (headline: FileHeadline) => Result<null, Problem>;
  readonly refuse: (kind: HeadlineFault, line: number) => void;
};

export type HeadlineFileProblem =
  | UnreadableFile
  | { readonly kind: 'not_a_headline_file'; readonly file: string; readonly expected: string; readonly received: string };

const EXPECTED =
  'a header with headline, and timestamp_utc or date; optionally symbol, source, publisher, section, vendor_id, updated_utc, received_utc, arrival';
const TEXT_MAX = 500;
const SOURCE_MAX = 80;
const RECEIVED_MAX = 80;

const columnNames = [
  'headline',
  'timestamp_utc',
  'date',
  'symbol',
  'source',
  'publisher',
  'section',
  'vendor_id',
  'updated_utc',
  'received_utc',
  'arrival',
] as const;

type Columns = Readonly<Record<(typeof columnNames)[number] | 'count', number>>;
type Refused = { readonly kind: HeadlineFault };

/**
 * Reads a CSV or CSV.gz file of headlines and hands them out one by one, in the order of its lines; none is kept here. A
 * file of another shape is refused whole.
 */
export async function readHeadlineFile<Problem extends { readonly kind: string }>(
  file: string,
  taker: HeadlineTaker<Problem>,
): Promise<Result<null, HeadlineFileProblem | Problem>> {
  const read = await withText(file, (pieces) => readRows(file, pieces, taker));
  return read.ok ? read.value : read;
}

async function readRows<Problem extends { readonly kind: string }>(
  file: string,
  pieces: AsyncIterable<string>,
  { take, refuse }: HeadlineTaker<Problem>,
): Promise<Result<null, HeadlineFileProblem | Problem>> {
  let columns: Columns | null = null;
  for await (const record of readCsv(pieces)) {
    if (columns === null) {
      columns = record.kind === 'row' ? columnsOf(record) : null;
      if (columns === null) return anotherShape(file, record.kind === 'row' ? record.cells.join(',') : record.problem);
      continue;
    }
    const headline = record.kind === 'row' ? readRow(record, columns) : fail({ kind: record.problem });
    if (!headline.ok) refuse(headline.problem.kind, record.line);
    else {
      const taken = take(headline.value);
      if (!taken.ok) return taken;
    }
  }
  return columns === null ? anotherShape(file, '') : ok(null);
}

const anotherShape = (file: string, received: string) =>
  fail({ kind: 'not_a_headline_file', file, expected: EXPECTED, received: bounded(received, RECEIVED_MAX) });

/** Where each column stands; `null` when a needed one is missing or any stands twice. */
function columnsOf({ cells }: CsvRow): Columns | null {
  const names = cells.map((name) => name.trim().toLowerCase());
  const places = columnNames.map((name) => [name, names.indexOf(name)] as const);
  const columns = { ...(Object.fromEntries(places) as Record<(typeof columnNames)[number], number>), count: names.length };
  const complete = columns.headline !== -1 && (columns.timestamp_utc !== -1 || columns.date !== -1);
  return complete && new Set(names).size === names.length ? columns : null;
}

/** One literal for every headline, without a spread, and each cell looked at once: a file may have millions. */
function readRow({ line, cells }: CsvRow, columns: Columns): Result<FileHeadline, Refused> {
  if (cells.length !== columns.count) return fail({ kind: 'wrong_cell_count' });
  const times = readTimes(cells, columns);
  if (!times.ok) return times;
  const { publishedAt, date, knownAt: known, receivedAt } = times.value;
  const text = cellOf(cells, columns.headline);
  if (matchingText(text) === '') return fail({ kind: 'no_headline' });
  const tickers = tickersIn(cellOf(cells, columns.symbol));
  if (tickers === null) return fail({ kind: 'bad_symbol' });
  const source = cellOf(cells, columns.source) || cellOf(cells, columns.publisher) || cellOf(cells, columns.section);
  const headline = {
    line,
    publishedAt,
    date,
    knownAt: known,
    receivedAt,
    text: bounded(text, TEXT_MAX),
    source: bounded(source, SOURCE_MAX),
    tickers,
    vendorId: cellOf(cells, columns.vendor_id) || null,
  };
  // The compiler takes the three times apart; `readTimes` gives one at least.
  return ok(headline as FileHeadline);
}

const cellOf = (cells: readonly string[], place: number): string => (place === -1 ? '' : (cells[place] ?? '').trim());

const noTickers: readonly string[] = [];

function tickersIn(cell: string): readonly string[] | null {
  if (cell === '') return noTickers;
  if (tickerShape.test(cell)) return [cell];
  const tickers = cell.split(/[|;,\s]+/).filter((ticker) => ticker !== '');
  return tickers.every((ticker) => tickerShape.test(ticker)) ? tickers : null;
}

type TimesOfRow = Pick<FileHeadline, 'publishedAt' | 'date' | 'knownAt' | 'receivedAt'>;

/** When it came out, and what the columns that a file of `catalyst news` has besides say of when it was known. */
function readTimes(cells: readonly string[], columns: Columns): Result<TimesOfRow, Refused> {
  const publishedAt = timeIn(cellOf(cells, columns.timestamp_utc));
  const updatedAt = timeIn(cellOf(cells, columns.updated_utc));
  const receivedAt = timeIn(cellOf(cells, columns.received_utc));
  if (publishedAt === 'bad' || updatedAt === 'bad' || receivedAt === 'bad') return fail({ kind: 'bad_time' });
  const told = updatedAt !== null || receivedAt !== null;
  const known = told ? knownAt({ publishedAt, updatedAt, receivedAt, arrival: arrivalIn(cellOf(cells, columns.arrival)) }) : null;
  if (publishedAt !== null) return ok({ publishedAt, date: null, knownAt: known, receivedAt });
  const date = cellOf(cells, columns.date);
  if (date === '' && known !== null) return ok({ publishedAt: null, date: null, knownAt: known, receivedAt });
  const day: SessionDate | null = parseSessionDate(date);
  return day === null ? fail({ kind: 'bad_date' }) : ok({ publishedAt: null, date: day, knownAt: known, receivedAt });
}

/** A word that nobody here has written counts as the later of the two. */
const arrivalIn = (cell: string): Arrival => (cell === '' || cell === 'history' ? 'history' : 'live');

const tickerShape = /^[A-Z0-9][A-Z0-9.-]{0,9}$/;

const timeIn = (text: string): Instant | null | 'bad' => (text === '' ? null : (parseSecond(text) ?? 'bad'));

const secondShape = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{3}))?Z$/;

/** "2018-02-16T14:30:00Z", or with milliseconds, and nothing looser: another zone or a missing one would shift what was known when. */
function parseSecond(text: string): Instant | null {
  const match = secondShape.exec(text);
  const date = match === null ? null : parseSessionDate(match[1] ?? '');
  if (match === null || date === null) return null;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4]);
  return instant(dayOf(date) * DAY_MS + seconds * 1000 + Number(match[5] ?? 0));
}

/** Cut by characters as people count them, so that no half of a pair is left at the end. */
function bounded(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
