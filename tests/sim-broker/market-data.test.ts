import { expect, test } from 'vitest';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { fieldIn, listOf } from '#domain/values/json-field';
import { sessionOn } from '#main/sim-broker/market-source';
import { day, keys, type MadeMarket, madeMarket, marketOf, writtenSource } from './made-market.js';

type Answered = { readonly status: number; readonly body: unknown; readonly headers: Readonly<Record<string, string>> };

function get({ desk }: MadeMarket, path: string, query: Readonly<Record<string, string>> = {}, asked = keys): Answered {
  const reply = desk.request({ method: 'GET', path, query, body: '', ...asked });
  if (reply.kind !== 'answer') throw new Error(reply.kind);
  return { status: reply.status, body: JSON.parse(reply.body), headers: reply.headers };
}

const at = (body: unknown, ...path: readonly string[]): unknown => path.reduce(fieldIn, body);

test('bars of many names come in pages that are short and whole together', async () => {
  const market = await madeMarket();
  market.run(instant(market.session.open + 30 * MINUTE_MS));
  const names = market.tape.tickers.join();
  const query = { symbols: names, timeframe: '1Min', start: '2026-03-16T13:30:00Z' };
  const whole = get(market, '/v2/stocks/bars', { ...query, limit: '10000' });
  expect([whole.status, at(whole.body, 'next_page_token')]).toEqual([200, null]);
  const paged = new Map<string, unknown[]>();
  let token: unknown = '';
  let pages = 0;
  for (; typeof token === 'string'; pages++) {
    const page = get(market, '/v2/stocks/bars', { ...query, limit: '7', page_token: token });
    for (const name of market.tape.tickers) paged.set(name, [...(paged.get(name) ?? []), ...(listOf(at(page.body, 'bars', name)) ?? [])]);
    token = at(page.body, 'next_page_token');
  }
  expect(pages).toBeGreaterThan(10);
  expect(Object.fromEntries(paged)).toEqual(at(whole.body, 'bars'));
});

test('nothing is told of a minute that is not over', async () => {
  const market = await madeMarket();
  const [name = ''] = market.tape.tickers;
  market.run(instant(market.session.open + 5 * MINUTE_MS - 1));
  const bars = listOf(at(get(market, `/v2/stocks/${name}/bars`, { timeframe: '1Min', start: '2026-03-16T13:30:00Z' }).body, 'bars')) ?? [];
  expect(bars.map((bar) => at(bar, 't')).at(-1)).toBe('2026-03-16T13:33:00Z');
  market.run(instant(market.session.open + 5 * MINUTE_MS));
  const later = listOf(at(get(market, `/v2/stocks/${name}/bars`, { timeframe: '1Min', start: '2026-03-16T13:30:00Z' }).body, 'bars')) ?? [];
  expect(later.map((bar) => at(bar, 't')).at(-1)).toBe('2026-03-16T13:34:00Z');
});

test('five minutes are the five minutes, and a day the day so far, named by its midnight in New York', async () => {
  const market = await madeMarket();
  const [name = ''] = market.tape.tickers;
  market.run(instant(market.session.open + 60 * MINUTE_MS));
  const bars = (timeframe: string, start: string) =>
    listOf(at(get(market, `/v2/stocks/${name}/bars`, { timeframe, start }).body, 'bars')) ?? [];
  const minutes = bars('1Min', '2026-03-16');
  const [five] = bars('5Min', '2026-03-16');
  const first = minutes.filter((bar) => String(at(bar, 't')) < '2026-03-16T13:35:00Z');
  expect(at(five, 'v')).toBe(first.reduce((sum: number, bar) => sum + Number(at(bar, 'v')), 0));
  expect(at(five, 'h')).toBe(Math.max(...first.map((bar) => Number(at(bar, 'h')))));
  const days = bars('1Day', '2026-03-02');
  expect(days.map((bar) => at(bar, 't'))).toContain('2026-03-06T05:00:00Z');
  expect(at(days.at(-1), 't')).toBe('2026-03-16T04:00:00Z');
  expect(at(days.at(-1), 'v')).toBe(minutes.reduce((sum: number, bar) => sum + Number(at(bar, 'v')), 0));
});

const questions: readonly [why: string, query: Readonly<Record<string, string>>, status: number, says: string][] = [
  ['no symbols', { timeframe: '1Min' }, 400, 'symbols is required'],
  ['no timeframe', { symbols: 'A' }, 400, 'timeframe is required'],
  ['another spelling', { symbols: 'A', timeframe: '1minute' }, 400, 'invalid timeframe: 1minute'],
  ['sixty minutes', { symbols: 'A', timeframe: '60Min' }, 400, 'invalid timeframe: 60Min'],
  ['too long a page', { symbols: 'A', timeframe: '1Day', limit: '10001' }, 400, 'invalid limit'],
  ['an unknown feed', { symbols: 'A', timeframe: '1Day', feed: 'x' }, 400, 'invalid feed: x'],
  ['a time without a zone', { symbols: 'A', timeframe: '1Day', start: '2026-03-16 10:00' }, 400, 'invalid format'],
  ['a token of somebody else', { symbols: 'A', timeframe: '1Day', page_token: 'x y' }, 400, 'invalid page_token'],
  ['an end before its start', { symbols: 'A', timeframe: '1Day', start: '2026-03-13', end: '2026-03-12' }, 400, 'end should not be before'],
  ['SIP of the last minutes on the free plan', { symbols: 'A', timeframe: '1Min', feed: 'sip' }, 403, 'recent SIP data'],
  ['a name that nobody knows', { symbols: 'QQQQ', timeframe: '1Day' }, 200, '"bars":{}'],
];
for (const [why, query, status, says] of questions) {
  test(`a question for bars with ${why} is answered ${status}`, async () => {
    const answered = get(await madeMarket(), '/v2/stocks/bars', query);
    expect([answered.status, JSON.stringify(answered.body)]).toEqual([status, expect.stringContaining(says)]);
  });
}

