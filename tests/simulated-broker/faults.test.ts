import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import type { FaultRule, RequestEffect, StreamEffect } from '#simulation/broker/fault-rule';
import { bracket, Desk, json, keys, rows as listed, MORNING, text } from './desk.js';

const order = { symbol: 'AAA', side: 'buy', type: 'market', qty: '10', time_in_force: 'day', client_order_id: 'mine' };

const onPost = (effect: RequestEffect): FaultRule => ({ name: 'fault', on: 'request', method: 'POST', path: '/v2/orders', effect });

type Row = { readonly why: string; readonly effect: RequestEffect; readonly reply: object; readonly landed: boolean };

const rows: readonly Row[] = [
  { why: 'A2: dropped before anybody saw it', effect: { kind: 'drop_before', how: 'silence' }, reply: { kind: 'silence' }, landed: false },
  { why: 'A2: reset before anybody saw it', effect: { kind: 'drop_before', how: 'reset' }, reply: { kind: 'reset' }, landed: false },
  { why: 'A1: done, and the answer never comes', effect: { kind: 'drop_after', how: 'silence' }, reply: { kind: 'silence' }, landed: true },
  { why: 'A1: done, and the line is reset', effect: { kind: 'drop_after', how: 'reset' }, reply: { kind: 'reset' }, landed: true },
  {
    why: 'A1: done, and the answer is late',
    effect: { kind: 'delay', ms: 40_000 },
    reply: { kind: 'answer', delayMs: 40_000, status: 200 },
    landed: true,
  },
  { why: 'A3: the body is cut', effect: { kind: 'truncate', bytes: 17 }, reply: { kind: 'cut', bytes: 17, status: 200 }, landed: true },
  { why: 'A3: the body is an empty object', effect: { kind: 'empty_object' }, reply: { status: 200, body: '{}' }, landed: true },
  {
    why: 'A3: the body is a page',
    effect: { kind: 'html', status: 200 },
    reply: { status: 200, headers: { 'content-type': 'text/html' }, body: expect.stringContaining('<html>') },
    landed: true,
  },
  {
    why: '500 before',
    effect: { kind: 'answer', when: 'before', status: 500, code: 50010000, message: 'internal server error' },
    reply: { status: 500 },
    landed: false,
  },
  {
    why: 'A1: 504 after',
    effect: { kind: 'answer', when: 'after', status: 504, code: 50010000, message: 'gateway timeout' },
    reply: { status: 504 },
    landed: true,
  },
  {
    why: '429 with headers',
    effect: { kind: 'rate_limited', headers: 'right' },
    reply: { status: 429, headers: { 'x-ratelimit-remaining': '0', 'retry-after': '1' } },
    landed: false,
  },
  {
    why: '429 without headers',
    effect: { kind: 'rate_limited', headers: 'none' },
    reply: { status: 429, headers: { 'x-request-id': expect.any(String) } },
    landed: false,
  },
  {
    why: '429 with headers of yesterday',
    effect: { kind: 'rate_limited', headers: 'wrong' },
    reply: { status: 429, headers: { 'x-ratelimit-reset': String(MORNING / 1000 - 3600) } },
    landed: false,
  },
  {
    why: 'A12: a status that nobody knows',
    effect: { kind: 'set_field', field: 'status', value: 'pondering' },
    reply: { status: 200, body: expect.stringContaining('"status":"pondering"') },
    landed: true,
  },
  {
    why: 'a field that nobody knows',
    effect: { kind: 'set_field', field: 'mood', value: 'fine' },
    reply: { body: expect.stringContaining('"mood":"fine"') },
    landed: true,
  },
  {
    why: 'a field that is missing',
    effect: { kind: 'remove_field', field: 'filled_qty' },
    reply: { body: expect.not.stringContaining('filled_qty') },
    landed: true,
  },
];
for (const { why, effect, reply, landed } of rows) {
  test(`a request: ${why}`, () => {
    const desk = new Desk({ faults: [onPost(effect)] });
    desk.quote('AAA', 10);
    expect(desk.raw('POST', '/v2/orders', order)).toMatchObject(reply);
    expect(desk.ask('GET', '/v2/orders:by_client_order_id?client_order_id=mine').status).toBe(landed ? 200 : 404);
    expect(desk.broker.faultsFired).toEqual([{ name: 'fault', at: MORNING, to: 'POST /v2/orders' }]);
  });
}

