import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AlpacaNewsStream } from '#adapters/alpaca/news-stream';
import { dialer } from '#adapters/websocket/dial';
import type { StreamEvent } from '#engine/ports/news-source';
import { NOW, stories } from './source-contract.js';
import { StreamServer } from './stream-server.js';
import { TestClock } from './test-clock.js';
import { alpaca, KEY } from './vendors.js';

let server: StreamServer;
let stop: AbortController;
beforeEach(async () => {
  server = await StreamServer.start();
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await server.stop();
});

const patient = { openMsMax: 5000, pingMs: 5000, pongMsMax: 5000 };
/** For what is about pings alone: a busy machine answers later than this now and then. */
const hasty = { ...patient, pingMs: 30, pongMsMax: 100 };

const follow = (clock = new TestClock(NOW), url = server.url, liveness = patient): AsyncIterator<StreamEvent> =>
  new AlpacaNewsStream({
    dial: dialer(liveness),
    clock,
    random: () => 0,
    url,
    keyId: 'id',
    secret: KEY,
    symbols: [],
    answerMsMax: 50,
  })
    .follow(stop.signal)
    [Symbol.asyncIterator]();

const next = async (events: AsyncIterator<StreamEvent>): Promise<StreamEvent> => {
  const { value, done } = await events.next();
  if (done === true) throw new Error('the stream ended');
  return value;
};
const message = (at: number): unknown => ({ T: 'n', ...stories(9).map(alpaca.raw)[at] });

test('it says who it is, asks for everything, and then hands over what comes', async () => {
  const events = follow();
  expect(await next(events)).toEqual({ kind: 'stream_ready' });
  expect(server.received).toEqual([
    { action: 'auth', key: 'id', secret: KEY },
    { action: 'subscribe', news: ['*'] },
  ]);
  server.send(message(0), { T: 'subscription' }, message(1));
  const page = await next(events);
  expect(page).toMatchObject({
    kind: 'stream_page',
    page: { headlines: [{ id: 'alpaca:1' }, { id: 'alpaca:2' }], refused: [], coveredTo: null },
  });
});

test('what is no JSON, no list or no news is passed over, and an odd item is counted', async () => {
  const events = follow();
  await next(events);
  server.sendText('<html>');
  server.sendText('[]');
  server.sendText('7');
  server.send({ T: 'n', id: 4, headline: null }, message(0));
  expect(await next(events)).toMatchObject({ page: { headlines: [{ id: 'alpaca:1' }], refused: [{ reason: 'no_text' }] } });
});

test('a key that the server repeats stands in no headline', async () => {
  const events = follow();
  await next(events);
  server.send({ T: 'n', id: 1, headline: `Says ${KEY}`, url: `https://news.example/?key=${KEY}`, updated_at: '2026-11-24T14:00:00Z' });
  const page = await next(events);
  expect(page).toMatchObject({ kind: 'stream_page', page: { headlines: [{ text: 'Says [key]' }] } });
  expect(JSON.stringify(page)).not.toContain(KEY);
});

test('news that come faster than they are taken stay in order', async () => {
  const events = follow();
  await next(events);
  for (let at = 0; at < 9; at++) server.send(message(at));
  const ids: string[] = [];
  while (ids.length < 9) {
    const event = await next(events);
    if (event.kind === 'stream_page') ids.push(...event.page.headlines.map(({ id }) => id));
  }
  expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => `alpaca:${id}`));
});

test('a closed line is opened again, with the close code told', async () => {
  const events = follow();
  await next(events);
  server.drop(1012);
  expect(await next(events)).toEqual({ kind: 'stream_lost', why: 'closed', code: 1012, waitMs: 5000 });
  expect(await next(events)).toEqual({ kind: 'stream_ready' });
  expect(server.connections).toBe(2);
});

test('a line that has gone mute is noticed from this side', async () => {
  server.manners.push('mute');
  const events = follow(new TestClock(NOW), server.url, hasty);
  await next(events);
  expect(await next(events)).toMatchObject({ kind: 'stream_lost', why: 'mute' });
  expect(await next(events)).toEqual({ kind: 'stream_ready' });
});

