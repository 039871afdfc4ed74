import { expect, test } from 'vitest';
import { bracket, Desk, text } from './desk.js';

const limit = { type: 'limit', limit_price: '9.50' };
const ids = (body: unknown): readonly string[] => (body as readonly { id: string }[]).map(({ id }) => id);

/** Orders one second apart: the first filled, the others resting. */
function withOrders(count: number): { desk: Desk; placed: readonly string[] } {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.quote('BBB', 20);
  const placed = Array.from({ length: count }, (_, place) => {
    const id = desk.place(place === 0 ? {} : { ...limit, symbol: place % 2 === 0 ? 'AAA' : 'BBB' });
    desk.settle(1000);
    return id;
  });
  return { desk, placed };
}

test('the list is of the open ones, newest first, unless it is asked otherwise', () => {
  const { desk, placed } = withOrders(4);
  const [a = '', b = '', c = '', d = ''] = placed;
  expect(ids(desk.get('/v2/orders'))).toEqual([d, c, b]);
  expect(ids(desk.get('/v2/orders?direction=asc&status=all'))).toEqual([a, b, c, d]);
  expect(ids(desk.get('/v2/orders?status=closed'))).toEqual([a]);
  expect(ids(desk.get('/v2/orders?symbols=AAA'))).toEqual([c]);
  expect(ids(desk.get('/v2/orders?side=sell'))).toEqual([]);
  expect(ids(desk.get('/v2/orders?limit=2'))).toEqual([d, c]);
  expect(desk.ask('GET', '/v2/orders?limit=501').status).toBe(422);
});

test('both bounds are exclusive, and a page goes on from an order', () => {
  const { desk, placed } = withOrders(4);
  const [a = '', b = '', c = '', d = ''] = placed;
  const second = encodeURIComponent(text(desk.order(b), 'submitted_at'));
  expect(ids(desk.get(`/v2/orders?status=all&after=${second}`))).toEqual([d, c]);
  expect(ids(desk.get(`/v2/orders?status=all&until=${second}`))).toEqual([a]);
  expect(ids(desk.get(`/v2/orders?status=all&before_order_id=${c}`))).toEqual([b, a]);
  expect(ids(desk.get(`/v2/orders?status=all&direction=asc&after_order_id=${b}`))).toEqual([c, d]);
});

test('nested, legs stand under their head alone; flat, each is a row', () => {
  const desk = new Desk();
  desk.quote('AAA', 10.5);
  const id = desk.place(bracket);
  expect(ids(desk.get('/v2/orders?status=all&nested=true'))).toEqual([id]);
  expect((desk.get('/v2/orders?status=all') as readonly unknown[]).length).toBe(3);
  expect(desk.get(`/v2/orders/${id}`)).toMatchObject({ legs: null });
});

test('AC-04: an order is found by its client id; what is unknown is not found', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const id = desk.place({ client_order_id: 'mine' });
  expect(desk.get('/v2/orders:by_client_order_id?client_order_id=mine')).toMatchObject({ id, client_order_id: 'mine' });
  expect(desk.ask('GET', '/v2/orders:by_client_order_id?client_order_id=other')).toMatchObject({ status: 404, body: { code: 40410000 } });
  expect(desk.ask('GET', '/v2/orders/not-an-id').status).toBe(422);
  expect(desk.ask('GET', '/v2/orders/00000000-0000-4000-8000-000000000000').status).toBe(404);
});

test('AC-24: activities come in pages, each after the last of the one before', () => {
  const desk = new Desk();
  const placed = Array.from({ length: 5 }, () => {
    desk.quote('AAA', 10);
    const id = desk.place({});
    desk.settle(1000);
    return id;
  });
  const seen: string[] = [];
  let token = '';
  for (;;) {
    const page = desk.get(
      `/v2/account/activities/FILL?direction=asc&page_size=2${token === '' ? '' : `&page_token=${encodeURIComponent(token)}`}`,
    );
    const rows = page as readonly { id: string; order_id: string }[];
    if (rows.length === 0) break;
    expect(rows.length).toBeLessThanOrEqual(2);
    seen.push(...rows.map(({ order_id }) => order_id));
    token = rows.at(-1)?.id ?? '';
  }
  expect(seen).toEqual(placed);
  const rows = desk.get('/v2/account/activities/FILL?direction=asc') as readonly {
    transaction_time: string;
    id: string;
    order_id: string;
  }[];
  // The id begins with the time of New York: the fill of 15:00 UTC is of 10:00.
  expect(rows[0]?.id).toMatch(/^20261130100000000::[0-9a-f-]{36}$/);
  const second = encodeURIComponent(rows[1]?.transaction_time ?? '');
  expect((desk.get(`/v2/account/activities?direction=asc&after=${second}`) as readonly unknown[]).length).toBe(3);
  expect(desk.get(`/v2/account/activities/FILL?order_id=${placed[2]}`)).toMatchObject([{ order_id: placed[2] }]);
  expect(desk.ask('GET', '/v2/account/activities/FILL?page_size=101').status).toBe(422);
  expect(desk.ask('GET', '/v2/account/activities/FILL?page_token=nothing').status).toBe(422);
});

test('an order has every field that was seen on paper, and each number is a text', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const order = desk.order(desk.place(limit));
  const fields =
    'id client_order_id created_at updated_at submitted_at filled_at expired_at expires_at canceled_at failed_at replaced_at replaced_by replaces asset_id symbol asset_class notional qty filled_qty filled_avg_price order_class order_type type side position_intent time_in_force limit_price stop_price trail_price trail_percent hwm status extended_hours legs source subtag';
  expect(Object.keys(order as object).sort()).toEqual(fields.split(' ').sort());
  expect(order).toMatchObject({ qty: '10', filled_qty: '0', filled_avg_price: null, notional: null, limit_price: '9.5' });
  expect(text(order, 'created_at')).toMatch(/^2026-11-30T15:00:00\.000\d{6}Z$/);
  const filled = desk.order(desk.place({}));
  expect(text(filled, 'filled_at')).toMatch(/^2026-11-30T10:00:00\.000\d{6}-05:00$/);
});

test('assets are listed and found by name and by id', () => {
  const desk = new Desk();
  const asset = desk.get('/v2/assets/AAA');
  expect(asset).toMatchObject({ symbol: 'AAA', class: 'us_equity', status: 'active', tradable: true, fractionable: true });
  expect(desk.get(`/v2/assets/${text(asset, 'id')}`)).toEqual(asset);
  expect((desk.get('/v2/assets?status=active&asset_class=us_equity') as readonly unknown[]).length).toBe(3);
  desk.broker.changeAsset('AAA', { tradable: false });
  expect(desk.get('/v2/assets/AAA')).toMatchObject({ tradable: false });
  expect(desk.ask('GET', '/v2/assets/ZZZ').status).toBe(404);
});