test('A3: a body that is whole and no JSON', () => {
  const desk = new Desk({ faults: [onPost({ kind: 'corrupt_json' })] });
  const reply = desk.raw('POST', '/v2/orders', order);
  expect(reply.kind).toBe('answer');
  expect(() => json(reply.kind === 'answer' ? reply.body : '{}')).toThrow();
});

test('a rule fires from its nth match on, so many times, for its name and its sort of order alone', () => {
  const desk = new Desk({
    faults: [
      {
        name: 'exits',
        on: 'request',
        method: 'POST',
        path: '/v2/*',
        ticker: 'AAA',
        role: 'exit',
        nth: 2,
        times: 1,
        effect: { kind: 'html', status: 502 },
      },
    ],
  });
  desk.quote('AAA', 10);
  desk.quote('BBB', 20);
  desk.place({});
  desk.place({ symbol: 'BBB' });
  const sell = (symbol: string): number =>
    desk.ask('POST', '/v2/orders', { symbol, side: 'sell', type: 'market', qty: '1', time_in_force: 'day' }).status;
  expect([sell('AAA'), sell('BBB')]).toEqual([200, 200]);
  expect(desk.raw('POST', '/v2/orders', { symbol: 'AAA', side: 'sell', type: 'market', qty: '1', time_in_force: 'day' })).toMatchObject({
    status: 502,
  });
  expect(sell('AAA')).toBe(200);
});

test('rules come and go while it runs', () => {
  const desk = new Desk();
  desk.broker.addFault({
    name: 'down',
    on: 'request',
    times: 0,
    effect: { kind: 'answer', when: 'before', status: 503, code: 50010000, message: 'unavailable' },
  });
  expect([desk.ask('GET', '/v2/clock').status, desk.ask('GET', '/v2/account').status]).toEqual([503, 503]);
  desk.broker.removeFault('down');
  expect(desk.ask('GET', '/v2/clock').status).toBe(200);
});

test('D12: a view that is old tells what was then', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.settle(10_000);
  const id = desk.place({});
  desk.settle(1000);
  desk.broker.addFault({ name: 'old', on: 'request', method: 'GET', times: 0, effect: { kind: 'stale', ms: 5000 } });
  expect([desk.get('/v2/orders?status=all'), desk.get('/v2/positions'), desk.ask('GET', `/v2/orders/${id}`).status]).toEqual([[], [], 404]);
  expect(desk.get('/v2/account')).toMatchObject({ cash: '100000' });
  desk.settle(5000);
  expect(desk.status(id)).toBe('filled');
});

test('D12: a list that is short, or empty, looks whole', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.quote('BBB', 20);
  desk.place({});
  desk.place({ symbol: 'BBB' });
  desk.broker.addFault({ name: 'short', on: 'request', path: '/v2/positions', effect: { kind: 'short_list', rows: 1 } });
  expect(desk.get('/v2/positions')).toMatchObject([{ symbol: 'AAA' }]);
  desk.broker.addFault({ name: 'empty', on: 'request', path: '/v2/positions', effect: { kind: 'short_list', rows: 0 } });
  expect(desk.get('/v2/positions')).toEqual([]);
  expect(listed(desk.get('/v2/positions')).length).toBe(2);
});