test('a line that answers pings is left alone, however quiet it is', async () => {
  const events = follow(new TestClock(NOW), server.url, hasty);
  await next(events);
  await new Promise((resolve) => setTimeout(resolve, 400));
  server.send(message(0));
  expect((await next(events)).kind).toBe('stream_page');
  expect(server.connections).toBe(1);
});

test('a refused handshake is told with its status, and each pause is longer', async () => {
  server.manners.push('refuse_handshake', 'refuse_handshake', 'refuse_handshake');
  const events = follow();
  for (const waitMs of [5000, 10_000, 20_000])
    expect(await next(events)).toEqual({ kind: 'stream_lost', why: 'handshake_refused', code: 429, waitMs });
  expect(await next(events)).toEqual({ kind: 'stream_ready' });
});

for (const code of [402, 409]) {
  test(`error ${code} needs a person: it waits long, and asks again all the same`, async () => {
    server.manners.push({ error: code });
    const events = follow();
    const told = await next(events);
    expect(told).toMatchObject({ kind: 'stream_refused', code, waitMs: 600_000 });
    expect(JSON.stringify(told)).not.toContain(KEY);
    expect(await next(events)).toEqual({ kind: 'stream_ready' });
  });
}

for (const code of [404, 406, 407, 500]) {
  test(`error ${code} passes`, async () => {
    server.manners.push({ error: code });
    const events = follow();
    expect(await next(events)).toEqual({ kind: 'stream_lost', why: 'server_error', code, waitMs: 5000 });
    expect(await next(events)).toEqual({ kind: 'stream_ready' });
  });
}

test('a server that talks without an answer is not listened to for ever', async () => {
  server.manners.push('no_hello');
  const first = next(follow());
  while (server.connections === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  const chatter = setInterval(() => server.sendText('{}'), 1);
  expect(await first).toMatchObject({ kind: 'stream_lost', why: 'no_answer' });
  clearInterval(chatter);
});

const floods: readonly (readonly [what: string, text: string, times: number, taken: number])[] = [
  ['characters', 'x'.repeat(9 * 1024 * 1024), 8, 8],
  ['messages', '{}', 100_001, 100_000],
];
// A hundred thousand messages one by one take a busy machine longer than a test usually has.
for (const [what, text, times, most] of floods)
  test(`C8: what nobody takes is bounded in ${what}: the line is dropped, and what it had is handed over`, {
    timeout: 120_000,
  }, async () => {
    const dialled = await dialer(patient)(server.url, stop.signal);
    if (!dialled.ok) throw new Error(dialled.problem.why);
    for (let sent = 0; sent < times; sent++) server.sendText(text);
    while (server.isOpen) await new Promise((resolve) => setTimeout(resolve, 10));
    // The hello is one of them.
    let taken = 0;
    let message = await dialled.value.next(1000);
    for (; message.ok; message = await dialled.value.next(1000)) taken++;
    expect([taken, message.problem.why]).toEqual([most, 'too_much_waiting']);
  });

test('a server that says nothing is not waited for', async () => {
  server.manners.push('no_hello');
  const events = follow();
  expect(await next(events)).toEqual({ kind: 'stream_lost', why: 'no_answer', code: null, waitMs: 5000 });
  expect(await next(events)).toEqual({ kind: 'stream_ready' });
});

test('a redirect is not followed: the keys are sent to nobody else', async () => {
  const elsewhere = createServer((_, response) => void response.writeHead(302, { location: server.url.href }).end());
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const url = new URL(`ws://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
  expect(await next(follow(new TestClock(NOW), url))).toMatchObject({ kind: 'stream_lost', why: 'handshake_refused', code: 302 });
  expect(server.connections).toBe(0);
  await new Promise((resolve) => elsewhere.close(resolve));
});

test('a message beyond the bound is not taken: the line ends', async () => {
  const events = follow();
  await next(events);
  server.sendText(`[{"T":"n","headline":"${'x'.repeat(11 * 1024 * 1024)}"}]`);
  expect(await next(events)).toMatchObject({ kind: 'stream_lost', why: 'closed', code: 1006 });
});

test('nobody there is weather', async () => {
  const events = follow();
  await server.stop();
  expect(await next(events)).toMatchObject({ kind: 'stream_lost', why: 'no_connection' });
});

test('told to stop, it ends', async () => {
  const events = follow();
  await next(events);
  const end = events.next();
  stop.abort();
  expect(await end).toMatchObject({ done: true });
});
