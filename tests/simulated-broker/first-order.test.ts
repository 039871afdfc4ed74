import { expect, test } from 'vitest';
import { fieldIn } from '#domain/values/json-field';
import { bracket, Desk, text } from './desk.js';

test('AC-01: a market order is received, comes to the venue and fills', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const { status, body } = desk.ask('POST', '/v2/orders', {
    symbol: 'AAA',
    side: 'buy',
    type: 'market',
    time_in_force: 'day',
    qty: '10',
    client_order_id: 'mine',
  });
  expect([status, text(body, 'status'), text(body, 'client_order_id')]).toEqual([200, 'pending_new', 'mine']);
  desk.settle();
  expect(desk.events()).toEqual(['pending_new', 'new', 'fill']);
  const order = desk.order(text(body, 'id'));
  expect(order).toMatchObject({ status: 'filled', filled_qty: '10', filled_avg_price: '10.01', order_class: '' });
  expect(desk.get('/v2/account')).toMatchObject({ cash: '99899.9', equity: '99999.9', status: 'ACTIVE' });
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '10', qty_available: '10', avg_entry_price: '10.01', side: 'long' });
  expect(desk.get('/v2/account/activities/FILL')).toMatchObject([{ order_id: text(order, 'id'), qty: '10', price: '10.01', type: 'fill' }]);
  expect(desk.broker.invariants()).toEqual([]);
});

test('AC-02: a limit order rests, and its cancel has its effect after its receipt', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place({ type: 'limit', limit_price: '9.50' });
  expect(desk.status(id)).toBe('new');
  expect(desk.ask('DELETE', `/v2/orders/${id}`).status).toBe(204);
  desk.settle();
  expect(desk.status(id)).toBe('canceled');
  expect(fieldIn(desk.order(id), 'canceled_at')).not.toBeNull();
});

test('AC-08: a bracket is three orders, and its legs come to life when the entry has filled', () => {
  const desk = new Desk();
  desk.quote('AAA', 10.2);
  const id = desk.place(bracket);
  expect(desk.order(id)).toMatchObject({
    status: 'new',
    legs: [
      { status: 'held', type: 'limit' },
      { status: 'held', type: 'stop' },
    ],
  });
  desk.quote('AAA', 10);
  desk.settle();
  expect(desk.order(id)).toMatchObject({
    status: 'filled',
    legs: [
      { status: 'new', legs: null },
      { status: 'held', stop_price: '9.5' },
    ],
  });
  desk.trade('AAA', 9.99);
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '10', qty_available: '0' });
  desk.quote('AAA', 9.4);
  desk.trade('AAA', 9.4);
  expect(desk.order(id)).toMatchObject({ legs: [{ status: 'canceled' }, { status: 'filled', filled_avg_price: '9.39' }] });
  expect(desk.ask('GET', '/v2/positions/AAA').status).toBe(404);
  expect(desk.broker.invariants()).toEqual([]);
});
