import { afterEach, beforeEach, expect, test } from 'vitest';
import { AlpacaMarketData, dataBounds } from '#adapters/alpaca/market-data';
import { instant } from '#domain/values/instant';
import { parseSessionDate, type SessionDate } from '#domain/values/session-date';
import { ticker } from '#domain/values/symbol';
import type { BarsAsked, BarsPage, DataProblem } from '#engine/ports/market-data';
import { type Connected, connected } from '#tests/alpaca/connected';
import { type Served, TradingServer } from '#tests/alpaca/trading-server';

let server: TradingServer;
let made: Connected;
let source: AlpacaMarketData;
beforeEach(async () => {
  server = await TradingServer.start();
  made = connected(server.base);
  const { host, clock, stop } = made;
  source = new AlpacaMarketData({
    data: host,
    trading: host,
    clock,
    feed: 'iex',
    bounds: { ...dataBounds, msMax: 500 },
    stop: stop.signal,
  });
});
afterEach(async () => {
  made.close();
  await server.stop();
});

function day(text: string): SessionDate {
  const date = parseSessionDate(text);
  if (date === null) throw new Error(`no date: ${text}`);
  return date;
}
const [from, to] = [day('2026-11-23'), day('2026-11-30')];
const asked: BarsAsked = { tickers: [ticker('AAPL'), ticker('BRK.B')], from: instant(0), to: instant(1_000), asOf: null };
const bar = (close: number, minute = 0): object => ({
  o: 1,
  h: 5,
  l: 1,
  c: close,
  v: 3,
  t: `2026-11-30T14:${30 + minute}:00Z`,
  n: 1,
  vw: 1,
});

async function pages(given = asked): Promise<readonly (BarsPage | DataProblem)[]> {
  const all: (BarsPage | DataProblem)[] = [];
  for await (const page of source.historicalBars(given)) all.push(page.ok ? page.value : page.problem);
  return all;
}

test('bars come page by page until there is no mark, also when a page is short', async () => {
  server.serve = ({ query }) => {
    const mark = query.get('page_token');
    if (mark === null) return { status: 200, body: { bars: { AAPL: [bar(1)] }, next_page_token: 'a' } };
    if (mark === 'a') return { status: 200, body: { bars: {}, next_page_token: 'b' } };
    return { status: 200, body: { bars: { 'BRK.B': [bar(2), bar(3, 1)] }, next_page_token: null } };
  };
  const all = await pages();
  expect(all).toMatchObject([
    { bars: [{ ticker: 'AAPL', close: 10_000 }] },
    { bars: [] },
    { bars: [{ ticker: 'BRK.B' }, { close: 30_000 }] },
  ]);
  expect(Object.fromEntries(server.asked[0]?.query ?? [])).toEqual({
    symbols: 'AAPL,BRK.B',
    timeframe: '1Min',
    start: '1970-01-01T00:00:00Z',
    end: '1970-01-01T00:00:01Z',
    limit: '10000',
    adjustment: 'raw',
    feed: 'iex',
    sort: 'asc',
  });
});

test('bars are asked for under the names of a day', async () => {
  server.serve = () => ({ status: 200, body: { bars: null, next_page_token: null } });
  expect(await pages({ ...asked, asOf: from })).toEqual([{ bars: [], bad: [] }]);
  expect(server.asked[0]?.query.get('asof')).toBe('2026-11-23');
});

test('more names than fit into an address are asked for in parts', async () => {
  server.serve = () => ({ status: 200, body: { bars: {}, next_page_token: null } });
  await pages({ ...asked, tickers: Array.from({ length: 1_001 }, (_, place) => ticker(`T${place}`)) });
  expect(server.asked.map(({ query }) => query.get('symbols')?.split(',').length)).toEqual([500, 500, 1]);
});

test('F2: a bar that is none is told apart from the bars', async () => {
  server.serve = () => ({ status: 200, body: { bars: { AAPL: [bar(0), bar(2)] }, next_page_token: null } });
  expect(await pages()).toMatchObject([{ bars: [{ close: 20_000 }], bad: [{ kind: 'bad_print', ticker: 'AAPL', why: 'bad_price' }] }]);
});

test('D12: pages that lead back to themselves end with a problem', async () => {
  server.serve = () => ({ status: 200, body: { bars: {}, next_page_token: 'a' } });
  expect((await pages()).at(-1)).toEqual({ kind: 'endless_pages', pages: 2 });
});

const problems: readonly (readonly [id: string, served: Served, problem: object, tries: number])[] = [
  ['D12', { status: 500 }, { kind: 'unreachable', why: 'status 500' }, 3],
  ['D12', { fault: 'reset' }, { kind: 'unreachable', why: 'reset' }, 3],
  ['D12', { fault: 'silence' }, { kind: 'unreachable', why: 'timeout' }, 3],
  ['D12', { status: 200, body: '<html>' }, { kind: 'unreachable', why: 'no JSON' }, 3],
  ['D12', { status: 200, body: '{}' }, { kind: 'unreadable', field: 'bars' }, 1],
  ['D12', { status: 200, body: { bars: { AAPL: {} } } }, { kind: 'unreadable', field: 'bars' }, 1],
  ['A6', { status: 429, headers: { 'retry-after': '3' } }, { kind: 'rate_limited', waitMs: 3_000 }, 1],
  ['F9', { status: 403, body: { message: 'subscription does not permit querying recent SIP data' } }, { kind: 'refused', status: 403 }, 1],
];
for (const [id, served, problem, tries] of problems)
  test(`${id}: bars after ${JSON.stringify(served).slice(0, 60)} end with ${JSON.stringify(problem)}`, async () => {
    server.serve = () => served;
    expect(await pages()).toMatchObject([problem]);
    expect(server.asked).toHaveLength(tries);
  });

