import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountOf, clockOf } from '#adapters/alpaca/account-of';
import { executionOf } from '#adapters/alpaca/execution-of';
import { orderOf } from '#adapters/alpaca/order-of';
import { positionOf } from '#adapters/alpaca/position-of';
import { orderStatuses } from '#domain/orders/life-cycle';
import { CLIENT, madeAccount, madeBracket, madeExecution, madeOrder, madePosition, ORDER } from '#tests/alpaca/made-orders';

test('an order is read into integers of 1e-4 and milliseconds, cut and not rounded', () => {
  expect(orderOf(madeOrder({ filled_qty: '40', filled_avg_price: '12.33995', replaced_by: 'b', replaces: 'a' }))).toEqual({
    ok: true,
    value: {
      id: ORDER,
      clientId: CLIENT,
      ticker: 'BRK.B',
      side: 'buy',
      shape: 'simple',
      type: 'limit',
      timeInForce: 'gtc',
      shares: 100,
      filled: 40,
      meanPrice: 123_399.5,
      limit: 123_400,
      stop: null,
      status: 'new',
      replacedBy: 'b',
      replaces: 'a',
      createdAt: Date.parse('2026-11-30T14:35:00.123Z'),
      updatedAt: Date.parse('2026-11-30T14:35:00.999Z'),
      legs: null,
    },
  });
});

test('a bracket has its legs, each read like an order', () => {
  const read = orderOf(madeBracket());
  expect(read).toMatchObject({ ok: true, value: { shape: 'bracket' } });
  const legs = read.ok ? read.value.legs : null;
  expect(legs?.map(({ type, side, status, limit, stop }) => [type, side, status, limit, stop])).toEqual([
    ['limit', 'sell', 'held', 135_000, null],
    ['stop', 'sell', 'held', null, 119_000],
  ]);
});

const missing: readonly (readonly [field: string, changed: object])[] = [
  ['id', { id: null }],
  ['id', { id: '' }],
  ['id', { id: 7 }],
  ['id', { id: '..' }],
  ['id', { id: '\ud800' }],
  ['replaced_by', { replaced_by: 'a/b' }],
  ['replaces', { replaces: '.' }],
  ['client_order_id', { client_order_id: undefined }],
  ['symbol', { symbol: '' }],
  ['side', { side: 'long' }],
  ['side', { side: 'BUY' }],
  ['side', { side: null }],
  ['status', { status: null }],
  ['filled_qty', { filled_qty: null }],
  ['filled_qty', { filled_qty: '-1' }],
  ['qty', { qty: null }],
  ['qty', { qty: 100 }],
  ['qty', { qty: '50', filled_qty: '51' }],
  ['limit_price', { limit_price: 12.34 }],
  ['limit_price', { limit_price: '0' }],
  ['stop_price', { stop_price: 'NaN' }],
  ['filled_avg_price', { filled_avg_price: '1e3' }],
  ['created_at', { created_at: '2026-11-30T14:35:00' }],
  ['updated_at', { updated_at: null }],
  ['legs', { legs: {} }],
  ['legs.side', { legs: [madeOrder({ side: 'short' })] }],
  ['legs.legs', { legs: [madeBracket()] }],
];
for (const [field, changed] of missing)
  test(`A17: an order with ${JSON.stringify(changed).slice(0, 60)} is unreadable for its ${field}`, () =>
    expect(orderOf(madeOrder({ ...changed }))).toEqual({ ok: false, problem: { kind: 'unreadable', field } }));

test('A17: fields that nobody knows are passed over, and words that nobody knows are unknown', () => {
  expect(orderOf(madeOrder({ brand_new: { a: 1 } }))).toMatchObject({ ok: true });
  const odd = orderOf(madeOrder({ status: 'pending_review', order_class: 'mleg', type: 'iceberg', order_type: 'iceberg' }));
  expect(odd).toMatchObject({ ok: true, value: { status: 'unknown', shape: 'unknown', type: 'unknown' } });
  expect(orderOf(madeOrder({ order_class: null }))).toMatchObject({ ok: true, value: { shape: 'unknown' } });
  expect(orderOf(madeOrder({ type: 'stop', order_type: 'limit' }))).toMatchObject({ ok: true, value: { type: 'unknown' } });
});

