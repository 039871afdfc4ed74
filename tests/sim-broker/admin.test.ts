import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { fieldIn, listOf } from '#domain/values/json-field';
import { type Running, runningBroker, until } from './running-broker.js';

let sim: Running;
afterEach(() => sim.close());

const statusOf = async (path: string, init: RequestInit = {}): Promise<readonly [number, string]> => {
  const answer = await fetch(`http://127.0.0.1:${sim.adminPort}${path}`, init);
  return [answer.status, await answer.text()];
};

test('time is moved by hand, never back, and what falls due on the way has happened', async () => {
  sim = await runningBroker();
  expect(await sim.admin('GET', '/status')).toMatchObject({
    simulated: true,
    now: '2026-03-16T14:00:00Z',
    speed: 0,
    seed: 5,
    session: '2026-03-16',
  });
  expect(await sim.step(90_000)).toEqual({ now: '2026-03-16T14:01:30Z', speed: 0 });
  expect(await sim.admin('POST', '/time', { at: '2026-03-17T14:00:00Z' })).toMatchObject({ now: '2026-03-17T14:00:00Z' });
  expect(await statusOf('/time', { method: 'POST', body: '{"at":"2026-03-16T14:00:00Z"}' })).toEqual([
    400,
    expect.stringContaining('does not go back'),
  ]);
  const [symbol = ''] = sim.tickers;
  const bars = await (await sim.ask(`/v2/stocks/${symbol}/bars?timeframe=1Min&start=2026-03-16T14:00:00Z&limit=10000`)).json();
  expect(listOf(fieldIn(bars, 'bars'))?.length).toBeGreaterThan(300);
});

test('a speed is set while it runs', async () => {
  sim = await runningBroker();
  await sim.admin('POST', '/speed', { speed: 3600 });
  await until(async () => String(fieldIn(await sim.admin('GET', '/status'), 'now')) > '2026-03-16T14:02');
  const stopped = await sim.admin('POST', '/speed', { speed: 0 });
  expect(fieldIn(await sim.admin('GET', '/status'), 'now')).toBe(fieldIn(stopped, 'now'));
});

test('faults are added, told when they fired, and removed', async () => {
  sim = await runningBroker();
  await sim.admin('POST', '/faults', { name: 'down', on: 'request', path: '/v2/account', times: 0, effect: { kind: 'html', status: 503 } });
  await sim.admin('POST', '/faults', {
    name: 'no data',
    on: 'data',
    effect: { kind: 'answer', path: '/v1beta1/news', status: 500, body: '{}' },
  });
  expect([(await sim.ask('/v2/account')).status, (await sim.ask('/v1beta1/news')).status, (await sim.ask('/v1beta1/news')).status]).toEqual(
    [503, 500, 200],
  );
  expect(await sim.admin('GET', '/faults')).toEqual({
    fired: [
      { name: 'down', at: '2026-03-16T14:00:00Z', to: 'GET /v2/account' },
      { name: 'no data', at: '2026-03-16T14:00:00Z', to: '/v1beta1/news' },
    ],
  });
  await sim.admin('DELETE', '/faults/down');
  expect((await sim.ask('/v2/account')).status).toBe(200);
});

const noFaults: readonly [said: unknown, says: string][] = [
  ['x', 'expected an object'],
  [{ on: 'data' }, 'expected a \\"name\\"'],
  [{ name: 'x', on: 'moon' }, 'to be one of request, event, order, handshake, standing, data'],
  [{ name: 'x', on: 'request', effect: { kind: 'truncate' } }, '\\"effect\\" is none that \\"request\\" has'],
  [{ name: 'x', on: 'order', effect: 'explode' }, '\\"effect\\" is none'],
  [{ name: 'x', on: 'data', effect: { kind: 'lag', ms: 5 }, path: '/' }, '\\"path\\" is not known of \\"data\\"'],
  [{ name: 'x', on: 'handshake', status: 429, times: -1 }, '\\"times\\" is of another kind'],
];
test('what is no fault is refused with a sentence', async () => {
  sim = await runningBroker();
  for (const [said, says] of noFaults)
    expect(await statusOf('/faults', { method: 'POST', body: JSON.stringify(said) })).toEqual([400, expect.stringContaining(says)]);
});

test('prices are pushed to broker and market data alike', async () => {
  sim = await runningBroker();
  const [symbol = ''] = sim.tickers;
  await sim.quote(symbol, '20.00', '20.02');
  expect(await (await sim.ask(`/v2/stocks/${symbol}/quotes/latest`)).json()).toMatchObject({ quote: { bp: 20, ap: 20.02 } });
  for (const said of [
    { ticker: symbol, bid: '20.02', ask: '20.00' },
    { ticker: symbol, bid: '-1', ask: '1' },
    { ticker: 'a b', bid: '1', ask: '2' },
  ])
    expect((await statusOf('/market/quote', { method: 'POST', body: JSON.stringify(said) }))[0]).toBe(400);
});

test('D2: a person trades behind the back of the client, and the ledger says so', async () => {
  sim = await runningBroker();
  const [symbol = ''] = sim.tickers;
  await sim.quote(symbol, '20.00', '20.02');
  await sim.admin('POST', '/person/external-trade', { ticker: symbol, side: 'buy', shares: 5, price: '20.02' });
  expect(await (await sim.ask(`/v2/positions/${symbol}`)).json()).toMatchObject({ qty: '5' });
  await sim.admin('POST', '/person/liquidate', { ticker: symbol });
  expect((await sim.ask(`/v2/positions/${symbol}`)).status).toBe(404);
  expect(await sim.admin('GET', '/invariants')).toEqual({ violated: [] });
  expect(listOf(fieldIn(await sim.admin('GET', '/ledger'), 'entries'))?.length).toBeGreaterThan(1);
});

test('A15, A16: keys are revoked, an account is restricted or replaced', async () => {
  sim = await runningBroker();
  await sim.admin('POST', '/person/restrict', { tradingBlocked: true });
  expect(await (await sim.ask('/v2/account')).json()).toMatchObject({ trading_blocked: true });
  await sim.admin('POST', '/person/replace-account', { accountId: '11111111-2222-4333-8444-555555555555', cash: '5000' });
  expect(await (await sim.ask('/v2/account')).json()).toMatchObject({ id: '11111111-2222-4333-8444-555555555555', cash: '5000' });
  await sim.admin('POST', '/person/revoke-keys');
  expect([401, 403]).toContain((await sim.ask('/v2/account')).status);
});

test('what cannot be done changes nothing and ends nothing', async () => {
  sim = await runningBroker();
  expect(await statusOf('/person/bust-trade', { method: 'POST', body: '{"id":"nothing"}' })).toEqual([
    409,
    expect.stringContaining('is known'),
  ]);
  expect((await statusOf('/person/liquidate', { method: 'POST', body: '{"ticker":"QQQ"}' }))[0]).toBe(400);
  expect(await statusOf('/nothing')).toEqual([404, expect.stringContaining('GET /status')]);
  expect(await statusOf('/faults', { method: 'POST', body: '{' })).toEqual([400, expect.stringContaining('not JSON')]);
  expect((await sim.ask('/v2/account')).status).toBe(200);
});

test('a page in a browser cannot use the admin port, under whatever name it was led here', async () => {
  sim = await runningBroker();
  const named = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: sim.adminPort, path: '/status', headers: { host: 'rebound.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
  expect(named).toBe(403);
  expect((await statusOf('/shutdown', { method: 'POST', headers: { origin: 'http://evil.example' } }))[0]).toBe(403);
  expect((await statusOf('/status'))[0]).toBe(200);
});
