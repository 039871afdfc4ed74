import { expect, test } from 'vitest';
import { at, bracket, Desk, text } from './desk.js';

const limit = { type: 'limit', limit_price: '9.50' };

/** 17:00 in New York on a Monday. */
const EVENING = at('2026-11-30T22:00:00Z');

test('AC-21: a DAY order ends with its session, a GTC order 90 days later at 16:15 in New York', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  const day = desk.place(limit);
  const gtc = desk.place({ ...limit, time_in_force: 'gtc' });
  expect(text(desk.order(day), 'expires_at').slice(0, 19)).toBe('2026-11-30T21:00:00');
  // 90 days after the last of November is the last of February, still in winter time.
  expect(text(desk.order(gtc), 'expires_at').slice(0, 19)).toBe('2027-02-28T21:15:00');
  desk.broker.advanceTo(at('2026-11-30T20:59:59Z'));
  expect(desk.status(day)).toBe('new');
  desk.broker.advanceTo(at('2026-11-30T21:00:00Z'));
  expect([desk.status(day), desk.status(gtc)]).toEqual(['expired', 'new']);
  desk.broker.advanceTo(at('2027-02-28T21:14:59Z'));
  expect(desk.status(gtc)).toBe('new');
  desk.broker.advanceTo(at('2027-02-28T21:15:00Z'));
  expect(desk.status(gtc)).toBe('canceled');
});

test('AC-22: an order after the close is queued for the next session, and cannot be replaced', () => {
  const desk = new Desk({ now: EVENING });
  desk.quote('AAA', 10);
  const { body } = desk.ask('POST', '/v2/orders', { symbol: 'AAA', side: 'buy', qty: '10', time_in_force: 'day', ...limit });
  const id = text(body, 'id');
  expect(text(body, 'status')).toBe('accepted');
  expect(text(body, 'expires_at').slice(0, 19)).toBe('2026-12-01T21:00:00');
  expect(desk.ask('PATCH', `/v2/orders/${id}`, { limit_price: '9.60' })).toMatchObject({
    status: 422,
    body: { message: 'cannot replace order in accepted status' },
  });
  desk.broker.advanceTo(at('2026-12-01T14:29:59Z'));
  desk.quote('AAA', 9.4);
  expect(desk.status(id)).toBe('accepted');
  desk.broker.advanceTo(at('2026-12-01T14:30:00Z'));
  desk.settle();
  expect(desk.order(id)).toMatchObject({ status: 'filled', filled_avg_price: '9.41' });
});

test('a bracket queued overnight comes to life as a whole', () => {
  const desk = new Desk({ now: EVENING });
  desk.quote('AAA', 10);
  const id = desk.place(bracket);
  expect(desk.order(id)).toMatchObject({ status: 'accepted', legs: [{ status: 'held' }, { status: 'held' }] });
  desk.broker.advanceTo(at('2026-12-01T14:30:00Z'));
  desk.settle();
  expect(desk.order(id)).toMatchObject({ status: 'filled', legs: [{ status: 'new' }, { status: 'held' }] });
});

const extendedRows: readonly [why: string, now: string, status: string][] = [
  ['before the open', '2026-11-30T13:00:00Z', 'filled'],
  ['after the close', '2026-11-30T22:00:00Z', 'filled'],
  ['in the night', '2026-12-01T02:00:00Z', 'filled'],
  ['on a Saturday', '2026-11-28T15:00:00Z', 'accepted'],
  ['in the night before a holiday', '2026-11-26T02:00:00Z', 'accepted'],
];
for (const [why, now, status] of extendedRows) {
  test(`an order for extended hours: ${why}`, () => {
    const desk = new Desk({ now: at(now) });
    desk.quote('AAA', 10);
    expect(desk.status(desk.place({ type: 'limit', limit_price: '10.10', extended_hours: true }))).toBe(status);
    expect(desk.status(desk.place({ type: 'limit', limit_price: '10.10' }))).toBe('accepted');
  });
}

