import { TickerTable } from '#adapters/files/bar-rows';
import type { BarLabel } from '#adapters/files/csv-bars';
import type { CsvFileRead } from '#adapters/files/csv-file';
import type { Resolution } from '#adapters/files/csv-header';
import { RefusedRows } from '#adapters/files/refused-rows';
import { SessionWindows } from '#adapters/files/session-windows';
import { Staging } from '#adapters/files/staging';
import { fail, ok, type Result } from '#domain/values/result';
import { type BarProblem, barProblemText } from '#main/bars/bar-problem';
import { EXAMPLES_MAX, type ReadFile, type RefusedFile } from '#main/bars/import-report';
import { readBarFile } from '#main/bars/read-bar-file';
import { usSessionHours } from '#main/bars/us-session-hours';

/** The rows of all files sorted into sessions, and what became of the files. */
export type Staged = {
  readonly staging: Staging;
  readonly tickers: TickerTable;
  /** Paths by the number that rows carry. */
  readonly paths: readonly string[];
  readonly refused: RefusedRows;
  readonly files: readonly ReadFile[];
  readonly refusedFiles: readonly RefusedFile[];
  readonly rowsRead: number;
  readonly pricesRounded: number;
  /** `null` when no file could be read. */
  readonly resolution: Resolution | null;
};

export type StageOptions = {
  readonly paths: readonly string[];
  readonly barLabel: BarLabel;
  /** What the store holds already; otherwise the first file decides. */
  readonly resolution: Resolution | null;
  readonly folder: string;
  readonly onFile: (file: ReadFile | RefusedFile, done: number, of: number) => void;
};

/** Reads files one after another. A file that cannot be read to its end leaves no rows behind. */
export async function stageFiles({ paths, barLabel, resolution, folder, onFile }: StageOptions): Promise<Staged> {
  const staging = new Staging(folder);
  const tickers = new TickerTable();
  const windows = new SessionWindows(usSessionHours);
  const refused = new RefusedRows(EXAMPLES_MAX);
  const files: ReadFile[] = [];
  const refusedFiles: RefusedFile[] = [];
  let kind = resolution;
  let rowsRead = 0;
  let pricesRounded = 0;
  for (const [fileIndex, path] of paths.entries()) {
    const refusedHere = new RefusedRows(EXAMPLES_MAX);
    const read = await readBarFile(
      path,
      { file: path, fileIndex, tickers, windows, barLabel, refused: refusedHere, take: staging.take },
      folder,
    );
    const used = read.ok ? sameResolution(path, kind, read.value) : read;
    if (!used.ok) {
      staging.drop();
      const file = { path, kind: used.problem.kind, because: barProblemText(used.problem) };
      refusedFiles.push(file);
      onFile(file, fileIndex + 1, paths.length);
      continue;
    }
    staging.keep();
    refused.merge(refusedHere.tallies());
    kind = used.value.resolution;
    rowsRead += used.value.rows;
    pricesRounded += used.value.rounded;
    const file = { path, rows: used.value.rows };
    files.push(file);
    onFile(file, fileIndex + 1, paths.length);
  }
  return { staging, tickers, paths, refused, files, refusedFiles, rowsRead, pricesRounded, resolution: kind };
}

function sameResolution(path: string, store: Resolution | null, read: CsvFileRead): Result<CsvFileRead, BarProblem> {
  if (store === null || store === read.resolution) return ok(read);
  return fail({ kind: 'resolution_differs', path, holds: read.resolution, wanted: store });
}
