import type { Instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import type { ToldBar } from '#simulation/broker-market/market-moment';
import { type MinuteBar, printsOf } from '#simulation/broker-market/minute-path';

/** A minute as it is told, on the stream and later on request. How many prints and their mean are taken from the bar alone. */
export function toldBar(start: Instant, { open, high, low, close, volume }: MinuteBar): ToldBar {
  return {
    start,
    open: price(open),
    high: price(high),
    low: price(low),
    close: price(close),
    volume,
    trades: printsOf(volume),
    meanPrice: (open + high + low + close) / 4,
  };
}

/** One bar out of several, oldest first; null out of none. */
export function joinedBar(start: Instant, bars: readonly ToldBar[]): ToldBar | null {
  const [first] = bars;
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return null;
  let { high, low } = first;
  let volume = 0;
  let trades = 0;
  let traded = 0;
  for (const bar of bars) {
    if (bar.high > high) high = bar.high;
    if (bar.low < low) low = bar.low;
    volume += bar.volume;
    trades += bar.trades;
    traded += bar.meanPrice * bar.volume;
  }
  return { start, open: first.open, high, low, close: last.close, volume, trades, meanPrice: traded / volume };
}
