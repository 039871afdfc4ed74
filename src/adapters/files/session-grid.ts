import {
  type BarRows,
  ROW_CLOSE,
  ROW_FILE,
  ROW_HIGH,
  ROW_INTS,
  ROW_LINE,
  ROW_LOW,
  ROW_MINUTE,
  ROW_OPEN,
  ROW_SYMBOL,
  ROW_VOLUME,
} from '#adapters/files/bar-rows';
import type { SessionHours } from '#adapters/files/session-windows';
import type { SessionDate } from '#domain/values/session-date';
import { type Ticker, ticker } from '#domain/values/symbol';
import type { SessionBars } from '#engine/ports/bar-source';

const MINUTES = 1440;
const ABSENT = -1;

/** Which column each ticker has; tickers take the next ones in the order of their first session, by name within it. */
export class GridColumns {
  /** Column by index of the ticker table; −1 before it appears. */
  #columns = new Int32Array(0);
  width = 0;

  columnOf(symbol: number): number {
    return symbol < this.#columns.length ? (this.#columns[symbol] as number) : ABSENT;
  }

  /** Gives columns to the tickers of a session that have none yet; they are the answer, in their order. */
  list(present: Uint8Array, names: readonly string[]): readonly Ticker[] {
    if (names.length > this.#columns.length) {
      const wider = new Int32Array(names.length).fill(ABSENT);
      wider.set(this.#columns);
      this.#columns = wider;
    }
    const fresh: { name: string; symbol: number }[] = [];
    for (let symbol = 0; symbol < present.length; symbol++) {
      if (present[symbol] === 1 && this.#columns[symbol] === ABSENT) fresh.push({ name: names[symbol] ?? '', symbol });
    }
    fresh.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    for (const { symbol } of fresh) this.#columns[symbol] = this.width++;
    return fresh.map(({ name }) => ticker(name));
  }
}

export type GridOptions = {
  readonly date: SessionDate;
  readonly rows: BarRows;
  readonly names: readonly string[];
  readonly columns: GridColumns;
  readonly hours: SessionHours;
  /** A row whose cell is taken already: the first one read stays. */
  readonly duplicate: (file: number, line: number) => void;
};

/** The rows of one session as a grid in shared memory; widens `columns` by the tickers it lists. */
export function gridOf({ date, rows, names, columns, hours, duplicate }: GridOptions): SessionBars {
  const present = new Uint8Array(names.length);
  const rowOfMinute = new Int32Array(MINUTES).fill(ABSENT);
  for (let minute = hours.openMinute; minute < hours.closeMinute; minute++) rowOfMinute[minute] = 0;
  mark(rows, present, rowOfMinute);
  const listed = columns.list(present, names);
  const minutes = numberRows(rowOfMinute);
  const grid = emptyGrid(minutes.length * columns.width);
  const bars = fill(grid, rows, { rowOfMinute, columns, duplicate });
  return { date, minutes, width: columns.width, bars, ...grid, listed, splits: [] };
}

type Grid = Pick<SessionBars, 'open' | 'high' | 'low' | 'close' | 'volume'>;

function emptyGrid(cells: number): Grid {
  const column = (): Int32Array => new Int32Array(new SharedArrayBuffer(cells * 4));
  return { open: column(), high: column(), low: column(), close: column(), volume: column().fill(ABSENT) };
}

// The loops over rows stand alone: V8 compiles a loop while it runs, and throws it away at the first line behind it that
// it has never seen, so that with the rest of `gridOf` it compiled both loops anew for every session.

function mark({ values, count }: BarRows, present: Uint8Array, rowOfMinute: Int32Array): void {
  for (let at = 0; at < count * ROW_INTS; at += ROW_INTS) {
    present[values[at + ROW_SYMBOL] as number] = 1;
    rowOfMinute[values[at + ROW_MINUTE] as number] = 0;
  }
}

/** How many cells were taken. */
function fill(
  { open, high, low, close, volume }: Grid,
  { values, count }: BarRows,
  { rowOfMinute, columns, duplicate }: Pick<GridOptions, 'columns' | 'duplicate'> & { readonly rowOfMinute: Int32Array },
): number {
  const { width } = columns;
  let bars = 0;
  for (let at = 0; at < count * ROW_INTS; at += ROW_INTS) {
    const cell = (rowOfMinute[values[at + ROW_MINUTE] as number] as number) * width + columns.columnOf(values[at + ROW_SYMBOL] as number);
    if (volume[cell] !== ABSENT) {
      duplicate(values[at + ROW_FILE] as number, values[at + ROW_LINE] as number);
      continue;
    }
    open[cell] = values[at + ROW_OPEN] as number;
    high[cell] = values[at + ROW_HIGH] as number;
    low[cell] = values[at + ROW_LOW] as number;
    close[cell] = values[at + ROW_CLOSE] as number;
    volume[cell] = values[at + ROW_VOLUME] as number;
    bars++;
  }
  return bars;
}

/** Numbers the marked minutes in place and lists them. */
function numberRows(rowOfMinute: Int32Array): Int32Array {
  const minutes: number[] = [];
  for (let minute = 0; minute < MINUTES; minute++) {
    if (rowOfMinute[minute] === ABSENT) continue;
    rowOfMinute[minute] = minutes.length;
    minutes.push(minute);
  }
  const shared = new Int32Array(new SharedArrayBuffer(minutes.length * 4));
  shared.set(minutes);
  return shared;
}
