import { type StoredBars, storedBars } from '#adapters/duckdb/session-parquet';
import { type BarRows, ROW_FILE, ROW_INTS, ROW_LINE, ROW_MINUTE, ROW_SYMBOL } from '#adapters/files/bar-rows';

type Place = (file: number, line: number) => void;

/** Called with the place of each second bar of a cell, and of each row that is earlier than the one of its symbol before it in its file. */
export type TableNotes = { readonly duplicate: Place; readonly disorder: Place };

const MINUTES = 1440;

/**
 * The rows of a session by minute and then by symbol, one for each cell: the first that was read. `idOf` gives the
 * store's number of a ticker index. Sorting is by filling a grid, which takes a pass over rows and one over cells.
 */
export function sortedBars(rows: BarRows, idOf: Int32Array, ids: number, notes: TableNotes): StoredBars {
  const { values, count } = rows;
  const ints = count * ROW_INTS;
  const slotOfMinute = usedMinutes(values, ints);
  const rowAt = new Int32Array((slotOfMinute[MINUTES] as number) * ids);
  const lastMinute = new Int32Array(ids).fill(-1);
  const lastFile = new Int32Array(ids).fill(-1);
  let kept = 0;
  for (let at = 0, row = 1; at < ints; at += ROW_INTS, row++) {
    const id = idOf[values[at + ROW_SYMBOL] as number] as number;
    const minute = values[at + ROW_MINUTE] as number;
    const file = values[at + ROW_FILE] as number;
    const cell = (slotOfMinute[minute] as number) * ids + id;
    if (rowAt[cell] !== 0) {
      notes.duplicate(file, values[at + ROW_LINE] as number);
      continue;
    }
    if (lastFile[id] === file && minute < (lastMinute[id] as number)) notes.disorder(file, values[at + ROW_LINE] as number);
    lastMinute[id] = minute;
    lastFile[id] = file;
    rowAt[cell] = row;
    kept++;
  }
  return gathered(values, rowAt, ids, kept);
}

function gathered(values: Int32Array, rowAt: Int32Array, ids: number, kept: number): StoredBars {
  const bars = storedBars(kept);
  let to = 0;
  for (let cell = 0; cell < rowAt.length; cell++) {
    const row = rowAt[cell] as number;
    if (row === 0) continue;
    const at = (row - 1) * ROW_INTS;
    bars.symbol[to] = cell % ids;
    bars.minute[to] = values[at + 2] as number;
    bars.open[to] = values[at + 3] as number;
    bars.high[to] = values[at + 4] as number;
    bars.low[to] = values[at + 5] as number;
    bars.close[to] = values[at + 6] as number;
    bars.volume[to] = values[at + 7] as number;
    to++;
  }
  return bars;
}

/** The place of each used minute among the used ones; after the last minute their number. */
function usedMinutes(values: Int32Array, ints: number): Int32Array {
  const places = new Int32Array(MINUTES + 1);
  for (let at = 0; at < ints; at += ROW_INTS) places[values[at + ROW_MINUTE] as number] = 1;
  let used = 0;
  for (let minute = 0; minute < MINUTES; minute++) {
    if (places[minute] === 1) places[minute] = used++;
  }
  places[MINUTES] = used;
  return places;
}
