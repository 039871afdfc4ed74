import { type CsvRow, readCsv } from '#adapters/headlines/csv';
import { type Arrival, knownAt } from '#adapters/headlines/headline-log';
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

/** A row that was left out, and where it stands. */
export type RefusedRow = {
  readonly kind: 'open_quote' | 'stray_quote' | 'too_long' | 'wrong_cell_count' | 'bad_time' | 'bad_date' | 'no_headline' | 'bad_symbol';
  readonly file: string;
  readonly line: number;
  readonly received: string;
};

export type HeadlineFile = {
  readonly headlines: readonly FileHeadline[];
  /** `rows` counts every record below the header, refused ones included. */
  readonly report: { readonly rows: number; readonly refused: readonly RefusedRow[] };
};

export type HeadlineFileProblem =
  | UnreadableFile
  | { readonly kind: 'not_a_headline_file'; readonly file: string; readonly expected: string; readonly received: string };

const EXPECTED =
  'a header with headline, and timestamp_utc or date; optionally symbol, source, publisher, section, vendor_id, updated_utc, received_utc, arrival';
const TEXT_MAX = 500;
const RECEIVED_MAX = 80;

type Columns = ReadonlyMap<string, number>;
type Refused = { readonly kind: RefusedRow['kind']; readonly received: string };

/** Reads a CSV or CSV.gz file of headlines. Bad rows are reported and left out; a file of another shape is refused whole. */
export async function readHeadlineFile(file: string): Promise<Result<HeadlineFile, HeadlineFileProblem>> {
  const read = await withText(file, (pieces) => readRows(file, pieces));
  return read.ok ? read.value : read;
}

async function readRows(file: string, pieces: AsyncIterable<string>): Promise<Result<HeadlineFile, HeadlineFileProblem>> {
  let columns: Columns | null = null;
  const headlines: FileHeadline[] = [];
  const refused: RefusedRow[] = [];
  let rows = 0;
  for await (const record of readCsv(pieces)) {
    if (columns === null) {
      columns = record.kind === 'row' ? columnsOf(record) : null;
      if (columns === null) return anotherShape(file, record.kind === 'row' ? record.cells.join(',') : record.problem);
      continue;
    }
    rows++;
    if (record.kind === 'refused') refused.push({ kind: record.problem, file, line: record.line, received: '' });
    else {
      const headline = readRow(record, columns);
      if (headline.ok) headlines.push(headline.value);
      else refused.push({ ...headline.problem, file, line: record.line });
    }
  }
  return columns === null ? anotherShape(file, '') : ok({ headlines, report: { rows, refused } });
}

const anotherShape = (file: string, received: string) =>
  fail({ kind: 'not_a_headline_file', file, expected: EXPECTED, received: bounded(received, RECEIVED_MAX) });

/** Where each column stands; `null` when a needed one is missing or any stands twice. */
function columnsOf({ cells }: CsvRow): Columns | null {
  const columns = new Map(cells.map((name, at) => [name.trim().toLowerCase(), at]));
  const complete = columns.has('headline') && (columns.has('timestamp_utc') || columns.has('date'));
  return complete && columns.size === cells.length ? columns : null;
}

function readRow({ line, cells }: CsvRow, columns: Columns): Result<FileHeadline, Refused> {
  if (cells.length !== columns.size) return refuse('wrong_cell_count', `${cells.length} cells of ${columns.size}`);
  const cell = (name: string): string => cells[columns.get(name) ?? -1]?.trim() ?? '';
  const arrived = readArrival(cell);
  if (!arrived.ok) return arrived;
  const { knownAt: known, ...told } = arrived.value;
  const times = readTimes(cell('timestamp_utc'), cell('date'), known);
  if (!times.ok) return times;
  if (matchingText(cell('headline')) === '') return refuse('no_headline', cell('headline'));
  const tickers = cell('symbol')
    .split(/[|;,\s]+/)
    .filter((ticker) => ticker !== '');
  if (!tickers.every((ticker) => tickerShape.test(ticker))) return refuse('bad_symbol', cell('symbol'));
  const source = cell('source') || cell('publisher') || cell('section');
  return ok({
    ...times.value,
    ...told,
    line,
    text: bounded(cell('headline'), TEXT_MAX),
    source: bounded(source, RECEIVED_MAX),
    tickers,
  });
}

function readTimes(time: string, date: string, known: Instant | null): Result<Times, Refused> {
  if (known !== null && time === '' && date === '') return ok({ publishedAt: null, date: null, knownAt: known });
  const published = readPublished(time, date);
  if (!published.ok) return published;
  return ok(known === null ? { ...published.value, knownAt: known } : { ...published.value, knownAt: known });
}

type Arrived = Pick<FileHeadline, 'vendorId' | 'receivedAt'> & { readonly knownAt: Instant | null };

/** The columns that a file of `catalyst news` has besides. */
function readArrival(cell: (name: string) => string): Result<Arrived, Refused> {
  const times = ['timestamp_utc', 'updated_utc', 'received_utc'].map(cell);
  const [publishedAt, updatedAt, receivedAt] = times.map((time) => (time === '' ? null : parseSecond(time)));
  const bad = times.find((time) => time !== '' && parseSecond(time) === null);
  if (bad !== undefined) return refuse('bad_time', bad);
  // A word that nobody here has written counts as the later of the two.
  const arrival: Arrival = ['', 'history'].includes(cell('arrival')) ? 'history' : 'live';
  const told = times[1] !== '' || times[2] !== '';
  return ok({
    vendorId: cell('vendor_id') || null,
    receivedAt: receivedAt ?? null,
    knownAt: told
      ? knownAt({ publishedAt: publishedAt ?? null, updatedAt: updatedAt ?? null, receivedAt: receivedAt ?? null, arrival })
      : null,
  });
}

const tickerShape = /^[A-Z0-9][A-Z0-9.-]{0,9}$/;

function readPublished(time: string, date: string): Result<Published, Refused> {
  if (time !== '') {
    const publishedAt = parseSecond(time);
    return publishedAt === null ? refuse('bad_time', time) : ok({ publishedAt, date: null });
  }
  const day: SessionDate | null = parseSessionDate(date);
  return day === null ? refuse('bad_date', date) : ok({ publishedAt: null, date: day });
}

const secondShape = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{3}))?Z$/;

/** "2018-02-16T14:30:00Z", or with milliseconds, and nothing looser: another zone or a missing one would shift what was known when. */
function parseSecond(text: string): Instant | null {
  const match = secondShape.exec(text);
  const date = match === null ? null : parseSessionDate(match[1] ?? '');
  if (match === null || date === null) return null;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4]);
  return instant(dayOf(date) * DAY_MS + seconds * 1000 + Number(match[5] ?? 0));
}

const refuse = (kind: RefusedRow['kind'], received: string) => fail({ kind, received: bounded(received, RECEIVED_MAX) });

/** Cut by characters as people count them, so that no half of a pair is left at the end. */
function bounded(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
