import { Buffer } from 'node:buffer';
import { ROW_INTS, type TickerTable } from '#adapters/files/bar-rows';
import { type CsvShape, shapeOfHeader } from '#adapters/files/csv-header';
import { BLANK, NEGATIVE, scan, scanPrice, scanVolume, TOO_LARGE } from '#adapters/files/csv-numbers';
import { readTime } from '#adapters/files/csv-time';
import type { RefusedRows, RowFault } from '#adapters/files/refused-rows';
import type { DayWindow, SessionWindows } from '#adapters/files/session-windows';
import { dayOf, parseSessionDate } from '#domain/values/session-date';

/** Whether a timestamp names the start or the end of its minute. */
export type BarLabel = 'start' | 'end';

/** Takes `count` rows of `ROW_INTS` integers; the array is used again for the next rows. */
export type RowTaker = (rows: Int32Array, count: number) => void;

export type CsvBarsOptions = {
  readonly file: string;
  /** What stands in `ROW_FILE` of each row. */
  readonly fileIndex: number;
  readonly tickers: TickerTable;
  readonly windows: SessionWindows;
  readonly barLabel: BarLabel;
  readonly refused: RefusedRows;
  readonly take: RowTaker;
};

const BATCH_ROWS = 4096;
const LINE_MAX = 65_536;
const LF = 10;
const CR = 13;
const COMMA = 44;
const T = 84;
const Z = 90;
const COLON = 58;
const ZERO = 48;
const DASH = 45;

/** Letters, digits and . - / ^ $ _ + = : every way that exchanges write a listing. */
const symbolBytes = new Uint8Array(256);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-/^$_+=:') symbolBytes[letter.charCodeAt(0)] = 1;
const SYMBOL_MAX = 32;

const priceFault = (code: number): RowFault => {
  if (code === BLANK) return 'blank_number';
  if (code === NEGATIVE || code === 0) return 'price_not_positive';
  return code === TOO_LARGE ? 'price_too_high' : 'unreadable_number';
};
const volumeFault = (code: number): RowFault => {
  if (code === BLANK) return 'blank_number';
  if (code === NEGATIVE) return 'volume_negative';
  return code === TOO_LARGE ? 'volume_too_large' : 'unreadable_number';
};

/**
 * Reads bars from the bytes of a CSV, in pieces of any size. A row becomes a bar or is refused with its line and fault;
 * nothing else happens to rows. Nothing is allocated for a row whose symbol and date are those of the row before.
 */
export class CsvBars {
  /** Known after the first line; `null` before. */
  shape: CsvShape | null = null;
  /** Rows read, without the header and blank lines. */
  rows = 0;
  /** Prices that had digits finer than 1e-4. */
  rounded = 0;
  readonly #options: CsvBarsOptions;
  readonly #batch = new Int32Array(BATCH_ROWS * ROW_INTS);
  #line = 0;
  #rest: Buffer | null = null;
  #window: DayWindow | null = null;
  readonly #windowsByDate = new Map<string, DayWindow | null>();
  readonly #dateBytes = new Uint8Array(10);
  readonly #symbolBytes = new Uint8Array(SYMBOL_MAX);
  #symbolLength = 0;
  #symbol = -1;

  constructor(options: CsvBarsOptions) {
    this.#options = options;
  }

