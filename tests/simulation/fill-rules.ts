import type { EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import { need } from './broken-rule.js';

type Fill = EventOf<'order_filled'>;

/** What a fill may say of its bar: a price that the bar reached, and no more shares than traded. */
export class FillRules {
  #close = 0;
  #frames = new Map<number, Frame>();
  #taken = new Map<string, number>();
  /** The minute that has just closed is matched before the house sees its bars: its fills are checked when they are known. */
  #early: Fill[] = [];

  open({ close }: EventOf<'session_opened'>): void {
    this.#close = close;
    this.#frames = new Map();
    this.#taken = new Map();
  }

  bars(frame: Frame): void {
    this.#frames.set(frame.start, frame);
  }

  filled(fill: Fill): void {
    if (this.#frames.has(fill.bar)) this.#needBar(fill);
    else this.#early.push(fill);
  }

  /** All that followed from the bars of a minute has been written. */
  settled(): void {
    for (const fill of this.#early) this.#needBar(fill);
    this.#early = [];
  }

  /** A closing fill is at the close of its bar; every other lies within the reach of the bar. */
  #needBar({ order: id, symbol, shares, price, bar: start, flags }: Fill): void {
    const frame = this.#frames.get(start);
    need(frame !== undefined, `${id} fills in a minute that never was`);
    if (frame === undefined) return;
    const { low, high, close, volume } = frame;
    const of = (column: Int32Array): number => column[symbol] as number;
    const reach = Math.max(200, of(close) / 1000);
    const closing = flags.includes('at_close') || flags.includes('no_market');
    const within = price >= of(low) - reach && price <= of(high) + reach;
    need(closing ? price === of(close) : within, `${id} fills at ${price} in the bar ${of(low)} to ${of(high)}`);
    if (closing) need(flags.includes('at_close') === (start === this.#close - 60_000), `${id} is flagged ${flags.join(' ')}`);
    const cell = `${start} ${symbol}`;
    const taken = (this.#taken.get(cell) ?? 0) + shares;
    this.#taken.set(cell, taken);
    need(taken <= of(volume), `${taken} shares had of ${of(volume)} that traded`);
  }
}
