import type { SessionBars } from '#engine/ports/bar-source';
import type { Bend } from './simulated-house.js';

const prices = ['open', 'high', 'low', 'close'] as const;

/** Every price of some symbols from a row on is so many times as high; on whole cents, so that it stays a price of the market. */
export function scaled(bars: SessionBars, fromRow: number, factorOf: (row: number) => number, isHit: (symbol: number) => boolean): void {
  const { width } = bars;
  for (let row = fromRow; row < bars.minutes.length; row++) {
    const factor = factorOf(row);
    for (let s = 0; s < width; s++) {
      const cell = row * width + s;
      if ((bars.volume[cell] as number) < 0 || !isHit(s)) continue;
      for (const price of prices) bars[price][cell] = Math.max(100, Math.round(((bars[price][cell] as number) * factor) / 100) * 100);
    }
  }
}

/** No bar of some symbols in these rows. */
export function silenced(bars: SessionBars, fromRow: number, toRow: number, isHit: (symbol: number) => boolean): void {
  const { width } = bars;
  for (let row = fromRow; row < Math.min(toRow, bars.minutes.length); row++) {
    for (let s = 0; s < width; s++) {
      if (!isHit(s)) continue;
      const cell = row * width + s;
      for (const price of prices) bars[price][cell] = 0;
      bars.volume[cell] = -1;
    }
  }
}

/** Fewer shares trade: a volume of 0 and more stays what it is, divided. */
export function thinned(bars: SessionBars, by: number): void {
  for (let cell = 0; cell < bars.volume.length; cell++) {
    const shares = bars.volume[cell] as number;
    if (shares > 0) bars.volume[cell] = Math.floor(shares / by);
  }
}

/** A minute in which every name trades far below and far above where it opened and closed. */
export function shaken(bars: SessionBars, row: number, by: number): void {
  for (let cell = row * bars.width; cell < (row + 1) * bars.width; cell++) {
    if ((bars.volume[cell] as number) < 0) continue;
    bars.high[cell] = Math.round((bars.high[cell] as number) * (1 + by));
    bars.low[cell] = Math.round((bars.low[cell] as number) * (1 - by));
  }
}

/** Nothing trades in the last minutes but the very last, and little in that. */
export function drowsyEnd(bars: SessionBars, minutes: number, by: number): void {
  const last = bars.minutes.length - 1;
  silenced(bars, last - minutes, last, () => true);
  for (let cell = last * bars.width; cell < bars.volume.length; cell++) {
    const shares = bars.volume[cell] as number;
    if (shares > 0) bars.volume[cell] = Math.ceil(shares / by);
  }
}

export const together =
  (...bends: readonly Bend[]): Bend =>
  (bars, index) => {
    for (const bend of bends) bend(bars, index);
  };
