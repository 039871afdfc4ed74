import { formatInstant } from '#domain/values/instant';
import type { NumberedTrade } from '#simulation/broker-market/latest-market';
import type { MomentOf, NewsStory, ToldBar } from '#simulation/broker-market/market-moment';

/**
 * The objects of the market-data API: plain JSON numbers, unlike the trading API. An integer of 1e-4 divided once is the
 * nearest double of its decimal, so that it is written as that decimal. Source: broker-alpaca §1, §15.
 */
const dollars = (e4: number): number => e4 / 10_000;

/** A mean to a millionth. */
const meanDollars = (e4: number): number => Math.round(e4 * 100) / 1_000_000;

/** A bar; `vw` is its mean price. */
export const barJson = (bar: ToldBar) => ({
  t: formatInstant(bar.start),
  o: dollars(bar.open),
  h: dollars(bar.high),
  l: dollars(bar.low),
  c: dollars(bar.close),
  v: bar.volume,
  n: bar.trades,
  vw: meanDollars(bar.meanPrice),
});

/** A quote, sizes in shares. */
export const quoteJson = (quote: MomentOf<'quote'>) => ({
  t: formatInstant(quote.at),
  ax: 'V',
  ap: dollars(quote.ask),
  as: quote.askSize,
  bx: 'V',
  bp: dollars(quote.bid),
  bs: quote.bidSize,
  c: ['R'],
  z: 'C',
});

/** A print. */
export const tradeJson = (trade: NumberedTrade) => ({
  t: formatInstant(trade.at),
  x: 'V',
  p: dollars(trade.price),
  s: trade.size,
  c: ['@'],
  i: trade.id,
  z: 'C',
});

const statusWords: Readonly<Record<string, string>> = {
  H: 'Trading Halt',
  P: 'Volatility Trading Pause',
  Q: 'Quotation Resumption',
  T: 'Trading Resumption',
};

/** A halt, a pause or their end, in the codes of UTP. */
export const statusJson = ({ at, code, reason }: MomentOf<'status'>) => ({
  t: formatInstant(at),
  sc: code,
  sm: statusWords[code] ?? '',
  rc: reason,
  rm: reason === 'LUDP' ? 'Volatility Trading Pause' : '',
  z: 'C',
});

/** The bands of LULD. */
export const luldJson = ({ at, up, down }: MomentOf<'luld'>) => ({
  t: formatInstant(at),
  u: dollars(up),
  d: dollars(down),
  i: 'B',
  z: 'C',
});

/** A story, as REST and the stream tell it. */
export const storyJson = (story: NewsStory, withContent: boolean) => ({
  id: story.id,
  headline: story.text,
  author: story.source,
  created_at: formatInstant(story.createdAt),
  updated_at: formatInstant(story.updatedAt),
  summary: story.summary,
  content: withContent ? story.text : '',
  url: `https://news.example/${story.id}`,
  images: [],
  symbols: story.symbols,
  source: story.source,
});
