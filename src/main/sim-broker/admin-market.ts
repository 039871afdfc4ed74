import type { Instant } from '#domain/values/instant';
import { numberIn, textIn } from '#domain/values/json-field';
import { type AdminActs, done, refused } from '#main/sim-broker/admin-door';
import { priceIn, sharesIn, tickerIn } from '#main/sim-broker/said-values';
import type { MarketMoment } from '#simulation/broker-market/market-moment';

/** Prices, halts and splits by hand: they reach the broker and the market data alike, now. */
export function marketActs(now: () => Instant, push: (moment: MarketMoment) => void): AdminActs {
  const pushed = (moment: MarketMoment) => {
    push(moment);
    return done();
  };
  return {
    'POST /market/quote': (said) => {
      const ticker = tickerIn(said);
      const bid = priceIn(said, 'bid');
      const ask = priceIn(said, 'ask');
      const bidSize = sharesIn(said, 'bidSize', 1000);
      const askSize = sharesIn(said, 'askSize', 1000);
      if (ticker === null || bid === null || ask === null || bidSize === null || askSize === null || bid > ask)
        return refused('expected {"ticker","bid","ask"} with bid no higher than ask, and perhaps "bidSize","askSize" in shares');
      return pushed({ kind: 'quote', at: now(), ticker, bid, ask, bidSize, askSize });
    },
    'POST /market/trade': (said) => {
      const ticker = tickerIn(said);
      const price = priceIn(said, 'price');
      const size = sharesIn(said, 'size', 100);
      if (ticker === null || price === null || size === null) return refused('expected {"ticker","price"} and perhaps "size"');
      return pushed({ kind: 'trade', at: now(), ticker, price, size });
    },
    'POST /market/status': (said) => {
      const ticker = tickerIn(said);
      const code = textIn(said, 'code');
      if (ticker === null || code === null) return refused('expected {"ticker","code"} such as H, P, Q or T, and perhaps "reason"');
      return pushed({ kind: 'status', at: now(), ticker, code, reason: textIn(said, 'reason') ?? '' });
    },
    'POST /market/split': (said) => {
      const ticker = tickerIn(said);
      const ratio = numberIn(said, 'ratio');
      if (ticker === null || ratio === null || ratio <= 0 || ratio === 1)
        return refused('expected {"ticker","ratio"}: 10 makes ten shares of one, 0.1 one of ten');
      return pushed({ kind: 'split', at: now(), ticker, ratio });
    },
  };
}
