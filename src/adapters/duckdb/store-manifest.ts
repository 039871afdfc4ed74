import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '#domain/values/result';
import { parseSessionDate, type SessionDate } from '#domain/values/session-date';

export const STORE_SCHEMA = 1;
export const MANIFEST = 'catalyst-store.json';

export type StoredSession = { readonly date: SessionDate; readonly rows: number; readonly bytes: number; readonly sha256: string };

export type StoredImport = {
  readonly number: number;
  /** ISO-8601, UTC. */
  readonly at: string;
  readonly inputs: readonly string[];
  readonly rowsKept: number;
  readonly rowsRefused: number;
  readonly added: number;
  readonly replaced: number;
};

export type StoredSplit = { readonly symbol: string; readonly date: SessionDate; readonly ratio: number };

/** `catalyst-store.json`: what the folder holds. A symbol of the Parquet files is its place in `symbols`, which only grows. */
export type StoreManifest = {
  readonly schema: number;
  readonly resolution: 'minute' | 'daily';
  readonly symbols: readonly string[];
  /** Ascending by date. */
  readonly sessions: readonly StoredSession[];
  readonly splits: readonly StoredSplit[];
  readonly imports: readonly StoredImport[];
};

export type StoreProblem =
  | { readonly kind: 'no_store'; readonly path: string }
  | { readonly kind: 'store_unreadable'; readonly path: string; readonly reason: string }
  | { readonly kind: 'store_schema'; readonly path: string; readonly schema: number; readonly supported: number };

export const sessionPath = (store: string, date: SessionDate): string => join(store, 'bars', `${date}.parquet`);
export const reportPath = (store: string, number: number): string => join(store, 'reports', `${number}.json`);

/** The manifest of the store at a path, looked at closely enough to be relied on. */
export async function readManifest(store: string): Promise<Result<StoreManifest, StoreProblem>> {
  let text: string;
  try {
    text = await readFile(join(store, MANIFEST), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return fail({ kind: 'no_store', path: store });
    if (typeof code !== 'string') throw error;
    return fail({ kind: 'store_unreadable', path: store, reason: code });
  }
  return parseManifest(store, text);
}

function parseManifest(path: string, text: string): Result<StoreManifest, StoreProblem> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail({ kind: 'store_unreadable', path, reason: `${MANIFEST} is not JSON` });
  }
  const { schema, resolution, symbols, sessions, splits, imports } = (raw ?? {}) as Partial<Record<keyof StoreManifest, unknown>>;
  if (typeof schema !== 'number') return fail({ kind: 'store_unreadable', path, reason: `${MANIFEST} has no schema` });
  if (schema !== STORE_SCHEMA) return fail({ kind: 'store_schema', path, schema, supported: STORE_SCHEMA });
  const sound =
    (resolution === 'minute' || resolution === 'daily') &&
    Array.isArray(symbols) &&
    symbols.every((symbol) => typeof symbol === 'string') &&
    Array.isArray(sessions) &&
    sessions.every(isSession) &&
    Array.isArray(splits) &&
    splits.every(isSplit) &&
    Array.isArray(imports);
  if (!sound) return fail({ kind: 'store_unreadable', path, reason: `${MANIFEST} lacks a field or has one of another type` });
  return ok(raw as StoreManifest);
}

function isSession(raw: unknown): boolean {
  const { date, rows, bytes, sha256 } = (raw ?? {}) as Partial<Record<keyof StoredSession, unknown>>;
  return isDate(date) && Number.isSafeInteger(rows) && Number.isSafeInteger(bytes) && typeof sha256 === 'string';
}

function isSplit(raw: unknown): boolean {
  const { symbol, date, ratio } = (raw ?? {}) as Partial<Record<keyof StoredSplit, unknown>>;
  return typeof symbol === 'string' && isDate(date) && typeof ratio === 'number' && ratio > 0;
}

const isDate = (raw: unknown): boolean => typeof raw === 'string' && parseSessionDate(raw) !== null;
