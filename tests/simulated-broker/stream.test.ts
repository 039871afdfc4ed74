import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { noDelays } from '#simulation/broker/options';
import type { ServedStream } from '#simulation/broker/served';
import { Desk, keys, text } from './desk.js';

function connected(desk: Desk): ServedStream {
  const made = desk.broker.connect();
  if (!made.ok) throw new Error(`refused with ${made.status}`);
  return made.stream;
}

const say = (stream: ServedStream, ...messages: readonly unknown[]): readonly unknown[] => {
  for (const message of messages) stream.receive(typeof message === 'string' ? message : JSON.stringify(message));
  return stream.take().map((each) => JSON.parse(each) as unknown);
};

const authenticate = { action: 'authenticate', data: { key_id: keys.keyId, secret_key: keys.secret } };
const auth = { action: 'auth', key: keys.keyId, secret: keys.secret };
const listen = (...streams: readonly string[]) => ({ action: 'listen', data: { streams } });
const authorized = { stream: 'authorization', data: { status: 'authorized', action: 'authenticate' } };
const unauthorized = { stream: 'authorization', data: { status: 'unauthorized', action: 'authenticate' } };
const listening = (...streams: readonly string[]) => ({ stream: 'listening', data: { streams } });

const rows: readonly [why: string, said: readonly unknown[], heard: readonly unknown[]][] = [
  ['the documented form', [authenticate, listen('trade_updates')], [authorized, listening('trade_updates')]],
  ['the form of current clients', [auth, listen('trade_updates')], [authorized, listening('trade_updates')]],
  ['a wrong secret', [{ ...auth, secret: 'other' }], [unauthorized]],
  ['a second try after a wrong one', [{ ...auth, secret: 'other' }, auth], [unauthorized, authorized]],
  ['listening before', [listen('trade_updates')], [{ stream: 'authorization', data: { status: 'unauthorized', action: 'listen' } }]],
  ['a stream that does not exist', [auth, listen('trade_updates', 'account_updates')], [authorized, listening('trade_updates')]],
  ['the list replaces the one before', [auth, listen('trade_updates'), listen()], [authorized, listening('trade_updates'), listening()]],
  ['what is no message', [auth, 'nonsense', { action: 'dance' }], [authorized]],
];
for (const [why, said, heard] of rows) {
  test(`AC-16: authentication and listening: ${why}`, () => expect(say(connected(new Desk()), ...said)).toEqual(heard));
}

test('news tell the execution, the order as it is now, and the position', () => {
  const desk = new Desk({ habits: { namedNewsShare: 0 } });
  desk.quote('AAA', 10);
  const id = desk.place({});
  const [, accepted, filled] = desk.news();
  expect(accepted).toMatchObject({ event: 'new', execution_id: null, order: { id, status: 'new', legs: null } });
  expect(filled).toMatchObject({
    event: 'fill',
    price: '10.01',
    qty: '10',
    position_qty: '10',
    order: { id, status: 'filled', filled_qty: '10' },
  });
  expect(text(filled, 'execution_id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('whoever does not listen hears nothing, and there is no replay', () => {
  const desk = new Desk();
  const stream = connected(desk);
  desk.quote('AAA', 10);
  desk.place({});
  expect(say(stream, auth, listen('trade_updates'))).toEqual([authorized, listening('trade_updates')]);
  desk.place({});
  expect(stream.take().length).toBe(3);
  say(stream, listen());
  desk.place({});
  expect(stream.take()).toEqual([]);
});

test('a fill may be told before the answer to the order comes', () => {
  const desk = new Desk({ delays: { ...noDelays, response: { fromMs: 700, toMs: 700 } } });
  desk.quote('AAA', 10);
  const reply = desk.raw('POST', '/v2/orders', { symbol: 'AAA', side: 'buy', type: 'market', qty: '1', time_in_force: 'day' });
  desk.settle();
  expect(reply).toMatchObject({ kind: 'answer', delayMs: 700 });
  expect(desk.events()).toEqual(['pending_new', 'new', 'fill']);
});

test('news are due after their delay, in the order in which they were told, and the broker says when', () => {
  const desk = new Desk({ delays: { ...noDelays, event: { fromMs: 100, toMs: 300 } } });
  desk.quote('AAA', 10);
  desk.place({});
  expect(desk.events()).toEqual([]);
  const due = desk.broker.nextDue() ?? 0;
  expect(due).toBeGreaterThanOrEqual(desk.broker.now + 100);
  desk.broker.advanceTo(instant(due));
  expect(desk.events().length).toBeGreaterThan(0);
  desk.settle(300);
  expect(desk.events().at(-1)).toBe('fill');
});

test('AC-17: a second connection lives beside the first, or is refused until the place is free', () => {
  expect(new Desk().broker.connect()).toMatchObject({ ok: true });
  const desk = new Desk({ habits: { connections: { kind: 'one', heldMs: 90_000 } } });
  expect(desk.broker.connect()).toEqual({ ok: false, status: 429 });
  desk.stream.close();
  expect(desk.broker.connect()).toEqual({ ok: false, status: 429 });
  desk.settle(90_000);
  expect(desk.broker.connect()).toMatchObject({ ok: true });
});
