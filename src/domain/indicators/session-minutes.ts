import type { Frame } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Minutes of a full session; a half day has fewer. */
const MINUTES = 390;

/**
 * The regular minutes of this session for all names, copied row by row as they close: few names are ever asked about, and
 * what is asked is worked out of these rows. 7.8 kB a name, 78 MB for ten thousand. A high of 0 marks a name without a bar,
 * so that a name that is forgotten has none. Not hashed: a session never reads what the one before has left.
 */
export class SessionMinutes {
  readonly open: Column<Int32Array>;
  readonly high: Column<Int32Array>;
  readonly low: Column<Int32Array>;
  readonly close: Column<Int32Array>;
  readonly volume: Column<Int32Array>;
  readonly #table: SymbolColumns;
  #openMinute = 0;
  #count = 0;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.open = table.int32(MINUTES, false);
    this.high = table.int32(MINUTES, false);
    this.low = table.int32(MINUTES, false);
    this.close = table.int32(MINUTES, false);
    this.volume = table.int32(MINUTES, false);
  }

  /** Minutes of this session so far, those that never came among them. */
  get count(): number {
    return this.#count;
  }

  startSession(openMinute: number): void {
    this.#openMinute = openMinute;
    this.#count = 0;
  }

  update(frame: Frame): void {
    const minute = frame.minute - this.#openMinute;
    if (!frame.regular || minute < this.#count || minute >= MINUTES) return;
    const width = widthIn(this.#table, frame);
    // A minute that never came must not show what stood there in the session before.
    for (let missed = this.#count; missed < minute; missed++) this.#clear(missed, 0);
    this.#count = minute + 1;
    const from = minute * this.#table.capacity;
    this.open.values.set(frame.open.subarray(0, width), from);
    this.high.values.set(frame.high.subarray(0, width), from);
    this.low.values.set(frame.low.subarray(0, width), from);
    this.close.values.set(frame.close.subarray(0, width), from);
    this.volume.values.set(frame.volume.subarray(0, width), from);
    this.#clear(minute, width);
  }

  /** Where the bar of a name lies in the columns; `minute` counts from the open. */
  cell(symbol: number, minute: number): number {
    return minute * this.#table.capacity + symbol;
  }

  #clear(minute: number, fromSymbol: number): void {
    const { capacity } = this.#table;
    this.high.values.fill(0, minute * capacity + fromSymbol, (minute + 1) * capacity);
  }
}
