import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BarRows, ROW_DAY, ROW_INTS, TickerTable } from '#adapters/files/bar-rows';
import { RefusedRows } from '#adapters/files/refused-rows';
import { SessionWindows } from '#adapters/files/session-windows';
import { fail, ok, type Result } from '#domain/values/result';
import { dateOfDay, dayOf } from '#domain/values/session-date';
import type { BarProblem } from '#main/bars/bar-problem';
import { readBarFile } from '#main/bars/read-bar-file';
import { type BarsRequest, otherKind, type SessionReader, wanted } from '#main/bars/session-reader';
import { usSessionHours } from '#main/bars/us-session-hours';

/** Beyond this, files are to be imported first: a row takes 40 bytes of memory here. */
const WHOLE_ROWS_MAX = 20_000_000;

/** Files that hold several sessions each: all of them are read at once, then given session by session. */
export async function wholeReader(
  paths: readonly string[],
  request: BarsRequest,
  rowsMax = WHOLE_ROWS_MAX,
): Promise<Result<SessionReader, BarProblem>> {
  const tickers = new TickerTable();
  const windows = new SessionWindows(usSessionHours);
  const refused = new RefusedRows();
  const days = new Map<number, BarRows>();
  const scratch = mkdtempSync(join(tmpdir(), 'catalyst-bars-'));
  const take = (values: Int32Array, count: number): void => takeByDay(days, request, values, count);
  let rows = 0;
  try {
    for (const [fileIndex, file] of paths.entries()) {
      const read = await readBarFile(
        file,
        { file, fileIndex, tickers, windows, barLabel: request.barLabel, refused, take },
        scratch,
        rowsMax - rows,
      );
      if (!read.ok) return read.problem.kind === 'too_many_rows' ? fail({ ...read.problem, path: request.path, max: rowsMax }) : read;
      const other = otherKind(read.value.resolution, request, file);
      if (other !== null) return fail(other);
      rows += read.value.rows;
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const sessions = [...days.keys()].sort((a, b) => a - b).map(dateOfDay);
  return ok({
    sessions,
    tickers,
    files: paths,
    splits: [],
    refused,
    skipped: [],
    read: async (date) => {
      const rows = days.get(dayOf(date));
      if (rows === undefined) return fail({ kind: 'unknown_session', date, first: null, last: null });
      days.delete(dayOf(date));
      return ok(rows);
    },
    close: async () => days.clear(),
  });
}

function takeByDay(days: Map<number, BarRows>, request: BarsRequest, values: Int32Array, count: number): void {
  let from = 0;
  while (from < count) {
    const day = values[from * ROW_INTS + ROW_DAY] as number;
    let to = from + 1;
    while (to < count && values[to * ROW_INTS + ROW_DAY] === day) to++;
    let rows = days.get(day);
    if (rows === undefined && wanted(dateOfDay(day), request)) {
      rows = new BarRows(1024);
      days.set(day, rows);
    }
    rows?.append(values, from, to);
    from = to;
  }
}
