import { cellsOf } from '#adapters/files/csv-lines';
import type { FileProblem } from '#adapters/files/file-problem';
import { readHeadedLines } from '#adapters/files/headed-lines';
import { fail, ok, type Result } from '#domain/values/result';
import { ticker } from '#domain/values/symbol';

/** In which sector companies are, by ticker. */
export type Sectors = ReadonlyMap<string, string>;

export type SectorsProblem =
  | FileProblem
  | { readonly kind: 'bad_sector'; readonly path: string; readonly line: number; readonly found: string };

const expected = 'a header with the columns symbol and sector (or "GICS Sector")';
const columns = { symbol: ['symbol', 'ticker'], sector: ['sector', 'gics sector'] } as const;

/** Reads a list of companies with their sectors (CSV); other columns are left unread, and a company stands in it once. */
export async function readSectors(path: string): Promise<Result<Sectors, SectorsProblem>> {
  const read = await readHeadedLines(path, expected);
  if (!read.ok) return read;
  const { header, lines } = read.value;
  const names = (cellsOf(header) ?? []).map((name) => name.trim().toLowerCase());
  const place = (wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name));
  const [symbolAt, sectorAt] = [place(columns.symbol), place(columns.sector)];
  if (symbolAt < 0 || sectorAt < 0) return fail({ kind: 'other_shape', path, expected, found: `"${header.slice(0, 80)}"` });
  const sectors = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const cells = cellsOf(line);
    const [symbol, sector] = [ticker(cells?.[symbolAt]?.trim() ?? ''), cells?.[sectorAt]?.trim() ?? ''];
    if (symbol === '' || sector === '' || sectors.has(symbol))
      return fail({ kind: 'bad_sector', path, line: index + 2, found: line.slice(0, 80) });
    sectors.set(symbol, sector);
  }
  return ok(sectors);
}
