import type { BrokerClock } from '#domain/brokerage/broker-order';
import type { Instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { Quantity } from '#domain/values/quantity';
import type { Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';

/** One minute of one name, from `at` on. A minute without a qualifying trade has no bar: a missing bar is not a zero bar. */
export type MarketBar = {
  readonly ticker: Ticker;
  readonly at: Instant;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly volume: Quantity;
};

export type MarketQuote = {
  readonly ticker: Ticker;
  readonly at: Instant;
  readonly bid: Price;
  readonly ask: Price;
  /** Shares. */
  readonly bidShares: number;
  readonly askShares: number;
};

/** A price or a number that is none: it is told so that somebody may count it, and never used. */
export type BadPrint = {
  readonly kind: 'bad_print';
  readonly what: 'bar' | 'trade' | 'quote' | 'band' | 'status';
  /** Null where not even that can be read. */
  readonly ticker: Ticker | null;
  /** `crossed`: the bid is above the ask. `bad_range`: a high below a low. */
  readonly why: 'bad_price' | 'bad_size' | 'bad_time' | 'missing_side' | 'crossed' | 'bad_range' | 'no_ticker';
};

export type MarketNews =
  /** From here on what was chosen is told, but for what `coverage_refused` has named. */
  | { readonly kind: 'line_ready' }
  | { readonly kind: 'line_lost'; readonly why: string }
  /** Waiting alone will not help: wrong keys, or an account that may not do this. It is tried again all the same, after a long pause. */
  | { readonly kind: 'line_refused'; readonly said: string }
  /** Nothing of this channel is told of these names until they are asked for again: too many names, or not in the plan. */
  | { readonly kind: 'coverage_refused'; readonly channel: Channel; readonly tickers: readonly Ticker[]; readonly code: number }
  | { readonly kind: 'bar'; readonly bar: MarketBar }
  /** The same minute again, with trades that came late. */
  | { readonly kind: 'bar_updated'; readonly bar: MarketBar }
  | { readonly kind: 'trade'; readonly ticker: Ticker; readonly at: Instant; readonly price: Price; readonly shares: number }
  | { readonly kind: 'quote'; readonly quote: MarketQuote }
  /** `trading` is null for a code that is not known. Codes of the tapes, as they are. */
  | {
      readonly kind: 'status';
      readonly ticker: Ticker;
      readonly at: Instant;
      readonly code: string;
      readonly reason: string;
      readonly trading: 'halted' | 'quoting' | 'resumed' | null;
    }
  /** Limit up and limit down: outside of them nothing trades. */
  | { readonly kind: 'band'; readonly ticker: Ticker; readonly at: Instant; readonly up: Price; readonly down: Price }
  | BadPrint;

/** What can be told of a name. */
export const channels = ['bars', 'updatedBars', 'statuses', 'lulds', 'trades', 'quotes'] as const;
export type Channel = (typeof channels)[number];

/** The names of each channel; a channel without any is left out of the line. */
export type Wanted = Readonly<Record<Channel, readonly Ticker[]>>;

/** Tells what the market does, with no promise that it tells everything. */
export type MarketLine = {
  /** Tells until it is told to stop, however often the line breaks. */
  follow(tell: (news: MarketNews) => void, stop: AbortSignal): Promise<void>;
  /** From now on these names, also after the line was lost. */
  choose(wanted: Wanted): void;
};

export type DataProblem =
  | { readonly kind: 'unreachable'; readonly why: string }
  | { readonly kind: 'refused'; readonly status: number; readonly said: string }
  | { readonly kind: 'rate_limited'; readonly waitMs: number }
  | { readonly kind: 'unreadable'; readonly field: string }
  | { readonly kind: 'endless_pages'; readonly pages: number }
  | { readonly kind: 'stopped' };

export type BarsAsked = {
  readonly tickers: readonly Ticker[];
  readonly from: Instant;
  /** Inclusive. */
  readonly to: Instant;
  /** Names as they were on that day: a renamed company is found under it. Null is today. */
  readonly asOf: SessionDate | null;
};

export type BarsPage = { readonly bars: readonly MarketBar[]; readonly bad: readonly BadPrint[] };

export type Asset = {
  readonly ticker: Ticker;
  readonly exchange: string;
  readonly tradable: boolean;
  readonly shortable: boolean;
  readonly fractionable: boolean;
};

/** A session as the broker has it; minutes since midnight in New York. */
export type CalendarDay = { readonly date: SessionDate; readonly openMinute: number; readonly closeMinute: number };

/** Something that changes what a share is. `kind` is the vendor's word for the list in which it stands, such as "forward_splits". */
export type CorporateAction = {
  readonly kind: string;
  readonly ticker: Ticker;
  /** The session from which on prices are of the new share. */
  readonly exDate: SessionDate;
  /** New shares for `oldShares` old ones; null where it is no split. Both perhaps with a fraction. */
  readonly newShares: number | null;
  readonly oldShares: number | null;
  /** The name from then on, where it changes. */
  readonly newTicker: Ticker | null;
};

/** What is asked about the market. Each method asks within bounds, and then says what went wrong. */
export type MarketDataSource = {
  /** Whole pages in the order of the vendor: by name, then by time. Prices as they were traded. Ends after a problem. */
  historicalBars(asked: BarsAsked): AsyncIterable<Result<BarsPage, DataProblem>>;
  assets(): Promise<Result<readonly Asset[], DataProblem>>;
  calendar(from: SessionDate, to: SessionDate): Promise<Result<readonly CalendarDay[], DataProblem>>;
  clock(): Promise<Result<BrokerClock, DataProblem>>;
  corporateActions(
    tickers: readonly Ticker[],
    from: SessionDate,
    to: SessionDate,
  ): Promise<Result<readonly CorporateAction[], DataProblem>>;
  /** A name without a quote is missing. */
  latestQuotes(
    tickers: readonly Ticker[],
  ): Promise<Result<{ readonly quotes: readonly MarketQuote[]; readonly bad: readonly BadPrint[] }, DataProblem>>;
};
