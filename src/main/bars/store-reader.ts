import { stat } from 'node:fs/promises';
import { openDatabase } from '#adapters/duckdb/database';
import { readSessionParquet, type StoredBars } from '#adapters/duckdb/session-parquet';
import { type StoreManifest, sessionPath } from '#adapters/duckdb/store-manifest';
import { BarRows, ROW_INTS, TickerTable } from '#adapters/files/bar-rows';
import { RefusedRows } from '#adapters/files/refused-rows';
import { fail, ok, type Result } from '#domain/values/result';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import type { BarProblem } from '#main/bars/bar-problem';
import { type BarsRequest, type SessionReader, wanted } from '#main/bars/session-reader';

/** Sessions of an imported store. */
export async function storeReader(manifest: StoreManifest, request: BarsRequest): Promise<Result<SessionReader, BarProblem>> {
  if (manifest.resolution === 'daily') return fail({ kind: 'daily_bars', path: request.path });
  const sessions = new Map(manifest.sessions.filter(({ date }) => wanted(date, request)).map((session) => [session.date, session]));
  const tickers = new TickerTable();
  for (const symbol of manifest.symbols) tickers.indexOf(symbol);
  const database = await openDatabase();

  async function read(date: SessionDate): Promise<Result<BarRows, BarProblem>> {
    const path = sessionPath(request.path, date);
    const session = sessions.get(date);
    if (session === undefined) return fail({ kind: 'unknown_session', date, first: null, last: null });
    const bytes = await sizeOf(path);
    if (bytes !== session.bytes)
      return fail({
        kind: 'session_damaged',
        path,
        found: bytes === null ? 'it is missing' : `${bytes} bytes instead of ${session.bytes}`,
      });
    const bars = await readSessionParquet(database.connection, path);
    if (bars.rows !== session.rows) return fail({ kind: 'session_damaged', path, found: `${bars.rows} rows instead of ${session.rows}` });
    return ok(rowsOf(bars, dayOf(date)));
  }

  return ok({
    sessions: [...sessions.keys()],
    tickers,
    files: [],
    splits: manifest.splits,
    refused: new RefusedRows(),
    skipped: [],
    read,
    close: () => database.close(),
  });
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

function rowsOf(bars: StoredBars, day: number): BarRows {
  const rows = new BarRows(Math.max(1, bars.rows));
  const { values } = rows;
  const { minute, symbol, open, high, low, close, volume } = bars;
  for (let row = 0, at = 0; row < bars.rows; row++, at += ROW_INTS) {
    values[at] = day;
    values[at + 1] = symbol[row] as number;
    values[at + 2] = minute[row] as number;
    values[at + 3] = open[row] as number;
    values[at + 4] = high[row] as number;
    values[at + 5] = low[row] as number;
    values[at + 6] = close[row] as number;
    values[at + 7] = volume[row] as number;
  }
  rows.count = bars.rows;
  return rows;
}
