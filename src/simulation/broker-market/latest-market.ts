import type { Ticker } from '#domain/values/symbol';
import type { MarketMoment, MomentOf } from '#simulation/broker-market/market-moment';

/** A print with the number that its tape gives it, unique for its name. */
export type NumberedTrade = MomentOf<'trade'> & { readonly id: number };

/** What a name's market looked like last. */
export type Latest = { readonly quote: MomentOf<'quote'> | null; readonly trade: NumberedTrade | null };

const nothing: Latest = { quote: null, trade: null };

/** The last quote and print of every name. */
export class LatestMarket {
  readonly #latest = new Map<Ticker, Latest>();

  see(moment: MarketMoment): void {
    if (moment.kind === 'quote') this.#latest.set(moment.ticker, { ...this.of(moment.ticker), quote: moment });
    if (moment.kind !== 'trade') return;
    const before = this.of(moment.ticker);
    this.#latest.set(moment.ticker, { ...before, trade: { ...moment, id: (before.trade?.id ?? 0) + 1 } });
  }

  of(ticker: Ticker): Latest {
    return this.#latest.get(ticker) ?? nothing;
  }
}
