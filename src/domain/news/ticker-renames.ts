import type { SessionDate } from '#domain/values/session-date';

/** From the session of `on` the listing `from` trades as `to`. */
type Rename = { readonly from: string; readonly to: string; readonly on: string };

/** Facts with their day. Source: the exchanges' notices of symbol changes; a day not known for certain is not here. */
const renames: readonly Rename[] = [
  { from: 'QQQ', to: 'QQQQ', on: '2004-12-01' },
  { from: 'QQQQ', to: 'QQQ', on: '2011-03-23' },
  { from: 'SPWRA', to: 'SPWR', on: '2011-11-17' },
  { from: 'COH', to: 'TPR', on: '2017-10-31' },
  { from: 'PCLN', to: 'BKNG', on: '2018-02-27' },
  { from: 'KORS', to: 'CPRI', on: '2019-01-02' },
  { from: 'HRS', to: 'LHX', on: '2019-07-01' },
  { from: 'SYMC', to: 'NLOK', on: '2019-11-05' },
  { from: 'BBT', to: 'TFC', on: '2019-12-09' },
  { from: 'UTX', to: 'RTX', on: '2020-04-03' },
  { from: 'CTL', to: 'LUMN', on: '2020-09-18' },
  { from: 'VIAC', to: 'PARA', on: '2022-02-17' },
  { from: 'FB', to: 'META', on: '2022-06-09' },
  { from: 'ANTM', to: 'ELV', on: '2022-06-28' },
  { from: 'NLOK', to: 'GEN', on: '2022-11-08' },
  { from: 'ABC', to: 'COR', on: '2023-08-30' },
  { from: 'GPS', to: 'GAP', on: '2024-08-22' },
  { from: 'SQ', to: 'XYZ', on: '2025-01-21' },
];

/**
 * The column that a ticker in a text means on a day. A column keeps the name it was listed with, so a later name leads to
 * the column of the earlier and the other way round; but no name is a company's before the day on which it became so.
 */
export function columnOn<Column>(ticker: string, date: SessionDate, columns: ReadonlyMap<string, Column>): Column | undefined {
  if (isTooEarly(ticker, date)) return undefined;
  const own = columns.get(ticker);
  if (own !== undefined) return own;
  for (let name = before(ticker, date); name !== undefined; name = before(name.from, name.on)) {
    const column = columns.get(name.from);
    if (column !== undefined) return column;
  }
  for (let name = after(ticker, '', date); name !== undefined; name = after(name.to, name.on, date)) {
    const column = columns.get(name.to);
    if (column !== undefined) return column;
  }
  return undefined;
}

/** Whether the company took this name only later; a name that it left and took again was its own before as well. */
const isTooEarly = (ticker: string, date: SessionDate): boolean =>
  renames.some(({ to, on }) => to === ticker && date < on) &&
  !renames.some(({ to, on }) => to === ticker && date >= on) &&
  !renames.some(({ from, on }) => from === ticker && date < on);

/** How the name came about, by the day at the latest; and what became of it, after one day and by another. */
const before = (ticker: string, date: string): Rename | undefined => renames.findLast(({ to, on }) => to === ticker && on <= date);
const after = (ticker: string, since: string, date: string): Rename | undefined =>
  renames.find(({ from, on }) => from === ticker && on > since && on <= date);
