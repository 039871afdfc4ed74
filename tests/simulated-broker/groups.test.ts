import { expect, test } from 'vitest';
import { fieldIn } from '#domain/values/json-field';
import { noDelays } from '#simulation/broker/options';
import { at, bracket, Desk, text } from './desk.js';

/** A bracket of ten shares whose entry has filled at 10.01. */
function entered(settings: ConstructorParameters<typeof Desk>[0] = {}, order: object = {}): { desk: Desk; id: string } {
  const desk = new Desk(settings);
  desk.quote('AAA', 10);
  desk.trade('AAA', 10);
  const id = desk.place({ ...bracket, ...order });
  desk.settle();
  desk.events();
  return { desk, id };
}

const legs = (desk: Desk, id: string): readonly [string, string] => [
  text(desk.leg(id, 'target'), 'status'),
  text(desk.leg(id, 'stop'), 'status'),
];

test("the answer to a bracket names both legs, and they are nobody but the broker's", () => {
  const desk = new Desk();
  desk.quote('AAA', 10.5);
  const { body } = desk.ask('POST', '/v2/orders', { symbol: 'AAA', side: 'buy', qty: '10', client_order_id: 'mine', ...bracket });
  expect(body).toMatchObject({
    client_order_id: 'mine',
    order_class: 'bracket',
    position_intent: 'buy_to_open',
    legs: [
      { type: 'limit', side: 'sell', limit_price: '11', status: 'held', position_intent: 'sell_to_close', qty: '10', legs: null },
      { type: 'stop', side: 'sell', stop_price: '9.5', status: 'held', position_intent: 'sell_to_close', qty: '10', legs: null },
    ],
  });
});

test('B2: between the first part and the last of an entry no leg is in force, and a cancel leaves the part naked', () => {
  const desk = new Desk({ habits: { depth: 'displayed' } });
  desk.broker.quote('AAA', 99_900, 100_100, 4, 4);
  const id = desk.place(bracket);
  expect(desk.order(id)).toMatchObject({ status: 'partially_filled', filled_qty: '4' });
  expect(legs(desk, id)).toEqual(['held', 'held']);
  desk.broker.quote('AAA', 90_000, 101_100, 100, 0);
  desk.trade('AAA', 9.1);
  expect(legs(desk, id)).toEqual(['held', 'held']);
  desk.ask('DELETE', `/v2/orders/${id}`);
  desk.settle();
  expect(desk.order(id)).toMatchObject({ status: 'canceled', filled_qty: '4' });
  expect(legs(desk, id)).toEqual(['canceled', 'canceled']);
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '4', qty_available: '4' });
});

test('B2: what an entry has filled in part is kept for its legs until it is cancelled', () => {
  const desk = new Desk({ habits: { depth: 'displayed' } });
  desk.broker.quote('AAA', 99_900, 100_100, 4, 4);
  const id = desk.place(bracket);
  const sell = { symbol: 'AAA', side: 'sell', qty: '4', type: 'limit', limit_price: '12.00', time_in_force: 'gtc' };
  expect(desk.ask('POST', '/v2/orders', sell)).toMatchObject({ status: 403, body: { available: '0', existing_qty: '4' } });
  // A close would meet the entry that rests.
  expect(desk.ask('POST', '/v2/orders', { ...sell, limit_price: '10.00', qty: '1' }).status).toBe(403);
  desk.ask('DELETE', `/v2/orders/${id}`);
  desk.settle();
  expect(desk.ask('POST', '/v2/orders', sell).status).toBe(200);
});

test('AC-08: with its entry filled the target works and the stop stays held, where a flat list does not show it', () => {
  const { desk, id } = entered();
  expect(legs(desk, id)).toEqual(['new', 'held']);
  const target = text(desk.leg(id, 'target'), 'id');
  expect(desk.get('/v2/orders')).toMatchObject([{ id: target, legs: null }]);
  expect(desk.get('/v2/orders?nested=true')).toMatchObject([{ id, status: 'filled', legs: [{ status: 'new' }, { status: 'held' }] }]);
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '10', qty_available: '0' });
});

test('the stop says new where the broker has that habit', () => {
  const { desk, id } = entered({ habits: { activeStop: 'new' } });
  expect(legs(desk, id)).toEqual(['new', 'new']);
});

test('the target fills when it is crossed, and the stop is cancelled', () => {
  const { desk, id } = entered();
  desk.quote('AAA', 11);
  expect(legs(desk, id)).toEqual(['new', 'held']);
  desk.quote('AAA', 11.01);
  expect(legs(desk, id)).toEqual(['filled', 'canceled']);
  expect(desk.ask('GET', '/v2/positions/AAA').status).toBe(404);
  expect(desk.events()).toEqual(['fill', 'canceled']);
});

