import { type Price, price } from '#domain/values/price';
import type { RandomStream } from '#simulation/market/seeded-random';

/** What a minute was; prices in 1e-4, volume in shares. */
export type MinuteBar = {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

/** A print within a minute, so many milliseconds after its start. */
export type Print = { readonly afterMs: number; readonly price: Price; readonly size: number; readonly odd: boolean };

/** More would tell a reader nothing new and cost every client its time. */
const PRINTS_MAX = 12;
const MINUTE_MS = 60_000;
/** The last print comes well before the bar that contains it. */
const LAST_MS = 59_800;
const CENT = 100;

/** How many prints a minute of so many shares is told in. */
export const printsOf = (volume: number): number => Math.min(PRINTS_MAX, Math.max(1, Math.min(volume, Math.round(Math.sqrt(volume / 50)))));

/**
 * One way in which a minute may have gone: open, its extremes, close. Open, high, low and close are printed as far as there
 * are shares for it, nothing is printed beyond them, and the sizes sum to the volume. `oddSide` is an extreme that was never
 * quoted: a bad tick.
 */
export function minutePath(bar: MinuteBar, stream: RandomStream, oddSide: 'high' | 'low' | null): readonly Print[] {
  const prices = pricesOf(bar, stream);
  const sizes = sizesOf(bar.volume, prices.length, stream);
  const times = timesOf(prices.length, stream);
  const odd = oddSide === null ? null : bar[oddSide];
  return prices.map((each, place) => ({
    afterMs: times[place] as number,
    price: price(each),
    size: sizes[place] as number,
    odd: each === odd,
  }));
}

function pricesOf(bar: MinuteBar, stream: RandomStream): readonly number[] {
  const { open, high, low, close, volume } = bar;
  if (volume === 1) return [close];
  const rises = close === open ? stream.chance(0.5) : close > open;
  // A minute that rose has more often been low first.
  const lowFirst = stream.chance(0.75) === rises;
  const extremes = volume < 4 ? [] : lowFirst ? [low, high] : [high, low];
  const corners = [open, ...extremes, close].filter((each, place, all) => place === 0 || each !== all[place - 1]);
  const more = Math.max(0, printsOf(volume) - corners.length);
  return between(corners, more, stream);
}

/** Puts prints between the corners, each between its two. */
function between(corners: readonly number[], more: number, stream: RandomStream): readonly number[] {
  if (corners.length === 1) return [...corners, ...Array.from({ length: more }, () => corners[0] as number)];
  const legs = corners.length - 1;
  const counts = Array.from({ length: legs }, () => 0);
  for (let i = 0; i < more; i++) {
    const leg = stream.below(legs);
    counts[leg] = (counts[leg] as number) + 1;
  }
  const path = [corners[0] as number];
  for (let leg = 0; leg < legs; leg++) {
    const from = corners[leg] as number;
    const to = corners[leg + 1] as number;
    const steps = (counts[leg] as number) + 1;
    for (let step = 1; step < steps; step++)
      path.push(onTick(from + ((to - from) * (step - 0.5 + stream.uniform() / 2)) / steps, from, to));
    path.push(to);
  }
  return path;
}

function onTick(value: number, from: number, to: number): number {
  const tick = value >= 10_000 ? CENT : 1;
  return Math.min(Math.max(Math.round(value / tick) * tick, Math.min(from, to)), Math.max(from, to));
}

function sizesOf(volume: number, count: number, stream: RandomStream): readonly number[] {
  const weights = Array.from({ length: count }, () => 0.2 + stream.exponential());
  const sum = weights.reduce((total, each) => total + each, 0);
  const free = volume - count;
  const sizes = weights.map((each) => 1 + Math.floor((free * each) / sum));
  sizes[count - 1] = volume - sizes.slice(0, -1).reduce((total, each) => total + each, 0);
  return sizes;
}

function timesOf(count: number, stream: RandomStream): readonly number[] {
  const times = Array.from({ length: count }, (_, place) => Math.floor(((place + stream.uniform()) / count) * LAST_MS));
  times[0] = Math.min(times[0] as number, Math.floor(MINUTE_MS / 60));
  return times;
}
