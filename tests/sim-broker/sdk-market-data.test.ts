import { type Alpaca, type streaming, TimeFrame } from '@alpacahq/alpaca-trade-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Running, runningBroker, until } from './running-broker.js';
import { refusalOf } from './sdk-client.js';

let sim: Running;
let alpaca: Alpaca;
let symbol = '';

beforeEach(async () => {
  sim = await runningBroker();
  alpaca = sim.sdk();
  [symbol = ''] = sim.tickers;
});
afterEach(() => sim.close());

test('AC-25: the SDK pages through bars of many names', async () => {
  const range = {
    symbols: [...sim.tickers],
    timeframe: TimeFrame.Day,
    start: new Date('2026-03-02'),
    end: new Date('2026-03-13T23:00:00Z'),
  };
  const paged = await alpaca.marketData.collectStockBarsBySymbol({ ...range, limit: 7 });
  const whole = await alpaca.marketData.collectStockBarsBySymbol({ ...range, limit: 1000 });
  expect(Object.keys(whole)).toEqual(sim.tickers);
  expect(whole[symbol]).toHaveLength(10);
  expect(paged).toEqual(whole);
});

test('AC-25: the SDK reads quotes, prints, snapshots, news and splits', async () => {
  await sim.quote(symbol, '20.00', '20.02');
  await sim.trade(symbol, '20.01');
  expect(await alpaca.marketData.getLatestPrice(symbol)).toBe(20.01);
  const { quotes } = await alpaca.marketData.stocks.stockLatestQuotes({ symbols: symbol });
  expect(quotes[symbol]).toMatchObject({ bp: 20, ap: 20.02 });
  const snapshot = await alpaca.marketData.stocks.stockSnapshotSingle({ symbol });
  expect([snapshot.latestTrade?.p, snapshot.dailyBar?.o !== undefined]).toEqual([20.01, true]);
  const news = await alpaca.marketData.collectNews({ limit: 10, start: new Date('2026-03-02') });
  expect(news.length).toBeGreaterThan(10);
  expect(news.every(({ headline, createdAt }) => headline !== '' && createdAt instanceof Date)).toBe(true);
  expect(await alpaca.marketData.collectCorporateActions({ symbols: symbol })).toBeDefined();
});

test('AC-25: the SDK is told what was wrong with a question', async () => {
  const asked = alpaca.marketData.stocks.stockBars({ symbols: symbol, timeframe: '1minute' });
  expect(await refusalOf(asked)).toMatchObject({ status: 400, message: expect.stringContaining('invalid timeframe') });
});

test('AC-25: the SDK follows bars, quotes, prints and halts, in MessagePack, to the millisecond', async () => {
  const stream = alpaca.marketData.stockStream({ url: `ws://${sim.base}/v2/iex` });
  const quotes: streaming.StreamQuote[] = [];
  const trades: streaming.StreamTrade[] = [];
  const bars: streaming.StreamBar[] = [];
  const statuses: streaming.StreamStatus[] = [];
  const errors: unknown[] = [];
  let subscribed = 0;
  stream.onQuote((quote) => quotes.push(quote));
  stream.onTrade((trade) => trades.push(trade));
  stream.onBar((bar) => bars.push(bar));
  stream.onStatus((status) => statuses.push(status));
  stream.onError((error) => errors.push(error));
  stream.on('subscription', () => subscribed++);
  stream.onConnect(() => {
    stream.subscribeForQuotes([symbol]);
    stream.subscribeForTrades([symbol]);
    stream.subscribeForStatuses([symbol]);
    stream.subscribeForBars(['*']);
  });
  stream.connect();
  await until(() => subscribed >= 4);
  await sim.quote(symbol, '20.00', '20.02');
  await sim.trade(symbol, '20.01');
  await sim.admin('POST', '/market/status', { ticker: symbol, code: 'P', reason: 'LUDP' });
  await until(() => statuses.length > 0);
  expect(quotes.at(-1)).toMatchObject({ symbol, bidPrice: 20, askPrice: 20.02, timestamp: new Date('2026-03-16T14:00:00Z') });
  expect(trades.at(-1)).toMatchObject({ symbol, price: 20.01, size: 100 });
  expect(statuses.at(-1)).toMatchObject({ symbol, statusCode: 'P' });
  await sim.step(60_000);
  await until(() => bars.length > 1);
  expect(new Set(bars.map(({ timestamp }) => timestamp.toISOString()))).toContain('2026-03-16T14:00:00.000Z');
  expect(errors).toEqual([]);
  stream.disconnect();
});

test('AC-25: the SDK follows news', async () => {
  const stream = alpaca.marketData.newsStream({ url: `ws://${sim.base}/v1beta1/news` });
  const stories: streaming.StreamNews[] = [];
  let subscribed = false;
  stream.onNews((story) => stories.push(story));
  stream.on('subscription', () => {
    subscribed = true;
  });
  stream.onConnect(() => stream.subscribeForNews(['*']));
  stream.connect();
  await until(() => subscribed);
  await sim.step(24 * 3_600_000);
  await until(() => stories.length > 0);
  expect(stories[0]).toMatchObject({ headline: expect.stringMatching(/\w/), createdAt: expect.any(Date) });
  stream.disconnect();
});

test('the SDK gives up when another connection of its key is there already', async () => {
  const streams = [1, 2].map(() => alpaca.marketData.stockStream({ url: `ws://${sim.base}/v2/iex`, reconnect: false }));
  const [first, second] = streams;
  first?.connect();
  expect((await first?.whenAuthenticated())?.status).toBe('authenticated');
  second?.connect();
  expect((await second?.whenAuthenticated())?.authenticated).toBe(false);
  for (const stream of streams) stream.disconnect();
});
