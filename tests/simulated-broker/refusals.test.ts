import { expect, test } from 'vitest';
import { commonAsset } from '#simulation/broker/options';
import { at, bracket, Desk, keys } from './desk.js';

type Row = {
  readonly why: string;
  readonly order: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly code: number;
  readonly says: string;
  readonly before?: (desk: Desk) => unknown;
};

const held = (desk: Desk): unknown => desk.place({ qty: '10' });
const restingStop = (desk: Desk): unknown => {
  held(desk);
  return desk.place({ side: 'sell', type: 'stop', stop_price: '9.00', time_in_force: 'gtc' });
};
const limit = { type: 'limit', limit_price: '9.50' };

const rows: readonly Row[] = [
  { why: 'no symbol', order: { symbol: '' }, status: 422, code: 40010001, says: 'symbol is required' },
  { why: 'a side that is none', order: { side: 'long' }, status: 422, code: 40010001, says: 'invalid side' },
  { why: 'a negative quantity', order: { qty: '-5' }, status: 422, code: 40010001, says: 'qty must be > 0' },
  { why: 'a quantity with an exponent', order: { qty: 1e-7 }, status: 422, code: 40010001, says: 'qty must be > 0' },
  { why: 'shares and money at once', order: { notional: '5' }, status: 400, code: 40010000, says: 'only one of qty or notional' },
  { why: 'less than a dollar', order: { qty: undefined, notional: '0.5' }, status: 422, code: 42210000, says: 'at least 1' },
  { why: 'a name that nobody lists', order: { symbol: 'ZZZ' }, status: 422, code: 42210000, says: 'not found' },
  { why: 'a client id that is too long', order: { client_order_id: 'x'.repeat(129) }, status: 422, code: 40010001, says: '128' },
  {
    why: 'a market order with a price',
    order: { limit_price: '9' },
    status: 422,
    code: 42210000,
    says: 'market orders require no stop or limit price',
  },
  { why: 'a limit order without a price', order: { type: 'limit' }, status: 422, code: 42210000, says: 'require a limit price' },
  {
    why: 'AC-07: a sub-penny limit',
    order: { type: 'limit', limit_price: '290.123' },
    status: 422,
    code: 42210000,
    says: 'invalid limit_price 290.123. sub-penny increment does not fulfill minimum pricing criteria',
  },
  {
    why: 'AC-07: a sub-penny stop of a leg',
    order: { ...bracket, stop_loss: { stop_price: '9.501' } },
    status: 422,
    code: 42210000,
    says: 'invalid stop_loss.stop_price 9.501. sub-penny',
  },
  {
    why: 'AC-07: five decimals below a dollar',
    order: { type: 'limit', limit_price: '0.12345' },
    status: 422,
    code: 42210000,
    says: 'sub-penny',
  },
  {
    why: 'a stop for immediate or cancel',
    order: { side: 'sell', type: 'stop', stop_price: '9', time_in_force: 'ioc' },
    status: 422,
    code: 42210000,
    says: 'invalid time_in_force',
  },
  {
    why: 'a market order in extended hours',
    order: { extended_hours: true },
    status: 422,
    code: 42210000,
    says: 'extended hours order must be DAY limit orders',
  },
  {
    why: 'a fraction good till cancelled',
    order: { qty: '0.5', time_in_force: 'gtc' },
    status: 422,
    code: 42210000,
    says: 'fractional orders must be DAY orders',
  },
  {
    why: 'AC-06: a fraction of what has none',
    order: { symbol: 'WHOLE', side: 'sell', qty: '0.5' },
    status: 403,
    code: 40310000,
    says: 'asset "WHOLE" is not fractionable',
  },
  {
    why: 'a trailing stop with two distances',
    order: { side: 'sell', type: 'trailing_stop', trail_price: '1', trail_percent: '1' },
    status: 422,
    code: 42210000,
    says: 'one of trail_price',
  },
  {
    why: 'AC-10: a bracket with one leg',
    order: { ...bracket, take_profit: undefined },
    status: 422,
    code: 42210000,
    says: 'bracket orders require take_profit.limit_price',
  },
  {
    why: 'a bracket without its stop',
    order: { ...bracket, stop_loss: undefined },
    status: 422,
    code: 42210000,
    says: 'bracket orders require stop_loss.stop_price',
  },
  { why: 'a bracket in extended hours', order: { ...bracket, extended_hours: true }, status: 422, code: 42210000, says: 'extended hours' },
  {
    why: 'a target below the stop',
    order: { ...bracket, take_profit: { limit_price: '9.40' } },
    status: 422,
    code: 42210000,
    says: 'take_profit.limit_price must be >',
  },
  {
    why: 'a stop at the entry',
    order: { ...bracket, limit_price: '9.50' },
    status: 422,
    code: 42210000,
    says: 'stop_loss.stop_price must be <= base_price - 0.01',
  },
  {
    why: 'a stop above the price of now',
    order: { ...bracket, limit_price: '10.60', stop_loss: { stop_price: '10.50' } },
    status: 422,
    code: 42210000,
    says: 'base_price',
  },
  {
    why: 'a pair without a position',
    order: { ...bracket, side: 'sell', order_class: 'oco' },
    status: 422,
    code: 42210000,
    says: 'oco orders must be exit orders',
  },
  {
    why: 'a bracket that closes',
    order: { ...bracket, side: 'sell', take_profit: { limit_price: '9.00' }, stop_loss: { stop_price: '10.50' } },
    status: 422,
    code: 42210000,
    says: 'bracket orders must be entry orders',
    before: held,
  },
  {
    why: 'a plain sell stop above the price',
    order: { side: 'sell', type: 'stop', stop_price: '10.50' },
    status: 422,
    code: 42210000,
    says: 'stop price must be less than current price',
    before: held,
  },
  {
    why: 'AC-05: more than is held',
    order: { side: 'sell', qty: '11' },
    status: 403,
    code: 40310000,
    says: 'insufficient qty available for order (requested: 11, available: 10)',
    before: held,
  },
  {
    why: 'AC-11: a close while a stop rests',
    order: { side: 'sell', qty: '10' },
    status: 403,
    code: 40310000,
    says: 'insufficient qty available for order (requested: 10, available: 0)',
    before: restingStop,
  },
  {
    why: 'AC-12: a buy while a plain stop rests',
    order: limit,
    status: 403,
    code: 40310000,
    says: 'potential wash trade detected',
    before: restingStop,
  },
  {
    why: 'A10: more than the money buys',
    order: { qty: '60000', ...limit },
    status: 403,
    code: 40310000,
    says: 'insufficient buying power',
  },
  {
    why: 'a short of what nobody lends',
    order: { symbol: 'HARD', side: 'sell' },
    status: 403,
    code: 40310000,
    says: 'cannot be sold short',
  },
  {
    why: 'a short of it beyond the day',
    order: { symbol: 'HARD', side: 'sell', time_in_force: 'gtc' },
    status: 422,
    code: 42210000,
    says: 'only day orders are allowed for hard-to-borrow asset',
  },
  {
    why: 'a short of a fraction',
    order: { side: 'sell', qty: '0.5' },
    status: 403,
    code: 40310000,
    says: 'fractional orders cannot be sold short',
  },
  { why: 'A10: what is not traded', order: { symbol: 'GONE' }, status: 422, code: 42210000, says: 'is not tradable' },
  {
    why: 'A10: a blocked account',
    order: {},
    status: 403,
    code: 40310000,
    says: 'trading is blocked',
    before: (desk) => desk.broker.restrict({ tradingBlocked: true }),
  },
  {
    why: 'A10: an account that is not active',
    order: {},
    status: 403,
    code: 40310000,
    says: 'not allowed to trade',
    before: (desk) => desk.broker.restrict({ status: 'ACCOUNT_UPDATED' }),
  },
];