test('B12: a print beyond the stop sells at the bid of then, however far below', () => {
  const { desk, id } = entered();
  desk.quote('AAA', 8);
  expect(legs(desk, id)).toEqual(['new', 'held']);
  desk.trade('AAA', 8);
  expect(desk.leg(id, 'stop')).toMatchObject({ status: 'filled', filled_avg_price: '7.99' });
  expect(legs(desk, id)).toEqual(['canceled', 'filled']);
});

test('B12: a stop-limit that the market has passed stays open and covers nothing', () => {
  const { desk, id } = entered({}, { stop_loss: { stop_price: '9.50', limit_price: '9.40' } });
  desk.quote('AAA', 9);
  desk.trade('AAA', 9);
  expect(legs(desk, id)).toEqual(['canceled', 'new']);
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '10', qty_available: '0' });
  desk.quote('AAA', 9.41);
  expect(desk.leg(id, 'stop')).toMatchObject({ status: 'filled', filled_avg_price: '9.4' });
});

const prints: readonly [why: string, act: (desk: Desk) => void, fills: boolean][] = [
  ['within the best prices in core hours', (desk) => desk.trade('AAA', 9.5), true],
  ['outside the best prices', (desk) => desk.trade('AAA', 9.4), false],
  ['above the stop', (desk) => desk.trade('AAA', 9.51), false],
  ['while the name is halted', (desk) => (desk.broker.status('AAA', 'H', 'T1'), desk.trade('AAA', 9.5)), false],
  ['after hours', (desk) => (desk.broker.advanceTo(at('2026-11-30T22:00:00Z')), desk.trade('AAA', 9.5)), false],
];
for (const [why, act, fills] of prints) {
  test(`a print elects a stop: ${why}`, () => {
    const { desk, id } = entered();
    desk.quote('AAA', 9.5);
    act(desk);
    expect(text(desk.leg(id, 'stop'), 'status')).toBe(fills ? 'filled' : 'held');
  });
}

test('a target that fills in part leaves the stop the rest', () => {
  const { desk, id } = entered({ habits: { depth: 'displayed' } });
  desk.broker.quote('AAA', 110_000, 110_100, 3, 3);
  expect(desk.leg(id, 'target')).toMatchObject({ status: 'partially_filled', filled_qty: '3' });
  expect(desk.leg(id, 'stop')).toMatchObject({ status: 'held', qty: '7' });
  desk.broker.quote('AAA', 94_900, 95_100, 100, 100);
  desk.trade('AAA', 9.5);
  expect(desk.leg(id, 'target')).toMatchObject({ status: 'canceled', filled_qty: '3' });
  expect(desk.leg(id, 'stop')).toMatchObject({ status: 'filled', filled_qty: '7' });
  expect(desk.ask('GET', '/v2/positions/AAA').status).toBe(404);
});

test('one member cancelled is all cancelled', () => {
  for (const role of ['target', 'stop'] as const) {
    const { desk, id } = entered();
    expect(desk.ask('DELETE', `/v2/orders/${text(desk.leg(id, role), 'id')}`).status).toBe(204);
    desk.settle();
    expect(legs(desk, id)).toEqual(['canceled', 'canceled']);
    expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '10', qty_available: '10' });
  }
});

test('a DAY bracket dies at the close and leaves the position bare; a GTC one lives on', () => {
  for (const [tif, left] of [
    ['day', ['expired', 'expired']],
    ['gtc', ['new', 'held']],
  ] as const) {
    const { desk, id } = entered({}, { time_in_force: tif });
    desk.broker.advanceTo(at('2026-11-30T21:00:00Z'));
    expect(legs(desk, id)).toEqual(left);
    expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '10', qty_available: tif === 'day' ? '10' : '0' });
  }
});

test('a pair of exits: the target is the parent, the stop is told as held and never as new', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.trade('AAA', 10);
  desk.place({});
  desk.events();
  const id = desk.place({
    side: 'sell',
    type: 'limit',
    time_in_force: 'gtc',
    order_class: 'oco',
    take_profit: { limit_price: '11.00' },
    stop_loss: { stop_price: '9.50' },
  });
  expect(desk.order(id)).toMatchObject({ type: 'limit', limit_price: '11', status: 'new', legs: [{ type: 'stop', status: 'held' }] });
  expect(desk.events()).toEqual(['pending_new', 'held', 'new', 'held']);
  desk.quote('AAA', 9.5);
  desk.trade('AAA', 9.5);
  expect(desk.order(id)).toMatchObject({ status: 'canceled', legs: [{ status: 'filled' }] });
  expect(desk.broker.invariants()).toEqual([]);
});

