import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataStream } from '#adapters/alpaca/data-stream';
import { dialer, liveness } from '#adapters/websocket/dial';
import { ticker } from '#domain/values/symbol';
import type { MarketNews, Wanted } from '#engine/ports/market-data';
import { HastyClock, KEY_ID, SECRET } from '#tests/alpaca/connected';
import { LineServer, type Talk, until } from '#tests/alpaca/line-server';

const [AAPL, MSFT, TSLA] = [ticker('AAPL'), ticker('MSFT'), ticker('TSLA')];
const none: Wanted = { bars: [], updatedBars: [], statuses: [], lulds: [], trades: [], quotes: [] };
const t = '2026-11-30T14:35:00.123456789Z';
const at = Date.parse('2026-11-30T14:35:00.123Z');

let server: LineServer;
let clock: HastyClock;
let news: MarketNews[];
let stream: DataStream;
let stop: AbortController;
let done: Promise<void>;
/** What the server has subscribed, as it would list it. */
let covered: Record<string, Set<unknown>>;

const usual: Talk = (message, say) => {
  if (message['action'] === 'auth') say([{ T: 'success', msg: 'authenticated' }]);
  if (message['action'] !== 'subscribe' && message['action'] !== 'unsubscribe') return;
  for (const channel of Object.keys(none)) {
    const names = message[channel];
    const set = covered[channel] ?? new Set();
    covered[channel] = set;
    if (!Array.isArray(names)) continue;
    for (const name of names) message['action'] === 'subscribe' ? set.add(name) : set.delete(name);
  }
  say([{ T: 'subscription', ...Object.fromEntries(Object.entries(covered).map(([channel, names]) => [channel, [...names]])) }]);
};

beforeEach(async () => {
  server = await LineServer.start(false);
  server.greeting = [{ T: 'success', msg: 'connected' }];
  server.talk = usual;
  covered = {};
  news = [];
});
afterEach(async () => {
  stop.abort();
  await done;
  await server.stop();
});

function follow(wanted: Partial<Wanted>, answerMsMax = 5_000): void {
  clock = new HastyClock();
  stop = new AbortController();
  const line = { dial: dialer(liveness), clock, random: () => 0, url: server.url, keyId: KEY_ID, secret: SECRET, answerMsMax };
  stream = new DataStream(line, { ...none, ...wanted });
  done = stream.follow((told) => void news.push(told), stop.signal);
}
const ready = (times = 1): Promise<void> => until(() => news.filter(({ kind }) => kind === 'line_ready').length === times);

test('each channel is asked for by itself, and the line is ready when all have answered', async () => {
  follow({ bars: [AAPL, MSFT], updatedBars: [AAPL, MSFT], quotes: [AAPL] });
  await ready();
  expect(server.received).toEqual([
    { action: 'auth', key: KEY_ID, secret: SECRET },
    { action: 'subscribe', bars: ['AAPL', 'MSFT'] },
    { action: 'subscribe', updatedBars: ['AAPL', 'MSFT'] },
    { action: 'subscribe', quotes: ['AAPL'] },
  ]);
});

