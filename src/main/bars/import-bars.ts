import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MANIFEST, readManifest, reportPath, STORE_SCHEMA, type StoreManifest } from '#adapters/duckdb/store-manifest';
import { incomingOf, lockStore, swapStore } from '#adapters/duckdb/store-swap';
import { findBarFiles } from '#adapters/files/bar-files';
import { readSplits, type Split } from '#adapters/files/corporate-actions';
import type { BarLabel } from '#adapters/files/csv-bars';
import type { Resolution } from '#adapters/files/csv-header';
import { fail, ok, type Result } from '#domain/values/result';
import { dateOfDay, dayOf, type SessionDate } from '#domain/values/session-date';
import type { BarProblem } from '#main/bars/bar-problem';
import { carryOver } from '#main/bars/carry-over';
import type { ImportReport, ReadFile, RefusedFile } from '#main/bars/import-report';
import { type Staged, stageFiles } from '#main/bars/stage-files';
import { usSessionHours } from '#main/bars/us-session-hours';
import { type Written, writeSessions } from '#main/bars/write-sessions';

export type ImportProgress =
  | { readonly kind: 'file_read'; readonly file: ReadFile | RefusedFile; readonly done: number; readonly of: number }
  | { readonly kind: 'session_written'; readonly date: SessionDate; readonly rows: number; readonly done: number; readonly of: number };

export type ImportOptions = {
  /** Files or folders of files; CSV, gzipped CSV or Parquet. */
  readonly inputs: readonly string[];
  /** Folder of the store; made when it is not there. */
  readonly store: string;
  readonly barLabel: BarLabel;
  /** Whether sessions that the store has are replaced; otherwise they are refused. */
  readonly replace: boolean;
  /** A file of splits. */
  readonly actions?: string;
  readonly onProgress?: (progress: ImportProgress) => void;
};

/**
 * Brings bars into a store: a new one, or one that has other sessions already. The store is exchanged for the new one
 * at the very end; until then, whatever happens to this process, it stays as it was.
 */
export async function importBars(options: ImportOptions): Promise<Result<ImportReport, BarProblem>> {
  const paths = await inputPaths(options.inputs);
  if (!paths.ok) return paths;
  const splits = options.actions === undefined ? ok([]) : await readSplits(options.actions);
  if (!splits.ok) return splits;
  mkdirSync(dirname(resolve(options.store)), { recursive: true });
  const locked = lockStore(options.store);
  if (!locked.ok) return locked;
  try {
    const before = await storeBefore(options.store);
    if (!before.ok) return before;
    return await importInto(before.value, paths.value, splits.value, options);
  } finally {
    rmSync(incomingOf(options.store), { recursive: true, force: true });
    locked.value();
  }
}

