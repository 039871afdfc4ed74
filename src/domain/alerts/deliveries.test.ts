import { expect, test } from 'vitest';
import { Deliveries, nextTry } from '#domain/alerts/deliveries';
import type { Message } from '#domain/alerts/message';
import { DAY_MS, instant } from '#domain/values/instant';

const message = (id: number, severity: Message['severity'] = 'critical'): Message => ({
  id,
  at: instant(0),
  purpose: 'alert',
  severity,
  alerts: [id],
  open: [],
  escalated: false,
});
const failure = {
  severity: 'critical',
  postedAt: instant(0),
  now: instant(1_000),
  attempts: 1,
  isRefused: false,
  wishMs: null,
  chance: 1,
} as const;

test('pauses double from two seconds to five minutes, and half of them is chance', () => {
  const pauses = [1, 2, 3, 4, 8, 9, 40].map((attempts) => (nextTry({ ...failure, attempts }) ?? 0) - 1_000);
  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 256_000, 300_000, 300_000]);
  expect(nextTry({ ...failure, chance: 0 })).toBe(2_000);
});

test('a wish of the other side is heeded up to five minutes', () => {
  expect(nextTry({ ...failure, wishMs: 45_000 })).toBe(46_000);
  expect(nextTry({ ...failure, wishMs: DAY_MS })).toBe(301_000);
});

test('M1: a critical message is tried for ever, another one until it is hopeless', () => {
  const old = { ...failure, now: instant(2 * DAY_MS), attempts: 500, isRefused: true };
  expect(nextTry(old)).not.toBeNull();
  expect(nextTry({ ...old, severity: 'warning' })).toBeNull();
  expect(nextTry({ ...failure, severity: 'warning', isRefused: true, attempts: 2 })).not.toBeNull();
  expect(nextTry({ ...failure, severity: 'warning', isRefused: true, attempts: 3 })).toBeNull();
});

test('M1: a critical message that no channel has taken is kept, one that somebody has taken is not', () => {
  const deliveries = new Deliveries();
  deliveries.posted(message(1), ['gone']);
  deliveries.failed(1, 'gone', null);
  expect(deliveries.carried).toHaveLength(1);
  deliveries.rerouted(1, ['mail']);
  deliveries.delivered(1, 'mail');
  expect(deliveries.carried).toEqual([]);
});

test('what was begun and never answered is tried again, and its count says so', () => {
  const deliveries = new Deliveries();
  deliveries.posted(message(1), ['mail', 'chat']);
  deliveries.tried(1, 'mail');
  const again = new Deliveries(structuredClone(deliveries.state));
  expect(again.carried[0]?.pending).toEqual([
    { message: 1, channel: 'mail', attempts: 1, nextAt: 0 },
    { message: 1, channel: 'chat', attempts: 0, nextAt: 0 },
  ]);
});

test('failures in a row are counted by channel and end with what is delivered', () => {
  const deliveries = new Deliveries();
  deliveries.posted(message(1), ['mail', 'chat']);
  deliveries.failed(1, 'mail', instant(5));
  deliveries.failed(1, 'mail', instant(5));
  deliveries.failed(1, 'chat', instant(5));
  expect([deliveries.failuresOf('mail'), deliveries.failuresOf('chat')]).toEqual([2, 1]);
  deliveries.delivered(1, 'mail');
  expect([deliveries.failuresOf('mail'), deliveries.failuresOf('chat')]).toEqual([0, 1]);
});
