import { expect, test } from 'vitest';
import { noDelays } from '#simulation/broker/options';
import { at, bracket, Desk, text } from './desk.js';

const resting = { type: 'limit', limit_price: '9.50' };

/** Whatever changes an order needs half a second to have its effect. */
const slow = { delays: { ...noDelays, state: { fromMs: 500, toMs: 500 } } };

test('AC-13: a replacement is a new order, and the old one is replaced by it', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place(resting);
  const { status, body } = desk.ask('PATCH', `/v2/orders/${id}`, { limit_price: '9.60', client_order_id: 'second' });
  const by = text(body, 'id');
  expect([status, body]).toMatchObject([200, { replaces: id, client_order_id: 'second', status: 'pending_new', limit_price: '9.6' }]);
  expect(desk.status(id)).toBe('replaced');
  expect(desk.order(id)).toMatchObject({ replaced_by: by, replaced_at: expect.any(String) });
  expect(desk.order(by)).toMatchObject({ status: 'new', qty: '10' });
});

test('AC-13: what changes nothing is refused, and so is an order that has not come to the venue', () => {
  const desk = new Desk(slow);
  desk.quote('AAA', 10);
  const id = desk.place(resting);
  const patch = (body: object) => desk.ask('PATCH', `/v2/orders/${id}`, body);
  expect(patch({ limit_price: '9.60' })).toMatchObject({ status: 422, body: { message: 'cannot replace order in pending_new status' } });
  desk.settle(500);
  expect(patch({ limit_price: '9.50' })).toMatchObject({
    status: 422,
    body: { code: 42210000, message: 'order parameters are not changed' },
  });
  expect(patch({ limit_price: '9.60' }).status).toBe(200);
  expect(patch({ limit_price: '9.70' })).toMatchObject({
    status: 422,
    body: { message: 'cannot replace order in pending_replace status' },
  });
  expect(desk.ask('DELETE', `/v2/orders/${id}`)).toMatchObject({ status: 422, body: { message: 'order is not cancelable' } });
});

test('AC-13: fractions and money cannot be replaced', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const fraction = desk.place({ ...resting, qty: '1.5' });
  expect(desk.ask('PATCH', `/v2/orders/${fraction}`, { qty: '2' }).status).toBe(422);
  const money = desk.place({ ...resting, qty: undefined, notional: '50' });
  expect(desk.ask('PATCH', `/v2/orders/${money}`, { limit_price: '9.60' })).toMatchObject({
    status: 422,
    body: { message: 'notional orders cannot be replaced' },
  });
});

test('B7: the old order fills while its replacement is on its way, and the new one is rejected', () => {
  const desk = new Desk(slow);
  desk.quote('AAA', 10);
  const id = desk.place(resting);
  desk.settle(500);
  desk.events();
  const by = text(desk.ask('PATCH', `/v2/orders/${id}`, { limit_price: '9.60' }).body, 'id');
  desk.quote('AAA', 9.4);
  desk.settle(500);
  expect([desk.status(id), desk.status(by)]).toEqual(['filled', 'rejected']);
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '10' });
  expect(desk.events()).toEqual(['pending_new', 'pending_replace', 'fill', 'order_replace_rejected', 'rejected']);
});

test('B7: a part that fills on the way is taken off the new order, and both sum to what was wanted', () => {
  const desk = new Desk({ ...slow, habits: { depth: 'displayed' } });
  desk.broker.quote('AAA', 99_900, 100_100, 10, 10);
  const id = desk.place(resting);
  desk.settle(500);
  const by = text(desk.ask('PATCH', `/v2/orders/${id}`, { limit_price: '9.60' }).body, 'id');
  desk.broker.quote('AAA', 93_900, 94_000, 4, 4);
  desk.broker.quote('AAA', 99_900, 100_100, 10, 10);
  desk.settle(500);
  expect(desk.order(id)).toMatchObject({ status: 'replaced', filled_qty: '4', qty: '10' });
  expect(desk.order(by)).toMatchObject({ status: 'new', qty: '6', filled_qty: '0' });
});

for (const [replacedQty, qty] of [
  ['own', '20'],
  ['total', '16'],
] as const) {
  test(`the number of a replacement is its ${replacedQty}`, () => {
    const desk = new Desk({ habits: { depth: 'displayed', replacedQty } });
    desk.broker.quote('AAA', 93_900, 94_000, 4, 4);
    const id = desk.place(resting);
    expect(desk.order(id)).toMatchObject({ status: 'partially_filled', filled_qty: '4' });
    const { body } = desk.ask('PATCH', `/v2/orders/${id}`, { qty: '20' });
    expect(body).toMatchObject({ qty, filled_qty: '0' });
  });
}

