import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readCsv } from '#adapters/headlines/csv';
import { type UnreadableFile, withText } from '#adapters/headlines/text-file';
import { fail, ok, type Result } from '#domain/values/result';

/** What companies were called in one year, and in that year only: tickers and names move on. */
export type NamesFile = {
  readonly year: number;
  readonly companies: readonly { readonly ticker: string; readonly names: readonly string[] }[];
  readonly refused: readonly { readonly kind: 'bad_row' | 'ticker_twice'; readonly file: string; readonly line: number }[];
};

export type NamesFileProblem =
  | UnreadableFile
  | { readonly kind: 'not_a_names_file'; readonly file: string; readonly expected: string; readonly received: string };

const EXPECTED = 'the header symbol,name_YYYY,aliases in a file symbols_YYYY.csv of the same year';
const fileShape = /^symbols_(\d{4})\.csv(?:\.gz)?$/;
const headerShape = /^symbol,name_(\d{4}),aliases$/;
const RECEIVED_MAX = 80;

/** Reads `symbols_YYYY.csv`: a ticker, its company's name that year and what headlines call it, separated by "|". */
export async function readNamesFile(file: string): Promise<Result<NamesFile, NamesFileProblem>> {
  const read = await withText(file, (pieces) => readRows(file, pieces));
  return read.ok ? read.value : read;
}

async function readRows(file: string, pieces: AsyncIterable<string>): Promise<Result<NamesFile, NamesFileProblem>> {
  let year: number | null = null;
  const companies = new Map<string, readonly string[]>();
  const refused: NamesFile['refused'][number][] = [];
  for await (const record of readCsv(pieces)) {
    const cells = record.kind === 'row' ? record.cells.map((cell) => cell.trim()) : [];
    if (year === null) {
      year = yearOf(file, cells);
      if (year === null) return anotherShape(file, cells.join(','));
      continue;
    }
    const [ticker = '', name = '', aliases] = cells;
    if (cells.length !== 3 || ticker === '' || name === '') refused.push({ kind: 'bad_row', file, line: record.line });
    else if (companies.has(ticker)) refused.push({ kind: 'ticker_twice', file, line: record.line });
    else companies.set(ticker, namesOf(name, aliases ?? ''));
  }
  if (year === null) return anotherShape(file, '');
  return ok({ year, companies: [...companies].map(([ticker, names]) => ({ ticker, names })), refused });
}

const anotherShape = (file: string, received: string) =>
  fail({ kind: 'not_a_names_file', file, expected: EXPECTED, received: received.slice(0, RECEIVED_MAX) });

function yearOf(file: string, header: readonly string[]): number | null {
  const year = headerShape.exec(header.join(','))?.[1];
  return year !== undefined && year === fileShape.exec(basename(file))?.[1] ? Number(year) : null;
}

const namesOf = (name: string, aliases: string): readonly string[] =>
  [...new Set([name, ...aliases.split('|').map((alias) => alias.trim())])].filter((each) => each !== '');

/** Beside a `news/` folder lies `reference/` with `symbols_YYYY.csv`; none when the data has no such folder. Oldest first. */
export async function findNamesFiles(newsFile: string): Promise<readonly string[]> {
  const folder = join(dirname(newsFile), '..', 'reference');
  try {
    const found = await readdir(folder);
    return found
      .filter((name) => fileShape.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}
