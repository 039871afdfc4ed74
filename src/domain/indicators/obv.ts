import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** On-balance volume in shares: those of a bar that closed higher are added, lower taken away. The first bar makes it 0. */
export class Obv {
  readonly value: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  /** The newest close, in 1e-4; 0 before the first bar. */
  readonly close: Column<PriceArray>;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.value = table.float64();
    this.count = table.int32();
    this.close = table.prices();
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) > 1;
  }

  update(bars: BarColumns<PriceArray>): void {
    if (this.#table.wide) return this.#updateWide(bars);
    const width = widthIn(this.#table, bars);
    const { close, volume } = bars;
    const value = this.value.values;
    const count = this.count.values;
    const before = this.close.values;
    for (let s = 0; s < width; s++) {
      const shares = volume[s] as number;
      if (shares < 0) continue;
      const now = close[s] as number;
      const last = before[s] as number;
      const seen = count[s] as number;
      before[s] = now;
      count[s] = seen + 1;
      if (seen === 0) continue;
      // Up and down come in no order that a processor could foresee, so the sign is reckoned instead of branched on.
      const sign = ((now - last) >> 31) - ((last - now) >> 31);
      value[s] = (value[s] as number) + Math.imul(sign, shares);
    }
  }

  /** The same where neither a price nor a volume need fit 32 bits. */
  #updateWide(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    for (let s = 0; s < width; s++) {
      const shares = bars.volume[s] as number;
      if (shares < 0) continue;
      const now = bars.close[s] as number;
      const last = this.close.values[s] as number;
      const seen = this.count.values[s] as number;
      this.close.values[s] = now;
      this.count.values[s] = seen + 1;
      if (seen > 0 && now !== last) this.value.values[s] = (this.value.values[s] as number) + (now > last ? shares : -shares);
    }
  }
}
