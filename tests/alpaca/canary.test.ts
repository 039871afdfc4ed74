import { afterEach, expect, test } from 'vitest';
import { DataStream } from '#adapters/alpaca/data-stream';
import { AlpacaMarketData } from '#adapters/alpaca/market-data';
import { dialer, liveness } from '#adapters/websocket/dial';
import { instant } from '#domain/values/instant';
import { ticker } from '#domain/values/symbol';
import type { Ask } from '#engine/ports/brokerage';
import { connected, KEY_ID, SECRET } from '#tests/alpaca/connected';
import { LineServer, until } from '#tests/alpaca/line-server';
import { bracketAsk, cancelAsk, exitAsk, madeOrder, replaceAsk } from '#tests/alpaca/made-orders';
import { type Served, TradingServer } from '#tests/alpaca/trading-server';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** Everything that an object shows, also what stands in errors and in private places. */
const holdsKey = (text: string): boolean =>
  [KEY_ID, SECRET, encodeURIComponent(SECRET), SECRET.replaceAll('/', '\\/')].some((key) => text.includes(key));

const parrot = JSON.stringify({ code: 42210000, message: `you sent ${KEY_ID} and ${SECRET}`, key: KEY_ID, symbol: SECRET });
const answers: readonly Served[] = [
  { status: 200, body: parrot },
  { status: 200, body: `${KEY_ID}${SECRET}` },
  { status: 200, body: JSON.stringify([madeOrder({ id: KEY_ID, symbol: SECRET })]) },
  { status: 200, body: JSON.stringify(madeOrder({ id: SECRET, symbol: KEY_ID })) },
  { status: 401, body: parrot },
  { status: 403, body: parrot.replaceAll('/', '\\/') },
  { status: 422, body: parrot },
  { status: 500, body: `<html>${SECRET.slice(0, 5)}${SECRET}</html>` },
  { status: 302, headers: { location: `https://elsewhere.invalid/?key=${KEY_ID}` } },
  { fault: 'cut' },
  { fault: 'reset' },
];
const asks: readonly Ask[] = [
  bracketAsk,
  exitAsk,
  replaceAsk,
  cancelAsk,
  { kind: 'suspend_account', on: true },
  { kind: 'find_order', clientId: bracketAsk.clientId },
  { kind: 'list_open_orders' },
  { kind: 'list_positions' },
  { kind: 'list_executions', after: instant(0) },
  { kind: 'list_cash_activities', after: instant(0) },
  { kind: 'read_account' },
  { kind: 'read_clock' },
];

test('A15: no answer of the brokerage holds a key, whatever the server repeats', async () => {
  const server = await TradingServer.start();
  closings.push(() => server.stop());
  for (const served of answers) {
    server.serve = () => served;
    const made = connected(server.base, { requests: 1_000 });
    closings.push(() => made.close());
    for (const ask of asks) {
      const answer = await made.brokerage.ask(ask, 'flatten');
      expect(holdsKey(JSON.stringify(answer)), `${ask.kind} ${JSON.stringify(served).slice(0, 60)}`).toBe(false);
    }
    const { host, clock, stop } = made;
    const source = new AlpacaMarketData({
      data: host,
      trading: host,
      clock,
      feed: 'iex',
      bounds: { msMax: 10_000, bytesMax: 1e6 },
      stop: stop.signal,
    });
    const told: unknown[] = [await source.assets(), await source.clock(), await source.latestQuotes([ticker('AAPL')])];
    for await (const page of source.historicalBars({ tickers: [ticker('AAPL')], from: instant(0), to: instant(1), asOf: null }))
      told.push(page);
    expect(holdsKey(JSON.stringify(told))).toBe(false);
  }
  expect(server.asked.every(({ headers }) => headers['apca-api-secret-key'] === SECRET)).toBe(true);
});

test('I22: no news of either stream hold a key, whatever the server repeats', async () => {
  for (const binary of [true, false]) {
    const server = await LineServer.start(binary);
    closings.push(() => server.stop());
    let times = 0;
    server.greeting = [{ T: 'success', msg: 'connected' }];
    server.talk = (message, say) => {
      if (times++ === 0) return say({ stream: 'authorization', data: { status: `${KEY_ID} ${SECRET}`, keys: message } });
      say(message);
      say([{ T: 'error', code: 402, msg: SECRET }]);
      say({ stream: SECRET, data: { key: KEY_ID } });
      say([{ T: 't', S: SECRET, p: 1, s: 1, t: '2026-11-30T14:30:00Z' }]);
    };
    const made = connected(new URL('http://127.0.0.1:1/'), { stream: server.url, answerMsMax: 100 });
    const news: unknown[] = [];
    const line = {
      dial: dialer(liveness),
      clock: made.clock,
      random: () => 0,
      url: server.url,
      keyId: KEY_ID,
      secret: SECRET,
      answerMsMax: 100,
    };
    const data = new DataStream(line, { bars: [], updatedBars: [], statuses: [], lulds: [], trades: [ticker('AAPL')], quotes: [] });
    const tell = (told: unknown): void => void news.push(told);
    const following = binary ? made.brokerage.follow(tell, made.stop.signal) : data.follow(tell, made.stop.signal);
    await until(() => news.length >= 6);
    made.close();
    await following;
    expect(server.received.length).toBeGreaterThan(1);
    expect(holdsKey(JSON.stringify(news))).toBe(false);
  }
});

test('what a bug of ours throws holds no key either', async () => {
  const made = connected(new URL('http://127.0.0.1:1/'));
  closings.push(() => made.close());
  const thrown = await made.brokerage
    .ask({ ...bracketAsk, limit: 123_450 as typeof bracketAsk.limit }, 'entry')
    .catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Error);
  expect(holdsKey(String(thrown instanceof Error ? `${thrown.message} ${thrown.stack}` : thrown))).toBe(false);
});
