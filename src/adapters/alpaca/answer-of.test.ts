import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerOf } from '#adapters/alpaca/answer-of';
import { leadsOn, PAGES_MAX, wholeList } from '#adapters/alpaca/whole-list';
import type { BrokerOrderId } from '#domain/brokerage/broker-order';
import { instant } from '#domain/values/instant';
import type { Ask, BrokerRefusal } from '#engine/ports/brokerage';
import type { WireFault, WireReply } from '#engine/ports/wire';
import {
  bracketAsk,
  CLIENT,
  cancelAsk,
  exitAsk,
  madeAccount,
  madeBracket,
  madeExecution,
  madeOrder,
  madePosition,
  ORDER,
  replaceAsk,
} from '#tests/alpaca/made-orders';

const NOW = instant(Date.parse('2026-11-30T14:35:00Z'));
const reply = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): WireReply => ({
  kind: 'answer',
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const answer = (ask: Ask, status: number, body: unknown, headers?: Readonly<Record<string, string>>) =>
  answerOf(ask, reply(status, body, headers), NOW);

const suspendAsk = { kind: 'suspend_account', on: true } as const;
const mutations: readonly Ask[] = [bracketAsk, exitAsk, replaceAsk, cancelAsk, suspendAsk];
const since = instant(0);
const looks: readonly Ask[] = [
  { kind: 'find_order', clientId: bracketAsk.clientId },
  { kind: 'read_order', order: ORDER as BrokerOrderId },
  { kind: 'list_open_orders' },
  { kind: 'list_orders', after: since },
  { kind: 'list_positions' },
  { kind: 'list_executions', after: since },
  { kind: 'list_cash_activities', after: since },
  { kind: 'read_account' },
  { kind: 'read_clock' },
];
const all = [...mutations, ...looks];
const exitOrder = madeOrder({ side: 'sell', type: 'market', order_type: 'market', limit_price: null, status: 'pending_new' });
const replacement = madeOrder({ id: 'new-id', client_order_id: replaceAsk.clientId, replaces: ORDER, type: 'stop', order_type: 'stop' });

test('AC-08: a bracket that is the one that was asked for is an order, with its legs or not yet', () => {
  expect(answer(bracketAsk, 200, madeBracket())).toMatchObject({ kind: 'order', order: { shape: 'bracket', legs: [{}, {}] } });
  expect(answer(bracketAsk, 200, madeBracket({ legs: null }))).toMatchObject({ kind: 'order', order: { legs: null } });
});

const target = madeOrder({ id: 'a', side: 'sell', limit_price: '13.50' });
const stop = madeOrder({ id: 'b', side: 'sell', type: 'stop', order_type: 'stop', limit_price: null, stop_price: '11.90' });
const changes: readonly (readonly [id: string, field: string, changed: object])[] = [
  ['A3', 'client_order_id', { client_order_id: 'made-by-the-broker' }],
  ['A12', 'symbol', { symbol: 'BRK.A' }],
  ['A12', 'side', { side: 'sell' }],
  ['A3', 'qty', { qty: '99' }],
  ['A3', 'order_class', { order_class: '', legs: null }],
  ['A3', 'order_class', { order_class: 'oto' }],
  ['A3', 'type', { type: 'market', order_type: 'market' }],
  ['A3', 'limit_price', { limit_price: '12.35' }],
  ['A3', 'legs', { legs: [] }],
  ['A3', 'legs', { legs: [target] }],
  ['A3', 'legs', { legs: [target, target] }],
  ['A3', 'legs', { legs: [target, stop, stop] }],
  ['A12', 'legs', { legs: [target, { ...stop, side: 'buy' }] }],
  ['A3', 'legs', { legs: [target, { ...stop, qty: '50' }] }],
  ['A3', 'legs', { legs: [target, { ...stop, stop_price: '11.80' }] }],
  ['A3', 'legs', { legs: [{ ...target, limit_price: '13.60' }, stop] }],
];
for (const [id, field, changed] of changes)
  test(`${id}: a bracket that comes back with ${JSON.stringify(changed).slice(0, 70)} does not count`, () =>
    expect(answer(bracketAsk, 200, madeBracket({ ...changed }))).toMatchObject({
      kind: 'ambiguous',
      why: 'unreadable',
      said: expect.stringContaining(field),
    }));

test('A3: an exit counts when it is the plain order that was asked for', () => {
  expect(answer(exitAsk, 200, exitOrder)).toMatchObject({ kind: 'order', order: { status: 'pending_new', type: 'market' } });
  expect(answer(exitAsk, 200, { ...exitOrder, order_class: 'bracket' })).toMatchObject({ kind: 'ambiguous' });
  expect(answer(exitAsk, 200, { ...exitOrder, side: 'buy' })).toMatchObject({ kind: 'ambiguous' });
  expect(answer(exitAsk, 200, { ...exitOrder, stop_price: '3' })).toMatchObject({ kind: 'ambiguous' });
  expect(answer(exitAsk, 200, { ...exitOrder, legs: madeBracket()['legs'] })).toMatchObject({ kind: 'ambiguous' });
});

test('A17: a status that nobody knows is told as unknown with the order', () => {
  expect(answer(bracketAsk, 200, madeBracket({ status: 'pending_review' }))).toMatchObject({ kind: 'order', order: { status: 'unknown' } });
});

test('AC-13: a replacement is a new order with our id, and nothing else', () => {
  expect(answer(replaceAsk, 200, replacement)).toMatchObject({ kind: 'order', order: { id: 'new-id', replaces: ORDER } });
  expect(answer(replaceAsk, 200, { ...replacement, id: ORDER })).toMatchObject({ kind: 'ambiguous' });
  expect(answer(replaceAsk, 200, { ...replacement, client_order_id: CLIENT })).toMatchObject({ kind: 'ambiguous' });
  expect(answer(replaceAsk, 200, { ...replacement, replaces: 'another' })).toMatchObject({ kind: 'ambiguous' });
});

test('a cancel is done with 204 and no body: received, and nothing more', () => {
  expect(answer(cancelAsk, 204, '')).toEqual({ kind: 'done' });
  expect(answer(cancelAsk, 200, {})).toMatchObject({ kind: 'ambiguous' });
  expect(answer(cancelAsk, 204, {})).toMatchObject({ kind: 'ambiguous' });
  expect(answer(bracketAsk, 204, '')).toMatchObject({ kind: 'ambiguous' });
});

test('AC-26: an account is suspended when its settings say so', () => {
  expect(answer(suspendAsk, 200, { suspend_trade: true })).toEqual({ kind: 'done' });
  expect(answer(suspendAsk, 200, { suspend_trade: false })).toMatchObject({ kind: 'ambiguous' });
  expect(answer(suspendAsk, 200, {})).toMatchObject({ kind: 'ambiguous' });
});

for (const body of ['{}', '', '[', '<html>ok</html>', 'null', '{"id":"', '[{}]', '"done"', '7'])
  test(`A3: 200 with ${JSON.stringify(body)} is nothing to rely on`, () => {
    for (const ask of all) expect(answer(ask, 200, body), ask.kind).toMatchObject({ kind: 'ambiguous', why: 'unreadable' });
  });

for (const status of [100, 301, 302, 307, 308, 402, 408, 409, 418, 425, 499, 500, 502, 503, 504, 520, 599])
  test(`${status === 504 ? 'A5' : 'A4'}: ${status} leaves open what happened`, () => {
    for (const ask of all)
      for (const body of ['', '<html></html>', '{"code":50010000,"message":"internal server error"}', '{"code":40310000,"message":"no"}'])
        expect(answer(ask, status, body), ask.kind).toMatchObject({ kind: 'ambiguous', why: status === 408 ? 'timeout' : 'server_error' });
  });

test('A3: a page of HTML with a definite status comes from something between, and leaves it open', () => {
  for (const status of [400, 401, 403, 404, 405, 413, 415, 422])
    for (const ask of mutations)
      expect(answer(ask, status, '<html>blocked</html>'), `${ask.kind} ${status}`).toMatchObject({ kind: 'ambiguous' });
});

const waits: readonly (readonly [headers: Record<string, string>, waitMs: number])[] = [
  [{}, 5_000],
  [{ 'x-ratelimit-reset': String(NOW / 1000 + 7) }, 7_000],
  [{ 'x-ratelimit-reset': String(NOW / 1000 - 7) }, 5_000],
  [{ 'x-ratelimit-reset': '9999999999' }, 60_000],
  [{ 'x-ratelimit-reset': 'soon' }, 5_000],
  [{ 'x-ratelimit-reset': '-1' }, 5_000],
  [{ 'retry-after': '3' }, 3_000],
  [{ 'retry-after': '99999' }, 60_000],
];
for (const [headers, waitMs] of waits)
  test(`A6: 429 with ${JSON.stringify(headers)} is not sent, and says to wait ${waitMs} ms`, () => {
    for (const ask of all)
      for (const body of ['', '<html>', { code: 42910000, message: 'rate limit exceeded' }])
        expect(answer(ask, 429, body, headers)).toEqual({ kind: 'not_sent', why: 'rate_limited', waitMs });
  });

const faults: readonly (readonly [fault: WireFault, told: object])[] = [
  [
    { kind: 'fault', why: 'timeout', sent: true },
    { kind: 'ambiguous', why: 'timeout' },
  ],
  [
    { kind: 'fault', why: 'reset', sent: true },
    { kind: 'ambiguous', why: 'reset' },
  ],
  [
    { kind: 'fault', why: 'no_connection', sent: true },
    { kind: 'ambiguous', why: 'reset' },
  ],
  [
    { kind: 'fault', why: 'cut_body', sent: true },
    { kind: 'ambiguous', why: 'cut_body' },
  ],
  [
    { kind: 'fault', why: 'too_large', sent: true },
    { kind: 'ambiguous', why: 'unreadable' },
  ],
  [
    { kind: 'fault', why: 'stopped', sent: true },
    { kind: 'ambiguous', why: 'reset' },
  ],
  [
    { kind: 'fault', why: 'timeout', sent: false },
    { kind: 'not_sent', why: 'no_connection' },
  ],
  [
    { kind: 'fault', why: 'reset', sent: false },
    { kind: 'not_sent', why: 'no_connection' },
  ],
  [
    { kind: 'fault', why: 'no_connection', sent: false },
    { kind: 'not_sent', why: 'no_connection' },
  ],
  [
    { kind: 'fault', why: 'no_budget', sent: false },
    { kind: 'not_sent', why: 'no_budget' },
  ],
  [
    { kind: 'fault', why: 'stopped', sent: false },
    { kind: 'not_sent', why: 'stopped' },
  ],
];
for (const [fault, told] of faults)
  test(`${fault.sent ? 'A1' : 'G11'}: ${fault.why} ${fault.sent ? 'after' : 'before'} a byte has left`, () => {
    for (const ask of all) expect(answerOf(ask, fault, NOW)).toMatchObject(told);
  });

const shortage = {
  code: 40310000,
  message: 'insufficient qty available for order (requested: 106, available: 0)',
  available: '0',
  existing_qty: '106',
  held_for_orders: '106',
  symbol: 'EWY',
};
const refused: readonly (readonly [ask: Ask, status: number, body: object, reason: BrokerRefusal['reason']])[] = [
  [exitAsk, 403, shortage, 'shares_reserved'],
  [exitAsk, 403, { ...shortage, message: 'no', code: 1 }, 'shares_reserved'],
  [exitAsk, 403, { code: 40310000, message: 'insufficient qty available for order' }, 'shares_reserved'],
  [bracketAsk, 403, { code: 40310000, message: 'insufficient buying power' }, 'buying_power'],
  [bracketAsk, 403, { code: 40310000, message: 'no', buying_power: '0', cost_basis: '1' }, 'buying_power'],
  [bracketAsk, 403, { code: 40310000, message: 'potential wash trade detected. use complex orders' }, 'wash_trade'],
  [bracketAsk, 422, { code: 42210000, message: 'opposite side limit order exists' }, 'wash_trade'],
  [bracketAsk, 403, { code: 40310000, message: 'no', existing_order_id: 'x' }, 'wash_trade'],
  [bracketAsk, 403, { code: 40310000, message: 'asset "X" is not fractionable' }, 'not_tradable'],
  [bracketAsk, 422, { code: 42210000, message: 'asset "X" not found' }, 'not_tradable'],
  [bracketAsk, 404, { code: 40410000, message: 'asset not found for X' }, 'not_tradable'],
  [bracketAsk, 403, { code: 40310000, message: 'account is not allowed to short' }, 'not_tradable'],
  [bracketAsk, 422, { code: 42210000, message: 'only day orders are allowed for hard-to-borrow asset' }, 'not_tradable'],
  [bracketAsk, 422, { code: 42210000, message: 'bracket orders must be entry orders' }, 'not_an_entry'],
  [bracketAsk, 403, { code: 40310000, message: 'bracket orders must be entry orders' }, 'not_an_entry'],
  [bracketAsk, 422, { code: 42210000, message: 'invalid limit_price 290.123. sub-penny increment does not fulfill' }, 'bad_price'],
  [bracketAsk, 422, { code: 42210000, message: 'stop price must be less than base price' }, 'bad_price'],
  [bracketAsk, 422, { code: 40010001, message: 'client_order_id must be unique' }, 'duplicate_client_id'],
  [exitAsk, 422, { code: 40010001, message: 'something new' }, 'duplicate_client_id'],
  [cancelAsk, 422, { code: 40010001, message: 'order_id is missing' }, 'not_cancelable'],
  [exitAsk, 422, { code: 40010001, message: 'order_id is missing' }, 'other'],
  [cancelAsk, 422, { message: 'order is not cancelable' }, 'not_cancelable'],
  [cancelAsk, 422, { message: 'something new' }, 'not_cancelable'],
  [replaceAsk, 422, { code: 42210000, message: 'order parameters are not changed' }, 'unchanged'],
  [replaceAsk, 422, { code: 42210000, message: 'unable to replace order, order is accepted' }, 'not_replaceable'],
  [replaceAsk, 422, { code: 42210000, message: 'order is already in "filled" state' }, 'not_replaceable'],
  [cancelAsk, 422, { code: 42210000, message: 'order is already in "filled" state' }, 'not_cancelable'],
  [bracketAsk, 403, { code: 40310100, message: 'trade denied due to pattern day trading protection' }, 'account_blocked'],
  [bracketAsk, 403, { code: 40310000, message: 'new orders are rejected by user request' }, 'account_blocked'],
  [bracketAsk, 401, { code: 40110000, message: 'request is not authorized' }, 'not_authorized'],
  [bracketAsk, 403, { code: 40110000, message: 'something new' }, 'not_authorized'],
  [bracketAsk, 401, { message: 'something new' }, 'not_authorized'],
  [bracketAsk, 403, { message: 'forbidden.' }, 'not_authorized'],
  [bracketAsk, 400, { code: 40010000, message: 'invalid parameter' }, 'other'],
  [bracketAsk, 422, { code: 42210000, message: 'something new' }, 'other'],
];
for (const [ask, status, body, reason] of refused)
  test(`A10: ${ask.kind} ${status} ${JSON.stringify(body).slice(0, 90)} is refused: ${reason}`, () =>
    expect(answer(ask, status, body)).toMatchObject({ kind: 'refused', reason, status }));

test('A10: the shares that can still be sold are told, where the broker tells them', () => {
  expect(answer(exitAsk, 403, shortage)).toMatchObject({ available: 0, said: shortage.message });
  expect(answer(bracketAsk, 403, { message: 'insufficient buying power' })).toMatchObject({ available: null });
});

test('A15: an empty 401 is a refusal of the keys', () =>
  expect(answer(bracketAsk, 401, '')).toMatchObject({ kind: 'refused', reason: 'not_authorized' }));

test('AC-04: an order that is not there is not found', () => {
  const body = { code: 40410000, message: 'order not found' };
  for (const ask of [cancelAsk, replaceAsk, ...looks.slice(0, 2)]) expect(answer(ask, 404, body), ask.kind).toEqual({ kind: 'not_found' });
  expect(answer({ kind: 'list_positions' }, 404, body)).toMatchObject({ kind: 'refused' });
});

test('an order that is looked for counts when it is that one', () => {
  const [find, read] = looks as readonly [Ask, Ask];
  expect(answer(find, 200, madeOrder())).toMatchObject({ kind: 'order', order: { clientId: CLIENT } });
  expect(answer(find, 200, madeOrder({ client_order_id: 'x' }))).toMatchObject({ kind: 'ambiguous' });
  expect(answer(read, 200, madeOrder())).toMatchObject({ kind: 'order', order: { id: ORDER } });
  expect(answer(read, 200, madeOrder({ id: 'x' }))).toMatchObject({ kind: 'ambiguous' });
});

test('lists are told whole', () => {
  expect(answer({ kind: 'list_open_orders' }, 200, [madeOrder(), madeBracket({ id: 'b' })])).toMatchObject({
    kind: 'orders',
    orders: [{}, { legs: [{}, {}] }],
  });
  expect(answer({ kind: 'list_positions' }, 200, [])).toEqual({ kind: 'positions', positions: [] });
  expect(answer({ kind: 'list_executions', after: since }, 200, [madeExecution()])).toMatchObject({
    kind: 'executions',
    executions: [{ cumulative: 60 }],
  });
  expect(answer({ kind: 'read_account' }, 200, madeAccount())).toMatchObject({ kind: 'account', account: { blocked: null } });
});

const made = { id: '2026::1', activity_type: 'DIV', net_amount: '12.34', status: 'executed', symbol: 'AAA', date: '2026-11-30' };
test.each<readonly [what: string, row: object, moved: readonly object[]]>([
  ['a dividend, by the end of its day', made, [{ cause: 'dividend', ticker: 'AAA', amount: 123_400, at: Date.UTC(2026, 11, 1) - 1 }]],
  ['one that is withheld', { ...made, activity_type: 'DIVNRA', net_amount: '-1.85' }, [{ cause: 'dividend', amount: -18_500 }]],
  ['one whose instant is told', { ...made, created_at: '2026-11-30T14:30:00Z' }, [{ at: Date.UTC(2026, 10, 30, 14, 30) }]],
  ['a fee without a name', { ...made, activity_type: 'FEE', symbol: undefined, net_amount: '-0.02' }, [{ cause: 'fee', ticker: null }]],
  ['interest', { ...made, activity_type: 'INT' }, [{ cause: 'interest' }]],
  ['a transfer of cash', { ...made, activity_type: 'JNLC' }, [{ cause: 'transfer' }]],
  ['a word that nobody knows', { ...made, activity_type: 'NEW' }, [{ cause: 'other', said: 'NEW' }]],
  ['a trade', { ...made, activity_type: 'FILL' }, []],
  ['shares without money', { ...made, activity_type: 'SPLIT', net_amount: '0' }, []],
  ['what amends another row', { ...made, status: 'correct' }, []],
  ['what was taken back', { ...made, status: 'canceled' }, []],
])('D9: what moves cash is read: %s', (_, row, moved) => {
  expect(answer({ kind: 'list_cash_activities', after: since }, 200, [row])).toMatchObject({ kind: 'cash_activities', activities: moved });
});

test.each([{ id: '' }, { activity_type: null }, { net_amount: '1e3' }, { date: 'today' }])(
  'D9, D12: a row that cannot be read is no list: %o',
  (changed) => {
    expect(answer({ kind: 'list_cash_activities', after: since }, 200, [{ ...made, ...changed }])).toMatchObject({ kind: 'ambiguous' });
  },
);

test('D12: a list with one row that cannot be read is no list', () => {
  expect(answer({ kind: 'list_open_orders' }, 200, [madeOrder(), {}])).toMatchObject({ kind: 'ambiguous', why: 'unreadable' });
  expect(answer({ kind: 'list_positions' }, 200, [madePosition(), madePosition({ side: 'flat' })])).toMatchObject({ kind: 'ambiguous' });
  expect(answer({ kind: 'list_executions', after: since }, 200, [madeExecution({ qty: null })])).toMatchObject({ kind: 'ambiguous' });
});

test('D12: a full page is no whole list', () => {
  const orders = Array.from({ length: 500 }, (_, place) => madeOrder({ id: `order-${place}` }));
  const page = answer({ kind: 'list_open_orders' }, 200, orders);
  expect(page).toMatchObject({ kind: 'more', page: 'order-499' });
  const executions = Array.from({ length: 100 }, (_, place) => madeExecution({ id: `execution-${place}` }));
  expect(answer({ kind: 'list_executions', after: since }, 200, executions)).toMatchObject({ kind: 'more', page: 'execution-99' });
  // Rows that moved no money count as well.
  const rows = Array.from({ length: 100 }, (_, place) => ({ ...made, id: `2026::${place}`, status: place < 60 ? 'correct' : 'executed' }));
  const first = answer({ kind: 'list_cash_activities', after: since }, 200, rows);
  expect(first).toMatchObject({ kind: 'more', page: '2026::99' });
  const rest = answer({ kind: 'list_cash_activities', after: since }, 200, [
    { ...made, id: '2026::99' },
    { ...made, id: '2026::100' },
  ]);
  if (first.kind !== 'more' || rest.kind === 'more') throw new Error('a page and the last one');
  const activities = wholeList([first], rest);
  expect(activities.kind === 'cash_activities' ? activities.activities.length : 0).toBe(41);
  const last = answer({ kind: 'list_open_orders' }, 200, [madeOrder({ id: 'order-499' }), madeOrder({ id: 'order-500' })]);
  if (page.kind !== 'more' || last.kind === 'more') throw new Error('a page and the last one');
  const whole = wholeList([page], last);
  expect(whole.kind === 'orders' ? whole.orders.length : 0).toBe(501);
  const lost = answer({ kind: 'list_open_orders' }, 500, '');
  if (lost.kind === 'more') throw new Error('no page');
  expect(wholeList([page], lost)).toMatchObject({ kind: 'ambiguous' });
  expect(leadsOn([page], page)).toBe(false);
  expect(leadsOn([], page)).toBe(true);
  const many = Array.from({ length: PAGES_MAX }, (_, place) => ({ ...page, page: String(place) }));
  expect(leadsOn(many, page)).toBe(false);
});

test('I9: nothing that a server can say makes a mutation done that did not come back as it was asked', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...mutations),
      fc.integer({ min: 100, max: 599 }),
      fc.oneof(fc.json(), fc.string()),
      (ask, status, body) => {
        const told = answer(ask, status, body);
        expect(told.kind === 'order' || (told.kind === 'done' && body !== '')).toBe(false);
      },
    ),
  );
});

test('what is repeated of a text is short and on one line', () => {
  const told = answer(bracketAsk, 422, { message: `a\u001b[31m\n\u202e${'x'.repeat(100_000)}` });
  expect(told).toMatchObject({ kind: 'refused', said: `a [31m ${'x'.repeat(193)}` });
});
