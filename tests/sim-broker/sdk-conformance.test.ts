import { type Alpaca, withResponse } from '@alpacahq/alpaca-trade-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fieldIn, listOf, textIn } from '#domain/values/json-field';
import { noDelays } from '#simulation/broker/options';
import { type Running, runningBroker, until } from './running-broker.js';
import { listening, refusalOf } from './sdk-client.js';

/** The checks of broker-alpaca §21, by the official SDK as it comes: whatever it cannot say is asked without it, and the name says so. */
let sim: Running;
let alpaca: Alpaca;
let symbol = '';

async function begin(wanted: Parameters<typeof runningBroker>[0] = {}): Promise<void> {
  sim = await runningBroker(wanted);
  alpaca = sim.sdk();
  [symbol = ''] = sim.tickers;
  await sim.quote(symbol, '20.00', '20.02');
  await sim.trade(symbol, '20.01');
}

beforeEach(() => begin());
afterEach(() => sim.close());

async function again(wanted: Parameters<typeof runningBroker>[0]): Promise<void> {
  await sim.close();
  await begin(wanted);
}

const buy = (qty: number, clientOrderId?: string) =>
  alpaca.trading.orders.market({ symbol, qty, side: 'buy', ...(clientOrderId !== undefined && { clientOrderId }) });
const order = (orderId: string | undefined, nested = false) => alpaca.trading.orders.getOrderByOrderID({ orderId: orderId ?? '', nested });

/** The SDK makes a time of a date. */
const textOf = (date: unknown): string => (date instanceof Date ? date.toISOString().slice(0, 10) : String(date));

/** Fills as they are written. */
async function fills(query: string): Promise<readonly unknown[]> {
  return listOf(await (await sim.ask(`/v2/account/activities/FILL?${query}`)).json()) ?? [];
}

/** Holds something, and nothing works. */
async function holding(qty: number): Promise<void> {
  const { id } = await buy(qty);
  await until(async () => (await order(id)).status === 'filled');
}

test('AC-01: a market buy is received, filled, and stands in the activities as the stream told it', async () => {
  const line = await listening(sim);
  const sent = await buy(3);
  expect(['pending_new', 'accepted', 'new', 'filled']).toContain(sent.status);
  const fill = await line.news('fill', sent.id);
  expect(await order(sent.id)).toMatchObject({ status: 'filled', filledQty: '3', filledAvgPrice: '20.02' });
  const [activity] = await alpaca.trading.accountActivities.getAccountActivitiesByActivityType({ activityType: 'FILL' });
  expect([activity?.activityType, activity?.qty]).toEqual(['FILL', fill.qty]);
  // The SDK reads every activity as one without a trade, which leaves order and price out.
  const [raw] = await fills('');
  expect(raw).toMatchObject({ id: activity?.id, order_id: sent.id, qty: fill.qty, price: fill.price, side: 'buy', type: 'fill' });
  expect([fill.qty, fill.price, fill.positionQty]).toEqual(['3', '20.02', '3']);
  line.stop();
});

test('AC-02: a limit order for the day rests as new, and is cancelled with the time of it', async () => {
  const line = await listening(sim);
  const sent = await alpaca.trading.orders.limit({ symbol, qty: 5, side: 'buy', limitPrice: '19.50' });
  await line.news('new', sent.id);
  expect((await order(sent.id)).status).toBe('new');
  const answered = await withResponse(alpaca.trading.orders.deleteOrderByOrderIDRaw({ orderId: sent.id ?? '' }));
  expect(answered.status).toBe(204);
  await line.news('canceled', sent.id);
  const after = await order(sent.id);
  expect([after.status, after.canceledAt instanceof Date]).toEqual(['canceled', true]);
  line.stop();
});

test('AC-03: a client id is taken for ever, also of an order that has filled', async () => {
  await buy(1, 'ac-03');
  await until(async () => (await alpaca.trading.orders.getOrderByClientOrderId({ clientOrderId: 'ac-03' })).status === 'filled');
  expect(await refusalOf(buy(1, 'ac-03'))).toMatchObject({
    status: 422,
    code: 40010001,
    message: expect.stringContaining('must be unique'),
  });
});

test('AC-04: an order is found by its client id, and an id that nobody used is not', async () => {
  const sent = await buy(1, 'ac-04');
  expect((await alpaca.trading.orders.getOrderByClientOrderId({ clientOrderId: 'ac-04' })).id).toBe(sent.id);
  expect(await refusalOf(alpaca.trading.orders.getOrderByClientOrderId({ clientOrderId: 'nobody' }))).toMatchObject({
    status: 404,
    code: 40410000,
  });
});