test('AC-14: what has filled cannot be cancelled, and what nobody knows is not found', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place({});
  expect(desk.ask('DELETE', `/v2/orders/${id}`)).toMatchObject({ status: 422, body: { message: 'order is already in "filled" state' } });
  expect(desk.ask('DELETE', '/v2/orders/00000000-0000-4000-8000-000000000000').status).toBe(404);
});

test('B5: a cancel is a wish: what fills before its effect has filled', () => {
  const desk = new Desk(slow);
  desk.quote('AAA', 10);
  const id = desk.place(resting);
  desk.settle(500);
  desk.events();
  expect(desk.ask('DELETE', `/v2/orders/${id}`).status).toBe(204);
  desk.quote('AAA', 9.4);
  desk.settle(500);
  expect(desk.status(id)).toBe('filled');
  expect(desk.events()).toEqual(['fill', 'order_cancel_rejected']);
});

test('a cancel may be seen on its way', () => {
  const desk = new Desk({ ...slow, habits: { pendingCancelShare: 1 } });
  desk.quote('AAA', 10);
  const id = desk.place(resting);
  desk.settle(500);
  desk.ask('DELETE', `/v2/orders/${id}`);
  expect(desk.status(id)).toBe('pending_cancel');
  expect(desk.ask('DELETE', `/v2/orders/${id}`).status).toBe(422);
  desk.settle(500);
  expect(desk.status(id)).toBe('canceled');
});

test('AC-15: cancelling all answers 207, each order with a status of its own', () => {
  const desk = new Desk(slow);
  desk.quote('AAA', 10);
  const stuck = desk.place(resting);
  desk.settle(500);
  desk.ask('PATCH', `/v2/orders/${stuck}`, { limit_price: '9.40' });
  const free = desk.place({ ...resting, symbol: 'BBB' });
  const { status, body } = desk.ask('DELETE', '/v2/orders');
  expect(status).toBe(207);
  expect(body).toContainEqual({ id: free, status: 200 });
  expect(body).toContainEqual({ id: stuck, status: 422, body: { code: 42210000, message: 'order is not cancelable' } });
});

test('AC-15: closing all answers 207; a resting exit stands in the way unless orders are cancelled', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.trade('AAA', 10);
  desk.quote('BBB', 20);
  desk.place(bracket);
  desk.place({ symbol: 'BBB' });
  const { status, body } = desk.ask('DELETE', '/v2/positions');
  expect([status, body]).toMatchObject([
    207,
    [
      { symbol: 'AAA', status: 403, body: { code: 40310000, available: '0' } },
      { symbol: 'BBB', status: 200, body: { side: 'sell', type: 'market' } },
    ],
  ]);
  expect(desk.ask('DELETE', '/v2/positions?cancel_orders=true').body).toMatchObject([{ symbol: 'AAA', status: 200 }]);
  desk.settle();
  expect(desk.get('/v2/positions')).toEqual([]);
});

test('a part of a position is closed by number or by percent', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.place({ qty: '100' });
  expect(desk.ask('DELETE', '/v2/positions/AAA?qty=30').body).toMatchObject({ qty: '30' });
  expect(desk.ask('DELETE', '/v2/positions/AAA?percentage=50').body).toMatchObject({ qty: '35' });
  desk.settle();
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '35' });
  expect(desk.ask('DELETE', '/v2/positions/AAA?qty=1&percentage=1').status).toBe(400);
  expect(desk.ask('DELETE', '/v2/positions/BBB').status).toBe(404);
});

test('immediate or cancel takes what is shown; fill or kill takes all or nothing', () => {
  const desk = new Desk({ habits: { depth: 'displayed' } });
  desk.broker.quote('AAA', 99_900, 100_100, 4, 4);
  const kill = desk.place({ time_in_force: 'fok' });
  expect(desk.order(kill)).toMatchObject({ status: 'canceled', filled_qty: '0' });
  const take = desk.place({ time_in_force: 'ioc' });
  expect(desk.order(take)).toMatchObject({ status: 'canceled', filled_qty: '4' });
});

test('B1: about a tenth of the orders get a part first, and the rest a little later', () => {
  const desk = new Desk({ habits: { partialShare: 0.1 }, now: at('2026-11-30T15:00:00Z') });
  let parts = 0;
  for (let count = 0; count < 150; count++) {
    desk.quote('AAA', 10);
    const id = desk.place({ qty: '10' });
    if (desk.status(id) === 'partially_filled') parts++;
    desk.settle(3000);
    expect(desk.order(id)).toMatchObject({ status: 'filled', filled_qty: '10' });
  }
  expect(parts).toBeGreaterThan(5);
  expect(parts).toBeLessThan(30);
  expect(desk.broker.invariants()).toEqual([]);
});