test('assets: a flag that is missing is a no', async () => {
  const asset = { symbol: 'AAPL', exchange: 'NASDAQ', status: 'active', tradable: true, shortable: true, fractionable: true };
  server.serve = () => ({ status: 200, body: [asset, { symbol: 'BRK.B', status: 'inactive', tradable: true }] });
  expect(await source.assets()).toEqual({
    ok: true,
    value: [
      { ticker: 'AAPL', exchange: 'NASDAQ', tradable: true, shortable: true, fractionable: true },
      { ticker: 'BRK.B', exchange: '', tradable: false, shortable: false, fractionable: false },
    ],
  });
  server.serve = () => ({ status: 200, body: [asset, {}] });
  expect(await source.assets()).toMatchObject({ ok: false, problem: { kind: 'unreadable', field: 'symbol' } });
});

test('AC-19: the calendar tells an early close', async () => {
  server.serve = () => ({
    status: 200,
    body: [
      { date: '2026-11-25', open: '09:30', close: '16:00', session_open: '0400', session_close: '2000', settlement_date: '2026-11-27' },
      { date: '2026-11-27', open: '09:30', close: '13:00' },
    ],
  });
  expect(await source.calendar(from, to)).toEqual({
    ok: true,
    value: [
      { date: '2026-11-25', openMinute: 570, closeMinute: 960 },
      { date: '2026-11-27', openMinute: 570, closeMinute: 780 },
    ],
  });
  expect(server.asked[0]?.query.get('start')).toBe('2026-11-23');
  for (const wrong of [{ open: '9:30' }, { close: '24:00' }, { close: '09:30' }, { date: '2026-11-31' }]) {
    server.serve = () => ({ status: 200, body: [{ date: '2026-11-27', open: '09:30', close: '13:00', ...wrong }] });
    expect((await source.calendar(from, to)).ok, JSON.stringify(wrong)).toBe(false);
  }
});

test('the clock is asked at the trading host', async () => {
  server.serve = () => ({
    status: 200,
    body: {
      timestamp: '2026-11-27T10:00:00-05:00',
      is_open: true,
      next_open: '2026-11-30T09:30:00-05:00',
      next_close: '2026-11-27T13:00:00-05:00',
    },
  });
  expect(await source.clock()).toMatchObject({ ok: true, value: { isOpen: true } });
  expect(server.asked[0]?.path).toBe('/v2/clock');
});

test('D7: corporate actions are read from all pages, splits with their shares', async () => {
  server.serve = ({ query }) =>
    query.get('page_token') === null
      ? {
          status: 200,
          body: {
            corporate_actions: {
              forward_splits: [{ symbol: 'AAPL', new_rate: 4, old_rate: 1, ex_date: '2026-11-30', process_date: '2026-11-30' }],
              cash_dividends: [{ symbol: 'AAPL', rate: 0.24, ex_date: '2026-11-24' }],
            },
            next_page_token: 'a',
          },
        }
      : {
          status: 200,
          body: {
            corporate_actions: { name_changes: [{ old_symbol: 'FB', new_symbol: 'META', process_date: '2026-11-25' }] },
            next_page_token: null,
          },
        };
  const none = { newShares: null, oldShares: null, newTicker: null };
  expect(await source.corporateActions([ticker('AAPL')], from, to)).toEqual({
    ok: true,
    value: [
      { kind: 'forward_splits', ticker: 'AAPL', exDate: '2026-11-30', newShares: 4, oldShares: 1, newTicker: null },
      { kind: 'cash_dividends', ticker: 'AAPL', exDate: '2026-11-24', ...none },
      { kind: 'name_changes', ticker: 'FB', exDate: '2026-11-25', ...none, newTicker: 'META' },
    ],
  });
  server.serve = () => ({
    status: 200,
    body: { corporate_actions: { reverse_splits: [{ symbol: 'AAPL', new_rate: 0, old_rate: 1, ex_date: '2026-11-30' }] } },
  });
  expect(await source.corporateActions([ticker('AAPL')], from, to)).toMatchObject({ ok: false, problem: { kind: 'unreadable' } });
});

test('F4: the latest quotes leave out what is crossed or one-sided, and say so', async () => {
  const quote = { bp: 1.01, bs: 1, ap: 1.02, as: 2, t: '2026-11-30T14:30:00Z' };
  server.serve = () => ({ status: 200, body: { quotes: { AAPL: quote, MSFT: { ...quote, ap: 1 }, TSLA: { ...quote, bp: 0 } } } });
  expect(await source.latestQuotes([ticker('AAPL'), ticker('MSFT'), ticker('TSLA')])).toMatchObject({
    ok: true,
    value: {
      quotes: [{ ticker: 'AAPL', bid: 10_100, ask: 10_200 }],
      bad: [
        { ticker: 'MSFT', why: 'crossed' },
        { ticker: 'TSLA', why: 'missing_side' },
      ],
    },
  });
});
