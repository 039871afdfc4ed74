import { expect, test } from 'vitest';
import { activityOf } from '#adapters/alpaca/activity-of';
import { executionOf } from '#adapters/alpaca/execution-of';
import { instant } from '#domain/values/instant';
import { parseSessionDate } from '#domain/values/session-date';
import { noDelays } from '#simulation/broker/options';
import { at, bracket, Desk, keys, rows, text } from './desk.js';

test('AC-20: the account has no fields of pattern day traders, or has them in the profile of before', () => {
  const today = new Desk().get('/v2/account');
  const before = new Desk({ habits: { profile: 'pre-2026-07' } }).get('/v2/account');
  for (const field of ['pattern_day_trader', 'daytrade_count', 'daytrading_buying_power']) {
    expect(today).not.toHaveProperty(field);
    expect(before).toHaveProperty(field);
  }
  expect(today).toMatchObject({
    status: 'ACTIVE',
    cash: '100000',
    equity: '100000',
    buying_power: '400000',
    multiplier: '4',
    shorting_enabled: true,
  });
});

test('open orders that buy use up the buying power, and it never falls below nothing', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const power = (): string => text(desk.get('/v2/account'), 'buying_power');
  const id = desk.place({ type: 'limit', limit_price: '9.00', qty: '40000' });
  expect(power()).toBe('40000');
  desk.ask('DELETE', `/v2/orders/${id}`);
  desk.settle();
  expect(power()).toBe('400000');
  desk.place({ qty: '38000' });
  desk.quote('AAA', 5);
  desk.trade('AAA', 5);
  expect(power()).toBe('0');
  expect(text(desk.get('/v2/account'), 'cash')).toBe('-280380');
});

test('a short costs nothing and is worth less than nothing', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.trade('AAA', 10);
  desk.place({ side: 'sell', qty: '100' });
  expect(desk.get('/v2/account')).toMatchObject({ cash: '100999', short_market_value: '-1000', long_market_value: '0', equity: '99999' });
  expect(desk.get('/v2/positions/AAA')).toMatchObject({
    qty: '-100',
    side: 'short',
    avg_entry_price: '9.99',
    cost_basis: '-999',
    market_value: '-1000',
    unrealized_pl: '-1',
  });
});

test('opening both ways at once is refused, and so is anything once a position outweighs the equity', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.place({ type: 'limit', limit_price: '9.00' });
  const short = { symbol: 'AAA', side: 'sell', type: 'limit', limit_price: '11.00', qty: '1', time_in_force: 'day' };
  expect(desk.ask('POST', '/v2/orders', short)).toMatchObject({
    status: 403,
    body: { message: expect.stringContaining('cannot open a short sell') },
  });
  const heavy = new Desk();
  heavy.quote('AAA', 10);
  heavy.place({ qty: '38000' });
  heavy.quote('AAA', 8.2);
  heavy.trade('AAA', 8.2);
  heavy.quote('BBB', 1);
  expect(heavy.ask('POST', '/v2/orders', { ...short, symbol: 'BBB', side: 'buy', limit_price: '1.00' }).body).toMatchObject({
    message: 'account is restricted to closing orders',
  });
  expect(heavy.ask('DELETE', '/v2/positions/AAA').status).toBe(200);
});

