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

/** From a row on the whole market slides by so much in so many minutes and stays there. */
export const crash =
  (session: number, row: number, depth: number, minutes: number): Bend =>
  (bars, index) => {
    if (index !== session) return;
    scaled(bars, row, (at) => 1 - depth * Math.min(1, (at - row + 1) / minutes), () => true);
  };

export const together =
  (...bends: readonly Bend[]): Bend =>
  (bars, index) => {
    for (const bend of bends) bend(bars, index);
  };
