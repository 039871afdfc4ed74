import type { Frame, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * The volume-weighted average of the typical price since the regular session opened, in 1e-4, with `factor` volume-weighted
 * deviations to either side. TA-Lib has none. First on the session's first bar with a share, where the bands have no width.
 * Sums are of (high + low + close − the first of the session): whole numbers, and small ones, so that squares of near prices
 * are not lost in those of far ones.
 */
export class VwapBands {
  readonly #table: SymbolColumns;
  readonly #factor: number;
  readonly #shares: Column<Float64Array>;
  /** Three times a price, as the sums below; the division by three waits until somebody asks. */
  readonly #reference: Column<Float64Array>;
  readonly #weighted: Column<Float64Array>;
  readonly #squares: Column<Float64Array>;

  constructor(table: SymbolColumns, factor = 2) {
    this.#table = table;
    this.#factor = factor;
    this.#shares = table.float64();
    this.#reference = table.float64();
    this.#weighted = table.float64();
    this.#squares = table.float64();
  }

  startSession(): void {
    for (const column of [this.#shares, this.#reference, this.#weighted, this.#squares]) column.values.fill(0);
  }

  ready(s: number): boolean {
    return (this.#shares.values[s] as number) > 0;
  }

  /** The average itself; 0, as the bands are, until a share has traded. */
  value(s: number): number {
    const many = this.#shares.values[s] as number;
    return many > 0 ? ((this.#reference.values[s] as number) + (this.#weighted.values[s] as number) / many) / 3 : 0;
  }

  upper(s: number): number {
    return this.value(s) + this.#factor * this.deviation(s);
  }

  lower(s: number): number {
    return this.value(s) - this.#factor * this.deviation(s);
  }

  /** The volume-weighted standard deviation of the typical price. */
  deviation(s: number): number {
    const many = this.#shares.values[s] as number;
    if (many === 0) return 0;
    const mean = (this.#weighted.values[s] as number) / many;
    const variance = (this.#squares.values[s] as number) / many - mean * mean;
    return variance > 0 ? Math.sqrt(variance) / 3 : 0;
  }

  update(frame: Frame<PriceArray>): void {
    if (!frame.regular) return;
    const width = widthIn(this.#table, frame);
    const { high, low, close, volume } = frame;
    const shares = this.#shares.values;
    const reference = this.#reference.values;
    const weighted = this.#weighted.values;
    const squares = this.#squares.values;
    for (let s = 0; s < width; s++) {
      const traded = volume[s] as number;
      if (traded <= 0) continue;
      const price = (high[s] as number) + (low[s] as number) + (close[s] as number);
      const many = shares[s] as number;
      const base = many === 0 ? price : (reference[s] as number);
      const away = price - base;
      reference[s] = base;
      shares[s] = many + traded;
      weighted[s] = (weighted[s] as number) + away * traded;
      squares[s] = (squares[s] as number) + away * away * traded;
    }
  }
}
