import type { Frame } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import { assert } from '#domain/values/assert';
import type { Column, StateSink, SymbolColumns } from '#domain/values/symbol-columns';

export type VolumeRatioPlan = {
  /** How many earlier sessions are remembered, and how many of them the symbol must have traded in. */
  readonly sessions: number;
  readonly sessionsMin: number;
  /** The local minute of the day at which the regular session opens, and its length on a full day. */
  readonly opensAt: number;
  readonly minutes: number;
};

const DEFAULT_PLAN: VolumeRatioPlan = { sessions: 20, sessionsMin: 5, opensAt: 570, minutes: 390 };

/**
 * This minute's volume against the mean of the same minute in earlier sessions, and the day's so far against the usual so far.
 * A session in which a symbol did not trade does not count for it; a minute without a bar in one that counts is 0 shares.
 *
 * Today's minute takes the place of the same minute of the oldest session as soon as that has been read, so there is no
 * pass over the whole history at the end of a day. The history is many megabytes: it stays out of the table's hash, and
 * `hashWritten` gives the rows that this session wrote.
 */
export class VolumeRatio {
  /** Remembered sessions in which the symbol traded, today not among them. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #plan: VolumeRatioPlan;
  readonly #history: Column<Int32Array>;
  readonly #present: Column<Uint8Array>;
  readonly #sums: Column<Float64Array>;
  readonly #today: Column<Float64Array>;
  /** Sums over the remembered sessions: of this minute, and of the day until now. */
  readonly #usualMinute: Column<Float64Array>;
  readonly #usual: Column<Float64Array>;
  readonly #written: Uint8Array;
  #slot = 0;
  /** Rows of the history up to the last minute's; −1 before the first of a session. */
  #row = -1;
  #open = false;

  constructor(table: SymbolColumns, plan: Partial<VolumeRatioPlan> = {}) {
    this.#table = table;
    this.#plan = { ...DEFAULT_PLAN, ...plan };
    const { sessions, minutes } = this.#plan;
    this.count = table.int32();
    this.#history = table.int32(sessions * minutes, false);
    this.#present = table.uint8(sessions);
    this.#sums = table.float64(minutes, false);
    this.#today = table.float64();
    this.#usualMinute = table.float64();
    this.#usual = table.float64();
    this.#written = new Uint8Array(minutes);
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) >= this.#plan.sessionsMin;
  }

  startSession(): void {
    assert(!this.#open, 'a session ends before the next one starts');
    this.#open = true;
    this.#written.fill(0);
    this.#row = -1;
    for (const column of [this.#today, this.#usualMinute, this.#usual]) column.values.fill(0);
  }

  /** The last minute's volume over the usual of that minute; 0 for a minute without a bar, and while `ready` is not. */
  value(s: number): number {
    const sum = this.#usualMinute.values[s] as number;
    if (!this.ready(s) || sum === 0) return 0;
    const shares = this.#history.values[this.#row * this.#table.capacity + s] as number;
    return (shares * (this.count.values[s] as number)) / sum;
  }

  /** The day's volume so far over the usual so far; 0 while `ready` is not. */
  relative(s: number): number {
    const sum = this.#usual.values[s] as number;
    if (!this.ready(s) || sum === 0) return 0;
    return ((this.#today.values[s] as number) * (this.count.values[s] as number)) / sum;
  }

  update(frame: Frame): void {
    const minute = frame.minute - this.#plan.opensAt;
    if (!frame.regular || minute < 0 || minute >= this.#plan.minutes) return;
    assert(this.#open && this.#written[minute] === 0, 'a minute comes once, within a session');
    this.#written[minute] = 1;
    const width = widthIn(this.#table, frame);
    const capacity = this.#table.capacity;
    this.#row = this.#slot * this.#plan.minutes + minute;
    const { volume } = frame;
    const today = this.#today.values;
    const usual = this.#usual.values;
    // A symbol that this session does not list must leave the oldest one, too.
    const known = Math.max(width, this.#table.count);
    // Views on the rows of this minute, which spare the loop the reckoning of cells.
    const history = this.#history.values.subarray(this.#row * capacity, this.#row * capacity + known);
    const sums = this.#sums.values.subarray(minute * capacity, minute * capacity + known);
    this.#usualMinute.values.set(sums);
    for (let s = 0; s < width; s++) {
      const bar = volume[s] as number;
      // −1, a minute without a bar, becomes 0.
      const shares = bar & ~(bar >> 31);
      const sum = sums[s] as number;
      sums[s] = sum + (shares - (history[s] as number));
      history[s] = shares;
      today[s] = (today[s] as number) + shares;
      usual[s] = (usual[s] as number) + sum;
    }
    for (let s = width; s < known; s++) {
      const sum = sums[s] as number;
      sums[s] = sum - (history[s] as number);
      history[s] = 0;
      usual[s] = (usual[s] as number) + sum;
    }
  }

  /** Makes the session part of the history. */
  endSession(): void {
    assert(this.#open, 'a session starts before it ends');
    this.#open = false;
    const { sessions, minutes } = this.#plan;
    for (let minute = 0; minute < minutes; minute++) if (this.#written[minute] === 0) this.#fill(minute);
    const known = this.#table.count;
    const from = this.#slot * this.#table.capacity;
    const count = this.count.values;
    const present = this.#present.values;
    const today = this.#today.values;
    for (let s = 0; s < known; s++) {
      const traded = (today[s] as number) > 0 ? 1 : 0;
      count[s] = (count[s] as number) + traded - (present[from + s] as number);
      present[from + s] = traded;
    }
    this.#slot = this.#slot + 1 === sessions ? 0 : this.#slot + 1;
  }

  /** The rows of the history that the session which ended last has written. */
  hashWritten(sink: StateSink): void {
    assert(!this.#open, 'the rows of a session are complete when it has ended');
    const { sessions, minutes } = this.#plan;
    const { capacity, count } = this.#table;
    const slot = this.#slot === 0 ? sessions - 1 : this.#slot - 1;
    for (let minute = 0; minute < minutes; minute++) {
      const from = (slot * minutes + minute) * capacity;
      sink.numbers(this.#history.values.subarray(from, from + count));
    }
  }

  /** A minute that the whole market lacked (a half day, a lost feed) takes the mean of the others, which it then leaves as it was. */
  #fill(minute: number): void {
    const capacity = this.#table.capacity;
    const row = (this.#slot * this.#plan.minutes + minute) * capacity;
    const sumRow = minute * capacity;
    const oldest = this.#slot * capacity;
    const history = this.#history.values;
    const sums = this.#sums.values;
    for (let s = 0; s < this.#table.count; s++) {
      const rest = (sums[sumRow + s] as number) - (history[row + s] as number);
      const sessions = (this.count.values[s] as number) - (this.#present.values[oldest + s] as number);
      const mean = (this.#today.values[s] as number) > 0 && sessions > 0 ? Math.round(rest / sessions) : 0;
      history[row + s] = mean;
      sums[sumRow + s] = rest + mean;
    }
  }
}
