import type { BarColumns, Frame } from '#domain/events/frame';
import { instant } from '#domain/values/instant';

/** A bar for a test: prices in 1e-4, shares; null where a symbol has none. */
export type Bar = readonly [open: number, high: number, low: number, close: number, volume: number] | null;

/** Columns of the bars of symbols 0, 1, 2 … */
export function columns(bars: readonly Bar[]): BarColumns {
  const column = (i: 0 | 1 | 2 | 3 | 4, absent: number): Int32Array => Int32Array.from(bars, (bar) => (bar === null ? absent : bar[i]));
  return { width: bars.length, open: column(0, 0), high: column(1, 0), low: column(2, 0), close: column(3, 0), volume: column(4, -1) };
}

export function frame(minute: number, bars: readonly Bar[], regular = true): Frame {
  return { ...columns(bars), minute, start: instant(minute * 60_000), present: bars.filter((bar) => bar !== null).length, regular };
}

/** A bar that opened and closed at one price. */
export const still = (close: number, volume = 100): Bar => [close, close, close, close, volume];

/** Numbers from 0 to 1 that are the same in each run. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** A random walk of bars; `absent` is the share of missing ones. */
export function walk(seed: number, length: number, absent = 0, start = 500_000): Bar[] {
  const next = chance(seed);
  let last = start;
  return Array.from({ length }, () => {
    const open = Math.max(1000, last + Math.round((next() - 0.5) * 1000));
    const close = Math.max(1000, open + Math.round((next() - 0.5) * 4000));
    const bar: Bar = [
      open,
      Math.max(open, close) + Math.round(next() * 1500),
      Math.min(open, close) - Math.round(next() * 500),
      close,
      Math.floor(next() * 5000),
    ];
    if (next() < absent) return null;
    last = close;
    return bar;
  });
}
