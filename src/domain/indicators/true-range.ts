import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** True range of a bar, in 1e-4: its range with the close before it. As in TRANGE of TA-Lib the first bar has none. */
export class TrueRange {
  /** 0 until there are 2 bars. */
  readonly value: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #before: Column<PriceArray>;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.value = table.float64();
    this.count = table.int32();
    this.#before = table.prices();
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) > 1;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const { high, low, close, volume } = bars;
    const value = this.value.values;
    const count = this.count.values;
    const before = this.#before.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const last = before[s] as number;
      const seen = count[s] as number;
      const top = high[s] as number;
      const bottom = low[s] as number;
      before[s] = close[s] as number;
      count[s] = seen + 1;
      const range = (top > last ? top : last) - (bottom < last ? bottom : last);
      value[s] = seen === 0 ? 0 : range;
    }
  }
}