test('keys that expire at an instant are good before it and bad after', () => {
  const desk = new Desk({ faults: [{ name: 'expired', on: 'standing', effect: 'keys_expired', from: instant(MORNING + 1000) }] });
  expect(desk.ask('GET', '/v2/clock').status).toBe(200);
  desk.settle(1000);
  expect([desk.ask('GET', '/v2/clock').status, desk.ask('GET', '/v2/clock').status]).toEqual([401, 401]);
  const connected = desk.broker.connect();
  if (connected.ok) connected.stream.receive(JSON.stringify({ action: 'auth', key: keys.keyId, secret: keys.secret }));
  expect(connected.ok ? connected.stream.take() : []).toEqual([expect.stringContaining('unauthorized')]);
  expect(desk.broker.faultsFired).toHaveLength(1);
});

test('a client id is taken twice where the broker has forgotten to look', () => {
  const desk = new Desk({ faults: [{ name: 'twice', on: 'standing', effect: 'ids_not_unique' }] });
  desk.quote('AAA', 10);
  expect([desk.ask('POST', '/v2/orders', order).status, desk.ask('POST', '/v2/orders', order).status]).toEqual([200, 200]);
});

test('C3: a handshake is refused for a while', () => {
  const desk = new Desk();
  desk.broker.addFault({ name: 'busy', on: 'handshake', status: 429, times: 2 });
  expect([desk.broker.connect(), desk.broker.connect()]).toEqual([
    { ok: false, status: 429 },
    { ok: false, status: 429 },
  ]);
  expect(desk.broker.connect()).toMatchObject({ ok: true });
});

const onFill = (effect: StreamEffect, event = 'fill'): FaultRule => ({ name: 'fault', on: 'event', event, effect });

const streamRows: readonly [why: string, rule: FaultRule, heard: readonly string[]][] = [
  ['C4: a fill is lost', onFill({ kind: 'lose' }), ['pending_new', 'new']],
  ['C1: a fill is told three times', onFill({ kind: 'duplicate', copies: 3 }), ['pending_new', 'new', 'fill', 'fill', 'fill']],
  ['C2: what was first is told later', onFill({ kind: 'reorder', window: 1 }, 'new'), ['pending_new', 'fill', 'new']],
  ['C2: one comes late', onFill({ kind: 'delay', ms: 5000 }, 'new'), ['pending_new', 'fill']],
  ['the line goes mute', onFill({ kind: 'mute', ms: 5000, pings: true }, 'new'), ['pending_new']],
];
for (const [why, rule, heard] of streamRows) {
  test(`news: ${why}`, () => {
    const desk = new Desk({ faults: [rule] });
    desk.quote('AAA', 10);
    const id = desk.place({});
    expect(desk.events()).toEqual(heard);
    expect(desk.status(id)).toBe('filled');
    expect(desk.broker.invariants()).toEqual([]);
  });
}

test('C1: a fill that is told three times has one execution', () => {
  const desk = new Desk({ faults: [onFill({ kind: 'duplicate', copies: 3 })] });
  desk.quote('AAA', 10);
  desk.place({});
  const told = desk.news().slice(2);
  expect(new Set(told.map((each) => text(each, 'execution_id'))).size).toBe(1);
});

test('a mute line answers pings or does not, says nothing, and speaks again', () => {
  const desk = new Desk({ faults: [onFill({ kind: 'mute', ms: 5000, pings: false }, 'pending_new')] });
  desk.quote('AAA', 10);
  desk.place({});
  expect([desk.stream.answersPings, desk.events(), desk.stream.ended]).toEqual([false, [], null]);
  desk.settle(5000);
  desk.place({});
  expect([desk.stream.answersPings, desk.events()]).toEqual([true, ['pending_new', 'new', 'fill']]);
});

test('C3: the line breaks at an event, and what follows is told to nobody', () => {
  const desk = new Desk({ faults: [onFill({ kind: 'reset', code: 1006 }, 'new')] });
  desk.quote('AAA', 10);
  const id = desk.place({});
  expect([desk.stream.ended, desk.stream.take()]).toEqual([1006, []]);
  expect(desk.status(id)).toBe('filled');
});

