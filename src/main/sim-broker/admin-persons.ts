import { cash } from '#domain/values/cash';
import { fieldIn, textIn } from '#domain/values/json-field';
import type { Ticker } from '#domain/values/symbol';
import { type AdminActs, type AdminAnswer, done, refused } from '#main/sim-broker/admin-door';
import { priceIn, sharesIn, tickerIn } from '#main/sim-broker/said-values';
import type { SimulatedBroker } from '#simulation/broker/simulated-broker';

const flags = ['tradingBlocked', 'accountBlocked', 'closingOnly', 'suspendTrade'] as const;

/** What people, or the broker itself, do behind a client's back. */
export function personActs(broker: SimulatedBroker, isListed: (ticker: Ticker) => boolean): AdminActs {
  /** For an act that needs a name and nothing else. */
  const ofName = (said: unknown, act: (ticker: Ticker) => void): AdminAnswer => {
    const ticker = tickerIn(said);
    if (ticker === null || !isListed(ticker)) return refused('expected {"ticker"}, one of those in GET /status');
    act(ticker);
    return done();
  };
  return {
    'POST /person/delete-position': (said) => ofName(said, (ticker) => broker.deletePosition(ticker)),
    'POST /person/liquidate': (said) => ofName(said, (ticker) => broker.liquidate(ticker)),
    'POST /person/foreign-order': (said) => attempted(() => ({ id: broker.foreignOrder(said) })),
    'POST /person/external-trade': (said) => {
      const ticker = tickerIn(said);
      const side = textIn(said, 'side');
      const shares = sharesIn(said, 'shares');
      const price = priceIn(said, 'price');
      if (ticker === null || !isListed(ticker) || (side !== 'buy' && side !== 'sell') || shares === null || price === null)
        return refused('expected {"ticker","side","shares","price"}');
      return done({ id: broker.externalTrade({ ticker, side, shares, price }) });
    },
    'POST /person/bust-trade': (said) => {
      const id = textIn(said, 'id');
      if (id === null) return refused('expected {"id"} of an execution or of its activity');
      return attempted(() => broker.bustTrade(id));
    },
    'POST /person/restrict': (said) => {
      const status = textIn(said, 'status');
      const set = flags.flatMap((name) =>
        typeof fieldIn(said, name) === 'boolean' ? [[name, fieldIn(said, name) === true] as const] : [],
      );
      if (status === null && set.length === 0) return refused(`expected "status", or some of ${flags.join(', ')} as true or false`);
      broker.restrict({ ...(status !== null && { status }), ...Object.fromEntries(set) });
      return done();
    },
    'POST /person/revoke-keys': () => {
      broker.revokeKeys();
      return done();
    },
    'POST /person/replace-account': (said) => {
      const accountId = textIn(said, 'accountId');
      const money = fieldIn(said, 'cash') === null ? null : priceIn(said, 'cash');
      if (accountId === null || (fieldIn(said, 'cash') !== null && money === null))
        return refused('expected {"accountId"} and perhaps "cash"');
      broker.replaceAccount({ accountId, ...(money !== null && { cash: cash(money) }) });
      return done();
    },
  };
}

/** What the broker cannot do is told to whoever asked for it, and changes nothing. */
function attempted(act: () => unknown): AdminAnswer {
  try {
    return done(act() ?? { done: true });
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('assertion failed: ')) return refused(error.message.slice(18), 409);
    throw error;
  }
}