test.each([
  ['gtc', 'gtc'],
  ['day', 'day'],
  ['cls', 'day'],
  ['ioc', 'day'],
  ['gtd', 'unknown'],
  [undefined, 'unknown'],
])('B10: an order for %s lasts so: %s', (word, lasts) => {
  expect(orderOf(madeOrder({ time_in_force: word }))).toMatchObject({ value: { timeInForce: lasts } });
});

test.each(['BRK.B', 'BRK-B', 'BRK/B', 'BRK B'])('D11: orders, executions and positions of %s are of one name', (symbol) => {
  expect(orderOf(madeOrder({ symbol }))).toMatchObject({ value: { ticker: 'BRK.B' } });
  expect(executionOf(madeExecution({ symbol }))).toMatchObject({ value: { ticker: 'BRK.B' } });
  expect(positionOf(madePosition({ symbol }))).toMatchObject({ value: { ticker: 'BRK.B' } });
});

test('an order for an amount of money says no number of shares, and nothing is assumed of it', () => {
  const read = orderOf(madeOrder({ qty: null, notional: '500', filled_qty: '1.5' }));
  expect(read).toMatchObject({ ok: true, value: { shares: 1.5, shape: 'unknown' } });
});

const anyWord = fc.oneof(
  fc.string(),
  fc.constantFrom('long', 'short', 'Buy', 'SELL', 'buy ', 'b', 'sell_short', 'constructor', '__proto__', 'toString', 'FILLED'),
);
const oddOf = (known: readonly string[]) => anyWord.filter((word) => !known.includes(word));

test('A12: no other word is ever a side', () => {
  fc.assert(
    fc.property(oddOf(['buy', 'sell']), (side) => {
      expect(orderOf(madeOrder({ side })).ok).toBe(false);
      if (side !== 'sell_short') expect(executionOf(madeExecution({ side })).ok).toBe(false);
      if (side !== 'long') expect(positionOf(madePosition({ side })).ok).toBe(false);
    }),
  );
});

test('A12: no other word is ever a status, a type or a class', () => {
  fc.assert(
    fc.property(oddOf([...orderStatuses]), oddOf(['market', 'limit', 'stop', 'stop_limit', 'trailing_stop']), (status, type) => {
      const read = orderOf(madeOrder({ status, type, order_type: type }));
      expect(read).toMatchObject({ ok: true, value: { status: 'unknown', type: 'unknown' } });
    }),
  );
  fc.assert(
    fc.property(oddOf(['', 'simple', 'bracket', 'oco', 'oto']), (word) => {
      expect(orderOf(madeOrder({ order_class: word }))).toMatchObject({ ok: true, value: { shape: 'unknown' } });
    }),
  );
});

test('nothing that JSON can hold makes a reader throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (raw) => {
      for (const read of [orderOf, executionOf, positionOf, accountOf, clockOf]) expect(read(raw).ok).toBe(false);
    }),
  );
});

