import type { Instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { Ticker } from '#domain/values/symbol';

/** A bar as a vendor tells it; prices in 1e-4, `start` of its span, `meanPrice` in 1e-4 with a fraction, `trades` counted. */
export type ToldBar = {
  readonly start: Instant;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly volume: number;
  readonly trades: number;
  readonly meanPrice: number;
};

/** One story; an edited one keeps its id and says later when it was touched. */
export type NewsStory = {
  readonly id: number;
  readonly text: string;
  readonly summary: string;
  readonly source: string;
  readonly symbols: readonly Ticker[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

/** Something that the market or a wire does at an instant. Sizes are in shares. */
export type MarketMoment = { readonly at: Instant } & (
  | {
      readonly kind: 'quote';
      readonly ticker: Ticker;
      readonly bid: Price;
      readonly ask: Price;
      readonly bidSize: number;
      readonly askSize: number;
    }
  | { readonly kind: 'trade'; readonly ticker: Ticker; readonly price: Price; readonly size: number }
  | { readonly kind: 'bar' | 'updated_bar'; readonly ticker: Ticker; readonly bar: ToldBar }
  /** UTP's codes: H halted, P paused by volatility, Q quotes again, T trades again; reasons such as T1 or LUDP. */
  | { readonly kind: 'status'; readonly ticker: Ticker; readonly code: string; readonly reason: string }
  | { readonly kind: 'luld'; readonly ticker: Ticker; readonly up: Price; readonly down: Price }
  | { readonly kind: 'split'; readonly ticker: Ticker; readonly ratio: number }
  | { readonly kind: 'news'; readonly story: NewsStory }
);

/** The moments of one kind. */
export type MomentOf<Kind extends MarketMoment['kind']> = Extract<MarketMoment, { readonly kind: Kind }>;
