import type { Frame, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Volume-weighted average of the typical price (high + low + close) / 3 since the regular session opened, in 1e-4. */
export class Vwap {
  /** Shares traded since the session opened. */
  readonly shares: Column<Float64Array>;
  readonly #table: SymbolColumns;
  /** Sum of (high + low + close) × shares: the division by three waits, so that the sum is of integers. */
  readonly #weighted: Column<Float64Array>;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.shares = table.float64();
    this.#weighted = table.float64();
  }

  startSession(): void {
    this.#weighted.values.fill(0);
    this.shares.values.fill(0);
  }

  ready(s: number): boolean {
    return (this.shares.values[s] as number) > 0;
  }

  /** 0 until a share has traded. Asked for rarely, so the division waits until then. */
  value(s: number): number {
    const many = this.shares.values[s] as number;
    return many > 0 ? (this.#weighted.values[s] as number) / (3 * many) : 0;
  }

  update(frame: Frame<PriceArray>): void {
    if (!frame.regular) return;
    const width = widthIn(this.#table, frame);
    const { high, low, close, volume } = frame;
    const weighted = this.#weighted.values;
    const shares = this.shares.values;
    for (let s = 0; s < width; s++) {
      const traded = volume[s] as number;
      if (traded <= 0) continue;
      weighted[s] = (weighted[s] as number) + ((high[s] as number) + (low[s] as number) + (close[s] as number)) * traded;
      shares[s] = (shares[s] as number) + traded;
    }
  }
}