test('AC-05: more than is held is not sold', async () => {
  await holding(2);
  const refusal = await refusalOf(alpaca.trading.orders.market({ symbol, qty: 3, side: 'sell' }));
  expect(refusal).toMatchObject({ status: 403, code: 40310000, message: expect.stringContaining('insufficient qty available') });
});

test('AC-05: the refusal says how many could be sold (without the SDK, which reads no further fields)', async () => {
  await holding(2);
  const body = JSON.stringify({ symbol, qty: '3', side: 'sell', type: 'market', time_in_force: 'day' });
  const answer = await sim.ask('/v2/orders', { method: 'POST', body });
  expect([answer.status, await answer.json()]).toEqual([
    403,
    expect.objectContaining({ code: 40310000, available: '2', existing_qty: '2', held_for_orders: '0', symbol }),
  ]);
});

test('AC-06: a fraction of what has no fractions is not sold, and no order comes of it', async () => {
  const whole = (await alpaca.trading.assets.getV2Assets()).find(({ fractionable }) => !fractionable);
  if (whole === undefined) throw new Error('some name has no fractions');
  await sim.quote(whole.symbol, '10.00', '10.02');
  const { id } = await alpaca.trading.orders.market({ symbol: whole.symbol, qty: 2, side: 'buy' });
  await until(async () => (await order(id)).status === 'filled');
  const refusal = await refusalOf(alpaca.trading.orders.market({ symbol: whole.symbol, qty: '0.5', side: 'sell' }));
  expect(refusal).toMatchObject({ status: 403, code: 40310000, message: expect.stringContaining('not fractionable') });
  expect(await alpaca.trading.orders.getAllOrders({ status: 'all' })).toHaveLength(1);
});

test('AC-07: a price within a cent is refused', async () => {
  const refusal = await refusalOf(alpaca.trading.orders.limit({ symbol, qty: 1, side: 'buy', limitPrice: '19.123' }));
  expect(refusal).toMatchObject({ status: 422, code: 42210000, message: expect.stringContaining('sub-penny increment') });
});

const bracket = (qty: number) =>
  alpaca.trading.orders.bracket({
    symbol,
    qty,
    side: 'buy',
    limitPrice: '20.05',
    timeInForce: 'gtc',
    takeProfit: { limitPrice: '22.00' },
    stopLoss: { stopPrice: '19.00' },
  });

test('AC-08: a bracket is three orders; its legs are held until the entry has filled', async () => {
  await sim.quote(symbol, '20.10', '20.12');
  const sent = await bracket(4);
  const resting = await order(sent.id, true);
  expect([sent.orderClass, resting.legs?.map(({ status, type }) => `${type} ${status}`).sort()]).toEqual([
    'bracket',
    ['limit held', 'stop held'],
  ]);
  await sim.quote(symbol, '20.00', '20.02');
  await until(async () => (await order(sent.id)).status === 'filled');
  const filled = await order(sent.id, true);
  const [target, stop] = [filled.legs?.find(({ type }) => type === 'limit'), filled.legs?.find(({ type }) => type === 'stop')];
  expect([target?.status, target?.qty, target?.side]).toEqual(['new', '4', 'sell']);
  expect(['held', 'new']).toContain(stop?.status);
  const flat = await alpaca.trading.orders.getAllOrders();
  expect(flat.map(({ id }) => id)).not.toContain(filled.id);
});

test('AC-09: legs without a class are ignored, and the order is a plain one', async () => {
  const sent = await alpaca.trading.orders.submit({
    symbol,
    qty: 1,
    side: 'buy',
    type: 'market',
    timeInForce: 'day',
    takeProfit: { limitPrice: '22.00' },
    stopLoss: { stopPrice: '19.00' },
  });
  const after = await order(sent.id, true);
  expect([sent.legs ?? [], after.legs ?? [], after.orderClass]).toEqual([[], [], '']);
});

test('AC-10: a bracket with one leg is refused, and one triggered by its entry is taken', async () => {
  const half = { symbol, qty: 1, side: 'buy', type: 'market', timeInForce: 'gtc', stopLoss: { stopPrice: '19.00' } } as const;
  expect(await refusalOf(alpaca.trading.orders.submit({ ...half, orderClass: 'bracket' }))).toMatchObject({
    status: 422,
    message: expect.stringContaining('take_profit.limit_price'),
  });
  const sent = await alpaca.trading.orders.oto({ symbol, qty: 1, side: 'buy', timeInForce: 'gtc', stopLoss: { stopPrice: '19.00' } });
  expect([sent.orderClass, (await order(sent.id, true)).legs?.length]).toEqual(['oto', 1]);
});

