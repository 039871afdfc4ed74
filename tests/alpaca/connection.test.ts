import { afterEach, expect, test } from 'vitest';
import { ticker } from '#domain/values/symbol';
import type { BrokerNews } from '#engine/ports/brokerage';
import type { MarketNews } from '#engine/ports/market-data';
import { alpacaConnection } from '#main/broker/alpaca-connection';
import { alpacaSettings } from '#main/broker/alpaca-settings';
import { systemClock } from '#main/news/system-clock';
import { KEY_ID, SECRET } from '#tests/alpaca/connected';
import { LineServer, until } from '#tests/alpaca/line-server';
import { bracketAsk, madeBracket } from '#tests/alpaca/made-orders';
import { TradingServer } from '#tests/alpaca/trading-server';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

test('settings and servers of this machine make a whole broker', async () => {
  const [trading, data, line] = [await TradingServer.start(), await TradingServer.start(), await LineServer.start(false)];
  closings.push(() => Promise.all([trading.stop(), data.stop(), line.stop()]));
  const settings = alpacaSettings(
    {
      APCA_API_KEY_ID: KEY_ID,
      APCA_API_SECRET_KEY: SECRET,
      CATALYST_ALPACA_ENVIRONMENT: 'simulated',
      APCA_API_BASE_URL: trading.base.href,
      ALPACA_DATA_URL: data.base.href,
      ALPACA_DATA_STREAM_URL: line.url.href,
    },
    null,
  );
  if (!settings.ok) throw new Error(settings.problem.said);
  const stop = new AbortController();
  const none = { updatedBars: [], statuses: [], lulds: [], trades: [], quotes: [] };
  const made = alpacaConnection(settings.value, { wanted: { ...none, bars: [ticker('AAPL')] }, clock: systemClock, stop: stop.signal });
  closings.unshift(() => made.close());

  trading.serve = () => ({ status: 200, body: madeBracket() });
  expect(await made.brokerage.ask(bracketAsk, 'entry')).toMatchObject({ kind: 'order' });
  data.serve = () => ({ status: 200, body: { quotes: {} } });
  expect(await made.marketData.latestQuotes([ticker('AAPL')])).toEqual({ ok: true, value: { quotes: [], bad: [] } });
  expect([trading.asked.length, data.asked.length]).toEqual([1, 1]);
  expect(made.tradingRate()).toEqual({ used: 1, limit: 200 });

  line.greeting = [{ T: 'success', msg: 'connected' }];
  line.talk = ({ action }, say) =>
    say(action === 'auth' ? [{ T: 'success', msg: 'authenticated' }] : [{ T: 'subscription', bars: ['AAPL'] }]);
  const [market, orders]: [MarketNews[], BrokerNews[]] = [[], []];
  const following = [
    made.marketLine.follow((news) => void market.push(news), stop.signal),
    made.brokerage.follow((news) => void orders.push(news), stop.signal),
  ];
  await until(() => market.length > 0 && orders.length > 0);
  expect([market[0]?.kind, orders[0]?.kind]).toEqual(['line_ready', 'line_lost']);
  stop.abort();
  await Promise.all(following);
});