test('an execution is read from its activity; a short sale has a word of its own there', () => {
  expect(executionOf(madeExecution())).toEqual({
    ok: true,
    value: {
      id: '20261130093500123::9be2e11d-5ed4-4d13-9d4b-1c2d3e4f5a6b',
      order: ORDER,
      ticker: 'BRK.B',
      side: 'buy',
      shares: 40,
      cumulative: 60,
      price: 123_399,
      at: Date.parse('2026-11-30T14:35:01.500Z'),
      busts: null,
      corrects: null,
    },
  });
  expect(executionOf(madeExecution({ side: 'sell_short' }))).toMatchObject({ ok: true, value: { side: 'sell' } });
  expect(executionOf(madeExecution({ status: 'canceled', previous_id: 'x' }))).toMatchObject({ value: { busts: 'x', corrects: null } });
  expect(executionOf(madeExecution({ status: 'correct', previous_id: 'x' }))).toMatchObject({ value: { busts: null, corrects: 'x' } });
  expect(executionOf(madeExecution({ status: 'correct' })).ok).toBe(false);
  for (const changed of [
    { status: 'canceled' },
    { qty: '0' },
    { cum_qty: '39' },
    { price: '0' },
    { transaction_time: null },
    { activity_type: 'DIV' },
    { order_id: '' },
  ])
    expect(executionOf(madeExecution(changed)).ok, JSON.stringify(changed)).toBe(false);
});

test('a position tells the shares that no order reserves', () => {
  expect(positionOf(madePosition())).toEqual({
    ok: true,
    value: { ticker: 'BRK.B', shares: 106, available: 6, meanCost: 868_781.25, price: 871_000 },
  });
  expect(positionOf(madePosition({ qty: '-7.5', qty_available: '-7.5', side: 'short', current_price: null }))).toMatchObject({
    ok: true,
    value: { shares: -7.5, price: null },
  });
});

test('A12: a position whose word and sign differ is unreadable', () => {
  expect(positionOf(madePosition({ qty: '-106' }))).toEqual({ ok: false, problem: { kind: 'unreadable', field: 'side' } });
  expect(positionOf(madePosition({ side: 'short' }))).toEqual({ ok: false, problem: { kind: 'unreadable', field: 'side' } });
});

const legacy = { pattern_day_trader: false, daytrade_count: 0, daytrading_buying_power: '0' };
for (const [profile, fields] of [
  ['before July 2026', legacy],
  ['now', {}],
] as const)
  test(`AC-20: the account as it was ${profile} is read`, () =>
    expect(accountOf(madeAccount(fields))).toEqual({
      ok: true,
      value: { id: 'e6fe16f3-64a4-4921-8928-cadf02f92f98', cash: 250_001_200, equity: 310_005_000, blocked: null, suspended: false },
    }));

const blocked: readonly (readonly [changed: object, value: object])[] = [
  [{ status: 'ACCOUNT_CLOSED' }, { blocked: 'status ACCOUNT_CLOSED' }],
  [{ trading_blocked: true, account_blocked: true }, { blocked: 'trading_blocked, account_blocked' }],
  [{ currency: 'EUR' }, { blocked: 'currency EUR' }],
  [{ trade_suspended_by_user: true }, { blocked: null, suspended: true }],
  [{ user_configurations: { suspend_trade: true } }, { suspended: true }],
];
for (const [changed, value] of blocked)
  test(`A16: an account with ${JSON.stringify(changed)} says so`, () =>
    expect(accountOf(madeAccount({ ...changed }))).toMatchObject({ ok: true, value }));

for (const field of ['id', 'status', 'cash', 'equity', 'trading_blocked', 'account_blocked', 'trade_suspended_by_user'])
  test(`A17: an account without ${field} is unreadable`, () =>
    expect(accountOf(madeAccount({ [field]: undefined }))).toEqual({ ok: false, problem: { kind: 'unreadable', field } }));

test('the clock is open when it says so, whatever its next times are', () => {
  const raw = {
    timestamp: '2026-11-27T10:00:00.5-05:00',
    is_open: true,
    next_open: '2026-11-30T09:30:00-05:00',
    next_close: '2026-11-27T13:00:00-05:00',
  };
  expect(clockOf(raw)).toEqual({
    ok: true,
    value: {
      now: Date.parse('2026-11-27T15:00:00.500Z'),
      isOpen: true,
      nextOpen: Date.parse('2026-11-30T14:30:00Z'),
      nextClose: Date.parse('2026-11-27T18:00:00Z'),
    },
  });
  expect(clockOf({ ...raw, is_open: 'true' }).ok).toBe(false);
});