test('the legs of a short are buys, and its stop has a limit', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place({
    ...bracket,
    side: 'sell',
    limit_price: '9.90',
    take_profit: { limit_price: '9.00' },
    stop_loss: { stop_price: '10.50' },
  });
  desk.settle();
  expect(desk.order(id)).toMatchObject({ status: 'filled', position_intent: 'sell_to_open' });
  expect(desk.leg(id, 'stop')).toMatchObject({ side: 'buy', type: 'stop_limit', limit_price: '10.92', position_intent: 'buy_to_close' });
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '-10', qty_available: '0', side: 'short' });
});

test('a trailing stop follows its best print and sells when it is reached', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.trade('AAA', 10);
  desk.place({});
  const id = desk.place({ side: 'sell', type: 'trailing_stop', trail_percent: '5', time_in_force: 'gtc' });
  expect(desk.order(id)).toMatchObject({ stop_price: '9.5', hwm: '10', trail_percent: '5' });
  desk.quote('AAA', 12);
  desk.trade('AAA', 12);
  expect(desk.order(id)).toMatchObject({ stop_price: '11.4', hwm: '12', status: 'new' });
  desk.quote('AAA', 11.4);
  desk.trade('AAA', 11.4);
  expect(desk.order(id)).toMatchObject({ status: 'filled', filled_avg_price: '11.39' });
});

test('AC-13: the prices of a leg can be changed, its number not', () => {
  const { desk, id } = entered();
  const stop = text(desk.leg(id, 'stop'), 'id');
  expect(desk.ask('PATCH', `/v2/orders/${stop}`, { qty: '5' }).status).toBe(422);
  const { status, body } = desk.ask('PATCH', `/v2/orders/${stop}`, { stop_price: '9.80' });
  desk.settle();
  expect(status).toBe(200);
  expect(desk.status(stop)).toBe('replaced');
  expect(fieldIn(desk.order(stop), 'replaced_by')).toBe(text(body, 'id'));
  expect(desk.leg(id, 'stop')).toMatchObject({ id: text(body, 'id'), replaces: stop, stop_price: '9.8', status: 'held' });
  desk.quote('AAA', 9.8);
  desk.trade('AAA', 9.8);
  expect(legs(desk, id)).toEqual(['canceled', 'filled']);
  expect(desk.broker.invariants()).toEqual([]);
});

test('a leg changed before its entry has filled comes to life with it', () => {
  const desk = new Desk();
  desk.quote('AAA', 10.5);
  const id = desk.place(bracket);
  desk.ask('PATCH', `/v2/orders/${text(desk.leg(id, 'stop'), 'id')}`, { stop_price: '9.70' });
  desk.quote('AAA', 10);
  desk.settle();
  expect(desk.status(id)).toBe('filled');
  desk.quote('AAA', 9.7);
  desk.trade('AAA', 9.7);
  expect(legs(desk, id)).toEqual(['canceled', 'filled']);
});

test('B7: an entry that fills while its stop is replaced gets the new stop', () => {
  const desk = new Desk({ delays: { ...noDelays, state: { fromMs: 500, toMs: 500 } } });
  desk.quote('AAA', 10.5);
  const id = desk.place(bracket);
  desk.settle(500);
  desk.ask('PATCH', `/v2/orders/${text(desk.leg(id, 'stop'), 'id')}`, { stop_price: '9.70' });
  desk.settle(100);
  desk.quote('AAA', 10);
  expect(desk.status(id)).toBe('filled');
  desk.settle(2000);
  desk.quote('AAA', 9.7);
  desk.trade('AAA', 9.7);
  expect(desk.leg(id, 'stop')).toMatchObject({ stop_price: '9.7', status: 'filled' });
});

test('B2: an entry with more shares has legs for all of them', () => {
  const desk = new Desk({ habits: { depth: 'displayed' } });
  desk.broker.quote('AAA', 99_900, 100_100, 4, 4);
  const id = desk.place(bracket);
  const { body } = desk.ask('PATCH', `/v2/orders/${id}`, { qty: '16' });
  desk.settle();
  const grown = text(body, 'id');
  expect(desk.order(grown)).toMatchObject({ qty: '16', filled_qty: '0', legs: [{ qty: '20' }, { qty: '20' }] });
  desk.broker.quote('AAA', 99_900, 100_100, 400, 400);
  desk.settle();
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '20', qty_available: '0' });
  expect(desk.broker.invariants()).toEqual([]);
});

test('a bracket may be refused beside a position', () => {
  const desk = new Desk({ habits: { bracketTopUp: 'refused' } });
  desk.quote('AAA', 10);
  desk.place({});
  const { status, body } = desk.ask('POST', '/v2/orders', { symbol: 'AAA', side: 'buy', qty: '10', ...bracket });
  expect([status, body]).toMatchObject([422, { code: 42210000, message: 'bracket orders must be entry orders' }]);
});
