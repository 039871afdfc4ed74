import type { Frame } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** What traded between the start of the day and its regular open, in 1e-4. */
export class PremarketRange {
  /** 0, as the others are, until something has traded. */
  readonly high: Column<Int32Array>;
  readonly low: Column<Int32Array>;
  readonly last: Column<Int32Array>;
  readonly #table: SymbolColumns;
  #openMinute = 0;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.high = table.int32();
    this.low = table.int32();
    this.last = table.int32();
  }

  startSession(openMinute: number): void {
    this.#openMinute = openMinute;
    for (const { values } of [this.high, this.low, this.last]) values.fill(0);
  }

  /** Minutes of the regular session and after it are none of its business. */
  update(frame: Frame): void {
    if (frame.regular || frame.minute >= this.#openMinute) return;
    const width = widthIn(this.#table, frame);
    const { high, low, close, volume } = frame;
    const highest = this.high.values;
    const lowest = this.low.values;
    const last = this.last.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const before = highest[s] as number;
      const top = high[s] as number;
      const bottom = low[s] as number;
      if (top > before) highest[s] = top;
      if (before === 0 || bottom < (lowest[s] as number)) lowest[s] = bottom;
      last[s] = close[s] as number;
    }
  }
}