test('AC-11: a resting stop keeps its shares from being closed, until it is cancelled', async () => {
  await holding(2);
  const stop = await alpaca.trading.orders.stop({ symbol, qty: 2, side: 'sell', stopPrice: '18.00' });
  await until(async () => (await order(stop.id)).status === 'new');
  expect(await refusalOf(alpaca.trading.positions.deleteOpenPosition({ symbolOrAssetId: symbol }))).toMatchObject({
    status: 403,
    code: 40310000,
  });
  await alpaca.trading.orders.deleteOrderByOrderID({ orderId: stop.id ?? '' });
  await until(async () => (await order(stop.id)).status === 'canceled');
  const closing = await alpaca.trading.positions.deleteOpenPosition({ symbolOrAssetId: symbol });
  expect([closing.side, closing.type, closing.qty]).toEqual(['sell', 'market', '2']);
  await until(async () => (await alpaca.trading.positions.getAllOpenPositions()).length === 0);
  expect(await refusalOf(alpaca.trading.positions.getOpenPosition({ symbolOrAssetId: symbol }))).toMatchObject({ status: 404 });
});

test('AC-12: a buy beside a plain stop to sell would trade with itself; beside the legs of a bracket it is taken', async () => {
  await holding(2);
  const stop = await alpaca.trading.orders.stop({ symbol, qty: 2, side: 'sell', stopPrice: '18.00' });
  await until(async () => (await order(stop.id)).status === 'new');
  const more = () => alpaca.trading.orders.limit({ symbol, qty: 1, side: 'buy', limitPrice: '19.00' });
  expect(await refusalOf(more())).toMatchObject({ status: 403, code: 40310000, message: expect.stringContaining('wash trade') });
  await alpaca.trading.orders.deleteAllOrders();
  await until(async () => (await order(stop.id)).status === 'canceled');
  const group = await bracket(1);
  await until(async () => (await order(group.id)).status === 'filled');
  expect((await more()).id).toBeDefined();
});

test('AC-13: a replaced order lives on under another id; without a change, or before a venue has it, it is refused', async () => {
  const line = await listening(sim);
  const sent = await alpaca.trading.orders.limit({ symbol, qty: 5, side: 'buy', limitPrice: '19.50' });
  await line.news('new', sent.id);
  const patch = (limitPrice: string) =>
    alpaca.trading.orders.patchOrderByOrderId({ orderId: sent.id ?? '', patchOrderRequest: { limitPrice } });
  expect(await refusalOf(patch('19.50'))).toMatchObject({ status: 422, code: 42210000, message: expect.stringContaining('not changed') });
  const next = await patch('19.60');
  expect([next.replaces, next.limitPrice, next.id === sent.id]).toEqual([sent.id, '19.6', false]);
  await line.news('replaced', sent.id);
  expect(await order(sent.id)).toMatchObject({ status: 'replaced', replacedBy: next.id });
  line.stop();
});

test('AC-14: what has filled is not cancelled', async () => {
  const { id } = await buy(1);
  await until(async () => (await order(id)).status === 'filled');
  expect((await refusalOf(alpaca.trading.orders.deleteOrderByOrderID({ orderId: id ?? '' }))).status).toBe(422);
});

test('AC-15: cancelling and closing everything tells of each order and each position', async () => {
  await holding(2);
  await alpaca.trading.orders.limit({ symbol, qty: 1, side: 'buy', limitPrice: '18.00' });
  await alpaca.trading.orders.limit({ symbol, qty: 1, side: 'buy', limitPrice: '18.10' });
  const cancelled = await withResponse(alpaca.trading.orders.deleteAllOrdersRaw());
  expect([cancelled.status, cancelled.data.map(({ status }) => status)]).toEqual([207, [200, 200]]);
  const closed = await withResponse(alpaca.trading.positions.deleteAllOpenPositionsRaw({ cancelOrders: true }));
  expect([closed.status, closed.data.map((each) => [each.symbol, each.status])]).toEqual([207, [[symbol, 200]]]);
  await until(async () => (await alpaca.trading.positions.getAllOpenPositions()).length === 0);
});

test('AC-16: the SDK is authenticated and listens; with wrong keys it is refused', async () => {
  const line = await listening(sim);
  expect(line.errors).toEqual([]);
  line.stop();
  const stream = sim.sdk({ secret: 'wrong' }).trading.stream({ url: `ws://${sim.base}/stream` });
  stream.connect();
  expect((await stream.whenAuthenticated()).status).toBe('server_rejected');
  stream.disconnect();
});

