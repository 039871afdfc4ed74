import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BrokerNews } from '#engine/ports/brokerage';
import { type Connected, connected, KEY_ID, SECRET } from '#tests/alpaca/connected';
import { LineServer, type Talk, until } from '#tests/alpaca/line-server';
import { madeOrder } from '#tests/alpaca/made-orders';

const authorized = { stream: 'authorization', data: { status: 'authorized', action: 'authenticate' } };
const unauthorized = { stream: 'authorization', data: { status: 'unauthorized', action: 'authenticate' } };
const listening = { stream: 'listening', data: { streams: ['trade_updates'] } };
const update = (event: string, changed: object = {}): object => ({
  stream: 'trade_updates',
  data: {
    event,
    order: madeOrder({ filled_qty: '100', status: 'filled' }),
    timestamp: '2026-11-30T14:35:01Z',
    price: '12.34',
    qty: '100',
    ...changed,
  },
});

/** The usual manners of the trading host. */
const usual: Talk = ({ action }, say) => {
  if (action === 'authenticate') say(authorized);
  if (action === 'listen') say(listening);
};

let server: LineServer;
let made: Connected;
let news: BrokerNews[];
let done: Promise<void>;
beforeEach(async () => {
  server = await LineServer.start(true);
  server.talk = usual;
  news = [];
});
afterEach(async () => {
  made.close();
  await done.catch(() => {});
  await server.stop();
});

function follow(tell: (told: BrokerNews) => void = (told) => void news.push(told), answerMsMax = 5_000): void {
  made = connected(new URL('http://127.0.0.1:1/'), { stream: server.url, answerMsMax });
  done = made.brokerage.follow(tell, made.stop.signal);
}
const kinds = (): readonly string[] => news.map(({ kind }) => kind);

test('AC-16: authenticate, listen, and only when it is acknowledged the line is ready; frames are binary', async () => {
  let acknowledge = (): void => {};
  server.talk = (message, say) => {
    if (message['action'] === 'listen') acknowledge = () => say(listening);
    else usual(message, say, undefined as never);
  };
  follow();
  await until(() => server.received.length === 2);
  expect(server.received).toEqual([
    { action: 'authenticate', data: { key_id: KEY_ID, secret_key: SECRET } },
    { action: 'listen', data: { streams: ['trade_updates'] } },
  ]);
  expect(news).toEqual([]);
  acknowledge();
  await until(() => news.length === 1);
  server.say(update('fill', { execution_id: 'e1' }));
  await until(() => news.length === 2);
  expect(news).toMatchObject([
    { kind: 'line_ready' },
    { kind: 'order_news', order: { status: 'filled' }, execution: { id: 'e1', shares: 100 } },
  ]);
});

test('C1: what the broker repeats is told again under the same name', async () => {
  follow();
  await until(() => kinds().includes('line_ready'));
  for (let times = 0; times < 3; times++) server.say(update('fill', { execution_id: 'e1' }));
  await until(() => news.length === 4);
  expect(news.slice(1)).toMatchObject([{ execution: { id: 'e1' } }, { execution: { id: 'e1' } }, { execution: { id: 'e1' } }]);
});

test('A17: what cannot be read is told, and the line goes on', async () => {
  follow();
  await until(() => kinds().includes('line_ready'));
  for (const message of ['no json', update('trade_bust'), { stream: 'new_stream' }, update('canceled')]) server.say(message);
  await until(() => news.length === 5);
  expect(kinds()).toEqual(['line_ready', 'unreadable_news', 'unreadable_news', 'unreadable_news', 'order_news']);
});

test('news that come before the acknowledgement are told too', async () => {
  server.talk = ({ action }, say) => {
    if (action === 'authenticate') say(authorized);
    if (action !== 'listen') return;
    say(update('new'));
    say(listening);
  };
  follow();
  await until(() => news.length === 2);
  expect(kinds()).toEqual(['order_news', 'line_ready']);
});

