import { type Price, price } from '#domain/values/price';
import type { RandomStream } from '#simulation/market/seeded-random';

/** The best bid and offer, on ticks, in shares. */
export type Quoted = { readonly bid: Price; readonly ask: Price; readonly bidSize: number; readonly askSize: number };

const CENT = 100;
/** At and above one dollar a quote stands on whole cents. Source: SEC Rule 612. */
const DOLLAR = 10_000;
/** A twentieth of a percent, at least a tick: what a name of middling volume costs. */
const SPREAD = 0.0005;
const LOT = 100;

/** Quotes around a print that is about to happen at one of their sides. */
export function quotedAround(at: Price, volume: number, stream: RandomStream): Quoted {
  const tick = at >= DOLLAR ? CENT : 1;
  const wide = Math.max(tick, Math.round((at * SPREAD * (0.5 + stream.uniform())) / tick) * tick);
  const atAsk = stream.chance(0.5);
  const bid = atAsk ? Math.floor((at - 1) / tick) * tick - (wide - tick) : Math.floor(at / tick) * tick;
  const ask = atAsk ? Math.ceil(at / tick) * tick : Math.floor(at / tick) * tick + wide;
  return { bid: price(Math.max(bid, 1)), ask: price(Math.max(ask, 2)), bidSize: depth(volume, stream), askSize: depth(volume, stream) };
}

/** Before the first print of a day: twice as wide, around the last close. */
export function quotedOvernight(close: Price, stream: RandomStream): Quoted {
  const tick = close >= DOLLAR ? CENT : 1;
  const half = Math.max(tick, Math.round((close * SPREAD) / tick) * tick);
  const middle = Math.round(close / tick) * tick;
  return {
    bid: price(Math.max(middle - half, 1)),
    ask: price(middle + half),
    bidSize: LOT * stream.integer(1, 5),
    askSize: LOT * stream.integer(1, 5),
  };
}

/** Round lots that stand at one side: about a tenth of what a minute trades. */
const depth = (volume: number, stream: RandomStream): number => LOT * Math.max(1, Math.round((volume / 1000) * (0.5 + stream.uniform())));
