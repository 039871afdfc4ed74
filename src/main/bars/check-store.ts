import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '#adapters/duckdb/database';
import { readSessionParquet, type StoredBars } from '#adapters/duckdb/session-parquet';
import { readManifest, type StoredSession, sessionPath } from '#adapters/duckdb/store-manifest';
import { settleStore } from '#adapters/duckdb/store-swap';
import { ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import type { BarProblem } from '#main/bars/bar-problem';
import { fingerprint } from '#main/bars/write-sessions';

export type StoreFault =
  | { readonly kind: 'file_missing'; readonly date: SessionDate }
  | { readonly kind: 'file_changed'; readonly date: SessionDate; readonly bytes: number; readonly expected: number }
  | { readonly kind: 'rows_differ'; readonly date: SessionDate; readonly rows: number; readonly expected: number }
  | { readonly kind: 'bad_bar'; readonly date: SessionDate; readonly row: number }
  | { readonly kind: 'unknown_file'; readonly name: string };

export type StoreCheck = { readonly sessions: number; readonly rows: number; readonly faults: readonly StoreFault[] };

/** Reads all of a store again and compares it with its manifest, file by file and bar by bar. */
export async function checkStore(
  path: string,
  onSession?: (date: SessionDate, done: number, of: number) => void,
): Promise<Result<StoreCheck, BarProblem>> {
  await settleStore(path);
  const read = await readManifest(path);
  if (!read.ok) return read;
  const { sessions, symbols } = read.value;
  const faults: StoreFault[] = unknownFiles(path, sessions);
  let rows = 0;
  const database = await openDatabase();
  try {
    for (const [index, session] of sessions.entries()) {
      const file = sessionPath(path, session.date);
      const changed = fileFault(file, session);
      if (changed !== null) faults.push(changed);
      else {
        const bars = await readSessionParquet(database.connection, file);
        rows += bars.rows;
        const fault = barsFault(session, bars, symbols.length);
        if (fault !== null) faults.push(fault);
      }
      onSession?.(session.date, index + 1, sessions.length);
    }
  } finally {
    database.close();
  }
  return ok({ sessions: sessions.length, rows, faults });
}

/** The fault in a sentence. */
export function storeFaultText(fault: StoreFault): string {
  switch (fault.kind) {
    case 'file_missing':
      return `${fault.date}: the file is missing.`;
    case 'file_changed':
      return `${fault.date}: the file is not the one that was written (${fault.bytes} bytes, ${fault.expected} were written).`;
    case 'rows_differ':
      return `${fault.date}: ${fault.rows} bars instead of ${fault.expected}.`;
    case 'bad_bar':
      return `${fault.date}: bar ${fault.row} is impossible or out of order.`;
    default:
      return `bars/${fault.name} belongs to no session of the store.`;
  }
}

function unknownFiles(path: string, sessions: readonly StoredSession[]): StoreFault[] {
  const folder = join(path, 'bars');
  const known = new Set(sessions.map(({ date }) => `${date}.parquet`));
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names.filter((name) => !known.has(name)).map((name) => ({ kind: 'unknown_file', name }));
}

function fileFault(file: string, { date, bytes: expected, sha256 }: StoredSession): StoreFault | null {
  if (!existsSync(file)) return { kind: 'file_missing', date };
  const found = fingerprint(file);
  return found.sha256 === sha256 ? null : { kind: 'file_changed', date, bytes: found.bytes, expected };
}

function barsFault({ date, rows: expected }: StoredSession, bars: StoredBars, symbols: number): StoreFault | null {
  if (bars.rows !== expected) return { kind: 'rows_differ', date, rows: bars.rows, expected };
  let before = -1;
  for (let row = 0; row < bars.rows; row++) {
    const symbol = bars.symbol[row] as number;
    const key = (bars.minute[row] as number) * symbols + symbol;
    if (symbol < 0 || symbol >= symbols || key <= before || !possible(bars, row)) return { kind: 'bad_bar', date, row };
    before = key;
  }
  return null;
}

function possible({ open, high, low, close, volume }: StoredBars, row: number): boolean {
  const h = high[row] as number;
  const l = low[row] as number;
  const o = open[row] as number;
  const c = close[row] as number;
  return l > 0 && l <= o && l <= c && h >= o && h >= c && (volume[row] as number) >= 0;
}
