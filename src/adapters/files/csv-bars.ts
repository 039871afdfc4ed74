import { Buffer } from 'node:buffer';
import {
  ROW_CLOSE,
  ROW_DAY,
  ROW_FILE,
  ROW_HIGH,
  ROW_INTS,
  ROW_LINE,
  ROW_LOW,
  ROW_MINUTE,
  ROW_OPEN,
  ROW_SYMBOL,
  ROW_VOLUME,
  type TickerTable,
} from '#adapters/files/bar-rows';
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
  #day = 0;
  #minute = 0;
  #timeFault: RowFault = 'unreadable_time';
  /** Rows in the batch. */
  #count = 0;
  /** What the shape and the options say of every row. */
  #timed = false;
  #labelShift = 0;
  #columns = 0;
  #afterVolume = 0;

  constructor(options: CsvBarsOptions) {
    this.#options = options;
  }

  /** `false` when the first line is not a header that is known: the whole file is of another shape. */
  push(bytes: Buffer): boolean {
    const from = this.#rest === null ? 0 : bytes.indexOf(LF) + 1;
    const end = bytes.lastIndexOf(LF) + 1;
    if (this.#rest !== null && from > 0) {
      const line = concat(this.#rest, bytes.subarray(0, from));
      this.#rest = null;
      if (!this.#lines(line, line.length)) return false;
    }
    const rest = bytes.subarray(end);
    if (rest.length > 0) this.#rest = this.#rest === null ? rest : concat(this.#rest, rest);
    if (this.#rest !== null && this.#rest.length > LINE_MAX && this.#line === 0) return false;
    return end === from || this.#lines(bytes.subarray(from, end), end - from);
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
    this.#timed = this.shape.resolution === 'minute';
    this.#labelShift = this.#options.barLabel === 'end' && this.#timed ? 1 : 0;
    this.#columns = this.shape.columns;
    this.#afterVolume = this.#columns - 7;
    this.#readLines(bytes, from, end);
    this.rounded += scan.rounded - roundedBefore;
    return true;
  }

  /** `end` follows a line feed, so that every scan below stops at or before it. */
  #readLines(bytes: Buffer, from: number, end: number): void {
    for (let at = from; at < end; ) {
      this.#line++;
      const first = bytes[at] as number;
      if (first === LF) at++;
      else if (first === CR && bytes[at + 1] === LF) at += 2;
      else {
        this.rows++;
        at = this.#readRow(bytes, at);
        if (this.#count === BATCH_ROWS) this.#handOver();
      }
    }
    if (this.#count > 0) this.#handOver();
  }

  // Rows have functions of their own: V8 compiles a long loop while it runs, and again for every rare line in it.

  /** Puts the row that begins at `start` into the batch, or refuses it; gives where the next line starts. */
  #readRow(bytes: Buffer, start: number): number {
    if (!this.#sameSymbol(bytes, start) && !this.#newSymbol(bytes, start)) return this.#refuse(bytes, start, 'unreadable_symbol');
    const time = start + this.#symbolLength + 1;
    if (!this.#sameDate(bytes, time)) this.#newDate(bytes, time);
    const window = this.#window;
    if (window === null) return this.#refuse(bytes, start, 'unreadable_time');
    const after = this.#timed ? this.#readMinute(bytes, time + 10, window) : this.#readDay(time + 10, window);
    if (after < 0) return this.#refuse(bytes, start, this.#timeFault);
    return bytes[after] === COMMA ? this.#readValues(bytes, after + 1, start) : this.#refuse(bytes, start, 'unreadable_time');
  }

  /** The comma behind the time of day that begins at `at`; −1 when there is a `#timeFault`. */
  #readMinute(bytes: Buffer, at: number, window: DayWindow): number {
    let utc = clockMinute(bytes, at);
    let comma = at + 10;
    if (utc < 0) {
      comma = bytes.indexOf(COMMA, at - 10);
      const time = comma < 0 ? null : readTime(bytes.toString('latin1', at - 10, Math.min(comma, at + 50)));
      if (time === null || !time.onMinute) return this.#badTime(time === null ? 'unreadable_time' : 'not_on_a_minute');
      utc = time.minute;
    }
    utc -= this.#labelShift;
    this.#day = window.day;
    this.#minute = utc + window.shift;
    if (this.#minute >= window.from && this.#minute < window.to) return comma;
    this.#day = window.day - 1;
    this.#minute = utc + window.shiftBefore;
    if (this.#minute >= window.fromBefore && this.#minute < window.toBefore) return comma;
    return this.#badTime(window.from < window.to ? 'outside_hours' : 'closed_day');
  }

  #readDay(comma: number, window: DayWindow): number {
    this.#day = window.day;
    this.#minute = 0;
    return window.from < window.to ? comma : this.#badTime('closed_day');
  }

  #badTime(fault: RowFault): -1 {
    this.#timeFault = fault;
    return -1;
  }

  /** Prices and volume from `at` on, of the row that begins at `start`. */
  #readValues(bytes: Buffer, at: number, start: number): number {
    const open = scanPrice(bytes, at);
    if (open <= 0 || bytes[scan.end] !== COMMA) return this.#refuse(bytes, start, open <= 0 ? priceFault(open) : 'unreadable_number');
    const high = scanPrice(bytes, scan.end + 1);
    if (high <= 0 || bytes[scan.end] !== COMMA) return this.#refuse(bytes, start, high <= 0 ? priceFault(high) : 'unreadable_number');
    const low = scanPrice(bytes, scan.end + 1);
    if (low <= 0 || bytes[scan.end] !== COMMA) return this.#refuse(bytes, start, low <= 0 ? priceFault(low) : 'unreadable_number');
    const close = scanPrice(bytes, scan.end + 1);
    if (close <= 0 || bytes[scan.end] !== COMMA) return this.#refuse(bytes, start, close <= 0 ? priceFault(close) : 'unreadable_number');
    const volume = scanVolume(bytes, scan.end + 1);
    if (volume < 0) return this.#refuse(bytes, start, volumeFault(volume));
    let next = scan.end;
    if (this.#afterVolume > 0) next = skipColumns(bytes, next, this.#afterVolume);
    if (bytes[next] === CR) next++;
    if (bytes[next] !== LF) return this.#refuse(bytes, start, 'unreadable_number');
    if (high < open || high < close || low > open || low > close) return this.#refuse(bytes, start, 'ohlc_violation');
    const batch = this.#batch;
    const cell = this.#count++ * ROW_INTS;
    batch[cell + ROW_DAY] = this.#day;
    batch[cell + ROW_SYMBOL] = this.#symbol;
    batch[cell + ROW_MINUTE] = this.#minute;
    batch[cell + ROW_OPEN] = open;
    batch[cell + ROW_HIGH] = high;
    batch[cell + ROW_LOW] = low;
    batch[cell + ROW_CLOSE] = close;
    batch[cell + ROW_VOLUME] = volume;
    batch[cell + ROW_FILE] = this.#options.fileIndex;
    batch[cell + ROW_LINE] = this.#line;
    return next + 1;
  }

  #handOver(): void {
    this.#options.take(this.#batch, this.#count);
    this.#count = 0;
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
  #refuse(bytes: Buffer, start: number, fault: RowFault): number {
    const end = bytes.indexOf(LF, start);
    let commas = 0;
    for (let i = start; i < end; i++) if (bytes[i] === COMMA) commas++;
    const counted: RowFault = commas < this.#columns - 1 ? 'missing_column' : commas > this.#columns - 1 ? 'extra_column' : fault;
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
