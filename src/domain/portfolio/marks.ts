import type { Frame } from '#domain/events/frame';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** The last close of every name in 1e-4: what a position is worth now. 0 before the first bar. */
export class Marks {
  readonly #last: Column<Int32Array>;

  constructor(table: SymbolColumns) {
    this.#last = table.int32();
  }

  update({ close, volume, width }: Frame): void {
    const last = this.#last.values;
    for (let s = 0; s < width; s++) if ((volume[s] as number) >= 0) last[s] = close[s] as number;
  }

  of(symbol: number): number {
    return this.#last.values[symbol] as number;
  }
}
