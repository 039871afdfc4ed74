import { TickerTable } from '#adapters/files/bar-rows';
import type { BarLabel } from '#adapters/files/csv-bars';
import type { Resolution } from '#adapters/files/csv-header';
import { RefusedRows } from '#adapters/files/refused-rows';
import { SessionWindows } from '#adapters/files/session-windows';
import { Staging } from '#adapters/files/staging';
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
    const read = await readBarFile(path, { file: path, fileIndex, tickers, windows, barLabel, refused: refusedHere, take: staging.take }, folder);
    const problem = !read.ok ? read.problem : differing(path, kind, read.value.resolution);
    if (problem !== null || !read.ok) {
      staging.drop();
      const file = refusedFile(path, problem);
      refusedFiles.push(file);
      onFile(file, fileIndex + 1, paths.length);
      continue;
    }
    staging.keep();
    refused.merge(refusedHere.tallies());
    kind = read.value.resolution;
    rowsRead += read.value.rows;
    pricesRounded += read.value.rounded;
    const file = { path, rows: read.value.rows };
    files.push(file);
    onFile(file, fileIndex + 1, paths.length);
  }
  return { staging, tickers, paths, refused, files, refusedFiles, rowsRead, pricesRounded, resolution: kind };
}

const differing = (path: string, holds: Resolution | null, found: Resolution): BarProblem | null =>
  holds === null || holds === found ? null : { kind: 'resolution_differs', path, holds: found, found: holds };

const refusedFile = (path: string, problem: BarProblem | null): RefusedFile =>
  problem === null ? { path, kind: 'unknown', because: '' } : { path, kind: problem.kind, because: barProblemText(problem) };
