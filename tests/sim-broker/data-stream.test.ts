import { expect, test } from 'vitest';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { fieldIn, listOf } from '#domain/values/json-field';
import type { DataStream } from '#simulation/broker-market/data-stream';
import { keys, type MadeMarket, madeMarket } from './made-market.js';

const auth = { action: 'auth', key: keys.keyId, secret: keys.secret };

function connected({ desk }: MadeMarket, path = '/v2/iex'): DataStream {
  const line = desk.connect(path);
  if (line === null || !line.ok) throw new Error('refused');
  return line.stream;
}

/** What comes in answer to some messages, a text each. */
function said(stream: DataStream, ...messages: readonly unknown[]): readonly unknown[] {
  for (const message of messages) stream.receive(typeof message === 'string' ? message : JSON.stringify(message));
  return stream.take().map((text) => JSON.parse(text));
}

const error = (code: number, msg: string) => [{ T: 'error', code, msg }];
const success = (msg: string) => [{ T: 'success', msg }];

test('a connection says hello, is authenticated, and repeats the whole subscription', async () => {
  const stream = connected(await madeMarket());
  expect(said(stream)).toEqual([success('connected')]);
  expect(said(stream, auth)).toEqual([success('authenticated')]);
  expect(said(stream, { action: 'subscribe', trades: ['ZZA'], bars: ['*'] })).toEqual([
    [
      {
        T: 'subscription',
        trades: ['ZZA'],
        quotes: [],
        bars: ['*'],
        updatedBars: [],
        dailyBars: [],
        statuses: [],
        lulds: [],
        corrections: ['ZZA'],
        cancelErrors: ['ZZA'],
      },
    ],
  ]);
  const [[after]] = said(stream, { action: 'unsubscribe', trades: ['ZZA'] }) as [[unknown]];
  expect([fieldIn(after, 'trades'), fieldIn(after, 'corrections'), fieldIn(after, 'bars')]).toEqual([[], [], ['*']]);
});

const many = Array.from({ length: 31 }, (_, place) => `ZZ${place}`);
const wrongs: readonly [why: string, path: string, messages: readonly unknown[], code: number, ends: boolean][] = [
  ['no JSON', '/v2/iex', [auth, '{'], 400, false],
  ['an unknown action', '/v2/iex', [auth, { action: 'dance' }], 400, false],
  ['a list that is none', '/v2/iex', [auth, { action: 'subscribe', bars: 'ZZA' }], 400, false],
  ['a subscription before the keys', '/v2/iex', [{ action: 'subscribe', bars: ['*'] }], 401, false],
  ['wrong keys', '/v2/iex', [{ ...auth, secret: 'x' }], 402, true],
  ['keys twice', '/v2/iex', [auth, auth], 403, false],
  ['more names than the plan has', '/v2/iex', [auth, { action: 'subscribe', trades: many }], 405, false],
  ['all trades on the free plan', '/v2/iex', [auth, { action: 'subscribe', trades: ['*'] }], 405, false],
  ['a feed that costs money', '/v2/sip', [auth], 409, true],
  ['news of a feed of stocks', '/v2/iex', [auth, { action: 'subscribe', news: ['*'] }], 410, false],
  ['bars of a feed of news', '/v1beta1/news', [auth, { action: 'subscribe', bars: ['*'] }], 410, false],
];
for (const [why, path, messages, code, ends] of wrongs) {
  test(`${why} gets error ${code}`, async () => {
    const stream = connected(await madeMarket(), path);
    const last = said(stream, ...messages).at(-1);
    expect(fieldIn(listOf(last)?.[0], 'code')).toBe(code);
    expect(stream.ended !== null).toBe(ends);
  });
}

test('a refused subscription leaves the one before', async () => {
  const market = await madeMarket();
  const stream = connected(market);
  said(stream, auth, { action: 'subscribe', bars: ['*'] }, { action: 'subscribe', trades: many });
  market.run(instant(market.session.open + 2 * MINUTE_MS));
  expect(said(stream).flat().length).toBeGreaterThan(0);
});

test('a second connection of the same key is refused until the first has gone; news are a place of their own', async () => {
  const market = await madeMarket();
  const first = connected(market);
  said(first, auth);
  const second = connected(market);
  expect(said(second, auth).at(-1)).toEqual(error(406, 'connection limit exceeded'));
  expect(second.ended).not.toBeNull();
  expect(said(connected(market, '/v1beta1/news'), auth).at(-1)).toEqual(success('authenticated'));
  first.close();
  expect(said(connected(market), auth).at(-1)).toEqual(success('authenticated'));
});

