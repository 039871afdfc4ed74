import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * Rate of change of the close over `period` bars, in percent, as ROC of TA-Lib, or the change itself in 1e-4, as its MOM.
 * First on bar `period` + 1; in percent of a close of 0 it is 0.
 */
export class Roc {
  /** 0 until there are `period` + 1 bars. */
  readonly value: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  readonly #inPercent: boolean;
  readonly #ring: Column<PriceArray>;
  readonly #cursor: Column<Int32Array>;

  constructor(table: SymbolColumns, period = 10, inPercent = true) {
    this.#table = table;
    this.#period = period;
    this.#inPercent = inPercent;
    this.value = table.float64();
    this.count = table.int32();
    this.#ring = table.prices(period);
    this.#cursor = table.int32();
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) > this.#period;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const capacity = this.#table.capacity;
    const period = this.#period;
    const inPercent = this.#inPercent;
    const { close, volume } = bars;
    const value = this.value.values;
    const count = this.count.values;
    const ring = this.#ring.values;
    const cursor = this.#cursor.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const now = close[s] as number;
      const at = cursor[s] as number;
      const cell = at * capacity + s;
      const before = ring[cell] as number;
      ring[cell] = now;
      cursor[s] = at + 1 === period ? 0 : at + 1;
      const seen = count[s] as number;
      count[s] = seen + 1;
      // From the first bar on, as in `Sma`.
      const change = now - before;
      const share = before === 0 ? 0 : (100 * change) / before;
      value[s] = seen < period ? 0 : inPercent ? share : change;
    }
  }
}
