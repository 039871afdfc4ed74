import type { Frame } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** The newest close of the regular session, in 1e-4; through the night it stays. */
export class LastClose {
  /** 0 before the first bar. */
  readonly value: Column<Int32Array>;
  readonly #table: SymbolColumns;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.value = table.int32();
  }

  update(frame: Frame): void {
    if (!frame.regular) return;
    const width = widthIn(this.#table, frame);
    const { close, volume } = frame;
    const value = this.value.values;
    for (let s = 0; s < width; s++) if ((volume[s] as number) >= 0) value[s] = close[s] as number;
  }
}
