import type { BarColumns } from '#domain/events/frame';
import { type LevelSource, levelSources } from '#domain/indicators/level-source';
import { downOf, FAR, halfWidthOf, hasHeld, stanceAfter, stanceOf, TESTED_FROM_ABOVE, upOf } from '#domain/indicators/level-zone';
import { Swings } from '#domain/indicators/swings';
import { widthIn } from '#domain/indicators/width-in';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** A swing is made of five bars; a touch within them is the same meeting. */
const SWING_BARS = 5;
export const NO_LEVEL = -1;

/** `tick` in 1e-4 is the least half-width of a zone. */
export type LevelsPlan = { readonly rows: number; readonly tick: number };

const DEFAULT_PLAN: LevelsPlan = { rows: 16, tick: 100 };
const SWING = levelSources.indexOf('swing');

/**
 * Support and resistance with their history, from closed five-minute bars: swing points as they are confirmed, and what is
 * fixed before a day begins (`DayLevels`). A level is one price, whichever side it holds; its zone reaches a quarter of the
 * ATR to either side. It is there before a bar meets it: no bar makes or moves the level that it touches.
 *
 * - touch: the range of a bar enters the zone from outside. The swing that made a level is not among its touches.
 * - bounce: after a touch, a later close is farther than the zone's width from the level, on the side the price came from.
 * - break: the same on the other side.
 * - A bar that leaps the zone (a gap) has met nobody there; the price then simply stands on the other side. So does the
 *   night: on which side of a level the price comes to it is said by the first open of a day, not by the last close.
 * - A swing or a fixed price inside a zone confirms that level, which keeps the source it had. Otherwise it takes a free
 *   row, or that of the level with the fewest touches and, among those, the oldest use. What is fixed for the day gives
 *   its row to nobody until the day is over.
 *
 * The width of a zone is that of the ATR when the level was made or last bounced or broke: between these it stands still.
 * So a bar can matter to a level only when it reaches one of two prices, the nearest below and above, which are kept.
 */
export class Levels {
  /** The rows of a symbol lie side by side: see `cell`. 0 is a free row. Prices and half-widths in 1e-4. */
  readonly price: Column<Int32Array>;
  readonly halfWidth: Column<Int32Array>;
  readonly touches: Column<Int32Array>;
  readonly bounces: Column<Int32Array>;
  readonly breaks: Column<Int32Array>;
  /** The symbol's bar, counted from 1, at which the level was made, touched, confirmed, bounced or broken last. */
  readonly lastUse: Column<Int32Array>;
  /** Where each came from: the place in `levelSources`. */
  readonly source: Column<Uint8Array>;
  readonly #table: SymbolColumns;
  readonly #plan: LevelsPlan;
  readonly #swings: Swings;
  readonly #stance: Column<Uint8Array>;
  /** 1 while a level is fixed for the day. */
  readonly #fixed: Column<Uint8Array>;
  /** Rows in use. */
  readonly #used: Column<Int32Array>;
  /** A level can change only when a bar's low reaches its `down` or the high its `up`. */
  readonly #down: Column<Int32Array>;
  readonly #up: Column<Int32Array>;
  /** The highest `down` and the lowest `up` of a symbol's levels; may lie nearer, never farther. */
  readonly #floor: Column<Int32Array>;
  readonly #ceiling: Column<Int32Array>;
  readonly #lastClose: Column<Int32Array>;
  /** 1 once the symbol has had a bar in this session. */
  readonly #opened: Column<Uint8Array>;

  constructor(table: SymbolColumns, plan: Partial<LevelsPlan> = {}) {
    this.#table = table;
    this.#plan = { ...DEFAULT_PLAN, ...plan };
    const { rows } = this.#plan;
    this.price = table.int32Window(rows);
    this.halfWidth = table.int32Window(rows);
    this.touches = table.int32Window(rows);
    this.bounces = table.int32Window(rows);
    this.breaks = table.int32Window(rows);
    this.lastUse = table.int32Window(rows);
    this.source = table.uint8Window(rows);
    this.#stance = table.uint8Window(rows);
    this.#fixed = table.uint8Window(rows);
    this.#used = table.int32();
    this.#down = table.int32Window(rows);
    this.#up = table.int32Window(rows);
    this.#swings = new Swings(table);
    this.#floor = table.int32();
    this.#ceiling = table.int32();
    this.#lastClose = table.int32();
    this.#opened = table.uint8();
  }