test('C6: lost lines are taken up again after five seconds, and longer each time', async () => {
  server.refusals.push(429, 429, 429, 503, 429, 429);
  follow();
  await until(() => kinds().includes('line_ready'));
  expect(made.clock.slept).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  expect(news[0]).toEqual({ kind: 'line_lost', why: 'handshake_refused 429' });
  expect(server.connections).toBe(1);
  made.clock.slept.length = 0;
  server.drop();
  await until(() => kinds().filter((kind) => kind === 'line_ready').length === 2);
  expect(made.clock.slept).toEqual([5_000]);
});

test('C6: one connection at a time', async () => {
  let live = 0;
  let most = 0;
  server.talk = (message, say, line) => {
    if (message['action'] === 'authenticate') {
      most = Math.max(most, ++live);
      line.on('close', () => live--);
    }
    usual(message, say, line);
  };
  follow();
  for (let times = 1; times <= 5; times++) {
    await until(() => kinds().filter((kind) => kind === 'line_ready').length === times);
    server.drop();
  }
  expect(most).toBe(1);
});

test('C10: forty refused handshakes end nothing', async () => {
  server.refusals.push(...Array.from({ length: 40 }, () => 500));
  follow();
  await until(() => kinds().includes('line_ready'), 20_000);
  expect(kinds().filter((kind) => kind === 'line_lost')).toHaveLength(40);
  expect(Math.max(...made.clock.slept)).toBe(60_000);
});

test('C10: a refused log-on is told, waited for, and tried again', async () => {
  let refusals = 6;
  let open = 0;
  server.talk = (message, say, line) => {
    if (message['action'] === 'authenticate') {
      open++;
      line.on('close', () => open--);
      if (refusals-- > 0) return say(unauthorized);
    }
    usual(message, say, line);
  };
  follow();
  await until(() => kinds().includes('line_ready'));
  expect(news.slice(0, 2)).toEqual([
    { kind: 'line_refused', said: 'authorization: unauthorized' },
    { kind: 'line_refused', said: 'authorization: unauthorized' },
  ]);
  expect(made.clock.slept).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
  // No refused connection is left behind: each counts against the one that the account may have.
  await until(() => open === 1);
});

test('A15: a handshake that is refused for the keys is a refusal', async () => {
  server.refusals.push(401, 403);
  follow();
  await until(() => kinds().includes('line_ready'));
  expect(news.slice(0, 2)).toEqual([
    { kind: 'line_refused', said: 'the handshake was refused with 401' },
    { kind: 'line_refused', said: 'the handshake was refused with 403' },
  ]);
});

test('AC-16: a stream that is missing from the acknowledgement is refused', async () => {
  let times = 0;
  server.talk = ({ action }, say) => {
    if (action === 'authenticate') say(authorized);
    if (action === 'listen') say(times++ === 0 ? { stream: 'listening', data: { streams: [] } } : listening);
  };
  follow();
  await until(() => kinds().includes('line_ready'));
  expect(kinds()).toEqual(['line_refused', 'line_ready']);
});

test('C5: a server that greets nobody is left after its time', async () => {
  let times = 0;
  server.talk = (message, say, line) => {
    if (times++ > 0) usual(message, say, line);
  };
  follow(undefined, 300);
  await until(() => kinds().includes('line_ready'));
  expect(news[0]).toEqual({ kind: 'line_lost', why: 'no answer of authorization' });
});

test('AC-16: an authorization that is taken back in the middle is a refusal', async () => {
  follow();
  await until(() => kinds().includes('line_ready'));
  server.say(unauthorized);
  await until(() => kinds().includes('line_refused'));
});

test('C11: what a listener throws ends the following, loudly', async () => {
  follow((told) => {
    if (told.kind === 'order_news') throw new Error('a bug of the listener');
    news.push(told);
  });
  await until(() => kinds().includes('line_ready'));
  server.say(update('new'));
  await expect(done).rejects.toThrow('a bug of the listener');
});

test('a stop ends it at once, while it listens and while it waits', async () => {
  follow();
  await until(() => kinds().includes('line_ready'));
  made.stop.abort();
  await done;
  server.refusals.push(500, 500, 500, 500);
  follow();
  await until(() => kinds().includes('line_lost'));
  made.stop.abort();
  await done;
});
