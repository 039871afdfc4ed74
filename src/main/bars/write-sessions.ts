import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openDatabase } from '#adapters/duckdb/database';
import { writeSessionParquet } from '#adapters/duckdb/session-parquet';
import { type StoredSession, type StoreManifest, sessionPath } from '#adapters/duckdb/store-manifest';
import { type BarRows, ROW_FILE, ROW_INTS, ROW_LINE, ROW_SYMBOL } from '#adapters/files/bar-rows';
import type { Split } from '#adapters/files/corporate-actions';
import type { RowFault } from '#adapters/files/refused-rows';
import { assert } from '#domain/values/assert';
import { dateOfDay, type SessionDate } from '#domain/values/session-date';
import type { Quality } from '#main/bars/import-report';
import { QualityCheck } from '#main/bars/quality';
import { sortedBars } from '#main/bars/session-table';
import type { Staged } from '#main/bars/stage-files';
import { usSessionHours } from '#main/bars/us-session-hours';

export type Written = {
  /** Ascending by date. */
  readonly sessions: readonly StoredSession[];
  /** Sessions that the store has and that were not replaced. */
  readonly kept: readonly SessionDate[];
  /** All symbols of the store, old ones first. */
  readonly symbols: readonly string[];
  readonly quality: Quality;
};

export type WriteOptions = {
  readonly staged: Staged;
  readonly before: StoreManifest | null;
  readonly replace: boolean;
  readonly splits: readonly Split[];
  readonly target: string;
  readonly onSession: (date: SessionDate, rows: number, done: number, of: number) => void;
};

/** Writes the staged rows session by session, oldest first, and looks at their quality on the way. */
export async function writeSessions({ staged, before, replace, splits, target, onSession }: WriteOptions): Promise<Written> {
  const { staging, paths, refused } = staged;
  const had = new Set(before?.sessions.map(({ date }) => date) ?? []);
  const symbols = new SymbolNumbers(before?.symbols ?? []);
  const quality = new QualityCheck(staged.resolution === 'daily', splits);
  const refuse =
    (fault: RowFault) =>
    (file: number, line: number): void =>
      refused.add(fault, paths[file] ?? '', line);
  const notes = {
    duplicate: refuse('duplicate'),
    disorder: (file: number, line: number): void => quality.disorder({ file: paths[file] ?? '', line }),
  };
  const sessions: StoredSession[] = [];
  const kept: SessionDate[] = [];
  const days = staging.days();
  const database = await openDatabase();
  try {
    for (const [index, day] of days.entries()) {
      const date = dateOfDay(day);
      const rows = staging.takeOut(day);
      if (had.has(date) && !replace) {
        kept.push(date);
        eachRow(rows, refuse('session_already_stored'));
        continue;
      }
      const hours = usSessionHours(date);
      assert(hours !== null, 'rows are accepted on sessions only');
      const idOf = symbols.number(rows, staged.tickers.names);
      const bars = sortedBars(rows, idOf, symbols.names.length, notes);
      quality.session(date, hours, bars, symbols.names);
      const path = sessionPath(target, date);
      await writeSessionParquet(database.connection, path, bars);
      sessions.push({ date, rows: bars.rows, ...fingerprint(path) });
      onSession(date, bars.rows, index + 1, days.length);
    }
  } finally {
    database.close();
  }
  return { sessions, kept, symbols: symbols.names, quality: quality.result(symbols.names) };
}

/** Size and SHA-256 of a file. */
export function fingerprint(path: string): { readonly bytes: number; readonly sha256: string } {
  const bytes = readFileSync(path);
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function eachRow({ values, count }: BarRows, visit: (file: number, line: number) => void): void {
  for (let at = 0; at < count * ROW_INTS; at += ROW_INTS) visit(values[at + ROW_FILE] as number, values[at + ROW_LINE] as number);
}

/** The store's numbers of symbols: in order of the first session, by name within it, after those that it has. */
class SymbolNumbers {
  readonly names: string[];
  readonly #numbers: Map<string, number>;
  #byTicker = new Int32Array(0);

  constructor(known: readonly string[]) {
    this.names = [...known];
    this.#numbers = new Map(known.map((name, number) => [name, number]));
  }

  /** Numbers by index of the ticker table, for the tickers of these rows at least. */
  number({ values, count }: BarRows, tickers: readonly string[]): Int32Array {
    if (this.#byTicker.length < tickers.length) this.#byTicker = new Int32Array(tickers.length).fill(-1);
    const fresh = new Set<number>();
    for (let at = 0; at < count * ROW_INTS; at += ROW_INTS) {
      const ticker = values[at + ROW_SYMBOL] as number;
      if (this.#byTicker[ticker] === -1) fresh.add(ticker);
    }
    const named = [...fresh].map((ticker) => ({ ticker, name: tickers[ticker] ?? '' })).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { ticker, name } of named) this.#byTicker[ticker] = this.#numberOf(name);
    return this.#byTicker;
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.names.length);
    this.names.push(name);
    return this.names.length - 1;
  }
}