test('A12: news with a word that nobody knows, and news that are no JSON', () => {
  const desk = new Desk({
    faults: [onFill({ kind: 'set_field', field: 'event', value: 'pondered' }, 'new'), { ...onFill({ kind: 'corrupt_json' }), name: 'cut' }],
  });
  desk.quote('AAA', 10);
  desk.place({});
  const messages = desk.stream.take();
  expect(messages[1]).toContain('"event":"pondered"');
  expect(() => json(messages[2] ?? '{}')).toThrow();
});

const entered = (...faults: readonly FaultRule[]): { desk: Desk; id: string; leg: (role: 'target' | 'stop') => string } => {
  const desk = new Desk({ faults });
  desk.quote('AAA', 10);
  desk.trade('AAA', 10);
  const id = desk.place(bracket);
  desk.settle();
  return { desk, id, leg: (role) => text(desk.leg(id, role), 'status') };
};

test('B3: a group is taken without its legs', () => {
  const { desk, id } = entered({ name: 'bare', on: 'order', effect: 'legs_ignored' });
  expect(desk.order(id)).toMatchObject({ status: 'filled', order_class: 'bracket', legs: null });
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty_available: '10' });
});

test('B3: a group is taken without its stop alone', () => {
  const { desk, id } = entered({ name: 'bare', on: 'order', role: 'stop', effect: 'leg_ignored' });
  expect(desk.order(id)).toMatchObject({ legs: [{ type: 'limit', status: 'new' }] });
  expect(desk.broker.invariants()).toEqual([]);
});

test('the name of an order is not kept', () => {
  const desk = new Desk({ faults: [{ name: 'nameless', on: 'order', effect: 'client_id_lost' }] });
  desk.quote('AAA', 10);
  const { body } = desk.ask('POST', '/v2/orders', order);
  expect(text(body, 'client_order_id')).not.toBe('mine');
  expect(desk.ask('GET', '/v2/orders:by_client_order_id?client_order_id=mine').status).toBe(404);
});

test('a replacement never comes to an end, and the old order refuses cancels', () => {
  const desk = new Desk({ faults: [{ name: 'stuck', on: 'order', effect: 'replace_stuck' }] });
  desk.quote('AAA', 10);
  const id = desk.place({ type: 'limit', limit_price: '9.50', time_in_force: 'gtc' });
  const by = text(desk.ask('PATCH', `/v2/orders/${id}`, { limit_price: '9.60' }).body, 'id');
  desk.settle(3_600_000);
  expect([desk.status(id), desk.status(by), desk.ask('DELETE', `/v2/orders/${id}`).status]).toEqual([
    'pending_replace',
    'pending_new',
    422,
  ]);
});

test('B3: one leg is rejected when its entry has filled', () => {
  const { leg } = entered({ name: 'stop', on: 'order', role: 'stop', effect: 'leg_rejected' });
  expect([leg('target'), leg('stop')]).toEqual(['new', 'rejected']);
});

test('A10: an order is rejected after its 200', () => {
  const desk = new Desk({ faults: [{ name: 'no', on: 'order', role: 'entry', effect: 'rejected_later' }] });
  desk.quote('AAA', 10);
  expect(desk.ask('POST', '/v2/orders', order).body).toMatchObject({ status: 'pending_new' });
  desk.settle();
  expect(desk.get('/v2/orders:by_client_order_id?client_order_id=mine')).toMatchObject({
    status: 'rejected',
    failed_at: expect.any(String),
  });
});

test('a cancel never leaves pending_cancel', () => {
  const desk = new Desk({ faults: [{ name: 'stuck', on: 'order', effect: 'cancel_stuck' }] });
  desk.quote('AAA', 10);
  const id = desk.place({ type: 'limit', limit_price: '9.50', time_in_force: 'gtc' });
  expect(desk.ask('DELETE', `/v2/orders/${id}`).status).toBe(204);
  desk.settle(3_600_000);
  expect(desk.status(id)).toBe('pending_cancel');
});

