import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { type Ticker, ticker } from '#domain/values/symbol';
import type { MarketMoment } from '#simulation/broker-market/market-moment';
import { toldBar } from '#simulation/broker-market/told-bar';

/** The only name of the stream `/v2/test`, which talks around the clock. */
export const FAKE: Ticker = ticker('FAKEPACA');

const EVERY_MS = 1000;
const BASE = 1_350_000;
const CENT = 100;

/** What nobody waited for is not made up for beyond this. */
const BEHIND_MS_MAX = 60 * MINUTE_MS;

/** The next second in which it talks. */
export const nextTest = (now: Instant): Instant => instant(Math.floor(now / EVERY_MS) * EVERY_MS + EVERY_MS);

/** A quote and a print each second, and their bar each minute, after `from` and up to `to`; nothing of it is traded at the broker. */
export function testMoments(from: Instant, to: Instant): readonly MarketMoment[] {
  const moments: MarketMoment[] = [];
  for (let at = nextTest(instant(Math.max(from, to - BEHIND_MS_MAX))); at <= to; at = instant(at + EVERY_MS))
    moments.push(...momentsAt(at));
  return moments;
}

/** A zigzag of a cent a second: nothing to be learned from it but that it comes. */
const priceAt = (at: number): number => BASE + Math.abs(((at / EVERY_MS) % 60) - 30) * CENT;

function momentsAt(at: Instant): readonly MarketMoment[] {
  const last = price(priceAt(at));
  const quote: MarketMoment = {
    kind: 'quote',
    at,
    ticker: FAKE,
    bid: price(last - CENT),
    ask: price(last + CENT),
    bidSize: 100,
    askSize: 100,
  };
  const trade: MarketMoment = { kind: 'trade', at, ticker: FAKE, price: last, size: 10 };
  if (at % MINUTE_MS !== 0) return [quote, trade];
  const bar = { open: priceAt(0), high: BASE + 30 * CENT, low: BASE, close: priceAt(MINUTE_MS - EVERY_MS), volume: 600 };
  return [quote, trade, { kind: 'bar', at, ticker: FAKE, bar: toldBar(instant(at - MINUTE_MS), bar) }];
}