test('whoever says no keys in time is told so', async () => {
  const stream = connected(await madeMarket());
  stream.timeOut();
  expect(said(stream).at(-1)).toEqual(error(404, 'auth timeout'));
  expect(stream.ended).not.toBeNull();
});

test('messages are of what was subscribed alone, those of one instant in one text', async () => {
  const market = await madeMarket();
  const [name = ''] = market.tape.tickers;
  const stream = connected(market);
  said(stream, auth, { action: 'subscribe', quotes: [name], bars: ['*'], dailyBars: [name], lulds: [name] });
  const told = market.run(instant(market.session.open + 3 * MINUTE_MS));
  const texts = said(stream);
  const messages = texts.flat();
  const kinds = new Set(messages.map((message) => fieldIn(message, 'T')));
  expect(kinds).toEqual(new Set(['q', 'b', 'd', 'l']));
  const bars = told.filter((moment) => moment.kind === 'bar');
  expect(messages.filter((message) => fieldIn(message, 'T') === 'b')).toHaveLength(bars.length);
  expect(messages.filter((message) => fieldIn(message, 'T') === 'q').every((message) => fieldIn(message, 'S') === name)).toBe(true);
  expect(texts.some((text) => (listOf(text) ?? []).filter((message) => fieldIn(message, 'T') === 'b').length > 1)).toBe(true);
});

test('a story comes when it is known, and again when it was edited', async () => {
  const market = await madeMarket({ symbols: 60 });
  const stream = connected(market, '/v1beta1/news');
  said(stream, auth, { action: 'subscribe', news: ['*'] });
  const told = market.run(market.session.close);
  expect(said(stream).flat()).toHaveLength(told.filter((moment) => moment.kind === 'news').length);
});

test('C5: a mute stream says nothing and answers no ping', async () => {
  const market = await madeMarket();
  const stream = connected(market);
  said(stream, auth, { action: 'subscribe', bars: ['*'] });
  market.desk.faults.add({ name: 'quiet', on: 'data', effect: { kind: 'mute', pings: false } });
  market.run(instant(market.session.open + 3 * MINUTE_MS));
  expect([said(stream), stream.answersPings, stream.ended]).toEqual([[], false, null]);
  expect(market.desk.faults.fired.map(({ name }) => name)).toEqual(['quiet']);
  market.desk.faults.remove('quiet');
  market.run(instant(market.session.open + 4 * MINUTE_MS));
  expect(said(stream).length).toBeGreaterThan(0);
});

test('a stream that lags says the same, later', async () => {
  const market = await madeMarket();
  const stream = connected(market);
  said(stream, auth, { action: 'subscribe', bars: ['*'] });
  market.desk.faults.add({ name: 'slow', on: 'data', effect: { kind: 'lag', ms: 90_000 } });
  market.run(instant(market.session.open + 2 * MINUTE_MS));
  expect(said(stream)).toEqual([]);
  market.run(instant(market.session.open + 3 * MINUTE_MS));
  const starts = new Set(
    said(stream)
      .flat()
      .map((message) => fieldIn(message, 't')),
  );
  expect([...starts]).toEqual(['2026-03-16T13:30:00Z']);
});

test('C6: a handshake is refused as often as the fault says', async () => {
  const market = await madeMarket();
  market.desk.faults.add({ name: 'busy', on: 'data', times: 2, effect: { kind: 'refuse_handshake', status: 429 } });
  const statuses = [1, 2, 3].map(() => {
    const line = market.desk.connect('/v2/iex');
    return line?.ok === false ? line.status : 101;
  });
  expect(statuses).toEqual([429, 429, 101]);
});

test('the test feed talks by night, of its one name', async () => {
  const market = await madeMarket();
  const stream = connected(market, '/v2/test');
  said(stream, auth, { action: 'subscribe', quotes: ['FAKEPACA'], bars: ['FAKEPACA'] });
  const until = instant(market.desk.now + 2 * MINUTE_MS);
  expect(market.desk.nextDue()).toBeLessThanOrEqual(market.desk.now + 1000);
  market.desk.advanceTo(until);
  const messages = said(stream).flat();
  expect(messages.filter((message) => fieldIn(message, 'T') === 'q').length).toBeGreaterThan(100);
  expect(messages.some((message) => fieldIn(message, 'T') === 'b')).toBe(true);
});