test('whoever pays sees SIP data at once', async () => {
  const market = await madeMarket({ plan: 'paid' });
  expect(get(market, '/v2/stocks/bars', { symbols: 'A', timeframe: '1Min', feed: 'sip' }).status).toBe(200);
});

test('quotes, prints and snapshots are those of the tape, as JSON numbers', async () => {
  const market = await madeMarket();
  const told = market.run(instant(market.session.open + 30 * MINUTE_MS));
  const [name = ''] = market.tape.tickers;
  const quote = told.findLast((moment) => moment.kind === 'quote' && moment.ticker === name);
  const trade = told.findLast((moment) => moment.kind === 'trade' && moment.ticker === name);
  if (quote?.kind !== 'quote' || trade?.kind !== 'trade') throw new Error('a quote and a print');
  const latest = get(market, '/v2/stocks/quotes/latest', { symbols: name });
  expect(at(latest.body, 'quotes', name, 'bp')).toBe(quote.bid / 10_000);
  expect(at(get(market, `/v2/stocks/${name}/trades/latest`).body, 'trade', 'p')).toBe(trade.price / 10_000);
  const snapshot = at(get(market, '/v2/stocks/snapshots', { symbols: name }).body, name);
  expect(at(snapshot, 'latestQuote')).toEqual(at(latest.body, 'quotes', name));
  expect(at(snapshot, 'dailyBar', 't')).toBe('2026-03-16T04:00:00Z');
  expect(at(snapshot, 'prevDailyBar', 't')).toBe('2026-03-13T04:00:00Z');
  expect(get(market, `/v2/stocks/${name}/snapshot`).body).toEqual({ symbol: name, ...(snapshot as object) });
});

test('splits are known the evening before, and adjusted bars are as if they had been then already', async () => {
  const days = [
    { session: sessionOn(day('2026-03-12')), close: 1_000_000 },
    { session: sessionOn(day('2026-03-13')), close: 1_000_000 },
    { session: sessionOn(day('2026-03-16')), close: 250_000, split: 4 },
  ];
  const market = await marketOf(writtenSource(days), { date: '2026-03-13' });
  market.run(market.session.close);
  const query = { timeframe: '1Day', start: '2026-03-12' };
  const closes = (adjustment: string) =>
    (listOf(at(get(market, '/v2/stocks/ZZQ/bars', { ...query, adjustment }).body, 'bars')) ?? []).map((bar) => [
      at(bar, 'c'),
      at(bar, 'v'),
    ]);
  expect(at(get(market, '/v1/corporate-actions', { symbols: 'ZZQ' }).body, 'corporate_actions')).toEqual({
    forward_splits: [expect.objectContaining({ symbol: 'ZZQ', new_rate: 4, old_rate: 1, ex_date: '2026-03-16' })],
  });
  expect(closes('all')).toEqual([
    [100, 3000],
    [100, 3000],
  ]);
  market.run(sessionOn(day('2026-03-16')).close);
  expect(closes('raw')).toEqual([
    [100, 3000],
    [100, 3000],
    [25, 3000],
  ]);
  expect(closes('split')).toEqual([
    [25, 12_000],
    [25, 12_000],
    [25, 3000],
  ]);
});

test('news come in pages by when they were touched, and an edit takes the place of what it edits', async () => {
  const market = await madeMarket({ symbols: 60 });
  market.run(market.session.close);
  const ids: unknown[] = [];
  const touched: string[] = [];
  let token: unknown = '';
  while (typeof token === 'string') {
    const page = get(market, '/v1beta1/news', { sort: 'asc', limit: '50', page_token: token });
    for (const story of listOf(at(page.body, 'news')) ?? []) {
      ids.push(at(story, 'id'));
      touched.push(String(at(story, 'updated_at')));
    }
    token = at(page.body, 'next_page_token');
  }
  expect(ids.length).toBeGreaterThan(50);
  expect(new Set(ids).size).toBe(ids.length);
  expect(touched).toEqual([...touched].sort());
  expect(get(market, '/v1beta1/news', { limit: '51' }).status).toBe(400);
});

test('other keys are refused, and one request too many in a minute', async () => {
  const market = await madeMarket();
  const query = { symbols: 'A', timeframe: '1Day' };
  expect(get(market, '/v2/stocks/bars', query, { ...keys, secret: 'x' }).status).toBe(401);
  const first = get(market, '/v2/stocks/bars', query);
  expect([first.headers['x-ratelimit-limit'], first.headers['x-ratelimit-remaining']]).toEqual(['200', '199']);
  for (let asked = 1; asked < 200; asked++) expect(get(market, '/v2/stocks/bars', query).status).toBe(200);
  expect(get(market, '/v2/stocks/bars', query).status).toBe(429);
  market.desk.advanceTo(instant(market.desk.now + MINUTE_MS));
  expect(get(market, '/v2/stocks/bars', query).status).toBe(200);
});
