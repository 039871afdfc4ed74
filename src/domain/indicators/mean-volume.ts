import type { Frame } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * Mean shares a minute over the last `period` minutes of the regular session, the close of the day before among them.
 * What a minute without a bar could have taken is nothing, so it counts as 0 as soon as the symbol has traded once.
 */
export class MeanVolume {
  /** Minutes since the symbol's first bar. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  readonly #ring: Column<Int32Array>;
  readonly #sum: Column<Float64Array>;
  #cursor = 0;

  constructor(table: SymbolColumns, period = 20) {
    this.#table = table;
    this.#period = period;
    this.count = table.int32();
    this.#ring = table.int32(period);
    this.#sum = table.float64();
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) >= this.#period;
  }

  /** 0 until `period` minutes have passed since the symbol's first bar. Asked for rarely, so the division waits until then. */
  value(s: number): number {
    return this.ready(s) ? (this.#sum.values[s] as number) / this.#period : 0;
  }

  update(frame: Frame): void {
    if (!frame.regular) return;
    const width = widthIn(this.#table, frame);
    const capacity = this.#table.capacity;
    const period = this.#period;
    const row = this.#cursor * capacity;
    this.#cursor = this.#cursor + 1 === period ? 0 : this.#cursor + 1;
    const { volume } = frame;
    const count = this.count.values;
    const ring = this.#ring.values;
    const sum = this.#sum.values;
    // A symbol that this session does not list has minutes without a bar, too.
    const known = Math.max(width, this.#table.count);
    for (let s = 0; s < known; s++) {
      const traded = s < width ? (volume[s] as number) : -1;
      const seen = count[s] as number;
      if (seen === 0 && traded < 0) continue;
      const shares = traded < 0 ? 0 : traded;
      sum[s] = (sum[s] as number) + shares - (ring[row + s] as number);
      ring[row + s] = shares;
      count[s] = seen + 1;
    }
  }
}