  /** Whether the symbol has a level. */
  ready(s: number): boolean {
    return (this.#used.values[s] as number) > 0;
  }

  /** What was fixed for a day is from now on a level like any other, and may give way. */
  startSession(): void {
    this.#fixed.values.fill(0);
    this.#opened.values.fill(0);
    // The first bar is looked at whatever it reaches.
    this.#floor.values.fill(FAR);
  }

  /** A price that stands for the day to come, or confirms a level that is there. Without an ATR (0) there is no zone, so no level. */
  fix(s: number, price: number, source: LevelSource, range: number): void {
    const known = this.levelAt(s, price);
    const row = known === NO_LEVEL ? this.#make(s, price, levelSources.indexOf(source), range) : known;
    if (row !== NO_LEVEL) this.#fixed.values[this.cell(s, row)] = 1;
  }

  /** One closed five-minute bar for each symbol, and the ATR after it. */
  update(bars: BarColumns, atr: Column<Float64Array>): void {
    const width = widthIn(this.#table, bars);
    this.#swings.update(bars);
    const { open, high, low, close, volume } = bars;
    const ranges = atr.values;
    const opened = this.#opened.values;
    const floor = this.#floor.values;
    const ceiling = this.#ceiling.values;
    const lastClose = this.#lastClose.values;
    const swingLow = this.#swings.low.values;
    const swingHigh = this.#swings.high.values;
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const top = high[s] as number;
      const bottom = low[s] as number;
      const now = close[s] as number;
      lastClose[s] = now;
      // A new cell of `ceiling` is 0, so the first bar sets both.
      if (bottom <= (floor[s] as number) || top >= (ceiling[s] as number)) {
        if (opened[s] === 0) this.#open(s, open[s] as number);
        this.#meet(s, top, bottom, now, ranges[s] as number);
      }
      if ((swingLow[s] as number) > 0) this.#learn(s, swingLow[s] as number, ranges[s] as number);
      if ((swingHigh[s] as number) > 0) this.#learn(s, swingHigh[s] as number, ranges[s] as number);
    }
  }

  /** The row of the dearest level below `price`, or `NO_LEVEL`. Read it with the columns: `cell(s, row)`. */
  nearestBelow(s: number, price: number): number {
    const prices = this.price.values;
    const first = this.cell(s, 0);
    let best = NO_LEVEL;
    let dearest = 0;
    const used = this.#used.values[s] as number;
    for (let row = 0; row < used; row++) {
      const at = prices[first + row] as number;
      if (at >= price || at <= dearest) continue;
      dearest = at;
      best = row;
    }
    return best;
  }

  /** The row of the cheapest level above `price`, or `NO_LEVEL`. */
  nearestAbove(s: number, price: number): number {
    const prices = this.price.values;
    const first = this.cell(s, 0);
    let best = NO_LEVEL;
    let cheapest = FAR;
    const used = this.#used.values[s] as number;
    for (let row = 0; row < used; row++) {
      const at = prices[first + row] as number;
      if (at <= price || at >= cheapest) continue;
      cheapest = at;
      best = row;
    }
    return best;
  }

  /** The row of the level nearest to `price` among those whose zone holds it, or `NO_LEVEL`. */
  levelAt(s: number, price: number): number {
    const prices = this.price.values;
    const halves = this.halfWidth.values;
    const first = this.cell(s, 0);
    let best = NO_LEVEL;
    let nearest = FAR;
    const used = this.#used.values[s] as number;
    for (let row = 0; row < used; row++) {
      const at = prices[first + row] as number;
      const away = at > price ? at - price : price - at;
      if (away > (halves[first + row] as number) || away >= nearest) continue;
      nearest = away;
      best = row;
    }
    return best;
  }

  /** Where row `row` of symbol `s` lies in the columns. */
  cell(s: number, row: number): number {
    return s * this.#plan.rows + row;
  }

  /** A day begins: the price stands where it opened. A level that was being tested still waits for a close. */
  #open(s: number, open: number): void {
    this.#opened.values[s] = 1;
    const first = this.cell(s, 0);
    const end = first + (this.#used.values[s] as number);
    for (let cell = first; cell < end; cell++) {
      if ((this.#stance.values[cell] as number) >= TESTED_FROM_ABOVE) continue;
      const at = this.price.values[cell] as number;
      const half = this.halfWidth.values[cell] as number;
      this.#stand(cell, stanceOf(open, at, half), at, half);
    }
  }

  /** Looks at each level that the bar may have changed, and finds anew how far the price can go before the next look. */
  #meet(s: number, high: number, low: number, close: number, range: number): void {
    const first = this.cell(s, 0);
    const end = first + (this.#used.values[s] as number);
    const downs = this.#down.values;
    const ups = this.#up.values;
    let floor = 0;
    let ceiling = FAR;
    for (let cell = first; cell < end; cell++) {
      if (low <= (downs[cell] as number) || high >= (ups[cell] as number)) this.#judge(s, cell, high, low, close, range);
      // The greater and the smaller by the sign of a difference: the rows come in no order that a branch could foresee.
      const below = floor - (downs[cell] as number);
      const above = ceiling - (ups[cell] as number);
      floor -= below & (below >> 31);
      ceiling -= above & ~(above >> 31);
    }
    this.#floor.values[s] = floor;
    this.#ceiling.values[s] = ceiling;
  }

  #judge(s: number, cell: number, high: number, low: number, close: number, range: number): void {
    const at = this.price.values[cell] as number;
    const from = this.#stance.values[cell] as number;
    const half = this.halfWidth.values[cell] as number;
    const to = stanceAfter(from, at, half, high, low, close);
    if (to === from) return;
    if (to >= TESTED_FROM_ABOVE) {
      this.touches.values[cell] = (this.touches.values[cell] as number) + 1;
      this.lastUse.values[cell] = this.#swings.count.values[s] as number;
    } else if (from >= TESTED_FROM_ABOVE) {
      const tally = hasHeld(from, to) ? this.bounces.values : this.breaks.values;
      tally[cell] = (tally[cell] as number) + 1;
      this.lastUse.values[cell] = this.#swings.count.values[s] as number;
      const fresh = halfWidthOf(range, this.#plan.tick);
      this.halfWidth.values[cell] = fresh;
      // The new zone may be so wide that it holds the close.
      this.#stand(cell, stanceOf(close, at, fresh), at, fresh);
      return;
    }
    this.#stand(cell, to, at, half);
  }

  #stand(cell: number, stance: number, at: number, half: number): void {
    this.#stance.values[cell] = stance;
    this.#down.values[cell] = downOf(stance, at, half);
    this.#up.values[cell] = upOf(stance, at, half);
  }

  /** A confirmed swing: one more touch of the level whose zone it is in, or a new level. */
  #learn(s: number, price: number, range: number): void {
    const known = this.levelAt(s, price);
    if (known === NO_LEVEL) {
      this.#make(s, price, SWING, range);
      return;
    }
    const cell = this.cell(s, known);
    const bar = this.#swings.count.values[s] as number;
    if ((this.lastUse.values[cell] as number) > bar - SWING_BARS) return;
    this.touches.values[cell] = (this.touches.values[cell] as number) + 1;
    this.lastUse.values[cell] = bar;
  }

  /** The row of a level that is made where none is; `NO_LEVEL` when there is no room or no zone. */
  #make(s: number, price: number, source: number, range: number): number {
    if (range === 0) return NO_LEVEL;
    const row = this.#spare(s);
    if (row === NO_LEVEL) return NO_LEVEL;
    const cell = this.cell(s, row);
    const half = halfWidthOf(range, this.#plan.tick);
    this.price.values[cell] = price;
    this.halfWidth.values[cell] = half;
    this.touches.values[cell] = 0;
    this.bounces.values[cell] = 0;
    this.breaks.values[cell] = 0;
    this.lastUse.values[cell] = this.#swings.count.values[s] as number;
    this.source.values[cell] = source;
    this.#stand(cell, stanceOf(this.#lastClose.values[s] as number, price, half), price, half);
    const floor = this.#floor.values;
    const ceiling = this.#ceiling.values;
    floor[s] = Math.max(floor[s] as number, this.#down.values[cell] as number);
    ceiling[s] = Math.min(ceiling[s] as number, this.#up.values[cell] as number);
    return row;
  }

  /** A free row, or that of the level least touched and, among those, longest unused; `NO_LEVEL` when all are fixed. */
  #spare(s: number): number {
    const used = this.#used.values[s] as number;
    if (used < this.#plan.rows) {
      this.#used.values[s] = used + 1;
      return used;
    }
    const touches = this.touches.values;
    const lastUse = this.lastUse.values;
    const fixed = this.#fixed.values;
    let best = NO_LEVEL;
    let fewest = FAR;
    let oldest = FAR;
    for (let row = 0, cell = this.cell(s, 0); row < used; row++, cell++) {
      const many = touches[cell] as number;
      if (fixed[cell] === 1 || many > fewest || (many === fewest && (lastUse[cell] as number) >= oldest)) continue;
      best = row;
      fewest = many;
      oldest = lastUse[cell] as number;
    }
    return best;
  }
}