test('B5: the fill comes after the cancel was received', () => {
  const desk = new Desk({ faults: [{ name: 'late', on: 'order', effect: 'fill_over_cancel' }] });
  desk.quote('AAA', 10);
  const id = desk.place({ type: 'limit', limit_price: '9.50' });
  expect(desk.ask('DELETE', `/v2/orders/${id}`).status).toBe(204);
  desk.settle();
  expect(desk.order(id)).toMatchObject({ status: 'filled', filled_avg_price: '9.5' });
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '10' });
});

for (const first of ['target', 'stop'] as const) {
  test(`B9: both exits fill, the ${first} first, and the position is short`, () => {
    const { desk, leg } = entered({ name: 'both', on: 'order', effect: 'both_legs_fill' });
    desk.quote('AAA', first === 'target' ? 11.1 : 9.5);
    desk.trade('AAA', first === 'target' ? 11.1 : 9.5);
    desk.settle();
    expect([leg('target'), leg('stop')]).toEqual(['filled', 'filled']);
    expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '-10', side: 'short' });
    expect(desk.broker.invariants()).toEqual([]);
  });
}

test('a stop that triggers goes on under another id', () => {
  const { desk, id } = entered({ name: 'renamed', on: 'order', role: 'stop', effect: 'stop_by_replacement' });
  const stop = text(desk.leg(id, 'stop'), 'id');
  desk.quote('AAA', 9.5);
  desk.trade('AAA', 9.5);
  expect(desk.status(stop)).toBe('replaced');
  expect(desk.order(text(desk.order(stop), 'replaced_by'))).toMatchObject({ status: 'filled', replaces: stop, type: 'market' });
  expect(desk.ask('GET', '/v2/positions/AAA').status).toBe(404);
  expect(desk.broker.invariants()).toEqual([]);
});

test('B1: an order that could fill at once gets a part first, and the rest soon after', () => {
  const desk = new Desk({ faults: [{ name: 'part', on: 'order', role: 'entry', effect: 'part_first' }] });
  desk.quote('AAA', 10);
  const id = desk.place(bracket);
  expect(desk.status(id)).toBe('partially_filled');
  desk.settle(3_000);
  expect(desk.order(id)).toMatchObject({ status: 'filled', filled_qty: '10' });
  expect(desk.broker.invariants()).toEqual([]);
});

test('B13: after a part of the target neither leg works for the rest', () => {
  const desk = new Desk({
    habits: { depth: 'displayed' },
    faults: [{ name: 'dead', on: 'order', role: 'target', effect: 'target_deadlock' }],
  });
  desk.quote('AAA', 10);
  desk.trade('AAA', 10);
  const id = desk.place(bracket);
  desk.broker.quote('AAA', 110_000, 110_200, 3, 3);
  desk.quote('AAA', 12);
  desk.quote('AAA', 9);
  desk.trade('AAA', 9);
  expect(desk.leg(id, 'target')).toMatchObject({ status: 'partially_filled', filled_qty: '3' });
  expect(desk.leg(id, 'stop')).toMatchObject({ status: 'held', filled_qty: '0' });
  expect(desk.get('/v2/positions/AAA')).toMatchObject({ qty: '7', qty_available: '0' });
});

test('C4: the end of the stop is never told after the target has filled', () => {
  const { desk, leg } = entered({ name: 'silent', on: 'event', event: 'canceled', role: 'stop', times: 0, effect: { kind: 'lose' } });
  desk.events();
  desk.quote('AAA', 11.1);
  expect(desk.events()).toEqual(['fill']);
  expect(leg('stop')).toBe('canceled');
});

test('every rule is data: it survives JSON', () => {
  const rules: readonly FaultRule[] = [
    onPost({ kind: 'truncate', bytes: 9 }),
    { name: 'late', on: 'standing', effect: 'keys_expired', from: instant(5) },
  ];
  expect(JSON.parse(JSON.stringify(rules))).toEqual(rules);
});
