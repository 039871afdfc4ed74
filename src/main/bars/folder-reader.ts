import { BarRows, ROW_DAY, ROW_FILE, ROW_INTS, ROW_LINE, TickerTable } from '#adapters/files/bar-rows';
import { readCsvFile } from '#adapters/files/csv-file';
import { RefusedRows } from '#adapters/files/refused-rows';
import { SessionWindows } from '#adapters/files/session-windows';
import { fail, ok, type Result } from '#domain/values/result';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import type { BarProblem } from '#main/bars/bar-problem';
import { type BarsRequest, otherKind, type SessionReader, wanted } from '#main/bars/session-reader';
import { usSessionHours } from '#main/bars/us-session-hours';

type SessionFile = { readonly date: SessionDate; readonly path: string };

/** A folder with one CSV a session, named by date; each is read when it is loaded. */
export function folderReader(found: readonly SessionFile[], request: BarsRequest): SessionReader {
  const inRange = found.filter(({ date }) => wanted(date, request));
  const isSession = ({ date }: SessionFile): boolean => usSessionHours(date) !== null;
  const skipped = inRange.filter((file) => !isSession(file)).map(({ path }) => path);
  const sessionFiles = inRange.filter(isSession);
  const files = sessionFiles.map(({ path }) => path);
  const tickers = new TickerTable();
  const windows = new SessionWindows(usSessionHours);
  const refused = new RefusedRows();
  /** One for all sessions: fresh memory of this size costs as much as half of the reading. */
  const rows = new BarRows(1024);

  async function read(date: SessionDate): Promise<Result<BarRows, BarProblem>> {
    const fileIndex = sessionFiles.findIndex((file) => file.date === date);
    const file = files[fileIndex];
    if (file === undefined) return fail({ kind: 'unknown_session', date, first: null, last: null });
    const day = dayOf(date);
    rows.count = 0;
    const take = (values: Int32Array, count: number): void =>
      takeDay(rows, day, values, count, (_, line) => refused.add('other_session', file, line));
    const done = await readCsvFile(file, { file, fileIndex, tickers, windows, barLabel: request.barLabel, refused, take });
    if (!done.ok) return done;
    const other = otherKind(done.value.resolution, request, file);
    if (other !== null) return fail(other);
    return ok(rows);
  }

  return { sessions: sessionFiles.map(({ date }) => date), tickers, files, splits: [], refused, skipped, read, close: async () => {} };
}

/** Appends the rows of one day and hands the others to `other`. */
function takeDay(rows: BarRows, day: number, values: Int32Array, count: number, other: (file: number, line: number) => void): void {
  let from = 0;
  for (let row = 0; row < count; row++) {
    if (values[row * ROW_INTS + ROW_DAY] === day) continue;
    if (row > from) rows.append(values, from, row);
    other(values[row * ROW_INTS + ROW_FILE] as number, values[row * ROW_INTS + ROW_LINE] as number);
    from = row + 1;
  }
  if (count > from) rows.append(values, from, count);
}