for (const { why, order, status, code, says, before } of rows) {
  test(`refused: ${why}`, () => {
    const assets = [
      commonAsset('AAA'),
      commonAsset('WHOLE', { fractionable: false }),
      commonAsset('HARD', { easyToBorrow: false }),
      commonAsset('GONE', { tradable: false }),
    ];
    const desk = new Desk({ assets });
    desk.quote('AAA', 10);
    desk.trade('AAA', 10);
    before?.(desk);
    const count = (): number => (desk.get('/v2/orders?status=all') as readonly unknown[]).length;
    const orders = count();
    const { status: came, body } = desk.ask('POST', '/v2/orders', {
      symbol: 'AAA',
      side: 'buy',
      type: 'market',
      time_in_force: 'day',
      qty: '10',
      ...order,
    });
    expect({ came, body }).toMatchObject({ came: status, body: { code, message: expect.stringContaining(says) } });
    expect(count()).toBe(orders);
  });
}

test('AC-05: the refusal says what is there, what is held and what is free', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.place({ qty: '106' });
  const stop = desk.place({ side: 'sell', type: 'stop', stop_price: '9.00', qty: '100', time_in_force: 'gtc' });
  expect(desk.ask('DELETE', '/v2/positions/AAA')).toMatchObject({
    status: 403,
    body: { available: '6', existing_qty: '106', held_for_orders: '100', symbol: 'AAA', related_orders: [stop] },
  });
});

test('AC-11: once the stop is cancelled the close is taken', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const stop = (restingStop(desk), (desk.get('/v2/orders') as readonly { id: string }[])[0]?.id ?? '');
  desk.ask('DELETE', `/v2/orders/${stop}`);
  desk.settle();
  const { status, body } = desk.ask('DELETE', '/v2/positions/AAA');
  expect([status, body]).toMatchObject([200, { type: 'market', side: 'sell', position_intent: 'sell_to_close', status: 'pending_new' }]);
  desk.settle();
  expect(desk.ask('GET', '/v2/positions/AAA').status).toBe(404);
});

test('AC-12: with the stop in a bracket the buy is taken', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.place(bracket);
  expect(desk.ask('POST', '/v2/orders', { symbol: 'AAA', side: 'buy', qty: '5', time_in_force: 'day', ...limit }).status).toBe(200);
});