test('AC-16: frames are binary, a list replaces the one before, and listening needs keys (without the SDK, which hides frames)', async () => {
  const line = sim.dial('/stream');
  const told: { readonly binary: boolean; readonly said: unknown }[] = [];
  line.on('message', (data, binary) => told.push({ binary, said: JSON.parse(String(data)) }));
  await new Promise((resolve) => line.once('open', resolve));
  const say = async (message: unknown): Promise<unknown> => {
    const before = told.length;
    line.send(JSON.stringify(message));
    await until(() => told.length > before);
    return told.at(-1)?.said;
  };
  const listen = (streams: readonly string[]) => say({ action: 'listen', data: { streams } });
  expect(await listen(['trade_updates'])).toEqual({ stream: 'authorization', data: { status: 'unauthorized', action: 'listen' } });
  expect(fieldIn(await say({ action: 'auth', key: sim.keys.keyId, secret: 'x' }), 'data')).toMatchObject({ status: 'unauthorized' });
  const keys = { key_id: sim.keys.keyId, secret_key: sim.keys.secret };
  expect(fieldIn(await say({ action: 'authenticate', data: keys }), 'data')).toMatchObject({ status: 'authorized' });
  expect(await listen(['trade_updates', 'unknown'])).toEqual({ stream: 'listening', data: { streams: ['trade_updates'] } });
  expect(await listen([])).toEqual({ stream: 'listening', data: { streams: [] } });
  expect(told.every(({ binary }) => binary)).toBe(true);
  line.terminate();
});

test('AC-17: a second connection of the same key lives beside the first, or is refused, as it is set', async () => {
  const both = [await listening(sim), await listening(sim)];
  const sent = await buy(1);
  for (const line of both) await line.news('fill', sent.id);
  for (const line of both) line.stop();
  await again({ habits: { connections: { kind: 'one', heldMs: 90_000 } } });
  const first = await listening(sim);
  const second = sim.dial('/stream');
  const status = await new Promise((resolve) => {
    second.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    second.on('error', () => {});
    second.on('open', () => resolve(101));
  });
  expect(status).toBe(429);
  first.stop();
});

test('AC-18: what may still be asked goes down, then nothing may, and after a minute everything again', async () => {
  const asked = () => withResponse(alpaca.trading.account.getAccountRaw());
  const first = (await asked()).rateLimit?.remaining ?? 0;
  expect((await asked()).rateLimit?.remaining).toBe(first - 1);
  for (let left = first - 1; left > 0; left--) await alpaca.trading.account.getAccount();
  expect(await refusalOf(alpaca.trading.account.getAccount())).toMatchObject({ status: 429, code: 42910000 });
  await sim.step(61_000);
  expect((await asked()).status).toBe(200);
});

test('AC-19: half days close at 13:00, and the clocks of New York change in March and November', async () => {
  const days = await alpaca.trading.calendar.legacyCalendar({ start: new Date('2026-11-25'), end: new Date('2026-11-30') });
  expect(days.map(({ date, open, close }) => [textOf(date), open, close])).toEqual([
    ['2026-11-25', '09:30', '16:00'],
    ['2026-11-27', '09:30', '13:00'],
    ['2026-11-30', '09:30', '16:00'],
  ]);
  const opens = async (start: string, end: string) => {
    const { calendar } = await alpaca.trading.calendar.calendar({ market: 'NYSE', start: new Date(start), end: new Date(end) });
    return calendar.map(({ coreStart }) => coreStart.toISOString());
  };
  expect(await opens('2026-03-06', '2026-03-09')).toEqual(['2026-03-06T14:30:00.000Z', '2026-03-09T13:30:00.000Z']);
  expect(await opens('2026-10-30', '2026-11-02')).toEqual(['2026-10-30T13:30:00.000Z', '2026-11-02T14:30:00.000Z']);
});

test('AC-20: an account has no fields of the rule of day traders, or has them, and the SDK reads both', async () => {
  const account = await alpaca.trading.account.getAccount();
  expect([account.status, account.cash, account.multiplier]).toEqual(['ACTIVE', '100000', '4']);
  const raw = await (await sim.ask('/v2/account')).json();
  expect(raw).not.toHaveProperty('pattern_day_trader');
  await again({ habits: { profile: 'pre-2026-07' } });
  expect((await alpaca.trading.account.getAccount()).status).toBe('ACTIVE');
  expect(await (await sim.ask('/v2/account')).json()).toHaveProperty('pattern_day_trader');
});

