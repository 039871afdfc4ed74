import { readManifest, type StoredImport } from '#adapters/duckdb/store-manifest';
import { settleStore } from '#adapters/duckdb/store-swap';
import { ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import type { BarProblem } from '#main/bars/bar-problem';

export type StoreListing = {
  readonly path: string;
  readonly resolution: 'minute' | 'daily';
  readonly symbols: readonly string[];
  readonly sessions: readonly { readonly date: SessionDate; readonly rows: number; readonly bytes: number }[];
  readonly rows: number;
  readonly bytes: number;
  readonly splits: number;
  readonly imports: readonly StoredImport[];
};

/** What a store holds, as its manifest says; `checkStore` compares that with the files. */
export async function listStore(path: string): Promise<Result<StoreListing, BarProblem>> {
  await settleStore(path);
  const read = await readManifest(path);
  if (!read.ok) return read;
  const { resolution, symbols, sessions, splits, imports } = read.value;
  return ok({
    path,
    resolution,
    symbols,
    sessions: sessions.map(({ date, rows, bytes }) => ({ date, rows, bytes })),
    rows: sessions.reduce((sum, { rows }) => sum + rows, 0),
    bytes: sessions.reduce((sum, { bytes }) => sum + bytes, 0),
    splits: splits.length,
    imports,
  });
}