async function importInto(
  before: StoreManifest | null,
  paths: readonly string[],
  newSplits: readonly Split[],
  options: ImportOptions,
): Promise<Result<ImportReport, BarProblem>> {
  const { store, barLabel, replace, onProgress } = options;
  const incoming = incomingOf(store);
  const target = join(incoming, 'store');
  for (const folder of ['bars', 'reports']) mkdirSync(join(target, folder), { recursive: true });
  const onFile = (file: ReadFile | RefusedFile, done: number, of: number): void => onProgress?.({ kind: 'file_read', file, done, of });
  const staged = await stageFiles({ paths, barLabel, resolution: before?.resolution ?? null, folder: join(incoming, 'rows'), onFile });
  const splits = mergedSplits(before?.splits ?? [], newSplits);
  const onSession = (date: SessionDate, rows: number, done: number, of: number): void =>
    onProgress?.({ kind: 'session_written', date, rows, done, of });
  const written = await writeSessions({ staged, before, replace, splits, target, onSession });
  const resolution = staged.resolution;
  if (resolution === null || (written.sessions.length === 0 && newSplits.length === 0)) return fail(nothing(staged, written));
  const { manifest, report } = describe({ before, staged, written, splits, options, resolution });
  carryOver(before, written.sessions, store, target);
  writeFileSync(reportPath(target, report.number), `${JSON.stringify(report, null, 1)}\n`);
  writeFileSync(join(target, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
  swapStore(store, target);
  return ok(report);
}

async function inputPaths(inputs: readonly string[]): Promise<Result<readonly string[], BarProblem>> {
  const paths: string[] = [];
  for (const input of inputs) {
    const found = await findBarFiles(input);
    if (!found.ok) return found;
    paths.push(...(found.value.kind === 'any_files' ? found.value.paths : found.value.sessions.map(({ path }) => path)));
  }
  return ok([...new Set(paths.map((path) => resolve(path)))]);
}

/** The store's manifest; `null` for a store that is still to be made. */
async function storeBefore(store: string): Promise<Result<StoreManifest | null, BarProblem>> {
  const manifest = await readManifest(store);
  if (manifest.ok || manifest.problem.kind !== 'no_store') return manifest;
  if (!existsSync(store)) return ok(null);
  try {
    return readdirSync(store).length === 0 ? ok(null) : fail({ kind: 'not_a_store', path: store });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return fail({ kind: 'not_a_store', path: store });
    throw error;
  }
}

function nothing(staged: Staged, written: Written): BarProblem {
  if (written.kept.length > 0) return { kind: 'sessions_already_stored', dates: written.kept };
  return { kind: 'nothing_to_import', refusedFiles: staged.refusedFiles.length, refusedRows: staged.refused.total };
}

/** A later word on the same day of a symbol replaces the earlier one. */
function mergedSplits(old: readonly Split[], fresh: readonly Split[]): readonly Split[] {
  const byDay = new Map([...old, ...fresh].map((split) => [`${split.date} ${split.symbol}`, split]));
  return [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, split]) => split);
}

type Described = {
  readonly before: StoreManifest | null;
  readonly staged: Staged;
  readonly written: Written;
  readonly splits: readonly Split[];
  readonly options: ImportOptions;
  readonly resolution: Resolution;
};

function describe({ before, staged, written, splits, options, resolution }: Described): { manifest: StoreManifest; report: ImportReport } {
  const number = (before?.imports.at(-1)?.number ?? 0) + 1;
  const at = new Date().toISOString();
  const fresh = new Set(written.sessions.map(({ date }) => date));
  const had = new Set(before?.sessions.map(({ date }) => date) ?? []);
  const sessions = [...(before?.sessions.filter(({ date }) => !fresh.has(date)) ?? []), ...written.sessions].sort((a, b) =>
    a.date < b.date ? -1 : 1,
  );
  const added = [...fresh].filter((date) => !had.has(date));
  const replaced = [...fresh].filter((date) => had.has(date));
  const rowsKept = written.sessions.reduce((sum, { rows }) => sum + rows, 0);
  const rowsRefused = staged.refused.total;
  const report: ImportReport = {
    number,
    at,
    resolution,
    barLabel: options.barLabel,
    files: staged.files,
    refusedFiles: staged.refusedFiles,
    rowsRead: staged.rowsRead,
    rowsKept,
    rowsRefused,
    refused: staged.refused.tallies(),
    pricesRounded: staged.pricesRounded,
    added,
    replaced,
    kept: written.kept,
    missing: missingBetween(sessions.map(({ date }) => date)),
    splits: splits.length,
    quality: written.quality,
  };
  const record = { number, at, inputs: options.inputs, rowsKept, rowsRefused, added: added.length, replaced: replaced.length };
  const manifest: StoreManifest = {
    schema: STORE_SCHEMA,
    resolution,
    symbols: written.symbols,
    sessions,
    splits,
    imports: [...(before?.imports ?? []), record],
  };
  return { manifest, report };
}

/** Sessions of the calendar that a list of dates skips. */
function missingBetween(dates: readonly SessionDate[]): readonly SessionDate[] {
  const first = dates[0];
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return [];
  const present = new Set(dates);
  const missing: SessionDate[] = [];
  for (let day = dayOf(first); day < dayOf(last); day++) {
    const date = dateOfDay(day);
    if (!present.has(date) && usSessionHours(date) !== null) missing.push(date);
  }
  return missing;
}