for (const suspension of ['all_orders', 'openings'] as const) {
  test(`AC-26: a suspended account, where that stops ${suspension}: cancels go on and protection stays`, () => {
    const desk = new Desk({ habits: { suspension } });
    desk.quote('AAA', 10);
    desk.quote('BBB', 20);
    desk.trade('AAA', 10);
    const id = desk.place(bracket);
    desk.place({ symbol: 'BBB' });
    const resting = desk.place({ symbol: 'BBB', type: 'limit', limit_price: '15.00' });
    expect(desk.ask('PATCH', '/v2/account/configurations', { suspend_trade: true }).body).toMatchObject({ suspend_trade: true });
    expect(desk.get('/v2/account')).toMatchObject({ trade_suspended_by_user: true, status: 'ACTIVE' });
    const buy = { symbol: 'BBB', side: 'buy', type: 'market', qty: '1', time_in_force: 'day' };
    expect(desk.ask('POST', '/v2/orders', buy)).toMatchObject({
      status: 403,
      body: { message: 'new orders are rejected by user request' },
    });
    expect(desk.ask('DELETE', `/v2/orders/${resting}`).status).toBe(204);
    desk.settle();
    expect(desk.ask('DELETE', '/v2/positions/BBB').status).toBe(suspension === 'openings' ? 200 : 403);
    desk.quote('AAA', 9.5);
    desk.trade('AAA', 9.5);
    expect(desk.leg(id, 'stop')).toMatchObject({ status: 'filled' });
    desk.broker.suspendTrading(false);
    expect(desk.ask('POST', '/v2/orders', buy).status).toBe(200);
  });
}

test('AC-18: the headers count down, the 201st request of a minute is refused, and room comes back', () => {
  const desk = new Desk();
  const first = desk.ask('GET', '/v2/clock');
  expect(first.headers).toMatchObject({
    'x-ratelimit-limit': '200',
    'x-ratelimit-remaining': '199',
    'x-ratelimit-reset': String(at('2026-11-30T15:01:00Z') / 1000),
  });
  desk.settle(30_000);
  for (let count = 1; count < 200; count++) expect(desk.ask('GET', '/v2/clock').status).toBe(200);
  const refused = desk.ask('GET', '/v2/clock');
  expect(refused).toMatchObject({ status: 429, body: { code: 42910000 }, headers: { 'x-ratelimit-remaining': '0' } });
  // A rolling window: only the first has left it.
  desk.settle(30_000);
  expect([desk.ask('GET', '/v2/clock').status, desk.ask('GET', '/v2/clock').status]).toEqual([200, 429]);
  desk.settle(30_000);
  expect(desk.ask('GET', '/v2/clock').status).toBe(200);
});

test('AC-23: D4: the view of positions is late, and so is that of activities, while the order is filled', () => {
  const desk = new Desk({ delays: { ...noDelays, positions: { fromMs: 9000, toMs: 9000 }, activities: { fromMs: 5000, toMs: 5000 } } });
  desk.quote('AAA', 10);
  const id = desk.place({});
  const views = (): readonly unknown[] => [
    desk.status(id),
    desk.ask('GET', '/v2/positions/AAA').status,
    rows(desk.get('/v2/account/activities/FILL')).length,
  ];
  expect(views()).toEqual(['filled', 404, 0]);
  desk.settle(5000);
  expect(views()).toEqual(['filled', 404, 1]);
  desk.settle(4000);
  expect(views()).toEqual(['filled', 200, 1]);
});

test('the history of the portfolio has the equity of each close', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.place({ qty: '100' });
  desk.quote('AAA', 12);
  desk.trade('AAA', 12);
  desk.broker.advanceTo(at('2026-12-01T15:00:00Z'));
  expect(desk.get('/v2/account/portfolio/history')).toMatchObject({
    equity: [100_000, 100_199, 100_199],
    base_value: 100_000,
    timeframe: '1D',
  });
  expect(desk.get('/v2/account')).toMatchObject({ last_equity: '100199' });
});

test('D1: a position that is gone leaves no order and no execution behind', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.place({});
  desk.broker.deletePosition('AAA');
  expect(desk.get('/v2/positions')).toEqual([]);
  expect(rows(desk.get('/v2/account/activities/FILL')).length).toBe(1);
  expect(desk.broker.ledger().at(-1)).toMatchObject({ cause: { kind: 'position_deleted' } });
  expect(desk.broker.invariants()).toEqual([]);
});

