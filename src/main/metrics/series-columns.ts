import { readDecimal } from '#adapters/files/decimal-text';
import { readTimeText } from '#adapters/files/time-text';

export type SeriesKind = 'returns' | 'prices';

/** Where a file of dated numbers has its date and the number that is wanted. */
export type SeriesColumns = {
  /** null in a file without a header: its first line is a row. */
  readonly header: readonly string[] | null;
  readonly count: number;
  readonly time: number;
  readonly value: number;
  /** The column as people know it. */
  readonly name: string;
};

const times = ['date', 'datetime', 'timestamp', 'timestamp_utc', 'time', 'day'];
/** In the order in which they are preferred. */
const values: Readonly<Record<SeriesKind, readonly string[]>> = {
  returns: ['return', 'returns', 'ret', 'daily return', 'daily_return', 'daily returns', 'daily_returns', 'pct_change'],
  prices: ['adj close', 'adj_close', 'adjclose', 'adjusted close', 'adjusted_close', 'close', 'price'],
};

/** The columns that a first line announces, or what is wrong with it in words. Names may be in any case and order. */
export function seriesColumns(first: readonly string[], kind: SeriesKind, wanted: string | undefined): SeriesColumns | string {
  const cells = first.map((cell) => cell.trim());
  if (isRow(cells)) return withoutHeader(cells.length, wanted);
  const lower = cells.map((cell) => cell.toLowerCase());
  const dated = lower.flatMap((name, at) => (times.includes(name) ? [at] : []));
  if (dated.length > 1) return 'several columns hold a date';
  // An index of pandas has no name.
  const time = dated[0] ?? (lower[0] === '' ? 0 : undefined);
  if (time === undefined) return 'no column is named date, time or timestamp';
  const found = valueColumn(lower, time, kind, wanted?.trim().toLowerCase());
  if (typeof found === 'string') return found;
  return { header: cells, count: cells.length, time, value: found, name: cells[found] ?? '' };
}

/** A first line that holds a date and numbers already. */
function isRow(cells: readonly string[]): boolean {
  return readTimeText(cells[0] ?? '', 'month_first') !== null && cells.slice(1).some((cell) => readDecimal(cell) !== null);
}

function withoutHeader(count: number, wanted: string | undefined): SeriesColumns | string {
  if (wanted !== undefined) return `the first line names no columns, so none is "${wanted}"`;
  if (count !== 2) return `the first line names no columns, and has ${count} of them where a date and one number were expected`;
  return { header: null, count, time: 0, value: 1, name: 'the second column' };
}

function valueColumn(lower: readonly string[], time: number, kind: SeriesKind, wanted: string | undefined): number | string {
  const others = lower.map((_, at) => at).filter((at) => at !== time);
  const named = (name: string): readonly number[] => others.filter((at) => lower[at] === name);
  const names = wanted === undefined ? values[kind] : [wanted];
  for (const name of names) {
    const places = named(name);
    if (places.length > 1) return `${places.length} columns are named ${name}`;
    if (places[0] !== undefined) return places[0];
  }
  if (wanted !== undefined) return `no column is named ${wanted}`;
  if (others.length === 1 && others[0] !== undefined && !(kind === 'returns' && isPrice(lower[others[0]]))) return others[0];
  if (kind === 'returns' && lower.some(isPrice)) return 'no column is named return, but there are prices: give --prices, or a --column';
  return `no column is named ${kind === 'returns' ? 'return or returns' : 'adj close or close'}: give its name with --column`;
}

const isPrice = (name: string | undefined): boolean => values.prices.includes(name ?? '');
