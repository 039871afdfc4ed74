import type { Frame, PriceArray } from '#domain/events/frame';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** An even number: an overflow makes pairs of them. */
const BINS = 128;
/** A bin is a thousandth of the session's first price, so that they reach 6.4 % to either side before the first overflow. */
const FIRST_PRICE_IN_BINS = 1000;
const VALUE_AREA = 0.7;

/**
 * How many shares traded at which price since the regular session opened. A bar's shares all go to the bin of its typical
 * price: a bar of a minute is mostly narrower than a bin, and to spread them would claim to know what the bar does not tell.
 * When a price lies outside of all bins they are merged in pairs, and there is as much room again on its side.
 */
export class VolumeProfile {
  readonly #table: SymbolColumns;
  readonly #bins: Column<Float64Array>;
  readonly #shares: Column<Float64Array>;
  /** The lower edge of the first bin and the width of each, in a third of 1e-4, the unit of high + low + close. */
  readonly #from: Column<Float64Array>;
  readonly #step: Column<Float64Array>;

  constructor(table: SymbolColumns) {
    this.#table = table;
    // Not hashed: a session never reads what the one before has left, and what it leads to, levels, is hashed.
    this.#bins = table.window(BINS, false);
    this.#shares = table.float64();
    this.#from = table.float64();
    this.#step = table.float64();
  }

  startSession(): void {
    for (const column of [this.#bins, this.#shares, this.#from, this.#step]) column.values.fill(0);
  }

  ready(s: number): boolean {
    return (this.#shares.values[s] as number) > 0;
  }

  /** The middle of the bin in which most shares traded, the lowest of equals, in 1e-4; 0 until a share has traded. */
  pointOfControl(s: number): number {
    return this.ready(s) ? this.#edge(s, this.#fullest(s) + 0.5) : 0;
  }

  /** Lower edge of the value area, in 1e-4; 0 until a share has traded. */
  valueAreaLow(s: number): number {
    return this.ready(s) ? this.#edge(s, this.#valueArea(s)[0]) : 0;
  }

  valueAreaHigh(s: number): number {
    return this.ready(s) ? this.#edge(s, this.#valueArea(s)[1]) : 0;
  }

  update(frame: Frame<PriceArray>): void {
    if (!frame.regular) return;
    const width = widthIn(this.#table, frame);
    const { high, low, close, volume } = frame;
    const bins = this.#bins.values;
    const shares = this.#shares.values;
    const from = this.#from.values;
    const step = this.#step.values;
    for (let s = 0; s < width; s++) {
      const traded = volume[s] as number;
      if (traded <= 0) continue;
      const price = (high[s] as number) + (low[s] as number) + (close[s] as number);
      if ((step[s] as number) === 0) this.#begin(s, price);
      const away = price - (from[s] as number);
      if (away < 0 || away >= BINS * (step[s] as number)) this.#makeRoom(s, price);
      const bin = Math.floor((price - (from[s] as number)) / (step[s] as number));
      const cell = s * BINS + bin;
      bins[cell] = (bins[cell] as number) + traded;
      shares[s] = (shares[s] as number) + traded;
    }
  }

  #begin(s: number, price: number): void {
    const step = Math.max(1, Math.round(Math.abs(price) / FIRST_PRICE_IN_BINS));
    this.#step.values[s] = step;
    // The first price lies in the middle of a bin.
    this.#from.values[s] = price - (BINS / 2) * step - Math.floor(step / 2);
  }

  #makeRoom(s: number, price: number): void {
    const bins = this.#bins.values;
    const first = s * BINS;
    const merged = new Float64Array(BINS);
    while (price < this.#edgeInThirds(s, 0) || price >= this.#edgeInThirds(s, BINS)) {
      const below = price < this.#edgeInThirds(s, 0);
      merged.fill(0);
      for (let bin = 0; bin < BINS; bin += 2) {
        const pair = (bins[first + bin] as number) + (bins[first + bin + 1] as number);
        merged[bin / 2 + (below ? BINS / 2 : 0)] = pair;
      }
      for (let bin = 0; bin < BINS; bin++) bins[first + bin] = merged[bin] as number;
      if (below) this.#from.values[s] = this.#edgeInThirds(s, -BINS);
      this.#step.values[s] = 2 * (this.#step.values[s] as number);
    }
  }

  #edgeInThirds(s: number, bin: number): number {
    return (this.#from.values[s] as number) + bin * (this.#step.values[s] as number);
  }

  #edge(s: number, bin: number): number {
    return this.#edgeInThirds(s, bin) / 3;
  }

  #sharesIn(s: number, bin: number): number {
    return bin < 0 || bin >= BINS ? 0 : (this.#bins.values[s * BINS + bin] as number);
  }

  #fullest(s: number): number {
    let best = 0;
    for (let bin = 1; bin < BINS; bin++) if (this.#sharesIn(s, bin) > this.#sharesIn(s, best)) best = bin;
    return best;
  }

  /**
   * Edges from and to: from the fullest bin outwards to the fuller neighbour, upwards of equals, until 70 % of the shares are
   * inside. Across bins in which nothing traded it goes to the nearest one in which something did, so that each edge is that
   * of a price somebody paid.
   */
  #valueArea(s: number): readonly [from: number, to: number] {
    const wanted = VALUE_AREA * (this.#shares.values[s] as number);
    let low = this.#fullest(s);
    let high = low;
    let inside = this.#sharesIn(s, low);
    while (inside < wanted) {
      const above = this.#sharesIn(s, high + 1);
      const below = this.#sharesIn(s, low - 1);
      const isGap = above === 0 && below === 0;
      const stepsUp = isGap ? this.#stepsTo(s, high, 1) : 1;
      const stepsDown = isGap ? this.#stepsTo(s, low, -1) : 1;
      const up = isGap ? stepsUp <= stepsDown : above >= below;
      if (up) high += stepsUp;
      else low -= stepsDown;
      inside += this.#sharesIn(s, up ? high : low);
    }
    return [low, high + 1];
  }

  /** How far the next bin lies in which something traded; farther than any bin when there is none. */
  #stepsTo(s: number, bin: number, direction: 1 | -1): number {
    for (let steps = 1; steps < BINS; steps++) if (this.#sharesIn(s, bin + steps * direction) > 0) return steps;
    return BINS;
  }
}