const told: readonly (readonly [message: object, news: object])[] = [
  [
    { T: 'b', S: 'AAPL', o: 1.01, h: 1.1, l: 0.9999, c: 1.0001, v: 12, t, n: 3, vw: 1 },
    { kind: 'bar', bar: { ticker: 'AAPL', at, open: 10_100, high: 11_000, low: 9_999, close: 10_001, volume: 12 } },
  ],
  [
    { T: 'u', S: 'AAPL', o: 1, h: 1, l: 1, c: 1, v: 0, t },
    { kind: 'bar_updated', bar: { close: 10_000, volume: 0 } },
  ],
  [
    { T: 't', S: 'AAPL', i: 1, x: 'V', p: 123.4567, s: 100, t, c: ['@'], z: 'C' },
    { kind: 'trade', ticker: 'AAPL', at, price: 1_234_567, shares: 100 },
  ],
  [
    { T: 'q', S: 'AAPL', bx: 'V', bp: 1.01, bs: 200, ax: 'V', ap: 1.02, as: 300, t },
    { kind: 'quote', quote: { ticker: 'AAPL', at, bid: 10_100, ask: 10_200, bidShares: 200, askShares: 300 } },
  ],
  [
    { T: 'q', S: 'AAPL', bp: 1.01, bs: 200, ap: 1.01, as: 300, t },
    { kind: 'quote', quote: { bid: 10_100, ask: 10_100 } },
  ],
  [
    { T: 's', S: 'AAPL', sc: 'H', sm: 'halt', rc: 'T1', rm: 'news', t },
    { kind: 'status', ticker: 'AAPL', code: 'H', reason: 'T1', trading: 'halted' },
  ],
  [
    { T: 's', S: 'AAPL', sc: 'P', rc: 'LUDP', t },
    { kind: 'status', trading: 'halted' },
  ],
  [
    { T: 's', S: 'AAPL', sc: 'Q', t },
    { kind: 'status', trading: 'quoting' },
  ],
  [
    { T: 's', S: 'AAPL', sc: '3', t },
    { kind: 'status', trading: 'resumed' },
  ],
  [
    { T: 's', S: 'AAPL', sc: 'Z', t },
    { kind: 'status', code: 'Z', trading: null },
  ],
  [
    { T: 'l', S: 'AAPL', u: 3.24, d: 2.65, i: 'B', t },
    { kind: 'band', up: 32_400, down: 26_500 },
  ],
  [
    { T: 't', S: 'AAPL', p: 0, s: 100, t },
    { kind: 'bad_print', what: 'trade', why: 'bad_price' },
  ],
  [
    { T: 't', S: 'AAPL', p: -1, s: 100, t },
    { kind: 'bad_print', why: 'bad_price' },
  ],
  [
    { T: 't', S: 'AAPL', p: null, s: 100, t },
    { kind: 'bad_print', why: 'bad_price' },
  ],
  [
    { T: 't', S: 'AAPL', p: '1.5', s: 100, t },
    { kind: 'bad_print', why: 'bad_price' },
  ],
  [
    { T: 't', S: 'AAPL', p: 0.00001, s: 100, t },
    { kind: 'bad_print', why: 'bad_price' },
  ],
  [
    { T: 't', S: 'AAPL', p: 1, s: 0, t },
    { kind: 'bad_print', why: 'bad_size' },
  ],
  [
    { T: 't', S: 'AAPL', p: 1, s: 1, t: 'now' },
    { kind: 'bad_print', why: 'bad_time' },
  ],
  [
    { T: 't', p: 1, s: 1, t },
    { kind: 'bad_print', ticker: null, why: 'no_ticker' },
  ],
  [
    { T: 'q', S: 'AAPL', bp: 0, bs: 0, ap: 1.02, as: 300, t },
    { kind: 'bad_print', what: 'quote', ticker: 'AAPL', why: 'missing_side' },
  ],
  [
    { T: 'q', S: 'AAPL', bp: 1, bs: 1, t },
    { kind: 'bad_print', why: 'missing_side' },
  ],
  [
    { T: 'q', S: 'AAPL', bp: -1, bs: 1, ap: 2, as: 1, t },
    { kind: 'bad_print', why: 'bad_price' },
  ],
  [
    { T: 'q', S: 'AAPL', bp: 1.03, bs: 1, ap: 1.02, as: 1, t },
    { kind: 'bad_print', what: 'quote', why: 'crossed' },
  ],
  [
    { T: 'b', S: 'AAPL', o: 1, h: 1, l: 1, c: 2, v: 1, t },
    { kind: 'bad_print', what: 'bar', why: 'bad_range' },
  ],
  [
    { T: 'b', S: 'AAPL', o: 1, h: 3, l: 2, c: 2, v: 1, t },
    { kind: 'bad_print', what: 'bar', why: 'bad_range' },
  ],
  [
    { T: 'b', S: 'AAPL', o: 1, h: 3, l: 0, c: 2, v: 1, t },
    { kind: 'bad_print', why: 'bad_price' },
  ],
  [
    { T: 'b', S: 'AAPL', o: 1, h: 3, l: 1, c: 2, v: -1, t },
    { kind: 'bad_print', why: 'bad_size' },
  ],
  [
    { T: 'l', S: 'AAPL', u: 1, d: 2, t },
    { kind: 'bad_print', what: 'band', why: 'bad_range' },
  ],
];
for (const [message, expected] of told) {
  const id = 'kind' in expected && expected.kind === 'bad_print' ? ('why' in expected && expected.why === 'crossed' ? 'F4: ' : 'F2: ') : '';
  test(`${id}${JSON.stringify(message)}`, async () => {
    follow({ bars: [AAPL] });
    await ready();
    server.say([message]);
    await until(() => news.length === 2);
    expect(news[1]).toMatchObject(expected);
  });
}

test('F2: a batch is told one by one, and what is no JSON or of another kind is passed over', async () => {
  follow({ trades: [AAPL] });
  await ready();
  server.say('not json');
  server.say([{ T: 'n', headline: 'x' }, null, 7, { T: 'd', S: 'AAPL' }]);
  server.say([1, 2, 3].map((p) => ({ T: 't', S: 'AAPL', p, s: 1, t })));
  await until(() => news.length === 4);
  expect(news.slice(1)).toMatchObject([{ price: 10_000 }, { price: 20_000 }, { price: 30_000 }]);
});

