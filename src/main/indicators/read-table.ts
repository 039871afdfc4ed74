import { stat } from 'node:fs/promises';
import { type BadLine, cellsOf, readLines } from '#adapters/files/csv-lines';
import { type DecimalText, readDecimal } from '#adapters/files/decimal-text';
import { fileProblem } from '#adapters/files/file-problem';
import { type DateOrder, readTimeText } from '#adapters/files/time-text';
import type { BarField } from '#domain/indicators/calculation';
import { fail, ok, type Result } from '#domain/values/result';
import type { IndicatorProblem } from '#main/indicators/indicator-problem';
import { type TableShape, tableShape } from '#main/indicators/table-shape';

/** One line of a file of bars as it was written. */
export type TableRow = {
  readonly line: number;
  /** The whole line without its end, and what stood before the line feed. */
  readonly text: string;
  readonly ending: '' | '\r';
  /** '' in a file without symbols. */
  readonly symbol: string;
  readonly ms: number;
  readonly timed: boolean;
  readonly utc: boolean;
  /** In the order of the fields that were asked for. */
  readonly numbers: readonly DecimalText[];
};

export type TableReader = {
  header(shape: TableShape, text: string, ending: '' | '\r'): IndicatorProblem | null;
  row(row: TableRow): IndicatorProblem | null;
  /** Called now and then, to wait for whoever is slower. */
  breathe?(): Promise<void>;
};

export type TableOptions = {
  readonly path: string;
  /** The name under which people know the file. */
  readonly name: string;
  readonly order: DateOrder;
  readonly fields: () => readonly BarField[];
  /** Rows of other symbols are passed over. */
  readonly symbol: string | null;
};

const SHOWN = 60;
/** Text of one character a byte; a mark of byte order looks like this in it. */
const BYTE_ORDER_MARK = 'ï»¿';

/** Reads a file of bars from its first line to its last. Blank lines are passed over. */
export async function readTable(options: TableOptions, reader: TableReader): Promise<Result<number, IndicatorProblem>> {
  const { path, name } = options;
  try {
    if (!(await stat(path)).isFile()) return fail({ kind: 'no_file', path: name });
  } catch (error) {
    return fail(fileProblem(error, name, 'a file of bars'));
  }
  let shape: TableShape | null = null;
  const take = (text: string, line: number): IndicatorProblem | null => {
    const ending = text.endsWith('\r') ? '\r' : '';
    const bare = ending === '' ? text : text.slice(0, -1);
    if (bare.includes('\0')) return bad(name, line, 'bytes that are not text');
    if (shape === null) {
      const header = line === 1 && bare.startsWith(BYTE_ORDER_MARK) ? bare.slice(BYTE_ORDER_MARK.length) : bare;
      const cells = cellsOf(header);
      const found = cells === null ? 'a quote is not closed' : tableShape(cells);
      if (typeof found === 'string') return { kind: 'bad_header', path: name, found, header: shown(header) };
      shape = found;
      return reader.header(found, bare, ending);
    }
    if (bare.trim() === '') return null;
    const row = rowOf(bare, ending, line, shape, options);
    if (row === null) return null;
    return 'kind' in row ? row : reader.row(row);
  };
  const lines = await readLines<IndicatorProblem>(path, take, () => reader.breathe?.() ?? Promise.resolve());
  if (!lines.ok) return fail({ ...lines.problem, ...('path' in lines.problem && { path: name }) });
  if (shape === null) return fail({ kind: 'bad_header', path: name, found: 'the file is empty', header: '' });
  return ok(lines.value);
}

function rowOf(text: string, ending: '' | '\r', line: number, shape: TableShape, options: TableOptions): TableRow | BadLine | null {
  const { name, order, symbol: wanted } = options;
  const cells = cellsOf(text);
  if (cells === null) return bad(name, line, 'a quote is not closed on the line');
  if (cells.length !== shape.names.length) {
    return bad(name, line, `${cells.length} columns, where the header has ${shape.names.length}`);
  }
  const symbol = shape.symbol === null ? '' : (cells[shape.symbol] ?? '').trim();
  if (shape.symbol !== null && symbol === '') return bad(name, line, 'the symbol is blank');
  if (wanted !== null && shape.symbol !== null && symbol !== wanted) return null;
  const written = shape.time.map((column) => (cells[column] ?? '').trim()).join(' ');
  const time = readTimeText(written, order);
  if (time === null)
    return bad(name, line, written === '' ? 'the time is blank' : `"${shown(written)}" is no date or time that can be read`);
  const numbers: DecimalText[] = [];
  for (const field of options.fields()) {
    const column = shape.fields[field];
    const cell = column === undefined ? '0' : (cells[column] ?? '').trim();
    const number = readDecimal(cell);
    if (number === null || !Number.isFinite(number.value)) {
      return bad(name, line, cell === '' ? `${field} is blank` : `${field} is "${shown(cell)}", which is no number`);
    }
    if (number.value < 0) return bad(name, line, `${field} is ${shown(cell)}, below zero`);
    numbers.push(number);
  }
  return { line, text, ending, symbol, ms: time.ms, timed: time.timed, utc: time.utc || shape.utc, numbers };
}

export const bad = (path: string, line: number, found: string): BadLine => ({ kind: 'bad_line', path, line, found });

/** As much of a text as can be shown on a terminal. */
const shown = (text: string): string => text.slice(0, SHOWN).replace(/[^\x20-\x7e]/g, '?');