const washRows: readonly [why: string, resting: object, sent: object, refused: boolean][] = [
  ['limits that could meet', { type: 'limit', limit_price: '9.90' }, { type: 'limit', limit_price: '9.90' }, true],
  ['limits that could not', { type: 'limit', limit_price: '9.90' }, { type: 'limit', limit_price: '9.91' }, false],
  ['a market order against a limit', { type: 'limit', limit_price: '9.50' }, { type: 'market' }, true],
  ['a plain stop against a limit', { type: 'limit', limit_price: '9.50' }, { type: 'stop', stop_price: '9.00' }, true],
  [
    'a stop-limit that could not meet',
    { type: 'limit', limit_price: '9.00' },
    { type: 'stop_limit', stop_price: '9.60', limit_price: '9.50' },
    false,
  ],
  ['a trailing stop', { type: 'limit', limit_price: '9.50' }, { type: 'trailing_stop', trail_price: '1.00' }, false],
];
for (const [why, resting, sent, refused] of washRows) {
  test(`A13: wash trade: ${why}`, () => {
    const desk = new Desk();
    desk.quote('AAA', 10);
    held(desk);
    const id = desk.place({ side: 'buy', qty: '5', ...resting });
    const { status, body } = desk.ask('POST', '/v2/orders', { symbol: 'AAA', side: 'sell', qty: '5', time_in_force: 'day', ...sent });
    expect(status).toBe(refused ? 403 : 200);
    if (refused) expect(body).toMatchObject({ existing_order_id: id, reject_reason: 'opposite side limit order exists' });
  });
}

test('A13: wash trade: a buy at the price of a resting sale, and just below it', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  held(desk);
  desk.place({ side: 'sell', type: 'limit', limit_price: '10.50' });
  const buy = (price: string): number =>
    desk.ask('POST', '/v2/orders', { symbol: 'AAA', side: 'buy', qty: '1', type: 'limit', limit_price: price, time_in_force: 'day' })
      .status;
  expect([buy('10.50'), buy('10.49')]).toEqual([403, 200]);
});

test('AC-03: a client id is never taken twice, not even after a fill', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place({ client_order_id: 'once' });
  expect(desk.status(id)).toBe('filled');
  const again = desk.ask('POST', '/v2/orders', {
    symbol: 'AAA',
    side: 'buy',
    type: 'market',
    time_in_force: 'day',
    qty: '10',
    client_order_id: 'once',
  });
  expect(again).toMatchObject({ status: 422, body: { code: 40010001, message: 'client_order_id must be unique' } });
});

test('AC-09: exits without a class are taken without a word and protect nothing', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place({ ...bracket, order_class: undefined });
  expect(desk.order(id)).toMatchObject({ status: 'filled', order_class: '', legs: null });
});

test('AC-10: an OTO has one leg', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place({ ...bracket, order_class: 'oto', take_profit: undefined });
  expect(desk.order(id)).toMatchObject({ order_class: 'oto', legs: [{ type: 'stop', stop_price: '9.5' }] });
});

test('a stop to buy becomes a stop-limit, and a stop to sell does not', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const buy = desk.place({ type: 'stop', stop_price: '11.00' });
  expect(desk.order(buy)).toMatchObject({ type: 'stop_limit', stop_price: '11', limit_price: '11.44' });
  desk.quote('BBB', 60);
  const dear = desk.place({ symbol: 'BBB', type: 'stop', stop_price: '62.33' });
  expect(desk.order(dear)).toMatchObject({ type: 'stop_limit', limit_price: '63.89' });
});

test('a body that is no JSON is refused, and wrong keys are', () => {
  const desk = new Desk();
  const say = (request: { body?: string; keyId?: string }) =>
    desk.broker.request({ method: 'POST', path: '/v2/orders', query: {}, body: '{', ...keys, ...request });
  expect(say({})).toMatchObject({ status: 400, body: expect.stringContaining('40010000') });
  expect(say({ keyId: 'PKOTHER' })).toMatchObject({ status: 401, body: expect.stringContaining('40110000') });
  expect(desk.ask('GET', '/v2/nothing')).toMatchObject({ status: 404, body: { code: 40410000 } });
});

test('auctions are shut around their time', () => {
  const post = (time: string, tif: string): number => {
    const desk = new Desk({ now: at(time) });
    desk.quote('AAA', 10);
    return desk.ask('POST', '/v2/orders', { symbol: 'AAA', side: 'buy', type: 'market', qty: '1', time_in_force: tif }).status;
  };
  expect([post('2026-11-30T14:27:59Z', 'opg'), post('2026-11-30T14:28:00Z', 'opg')]).toEqual([200, 422]);
  expect([post('2026-11-30T20:49:59Z', 'cls'), post('2026-11-30T20:50:00Z', 'cls')]).toEqual([200, 422]);
  expect([post('2026-12-01T00:00:00Z', 'opg'), post('2026-12-01T00:00:00Z', 'cls')]).toEqual([200, 200]);
});