for (const code of [400, 405, 409, 410])
  test(`F9: ${code} on one channel leaves the others, and says which names are not covered`, async () => {
    server.talk = (message, say, line) => {
      if (message['action'] === 'subscribe' && 'quotes' in message) return say([{ T: 'error', code, msg: 'no' }]);
      usual(message, say, line);
    };
    follow({ bars: [AAPL, MSFT], quotes: [AAPL, MSFT] });
    await ready();
    expect(news).toEqual([{ kind: 'coverage_refused', channel: 'quotes', tickers: [AAPL, MSFT], code }, { kind: 'line_ready' }]);
    server.say([{ T: 'b', S: 'AAPL', o: 1, h: 1, l: 1, c: 1, v: 1, t }]);
    await until(() => news.length === 3);
    expect(server.connections).toBe(1);
    // Nothing is asked again by itself.
    expect(server.received).toHaveLength(3);
  });

test('F9: a name that is silently missing from the confirmation is not covered', async () => {
  server.talk = (message, say, line) => {
    if (message['action'] === 'subscribe') return say([{ T: 'subscription', bars: ['AAPL'] }]);
    usual(message, say, line);
  };
  follow({ bars: [AAPL, MSFT] });
  await ready();
  expect(news[0]).toEqual({ kind: 'coverage_refused', channel: 'bars', tickers: [MSFT], code: 0 });
});

test('other names are chosen while it runs: the old ones leave before the new ones come', async () => {
  follow({ trades: [AAPL, MSFT] });
  await ready();
  stream.choose({ ...none, trades: [MSFT, TSLA] });
  await until(() => server.received.length === 4);
  expect(server.received.slice(2)).toEqual([
    { action: 'unsubscribe', trades: ['AAPL'] },
    { action: 'subscribe', trades: ['TSLA'] },
  ]);
  await until(() => covered['trades']?.size === 2);
  server.say([{ T: 't', S: 'TSLA', p: 1, s: 1, t }]);
  await until(() => news.length === 2);
  expect(news.map(({ kind }) => kind)).toEqual(['line_ready', 'trade']);
});

test('names that are chosen while the first are asked for are asked for as soon as those are answered', async () => {
  let answer = (): void => {};
  server.talk = (message, say, line) => {
    if (message['action'] === 'subscribe' && server.received.length === 2) answer = () => usual(message, say, line);
    else usual(message, say, line);
  };
  follow({ bars: [AAPL] });
  await until(() => server.received.length === 2);
  stream.choose({ ...none, bars: [AAPL, TSLA] });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(server.received).toHaveLength(2);
  answer();
  await until(() => covered['bars']?.has('TSLA') === true);
});

test('F9: refused names are asked for again when names are chosen', async () => {
  let isFull = true;
  server.talk = (message, say, line) => {
    if (message['action'] === 'subscribe' && isFull) return say([{ T: 'error', code: 405, msg: 'symbol limit exceeded' }]);
    usual(message, say, line);
  };
  follow({ trades: [AAPL] });
  await ready();
  isFull = false;
  stream.choose({ ...none, trades: [AAPL] });
  await until(() => covered['trades']?.has('AAPL') === true);
});

test('C6: after a lost line the same names are asked for again', async () => {
  follow({ bars: [AAPL] });
  await ready();
  stream.choose({ ...none, bars: [AAPL, TSLA] });
  await until(() => covered['bars']?.size === 2);
  covered = {};
  server.received.length = 0;
  server.drop();
  await ready(2);
  expect(news.map(({ kind }) => kind)).toEqual(['line_ready', 'line_lost', 'line_ready']);
  expect(server.received.slice(1)).toEqual([{ action: 'subscribe', bars: ['AAPL', 'TSLA'] }]);
  expect(clock.slept).toEqual([5_000]);
});

const errors: readonly (readonly [code: number, kind: string, pauseMs: number])[] = [
  [402, 'line_refused', 60_000],
  [404, 'line_refused', 60_000],
  [408, 'line_refused', 60_000],
  [406, 'line_lost', 5_000],
  [407, 'line_lost', 5_000],
  [500, 'line_lost', 5_000],
  [999, 'line_lost', 5_000],
];
for (const [code, kind, pauseMs] of errors)
  test(`${code === 406 ? 'C6' : 'C10'}: error ${code} is ${kind}, and it is tried again after ${pauseMs} ms`, async () => {
    let times = 0;
    server.talk = (message, say, line) => {
      if (message['action'] === 'auth' && times++ === 0) return say([{ T: 'error', code, msg: 'no' }]);
      usual(message, say, line);
    };
    follow({ bars: [AAPL] });
    await ready();
    expect(news[0]?.kind).toBe(kind);
    expect(clock.slept).toEqual([pauseMs]);
  });

test('C5: a subscription that nobody answers is no line', async () => {
  let times = 0;
  server.talk = (message, say, line) => {
    if (message['action'] === 'subscribe' && times++ === 0) return;
    usual(message, say, line);
  };
  follow({ bars: [AAPL] }, 300);
  await ready();
  expect(news[0]).toEqual({ kind: 'line_lost', why: 'no answer of the subscription' });
});
