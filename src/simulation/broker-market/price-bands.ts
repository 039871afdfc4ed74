import type { Instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import type { Ticker } from '#domain/values/symbol';
import type { MomentOf } from '#simulation/broker-market/market-moment';

/** A new reference within this of the old one leaves the bands as they are. Source: the LULD plan. */
const MOVED = 0.01;
/** Half widths of tier 1 above and up to three dollars. Source: the LULD plan; its doubling at the open is left out. */
const WIDTH = 0.05;
const WIDTH_OF_CHEAP = 0.2;
const CHEAP = 30_000;
const CENT = 100;

/** Remembers the reference of each name, and says when its bands move. */
export class PriceBands {
  readonly #references = new Map<Ticker, number>();

  see(ticker: Ticker, close: number, at: Instant): MomentOf<'luld'> | null {
    const known = this.#references.get(ticker);
    if (known !== undefined && Math.abs(close - known) < known * MOVED) return null;
    this.#references.set(ticker, close);
    const width = close > CHEAP ? WIDTH : WIDTH_OF_CHEAP;
    const onCent = (value: number) => price(Math.max(CENT, Math.round(value / CENT) * CENT));
    return { kind: 'luld', at, ticker, up: onCent(close * (1 + width)), down: onCent(close * (1 - width)) };
  }
}