test('C7: D5: what somebody else does at the account is told like everything else', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const resting = desk.broker.foreignOrder({
    symbol: 'AAA',
    side: 'buy',
    qty: '5',
    type: 'limit',
    limit_price: '9.00',
    time_in_force: 'gtc',
  });
  const traded = desk.broker.externalTrade({ ticker: 'BBB', side: 'buy', shares: 7, price: 200_000 });
  desk.settle();
  expect(desk.events()).toEqual(['pending_new', 'new', 'new', 'fill']);
  expect([desk.status(resting), desk.status(traded)]).toEqual(['new', 'filled']);
  expect(desk.get('/v2/positions/BBB')).toMatchObject({ qty: '7', avg_entry_price: '20' });
});

test('D2: D3: a liquidation is an execution of an order that is in no list', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place({});
  desk.broker.liquidate('AAA');
  const told = rows(desk.get('/v2/account/activities/FILL?direction=asc'));
  expect(told).toMatchObject([{ order_id: id }, { side: 'sell', qty: '10', price: '9.99' }]);
  expect(desk.ask('GET', `/v2/orders/${text(told[1], 'order_id')}`).status).toBe(404);
  expect(desk.ask('GET', '/v2/positions/AAA').status).toBe(404);
});

test('a trade that is taken back is told by the activities alone', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place({});
  const row = text(rows(desk.get('/v2/account/activities/FILL'))[0], 'id');
  desk.events();
  desk.broker.bustTrade(row);
  expect(desk.order(id)).toMatchObject({ status: 'filled', filled_qty: '10' });
  expect(desk.get('/v2/account/activities/FILL')).toMatchObject([
    { status: 'canceled', previous_id: row, side: 'buy', qty: '10' },
    { id: row },
  ]);
  expect(desk.events()).toEqual([]);
  expect(desk.get('/v2/account')).toMatchObject({ cash: '100000' });
  expect(desk.broker.invariants()).toEqual([]);
});

test('D10: a trade that is corrected is told by a row that stands in the place of another', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.place({});
  const [row] = rows(desk.get('/v2/account/activities/FILL'));
  const before = Number(text(desk.get('/v2/account'), 'cash'));
  desk.broker.correctTrade(text(row, 'id'), { shares: 8, price: 110_000 });
  const [corrected, original] = rows(desk.get('/v2/account/activities/FILL')).map(executionOf);
  if (corrected?.ok !== true || original?.ok !== true) throw new Error('the adapter reads both rows');
  expect(corrected.value).toMatchObject({
    side: 'buy',
    shares: 8,
    cumulative: 8,
    price: 110_000,
    corrects: original.value.id,
    busts: null,
  });
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '8' });
  const spent = (original.value.shares * original.value.price) / 10_000;
  expect(Number(text(desk.get('/v2/account'), 'cash')) - before).toBeCloseTo(spent - 8 * 11, 6);
  expect(desk.broker.invariants()).toEqual([]);
});

test('D9: money without a trade is told by a row of its own kind, beside the trades', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.place({});
  const before = Number(text(desk.get('/v2/account'), 'cash'));
  desk.broker.bookCash({ type: 'DIV', ticker: 'AAA', money: 123_400 });
  desk.broker.bookCash({ type: 'FEE', ticker: null, money: -500 });
  const others = rows(desk.get('/v2/account/activities?category=non_trade_activity&direction=asc')).map(activityOf);
  expect(others).toMatchObject([
    { value: { moved: { cause: 'dividend', ticker: 'AAA', amount: 123_400, said: 'DIV' } } },
    { value: { moved: { cause: 'fee', ticker: null, amount: -500, said: 'FEE' } } },
  ]);
  expect(rows(desk.get('/v2/account/activities?category=trade_activity'))).toHaveLength(1);
  expect(Number(text(desk.get('/v2/account'), 'cash')) - before).toBeCloseTo(12.29, 6);
  expect(desk.broker.invariants()).toEqual([]);
});

test('a reset is another account without a past, and its lines end', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place({});
  const before = text(desk.get('/v2/account'), 'id');
  desk.broker.replaceAccount({ accountId: 'ffffffff-1111-4222-8333-444455556666' });
  expect(text(desk.get('/v2/account'), 'id')).not.toBe(before);
  expect([desk.get('/v2/positions'), desk.get('/v2/orders?status=all'), desk.get('/v2/account/activities')]).toEqual([[], [], []]);
  expect(desk.ask('GET', `/v2/orders/${id}`).status).toBe(404);
  expect(desk.stream.ended).toBe(1008);
});

