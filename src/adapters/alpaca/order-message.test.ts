import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesOf } from '#adapters/alpaca/order-message';
import { madeOrder, ORDER } from '#tests/alpaca/made-orders';

const update = (data: object): string => JSON.stringify({ stream: 'trade_updates', data });
const partFilled = madeOrder({ status: 'partially_filled', filled_qty: '60', filled_avg_price: '12.33' });
const fill = {
  event: 'partial_fill',
  execution_id: '9be2e11d',
  order: partFilled,
  timestamp: '2026-11-30T14:35:01.123456789Z',
  price: '12.3399',
  qty: '40',
  position_qty: '60',
};
const execution = {
  id: '9be2e11d',
  order: ORDER,
  ticker: 'BRK.B',
  side: 'buy',
  shares: 40,
  cumulative: 60,
  price: 123_399,
  at: Date.parse('2026-11-30T14:35:01.123Z'),
};

test('AC-01: a fill is told with its execution and the order as it is then', () => {
  expect(messagesOf(update(fill))).toMatchObject([{ kind: 'order_news', order: { status: 'partially_filled', filled: 60 }, execution }]);
});

test('C1: a repeated event says the same again, under the same name', () => {
  expect(messagesOf(`[${update(fill)},${update(fill)},${update(fill)}]`)).toMatchObject([{ execution }, { execution }, { execution }]);
});

test('C1: an execution without a name has none', () => {
  for (const execution_id of [null, ''])
    expect(messagesOf(update({ ...fill, execution_id }))).toMatchObject([{ execution: { ...execution, id: null } }]);
});

const quiet = 'accepted pending_new new held canceled expired done_for_day replaced rejected stopped suspended calculated pending_cancel';
for (const event of [...quiet.split(' '), 'pending_replace', 'order_cancel_rejected', 'order_replace_rejected'])
  test(`${event} is told without an execution`, () =>
    expect(
      messagesOf(update({ event, order: madeOrder(), timestamp: fill.timestamp, execution_id: 'x', price: '1', qty: '2' })),
    ).toMatchObject([{ kind: 'order_news', execution: null }]));

const unreadable: readonly (readonly [why: string, text: string])[] = [
  ['an event that nobody knows', update({ ...fill, event: 'trade_bust' })],
  ['no event', update({ ...fill, event: null })],
  ['a fill without shares', update({ ...fill, qty: null })],
  ['a fill of no shares', update({ ...fill, qty: '0' })],
  ['a fill of more than has filled', update({ ...fill, qty: '61' })],
  ['a fill without a price', update({ ...fill, price: null })],
  ['a fill at zero', update({ ...fill, price: '0' })],
  ['a fill without a time', update({ ...fill, timestamp: 'now' })],
  ['an order without a side', update({ ...fill, order: { ...partFilled, side: 'long' } })],
  ['no order', update({ event: 'new' })],
  ['another stream', JSON.stringify({ stream: 'account_updates', data: {} })],
  ['no JSON', '{"stream":"trade_upd'],
  ['nothing', ''],
  ['null', 'null'],
];
for (const [why, text] of unreadable)
  test(`A17: ${why} is told as unreadable, so that somebody looks`, () =>
    expect(messagesOf(text)).toMatchObject([{ kind: 'unreadable_news' }]));

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (text) => messagesOf(text).every(({ kind }) => kind.length > 0)));
});

test('A12: no other word is an event', () => {
  fc.assert(
    fc.property(fc.string(), (event) => {
      fc.pre(!quiet.split(' ').includes(event) && !['fill', 'partial_fill'].includes(event));
      expect(messagesOf(update({ ...fill, event }))[0]?.kind).toBe('unreadable_news');
    }),
  );
});

test('AC-16: what the line says of itself', () => {
  expect(messagesOf('{"stream":"authorization","data":{"status":"authorized","action":"authenticate"}}')).toEqual([
    { kind: 'authorization', granted: true, said: 'authorized' },
  ]);
  expect(messagesOf('{"stream":"authorization","data":{"status":"unauthorized","action":"listen"}}')).toMatchObject([{ granted: false }]);
  expect(messagesOf('{"stream":"listening","data":{"streams":["trade_updates"]}}')).toEqual([
    { kind: 'listening', streams: ['trade_updates'] },
  ]);
});
