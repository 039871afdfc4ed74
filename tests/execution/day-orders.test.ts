import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { id } from '../one-trade.js';
import { held, parts, quiet } from './held.js';
import { now, opening, type Script } from './script.js';

const close = instant(Date.UTC(2026, 10, 30, 21, 0, 0));
const UNTIL_15_45 = close - 15 * 60_000 - opening;

/** A position whose bracket the broker keeps for the day only, or till it is cancelled. */
function protectedFor(timeInForce: 'day' | 'gtc'): Script {
  const script = held();
  script.record({
    kind: 'session_opened',
    date: '2026-11-30' as SessionDate,
    open: instant(opening - 30 * 60_000),
    close,
    openMinute: 570,
    closeMinute: 960,
    history: false,
    listed: [],
  });
  for (const leg of [parts(script).target, parts(script).stop]) script.told(now(leg, { timeInForce }, 3));
  quiet(script);
  return script;
}

test('B10: a stop for the day is told of as none a quarter of an hour before the close', () => {
  const script = protectedFor('day');
  script.wait(UNTIL_15_45);
  expect(script.takeSaid()).toEqual([]);
  script.wait(5_000);
  expect(script.takeSaid()).toEqual(['uncovered 200 of 200']);
});

test('B10: one that lasts takes its place, and not by a replace: that would be for the day again', () => {
  const script = protectedFor('day');
  script.wait(UNTIL_15_45 + 5_000);
  script.act({ cancels: [id('stop')], orders: [[script.exit(200, { stop: 98 })]] });
  expect(script.takeSent()).toEqual(['cancel b2 (protect)']);
  script.answer('cancel_order', { kind: 'done' });
  const { target, stop } = parts(script);
  script.world.positions = [script.position(200)];
  script.told(now(target, { status: 'canceled' }, 5));
  script.told(now(stop, { status: 'canceled' }, 5));
  expect(script.takeSent()).toEqual(['sell 200 stop 98 exit-1-1 (protect)']);
});

test('B10: a stop that lasts covers on, before the close and after it', () => {
  const script = protectedFor('gtc');
  script.wait(UNTIL_15_45 + 3_600_000);
  expect(script.takeSaid()).toEqual([]);
});

test('B10: what ends at the close without a word is found in the lists, and told of', () => {
  const script = protectedFor('gtc');
  script.wait(close - opening);
  const { target, stop } = parts(script);
  script.put(now(target, { status: 'expired' }, 5));
  script.put(now(stop, { status: 'expired' }, 5));
  script.world.positions = [script.position(200)];
  script.wait(66_000);
  expect(script.takeSaid()).toEqual(['cancelled target 200', 'cancelled stop 200', 'uncovered 200 of 200']);
});
