import type { BarColumns, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/**
 * Moving average convergence and divergence of the close, in 1e-4. As in TA-Lib the fast average begins on the bar on which
 * the slow one can, with the mean of the last `fast` closes, and the signal with the mean of the first `signal` differences.
 * Others let the fast average begin by itself, with the mean of its first `fast` closes: `own`.
 */
export class Macd {
  /** Fast less slow average; 0 until the signal is there too, at bar `slow` + `signal` − 1. */
  readonly value: Column<Float64Array>;
  readonly signal: Column<Float64Array>;
  /** Value less signal. */
  readonly histogram: Column<Float64Array>;
  /** Bars seen. */
  readonly count: Column<Int32Array>;
  readonly #table: SymbolColumns;
  /** After how many bars the fast average begins to gather. */
  readonly #fastAfter: number;
  readonly #periods: readonly [fast: number, slow: number, signal: number];
  /** Sums until the averages begin, then the averages. */
  readonly #fast: Column<Float64Array>;
  readonly #slow: Column<Float64Array>;
  readonly #seed: Column<Float64Array>;

  constructor(table: SymbolColumns, fast = 12, slow = 26, signal = 9, begins: 'ta_lib' | 'own' = 'ta_lib') {
    this.#table = table;
    this.#periods = [fast, slow, signal];
    this.#fastAfter = begins === 'ta_lib' ? slow - fast : 0;
    this.value = table.float64();
    this.signal = table.float64();
    this.histogram = table.float64();
    this.count = table.int32();
    this.#fast = table.float64();
    this.#slow = table.float64();
    this.#seed = table.float64();
  }

  ready(s: number): boolean {
    const [, slow, signal] = this.#periods;
    return (this.count.values[s] as number) >= slow + signal - 1;
  }

  update(bars: BarColumns<PriceArray>): void {
    const width = widthIn(this.#table, bars);
    const [fastPeriod, slowPeriod, signalPeriod] = this.#periods;
    const fastAfter = this.#fastAfter;
    const fastWarm = fastAfter + fastPeriod;
    const fastWeight = 2 / (fastPeriod + 1);
    const slowWeight = 2 / (slowPeriod + 1);
    const signalWeight = 2 / (signalPeriod + 1);
    const warm = slowPeriod + signalPeriod - 1;
    const { close, volume } = bars;
    const value = this.value.values;
    const signal = this.signal.values;
    const histogram = this.histogram.values;
    const count = this.count.values;
    const fast = this.#fast.values;
    const slow = this.#slow.values;
    const seed = this.#seed.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const now = close[s] as number;
      const seen = (count[s] as number) + 1;
      count[s] = seen;
      let quick = fast[s] as number;
      let calm = slow[s] as number;
      // From the first bar on, as in `Sma`.
      const sumOfFast = quick + (seen > fastAfter ? now : 0);
      const sumOfSlow = calm + now;
      const meanOfFast = sumOfFast / fastPeriod;
      const meanOfSlow = sumOfSlow / slowPeriod;
      const nextFast = quick + fastWeight * (now - quick);
      const nextSlow = calm + slowWeight * (now - calm);
      quick = seen > fastWarm ? nextFast : seen === fastWarm ? meanOfFast : sumOfFast;
      calm = seen > slowPeriod ? nextSlow : seen === slowPeriod ? meanOfSlow : sumOfSlow;
      fast[s] = quick;
      slow[s] = calm;
      const line = quick - calm;
      const total = (seed[s] as number) + (seen < slowPeriod || seen > warm ? 0 : line);
      seed[s] = total;
      const before = signal[s] as number;
      const next = before + signalWeight * (line - before);
      const mean = total / signalPeriod;
      const smooth = seen > warm ? next : mean;
      const away = line - smooth;
      value[s] = seen < warm ? 0 : line;
      signal[s] = seen < warm ? 0 : smooth;
      histogram[s] = seen < warm ? 0 : away;
    }
  }
}
