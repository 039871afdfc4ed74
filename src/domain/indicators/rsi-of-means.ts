import type { BarColumns, PriceArray } from '#domain/events/frame';
import { SlidingMean } from '#domain/indicators/sliding-mean';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * Cutler's relative strength index, 0 to 100: plain means of the last `period` gains and losses in the place of Wilder's
 * fading ones. TA-Lib has none; first on bar `period` + 1. 50 for a window without any change, as `Rsi`.
 */
export class RsiOfMeans {
  /** 0 until there are `period` + 1 bars. */
  readonly value: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  readonly #period: number;
  readonly #before: Column<PriceArray>;
  readonly #gain: Column<Float64Array>;
  readonly #loss: Column<Float64Array>;
  readonly #gains: SlidingMean;
  readonly #losses: SlidingMean;

  constructor(table: SymbolColumns, period = 14) {
    this.#table = table;
    this.#period = period;
    this.value = table.float64();
    this.count = table.int32();
    this.#before = table.prices();
    this.#gain = table.float64();
    this.#loss = table.float64();
    this.#gains = new SlidingMean(table, period);
    this.#losses = new SlidingMean(table, period);
  }

  ready(s: number): boolean {
    return (this.count.values[s] as number) > this.#period;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const { close, volume } = bars;
    const value = this.value.values;
    const count = this.count.values;
    const before = this.#before.values;
    const gain = this.#gain.values;
    const loss = this.#loss.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const seen = count[s] as number;
      const now = close[s] as number;
      const change = seen === 0 ? 0 : now - (before[s] as number);
      before[s] = now;
      count[s] = seen + 1;
      gain[s] = change > 0 ? change : 0;
      loss[s] = change < 0 ? -change : 0;
    }
    this.#gains.update(bars, gain);
    this.#losses.update(bars, loss);
    const ups = this.#gains.value.values;
    const downs = this.#losses.value.values;
    for (let s = 0; s < width; s++) {
      const up = ups[s] as number;
      const moved = up + (downs[s] as number);
      value[s] = (count[s] as number) <= this.#period ? 0 : moved === 0 ? 50 : (100 * up) / moved;
    }
  }
}