test('AC-21: an order for the day expires at the close, one until it is cancelled after 90 days', async () => {
  const limit = (timeInForce: 'day' | 'gtc') =>
    alpaca.trading.orders.limit({ symbol, qty: 1, side: 'buy', limitPrice: '18.00', timeInForce });
  const [day, gtc] = [await limit('day'), await limit('gtc')];
  expect(day.expiresAt?.toISOString()).toBe('2026-03-16T20:00:00.000Z');
  expect(gtc.expiresAt?.toISOString().slice(0, 10)).toBe('2026-06-14');
});

test('AC-22: an order after the close waits for the next session and cannot be replaced', async () => {
  await again({ atMinute: 16 * 60 + 30 });
  const sent = await alpaca.trading.orders.limit({ symbol, qty: 1, side: 'buy', limitPrice: '18.00' });
  const waiting = await order(sent.id);
  expect([waiting.status, waiting.expiresAt?.toISOString()]).toEqual(['accepted', '2026-03-17T20:00:00.000Z']);
  const patched = alpaca.trading.orders.patchOrderByOrderId({ orderId: sent.id ?? '', patchOrderRequest: { limitPrice: '18.10' } });
  expect((await refusalOf(patched)).status).toBe(422);
});

test('AC-23: the positions may be behind the orders for a while', async () => {
  await again({ delays: { ...noDelays, positions: { fromMs: 8_000, toMs: 8_000 } } });
  const { id } = await buy(2);
  await until(async () => (await order(id)).status === 'filled');
  expect(await alpaca.trading.positions.getAllOpenPositions()).toEqual([]);
  await sim.step(8_000);
  expect((await alpaca.trading.positions.getAllOpenPositions()).map(({ symbol: name, qty }) => [name, qty])).toEqual([[symbol, '2']]);
});

test('AC-24: activities come in pages by the last id, and after an instant without it', async () => {
  for (let place = 0; place < 7; place++) {
    await holding(1);
    await sim.step(1_000);
  }
  const all = await alpaca.trading.accountActivities.getAccountActivitiesByActivityType({ activityType: 'FILL', direction: 'asc' });
  const paged = await alpaca.trading.collectActivitiesByType({ activityType: 'FILL', direction: 'asc', pageSize: 3 });
  expect(all).toHaveLength(7);
  expect(paged.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  const third = textIn((await fills('direction=asc'))[2], 'transaction_time');
  const after = await alpaca.trading.accountActivities.getAccountActivitiesByActivityType({
    activityType: 'FILL',
    direction: 'asc',
    after: new Date(third ?? ''),
  });
  expect(after.map(({ id }) => id)).toEqual(all.slice(3).map(({ id }) => id));
});

test('AC-25: the SDK places and waits, reads account, clock, assets, history and market data, and finds nothing it cannot read', async () => {
  const stream = alpaca.trading.stream({ url: `ws://${sim.base}/stream` });
  const waited = alpaca.trading.submitAndWait(
    { type: 'market', symbol, qty: 2, side: 'buy', clientOrderId: 'ac-25' },
    { stream, timeoutMs: 5_000 },
  );
  stream.subscribeTradeUpdates();
  stream.connect();
  const filled = await waited;
  stream.disconnect();
  expect(filled).toMatchObject({ status: 'filled', filledQty: '2' });
  const clock = await alpaca.trading.clock.legacyClock();
  expect([clock.isOpen, clock.nextClose?.toISOString()]).toEqual([true, '2026-03-16T20:00:00.000Z']);
  expect((await alpaca.trading.assets.getV2AssetsSymbolOrAssetId({ symbolOrAssetId: symbol })).symbol).toBe(symbol);
  expect((await alpaca.trading.positions.getOpenPosition({ symbolOrAssetId: symbol })).qty).toBe('2');
  expect((await alpaca.trading.accountConfigurations.getAccountConfig()).suspendTrade).toBe(false);
  expect((await alpaca.trading.portfolioHistory.getAccountPortfolioHistory()).equity?.length).toBeGreaterThan(0);
  const orders = await alpaca.trading.orders.getAllOrders({ status: 'all', nested: true, limit: 500 });
  expect(orders.map(({ id }) => id)).toEqual([filled.id]);
});

test('nothing that the SDK did here leaves a share or a cent without a cause', async () => {
  await holding(3);
  const group = await bracket(2);
  await until(async () => (await order(group.id)).status === 'filled');
  await sim.quote(symbol, '22.00', '22.02');
  await sim.trade(symbol, '22.00');
  expect(await sim.admin('GET', '/invariants')).toEqual({ violated: [] });
  expect(fieldIn(await sim.admin('GET', '/ledger'), 'entries')).not.toEqual([]);
});
