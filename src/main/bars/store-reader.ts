import { stat } from 'node:fs/promises';
import { openDatabase } from '#adapters/duckdb/database';
import { readSessionParquet, type StoredBars } from '#adapters/duckdb/session-parquet';
import { type StoreManifest, sessionPath } from '#adapters/duckdb/store-manifest';
import { BarRows, ROW_INTS, TickerTable } from '#adapters/files/bar-rows';
import { RefusedRows } from '#adapters/files/refused-rows';
import { fail, ok, type Result } from '#domain/values/result';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import type { BarProblem } from '#main/bars/bar-problem';
import { type BarsRequest, otherKind, type SessionReader, wanted } from '#main/bars/session-reader';

/** Sessions of an imported store. */
export async function storeReader(manifest: StoreManifest, request: BarsRequest): Promise<Result<SessionReader, BarProblem>> {
  const other = otherKind(manifest.resolution, request, request.path);
  if (other !== null) return fail(other);
  const sessions = new Map(manifest.sessions.filter(({ date }) => wanted(date, request)).map((session) => [session.date, session]));
  const tickers = new TickerTable();
  for (const symbol of manifest.symbols) tickers.indexOf(symbol);
  const dates = [...sessions.keys()];
  const database = await openDatabase();

  async function fetch(date: SessionDate): Promise<Result<StoredBars, BarProblem>> {
    const path = sessionPath(request.path, date);
    const session = sessions.get(date);
    if (session === undefined) return fail({ kind: 'unknown_session', date, first: dates[0] ?? null, last: dates.at(-1) ?? null });
    const damaged = (found: string) => fail({ kind: 'session_damaged', path, found });
    try {
      const { size } = await stat(path);
      if (size !== session.bytes) return damaged(`${size} bytes instead of ${session.bytes}`);
      const bars = await readSessionParquet(database.connection, path);
      return bars.rows === session.rows ? ok(bars) : damaged(`${bars.rows} rows instead of ${session.rows}`);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return damaged(error.message.split('\n', 1)[0] ?? '');
    }
  }

  /** The session after the one that was asked for is fetched meanwhile, in a thread of the database. */
  let ahead: { readonly date: SessionDate; readonly bars: ReturnType<typeof fetch> } | null = null;

  async function read(date: SessionDate): Promise<Result<BarRows, BarProblem>> {
    const bars = await (ahead?.date === date ? ahead.bars : fetch(date));
    const next = dates[dates.indexOf(date) + 1];
    ahead = next === undefined ? null : { date: next, bars: fetch(next) };
    return bars.ok ? ok(rowsOf(bars.value, dayOf(date))) : bars;
  }

  async function close(): Promise<void> {
    await ahead?.bars;
    database.close();
  }

  return ok({
    sessions: dates,
    tickers,
    files: [],
    splits: manifest.splits,
    refused: new RefusedRows(),
    skipped: [],
    read,
    close,
  });
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