test('orders for the auctions wait for them, and what does not fill in them ends', () => {
  const desk = new Desk({ now: at('2026-11-30T14:00:00Z') });
  desk.quote('AAA', 10);
  desk.quote('BBB', 20);
  const opg = desk.place({ time_in_force: 'opg' });
  const low = desk.place({ symbol: 'BBB', type: 'limit', limit_price: '15.00', time_in_force: 'opg' });
  const cls = desk.place({ time_in_force: 'cls', symbol: 'BBB' });
  expect([desk.status(opg), desk.status(low), desk.status(cls)]).toEqual(['accepted', 'accepted', 'accepted']);
  desk.broker.advanceTo(at('2026-11-30T14:30:00Z'));
  desk.settle();
  expect([desk.status(opg), desk.status(low), desk.status(cls)]).toEqual(['filled', 'canceled', 'accepted']);
  desk.broker.advanceTo(at('2026-11-30T21:00:00Z'));
  expect(desk.status(cls)).toBe('filled');
});

test('AC-19: early closes and both sorts of days are in the calendar, and orders end by it', () => {
  const desk = new Desk({ now: at('2026-11-27T15:00:00Z') });
  desk.quote('AAA', 10);
  expect(desk.get('/v2/calendar?start=2026-11-25&end=2026-11-30')).toEqual([
    { date: '2026-11-25', open: '09:30', close: '16:00', session_open: '0400', session_close: '2000', settlement_date: '2026-11-27' },
    { date: '2026-11-27', open: '09:30', close: '13:00', session_open: '0400', session_close: '1700', settlement_date: '2026-11-30' },
    { date: '2026-11-30', open: '09:30', close: '16:00', session_open: '0400', session_close: '2000', settlement_date: '2026-12-01' },
  ]);
  const id = desk.place(limit);
  expect(text(desk.order(id), 'expires_at').slice(0, 19)).toBe('2026-11-27T18:00:00');
  desk.broker.advanceTo(at('2026-11-27T18:00:00Z'));
  expect(desk.status(id)).toBe('expired');
  expect(desk.get('/v3/calendar/NYSE?start=2026-07-06&end=2026-07-06')).toMatchObject({
    calendar: [{ core_start: '2026-07-06T09:30:00-04:00', core_end: '2026-07-06T16:00:00-04:00' }],
  });
  expect(desk.get('/v3/calendar/NYSE?start=2026-11-30&end=2026-11-30')).toMatchObject({
    calendar: [{ core_start: '2026-11-30T09:30:00-05:00', core_end: '2026-11-30T16:00:00-05:00' }],
  });
  expect(desk.ask('GET', '/v2/calendar?start=yesterday').status).toBe(400);
});

const clocks: readonly [now: string, open: boolean, nextOpen: string, nextClose: string, phase: string][] = [
  ['2026-11-30T15:00:00Z', true, '2026-12-01T09:30:00-05:00', '2026-11-30T16:00:00-05:00', 'core'],
  ['2026-11-30T21:00:00Z', false, '2026-12-01T09:30:00-05:00', '2026-12-01T16:00:00-05:00', 'post'],
  ['2026-11-28T15:00:00Z', false, '2026-11-30T09:30:00-05:00', '2026-11-30T16:00:00-05:00', 'closed'],
  ['2026-07-06T12:00:00Z', false, '2026-07-06T09:30:00-04:00', '2026-07-06T16:00:00-04:00', 'pre'],
  ['2026-11-27T18:30:00Z', false, '2026-11-30T09:30:00-05:00', '2026-11-30T16:00:00-05:00', 'post'],
];
for (const [now, open, nextOpen, nextClose, phase] of clocks) {
  test(`the clock at ${now}`, () => {
    const desk = new Desk({ now: at(now) });
    expect(desk.get('/v2/clock')).toMatchObject({ is_open: open, next_open: nextOpen, next_close: nextClose });
    expect(desk.get('/v3/clock')).toMatchObject({ phase });
  });
}

test('E5: in a halt nothing fills, and what waits fills when trading resumes', () => {
  const desk = new Desk();
  desk.quote('AAA', 10);
  desk.broker.status('AAA', 'H', 'LUDP');
  const id = desk.place({});
  desk.quote('AAA', 9);
  expect(desk.status(id)).toBe('new');
  desk.broker.status('AAA', 'Q', '');
  expect(desk.status(id)).toBe('new');
  desk.broker.status('AAA', 'T', '');
  expect(desk.order(id)).toMatchObject({ status: 'filled', filled_avg_price: '9.01' });
});

test('a side that nobody quotes fills nothing', () => {
  const desk = new Desk();
  desk.broker.quote('AAA', 99_900, 0, 10, 0);
  const id = desk.place({});
  expect(desk.status(id)).toBe('new');
  desk.quote('AAA', 10);
  expect(desk.status(id)).toBe('filled');
});
