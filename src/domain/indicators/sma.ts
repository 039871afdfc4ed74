import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Simple moving average of the close over `period` bars, in 1e-4. The sum is of integers and therefore exact. */
export class Sma {
  /** 0 until there are `period` bars. */
  readonly value: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  readonly #ring: Column<PriceArray>;
  readonly #cursor: Column<Int32Array>;
  readonly #sum: Column<Float64Array>;

  constructor(table: SymbolColumns, period: number) {
    this.#table = table;
    this.#period = period;
    this.value = table.float64();
    this.count = table.int32();
    this.#ring = table.prices(period);
    this.#cursor = table.int32();
    this.#sum = table.float64();
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) >= this.#period;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const capacity = this.#table.capacity;
    const period = this.#period;
    const { close, volume } = bars;
    const value = this.value.values;
    const count = this.count.values;
    const ring = this.#ring.values;
    const cursor = this.#cursor.values;
    const sum = this.#sum.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const now = close[s] as number;
      const at = cursor[s] as number;
      const cell = at * capacity + s;
      // A cell that was never written is 0 and leaves nothing.
      const total = (sum[s] as number) + now - (ring[cell] as number);
      ring[cell] = now;
      cursor[s] = at + 1 === period ? 0 : at + 1;
      sum[s] = total;
      const seen = (count[s] as number) + 1;
      count[s] = seen;
      // From the first bar on: a branch first taken after `period` bars would have the loop compiled a second time.
      const mean = total / period;
      value[s] = seen < period ? 0 : mean;
    }
  }
}
