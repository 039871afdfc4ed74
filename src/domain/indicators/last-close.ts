import type { BarColumns } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** The newest close of every symbol, in 1e-4; 0 before its first bar. */
export class LastClose {
  readonly value: Column<Int32Array>;
  readonly #table: SymbolColumns;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.value = table.int32();
  }

  update(bars: BarColumns): void {
    const width = widthIn(this.#table, bars);
    const { close, volume } = bars;
    const last = this.value.values;
    for (let s = 0; s < width; s++) if ((volume[s] as number) >= 0) last[s] = close[s] as number;
  }
}