  /** `false` when the first line is not a header that is known: the whole file is of another shape. */
  push(bytes: Buffer): boolean {
    const all = this.#rest === null ? bytes : concat(this.#rest, bytes);
    const end = all.lastIndexOf(LF) + 1;
    this.#rest = end === all.length ? null : all.subarray(end);
    if (this.#rest !== null && this.#rest.length > LINE_MAX && this.#line === 0) return false;
    return end === 0 || this.#lines(all, end);
  }

  /** Reads a last line that has no line feed. `false` as in `push`, and for an empty file. */
  end(): boolean {
    const rest = this.#rest;
    this.#rest = null;
    if (rest !== null && !this.#lines(concat(rest, newline), rest.length + 1)) return false;
    return this.shape !== null;
  }

  #lines(bytes: Buffer, end: number): boolean {
    let from = 0;
    if (this.shape === null) {
      from = bytes.indexOf(LF) + 1;
      this.#line = 1;
      this.shape = from > LINE_MAX ? null : shapeOfHeader(bytes.toString('utf8', 0, from - 1));
      if (this.shape === null) return false;
    }
    const roundedBefore = scan.rounded;
    if (this.shape.resolution === 'minute') this.#bars(bytes, from, end, this.shape.columns, true);
    else this.#bars(bytes, from, end, this.shape.columns, false);
    this.rounded += scan.rounded - roundedBefore;
    return true;
  }

  /** `end` follows a line feed, so that every scan below stops at or before it. */
  #bars(bytes: Buffer, from: number, end: number, columns: number, timed: boolean): void {
    const { fileIndex, take } = this.#options;
    const batch = this.#batch;
    const labelShift = this.#options.barLabel === 'end' && timed ? 1 : 0;
    const afterVolume = columns - 7;
    let count = 0;
    let at = from;
    while (at < end) {
      const start = at;
      this.#line++;
      const first = bytes[at] as number;
      if (first === LF || (first === CR && bytes[at + 1] === LF)) {
        at += first === LF ? 1 : 2;
        continue;
      }
      this.rows++;
      if (!this.#sameSymbol(bytes, at) && !this.#newSymbol(bytes, at)) {
        at = this.#refuse(bytes, start, columns, 'unreadable_symbol');
        continue;
      }
      at += this.#symbolLength + 1;
      if (!this.#sameDate(bytes, at)) this.#newDate(bytes, at);
      const window = this.#window;
      if (window === null) {
        at = this.#refuse(bytes, start, columns, 'unreadable_time');
        continue;
      }
      let day = window.day;
      let minute = 0;
      if (timed) {
        let utc = clockMinute(bytes, at + 10);
        at += 20;
        if (utc < 0) {
          const comma = bytes.indexOf(COMMA, at - 20);
          const time = comma < 0 ? null : readTime(bytes.toString('latin1', at - 20, Math.min(comma, at + 40)));
          if (time === null || !time.onMinute) {
            at = this.#refuse(bytes, start, columns, time === null ? 'unreadable_time' : 'not_on_a_minute');
            continue;
          }
          utc = time.minute;
          at = comma;
        }
        utc -= labelShift;
        minute = utc + window.shift;
        if (minute < window.from || minute >= window.to) {
          minute = utc + window.shiftBefore;
          day--;
          if (minute < window.fromBefore || minute >= window.toBefore) {
            at = this.#refuse(bytes, start, columns, window.from < window.to ? 'outside_hours' : 'closed_day');
            continue;
          }
        }
      } else {
        at += 10;
        if (window.from >= window.to) {
          at = this.#refuse(bytes, start, columns, 'closed_day');
          continue;
        }
      }
      if (bytes[at] !== COMMA) {
        at = this.#refuse(bytes, start, columns, 'unreadable_time');
        continue;
      }
      const open = scanPrice(bytes, at + 1);
      if (open <= 0 || bytes[scan.end] !== COMMA) {
        at = this.#refuse(bytes, start, columns, open <= 0 ? priceFault(open) : 'unreadable_number');
        continue;
      }
      const high = scanPrice(bytes, scan.end + 1);
      if (high <= 0 || bytes[scan.end] !== COMMA) {
        at = this.#refuse(bytes, start, columns, high <= 0 ? priceFault(high) : 'unreadable_number');
        continue;
      }
      const low = scanPrice(bytes, scan.end + 1);
      if (low <= 0 || bytes[scan.end] !== COMMA) {
        at = this.#refuse(bytes, start, columns, low <= 0 ? priceFault(low) : 'unreadable_number');
        continue;
      }
      const close = scanPrice(bytes, scan.end + 1);
      if (close <= 0 || bytes[scan.end] !== COMMA) {
        at = this.#refuse(bytes, start, columns, close <= 0 ? priceFault(close) : 'unreadable_number');
        continue;
      }
      const volume = scanVolume(bytes, scan.end + 1);
      if (volume < 0) {
        at = this.#refuse(bytes, start, columns, volumeFault(volume));
        continue;
      }
      at = scan.end;
      if (afterVolume > 0) at = skipColumns(bytes, at, afterVolume);
      if (bytes[at] === CR) at++;
      if (bytes[at] !== LF) {
        at = this.#refuse(bytes, start, columns, 'unreadable_number');
        continue;
      }
      at++;
      if (high < open || high < close || low > open || low > close) {
        at = this.#refuse(bytes, start, columns, 'ohlc_violation');
        continue;
      }
      const cell = count * ROW_INTS;
      batch[cell] = day;
      batch[cell + 1] = this.#symbol;
      batch[cell + 2] = minute;
      batch[cell + 3] = open;
      batch[cell + 4] = high;
      batch[cell + 5] = low;
      batch[cell + 6] = close;
      batch[cell + 7] = volume;
      batch[cell + 8] = fileIndex;
      batch[cell + 9] = this.#line;
      if (++count === BATCH_ROWS) {
        take(batch, count);
        count = 0;
      }
    }
    if (count > 0) take(batch, count);
  }

  #sameSymbol(bytes: Buffer, at: number): boolean {
    const known = this.#symbolBytes;
    const length = this.#symbolLength;
    if (length === 0 || bytes[at + length] !== COMMA) return false;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== known[i]) return false;
    return true;
  }

  #newSymbol(bytes: Buffer, at: number): boolean {
    let end = at;
    while (symbolBytes[bytes[end] as number] === 1) end++;
    const length = end - at;
    if (length === 0 || length > SYMBOL_MAX || bytes[end] !== COMMA) return false;
    this.#symbolBytes.set(bytes.subarray(at, end));
    this.#symbolLength = length;
    this.#symbol = this.#options.tickers.indexOf(bytes.toString('latin1', at, end));
    return true;
  }

  #sameDate(bytes: Buffer, at: number): boolean {
    const known = this.#dateBytes;
    for (let i = 9; i >= 0; i--) if (bytes[at + i] !== known[i]) return false;
    return true;
  }

  #newDate(bytes: Buffer, at: number): void {
    const text = bytes.toString('latin1', at, at + 10);
    let window = this.#windowsByDate.get(text);
    if (window === undefined) {
      const date = bytes[at + 4] === DASH ? parseSessionDate(text) : null;
      window = date === null ? null : this.#options.windows.of(dayOf(date));
      if (window !== null) this.#windowsByDate.set(text, window);
    }
    this.#window = window;
    // An unreadable date is not kept, because it may reach past the end of its line.
    if (window === null) this.#dateBytes.fill(0);
    else this.#dateBytes.set(bytes.subarray(at, at + 10));
  }

  /** Counts the row and gives where the next line starts. A wrong number of columns explains any other fault. */
  #refuse(bytes: Buffer, start: number, columns: number, fault: RowFault): number {
    const end = bytes.indexOf(LF, start);
    let commas = 0;
    for (let i = start; i < end; i++) if (bytes[i] === COMMA) commas++;
    const counted: RowFault = commas < columns - 1 ? 'missing_column' : commas > columns - 1 ? 'extra_column' : fault;
    this.#options.refused.add(counted, this.#options.file, this.#line);
    return end + 1;
  }
}

