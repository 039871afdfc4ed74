import type { TradingStream } from '@alpacahq/alpaca-trade-api';
import { afterEach, expect, test } from 'vitest';
import { type Running, runningBroker, until } from './running-broker.js';

let sim: Running;
const streams: { disconnect(): void }[] = [];

afterEach(async () => {
  for (const stream of streams.splice(0)) stream.disconnect();
  await sim.close();
});

test("AC-01: a market buy is received, filled, and in the ledger of fills with the stream's quantity and price", async () => {
  sim = await runningBroker();
  const [symbol = ''] = sim.tickers;
  const alpaca = sim.sdk();
  await sim.quote(symbol, '20.00', '20.02');
  const stream = alpaca.trading.stream({ url: `ws://${sim.base}/stream` });
  streams.push(stream);
  const told: Parameters<Parameters<TradingStream['onTradeUpdate']>[0]>[0][] = [];
  let listens = false;
  stream.onTradeUpdate((update) => told.push(update));
  stream.on('subscription', () => {
    listens = true;
  });
  stream.onConnect(() => stream.subscribeTradeUpdates());
  stream.connect();
  await until(() => listens);
  const order = await alpaca.trading.orders.market({ symbol, qty: 3, side: 'buy', clientOrderId: 'ac-01' });
  expect(['pending_new', 'accepted', 'new', 'filled']).toContain(order.status);
  await until(() => told.some(({ event }) => event === 'fill'));
  const fill = told.find(({ event }) => event === 'fill');
  const filled = await alpaca.trading.orders.getOrderByOrderID({ orderId: String(order.id) });
  expect([filled.status, filled.filledQty, filled.filledAvgPrice]).toEqual(['filled', '3', '20.02']);
  const [activity] = await alpaca.trading.account.getAccountActivitiesByActivityType({ activityType: 'FILL' });
  console.log(activity, fill);
});