test('revoked keys are refused, and new ones are good', () => {
  const desk = new Desk();
  desk.broker.revokeKeys();
  expect(desk.ask('GET', '/v2/account')).toMatchObject({ status: 401, body: { code: 40110000, message: 'request is not authorized' } });
  expect(desk.stream.ended).toBe(1008);
  desk.broker.replaceAccount({ accountId: 'ffffffff-1111-4222-8333-444455556666', keys });
  expect(desk.ask('GET', '/v2/account').status).toBe(200);
});

test('a split changes positions and plain limits; the legs of a bracket stay where they were', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.trade('AAA', 10);
  const held = desk.place(bracket);
  const date = parseSessionDate('2026-11-30');
  if (date !== null) desk.broker.announceSplit('AAA', 0.1, date);
  const plain = desk.place({ type: 'limit', limit_price: '9.00', time_in_force: 'gtc', qty: '25' });
  expect(desk.get('/v2/corporate_actions/announcements?ca_types=split&since=2026-11-01&until=2026-12-01')).toMatchObject([
    { initiating_symbol: 'AAA', ca_sub_type: 'reverse_split', old_rate: '10', new_rate: '1', ex_date: '2026-11-30' },
  ]);
  desk.broker.split('AAA', 0.1);
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '1', avg_entry_price: '100.1', current_price: '100' });
  const by = text(desk.order(plain), 'replaced_by');
  expect(desk.order(plain)).toMatchObject({ status: 'replaced' });
  expect(desk.order(by)).toMatchObject({ status: 'new', limit_price: '90', qty: '2', replaces: plain });
  expect(desk.leg(held, 'stop')).toMatchObject({ stop_price: '9.5', qty: '10', status: 'held' });
  expect(desk.get('/v2/account/activities/SPLIT')).toMatchObject([{ symbol: 'AAA', qty: '-9' }]);
  expect(desk.broker.invariants()).toEqual([]);
});

test('a fraction by money: shares to nine decimals, and its sale leaves nothing', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place({ qty: undefined, notional: '25' });
  expect(desk.order(id)).toMatchObject({
    status: 'filled',
    qty: null,
    notional: '25',
    filled_qty: '2.497502497',
    filled_avg_price: '10.01',
  });
  desk.ask('DELETE', '/v2/positions/AAA');
  desk.settle();
  expect(desk.get('/v2/positions')).toEqual([]);
  expect(desk.broker.invariants()).toEqual([]);
});

test('an account that is not to short does not', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.ask('PATCH', '/v2/account/configurations', { no_shorting: true });
  const short = { symbol: 'AAA', side: 'sell', type: 'market', qty: '1', time_in_force: 'day' };
  expect(desk.ask('POST', '/v2/orders', short)).toMatchObject({ status: 403, body: { message: 'account is not allowed to short' } });
});

test('a sale by money sells no more than there is, however low the price has gone', () => {
  const desk = new Desk({ delays: { ...noDelays, state: { fromMs: 500, toMs: 500 } } });
  desk.quote('AAA', 10);
  desk.place({});
  desk.settle(500);
  const id = desk.place({ side: 'sell', qty: undefined, notional: '95' });
  desk.quote('AAA', 5);
  desk.settle(500);
  expect(desk.order(id)).toMatchObject({ status: 'filled', filled_qty: '10' });
  expect(desk.get('/v2/positions')).toEqual([]);
});

test('shorts that nobody lends any more end before the open', () => {
  const desk = new Desk({ now: at('2026-11-30T22:00:00Z') });
  desk.quote('AAA', 10);
  const id = desk.place({ side: 'sell', type: 'limit', limit_price: '11.00' });
  desk.broker.changeAsset('AAA', { easyToBorrow: false });
  desk.broker.advanceTo(instant(at('2026-12-01T09:00:00Z')));
  expect(desk.status(id)).toBe('canceled');
});