/** Minutes since midnight of "THH:MM:00Z,"; −1 for any other spelling, which is then read slowly. */
function clockMinute(bytes: Buffer, at: number): number {
  if (bytes[at + 9] !== Z || bytes[at + 10] !== COMMA || bytes[at + 8] !== ZERO || bytes[at + 7] !== ZERO) return -1;
  if (bytes[at] !== T || bytes[at + 3] !== COLON || bytes[at + 6] !== COLON) return -1;
  const h1 = (bytes[at + 1] as number) - ZERO;
  const h2 = (bytes[at + 2] as number) - ZERO;
  const m1 = (bytes[at + 4] as number) - ZERO;
  const m2 = (bytes[at + 5] as number) - ZERO;
  if (h1 < 0 || h1 > 2 || h2 < 0 || h2 > 9 || m1 < 0 || m1 > 5 || m2 < 0 || m2 > 9) return -1;
  const hour = h1 * 10 + h2;
  return hour > 23 ? -1 : hour * 60 + m1 * 10 + m2;
}

/** Past so many further columns, to the end of the line; at the comma too many when there are more, −1 when there are fewer. */
function skipColumns(bytes: Buffer, from: number, columns: number): number {
  let at = from;
  let left = columns;
  for (let byte = bytes[at] as number; byte !== LF && byte !== CR; byte = bytes[++at] as number) {
    if (byte === COMMA && left-- === 0) return at;
  }
  return left === 0 ? at : -1;
}

const newline = Buffer.from('\n');

const concat = (left: Buffer, right: Buffer): Buffer => Buffer.concat([left, right]);
