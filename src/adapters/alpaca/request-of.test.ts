import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requestOf } from '#adapters/alpaca/request-of';
import type { BrokerOrderId, ClientOrderId } from '#domain/brokerage/broker-order';
import { instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { Ask } from '#engine/ports/brokerage';
import type { WireRequest } from '#engine/ports/wire';
import { bracketAsk, CLIENT, cancelAsk, exitAsk, ORDER, replaceAsk } from '#tests/alpaca/made-orders';

const body = (ask: Ask): unknown => JSON.parse(requestOf(ask, null).body);
const since = instant(Date.parse('2026-11-30T14:30:00.250Z'));

test('B10, AC-09: a bracket carries its class, good till cancelled and never outside of regular hours', () => {
  expect(body(bracketAsk)).toEqual({
    symbol: 'BRK.B',
    qty: '100',
    side: 'buy',
    type: 'limit',
    time_in_force: 'gtc',
    limit_price: '12.34',
    client_order_id: CLIENT,
    extended_hours: false,
    order_class: 'bracket',
    take_profit: { limit_price: '13.50' },
    stop_loss: { stop_price: '11.90' },
  });
});

const exits: readonly (readonly [type: string, prices: object, sent: object])[] = [
  ['market', {}, {}],
  ['limit', { limit: price(9_999) }, { limit_price: '0.9999' }],
  ['stop', { stop: price(119_000) }, { stop_price: '11.90' }],
  ['stop_limit', { limit: price(118_000), stop: price(119_000) }, { limit_price: '11.80', stop_price: '11.90' }],
];
for (const [type, prices, sent] of exits)
  test(`an exit as ${type} is a plain order, good till cancelled`, () =>
    expect(body({ ...exitAsk, ...prices })).toEqual({
      symbol: 'BRK.B',
      qty: '100',
      side: 'sell',
      type,
      time_in_force: 'gtc',
      client_order_id: CLIENT,
      extended_hours: false,
      order_class: 'simple',
      ...sent,
    }));

const others: readonly (readonly [ask: Ask, page: string | null, request: Partial<WireRequest>])[] = [
  [cancelAsk, null, { method: 'DELETE', path: `/v2/orders/${ORDER}`, body: '' }],
  [
    replaceAsk,
    null,
    { method: 'PATCH', path: `/v2/orders/${ORDER}`, body: `{"stop_price":"12.00","client_order_id":"${replaceAsk.clientId}"}` },
  ],
  [{ kind: 'suspend_account', on: true }, null, { method: 'PATCH', path: '/v2/account/configurations', body: '{"suspend_trade":true}' }],
  [
    { kind: 'find_order', clientId: 'a&b' as ClientOrderId },
    null,
    { method: 'GET', path: '/v2/orders:by_client_order_id', query: { client_order_id: 'a&b' } },
  ],
  [{ kind: 'read_order', order: ORDER as BrokerOrderId }, null, { path: `/v2/orders/${ORDER}`, query: { nested: 'true' } }],
  [{ kind: 'list_open_orders' }, null, { query: { status: 'open', limit: '500', direction: 'asc', nested: 'true' } }],
  [
    { kind: 'list_orders', after: since },
    null,
    { path: '/v2/orders', query: { status: 'all', limit: '500', direction: 'asc', nested: 'true', after: '2026-11-30T14:30:00.250Z' } },
  ],
  // The two marks may not be combined.
  [
    { kind: 'list_orders', after: since },
    ORDER,
    { query: { status: 'all', limit: '500', direction: 'asc', nested: 'true', after_order_id: ORDER } },
  ],
  [{ kind: 'list_positions' }, null, { path: '/v2/positions', query: {} }],
  [
    { kind: 'list_executions', after: since },
    'a::b',
    {
      path: '/v2/account/activities/FILL',
      query: { after: '2026-11-30T14:30:00.250Z', direction: 'asc', page_size: '100', page_token: 'a::b' },
    },
  ],
  [
    { kind: 'list_cash_activities', after: since },
    'a::b',
    {
      path: '/v2/account/activities',
      query: {
        category: 'non_trade_activity',
        after: '2026-11-30T14:30:00.250Z',
        direction: 'asc',
        page_size: '100',
        page_token: 'a::b',
      },
    },
  ],
  [{ kind: 'read_account' }, null, { method: 'GET', path: '/v2/account', body: '' }],
  [{ kind: 'read_clock' }, null, { method: 'GET', path: '/v2/clock', body: '' }],
];
for (const [ask, page, request] of others)
  test(`${ask.kind}${page === null ? '' : ', next page'}: ${request.path ?? ''}`, () =>
    expect(requestOf(ask, page)).toMatchObject(request));

const never: readonly (readonly [why: string, ask: Ask])[] = [
  ['A11: a sub-penny limit', { ...bracketAsk, limit: price(123_450) }],
  ['A11: a sub-penny stop', { ...bracketAsk, stop: price(119_001) }],
  ['A11: a sub-penny target', { ...bracketAsk, target: price(135_010) }],
  ['A11: a sub-penny exit', { ...exitAsk, limit: price(123_450) }],
  ['A11: a sub-penny replacement', { ...replaceAsk, stop: price(123_450) }],
  ['A12: a stop above the limit of a buy', { ...bracketAsk, stop: price(136_000), target: price(119_000) }],
  ['A12: the legs of a buy at a sale', { ...bracketAsk, side: 'sell' }],
  ...['', '.', '..', '../account', 'a/b', 'a?b', '\ud800'].map((id): readonly [string, Ask] => [
    `I1: an order named ${JSON.stringify(id)}, which is another address,`,
    { kind: 'cancel_order', order: id as BrokerOrderId },
  ]),
  ['no shares', { ...exitAsk, shares: quantity(0) }],
  ['no client id', { ...exitAsk, clientId: '' as ClientOrderId }],
  ['too long a client id', { ...exitAsk, clientId: 'x'.repeat(129) as ClientOrderId }],
];
for (const [why, ask] of never) test(`${why} is never built`, () => expect(() => requestOf(ask, null)).toThrow('assertion failed'));

test('A11: no price of any whole number can be sent off the grid', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50_000_000 }), (e4) => {
      const isOnGrid = e4 < 10_000 || e4 % 100 === 0;
      const ask: Ask = { ...exitAsk, limit: price(e4) };
      if (isOnGrid) expect(JSON.stringify(body(ask))).toMatch(/"limit_price":"\d+\.\d{2}(\d{2})?"/);
      else expect(() => requestOf(ask, null)).toThrow('grid');
    }),
  );
});
