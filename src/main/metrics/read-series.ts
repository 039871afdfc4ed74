import { type BadLine, cellsOf, readLines } from '#adapters/files/csv-lines';
import { readDecimal } from '#adapters/files/decimal-text';
import { readTimeText } from '#adapters/files/time-text';
import { type Returns, returnsOf } from '#domain/statistics/returns/returns';
import { assert } from '#domain/values/assert';
import { DAY_MS, formatInstant, instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import { dateOfDay } from '#domain/values/session-date';
import { type SeriesColumns, type SeriesKind, seriesColumns } from '#main/metrics/series-columns';
import type { SeriesProblem } from '#main/metrics/series-problem';

export type SeriesOptions = {
  readonly path: string;
  readonly kind: SeriesKind;
  readonly column: string | undefined;
  /** Returns as 1.2 for 1.2 %. */
  readonly percent: boolean;
};

/** Returns with the date at whose end each was known, and the line of the file that says so. */
export type DatedReturns = {
  readonly path: string;
  readonly column: string;
  readonly dates: readonly string[];
  readonly lines: readonly number[];
  readonly returns: Returns;
};

type Row = { readonly line: number; readonly ms: number; readonly value: number };

const SHOWN = 40;
/** More than a thousandfold in one period is a mistake in the file; the rounding of two prices is none. */
const GAIN_MAX = 999 + 1e-6;
/** Text of one character a byte; a mark of byte order looks like this in it. */
const BYTE_ORDER_MARK = /^ï»¿/;

/** Reads a .csv or .csv.gz of dated returns, or of prices of which it makes returns. A file is used whole or not at all. */
export async function readSeries(options: SeriesOptions): Promise<Result<DatedReturns, SeriesProblem>> {
  const { path, kind, column } = options;
  const rows: Row[] = [];
  let columns: SeriesColumns | null = null;
  const read = await readLines<SeriesProblem>(path, (whole, line) => {
    const text = (line === 1 ? whole.replace(BYTE_ORDER_MARK, '') : whole).replace(/\r$/, '');
    if (text.trim() === '') return null;
    if (text.includes('\0')) return bad(path, line, 'bytes that are not text');
    const cells = cellsOf(text);
    if (cells === null) return bad(path, line, 'a quote is not closed on the line');
    if (columns === null) {
      const found = seriesColumns(cells, kind, column);
      if (typeof found === 'string') return { kind: 'bad_columns', path, found, columns: cells.slice(0, 20).map(shown) };
      columns = found;
      if (found.header !== null) return null;
    }
    const row = rowOf(cells, columns, rows.at(-1), options);
    if (typeof row === 'string') return bad(path, line, row);
    rows.push({ ...row, line });
    return null;
  });
  if (!read.ok) {
    const { problem } = read;
    return fail<SeriesProblem>(problem.kind === 'not_found' ? { ...problem, expected: `a CSV file of ${kind}` } : problem);
  }
  return seriesOf(rows, columns, options);
}

/** A row without its line, or what is wrong with it in words. */
function rowOf(cells: readonly string[], columns: SeriesColumns, before: Row | undefined, options: SeriesOptions) {
  if (cells.length !== columns.count) return `${cells.length} columns, where the first line has ${columns.count}`;
  const written = (cells[columns.time] ?? '').trim();
  const ms = timeOf(written);
  if (typeof ms === 'string') return ms;
  if (before !== undefined && ms === before.ms) return `the date ${dateText(ms)} stands in line ${before.line} already`;
  if (before !== undefined && ms < before.ms)
    return `${dateText(ms)} comes after ${dateText(before.ms)} (line ${before.line}): rows must come oldest first`;
  const value = numberIn((cells[columns.value] ?? '').trim(), columns.name, options);
  return typeof value === 'string' ? value : { ms, value };
}

function timeOf(written: string): number | string {
  if (written === '') return 'the date is blank';
  if (/^\d{1,2}[-/.]/.test(written)) return `"${shown(written)}" may be read in two ways: write dates with the year first`;
  return readTimeText(written, 'month_first')?.ms ?? `"${shown(written)}" is no date that can be read`;
}

function numberIn(cell: string, name: string, { kind, percent }: SeriesOptions): number | string {
  if (cell === '') return `${name} is blank: take the row out, or fill it`;
  const number = readDecimal(cell)?.value;
  if (number === undefined || !Number.isFinite(number)) return `${name} is "${shown(cell)}", which is no number`;
  if (kind === 'prices') return number > 0 ? number : `${name} is ${shown(cell)}, and a price is above zero`;
  const value = percent ? number / 100 : number;
  if (value > -1 && value <= GAIN_MAX) return value;
  const advice = percent ? '' : ': if the file is in percent give --percent, if it holds prices --prices';
  const why = value > 0 ? 'more than a thousandfold in one period' : 'a loss of everything or more, which cannot be compounded';
  return `${name} is ${shown(cell)}, ${why}${advice}`;
}

function seriesOf(rows: readonly Row[], columns: SeriesColumns | null, { path, kind }: SeriesOptions): Result<DatedReturns, SeriesProblem> {
  if (columns === null || rows.length === 0) return fail({ kind: 'too_short', path, found: `holds no ${kind}` });
  const dated = kind === 'returns' ? rows : changesOf(rows);
  if (dated.length === 0) return fail({ kind: 'too_short', path, found: 'holds one price, and a return is made of two' });
  const leap = dated.find(({ value }) => !(value > -1 && value <= GAIN_MAX));
  if (leap !== undefined)
    return fail(bad(path, leap.line, 'the price rises more than a thousandfold, or falls to nothing, from one row to the next'));
  const returns = returnsOf(dated.map(({ value }) => value));
  assert(returns.ok, 'there are rows, and each is a return');
  return ok({
    path,
    column: columns.name,
    dates: dated.map(({ ms }) => dateText(ms)),
    lines: dated.map(({ line }) => line),
    returns: returns.value,
  });
}

/** The first price has no return. */
function changesOf(prices: readonly Row[]): readonly Row[] {
  return prices.slice(1).map((row, at) => ({ ...row, value: row.value / (prices[at]?.value ?? Number.NaN) - 1 }));
}

/** A date, and with the time of day where there is one. */
const dateText = (ms: number): string => (ms % DAY_MS === 0 ? dateOfDay(ms / DAY_MS) : formatInstant(instant(ms)));

const bad = (path: string, line: number, found: string): BadLine => ({ kind: 'bad_line', path, line, found });
const shown = (text: string): string => text.slice(0, SHOWN).replace(/[^\x20-\x7e]/g, '?');
