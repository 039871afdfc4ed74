import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { OrderId } from '#domain/orders/order';
import { cash } from '#domain/values/cash';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';
import { DayLog } from '#main/live/day-log';
import { at, opened } from '#tests/one-service';

test('what the broker says beside our orders is told in words', () => {
  const log = new DayLog(() => null);
  const lineOf = (event: Event): string | null => log.lineOf({ sequence: 1, at: at('10:00'), cause: 0, event });
  lineOf(opened(1));
  const order = '2018-03-12-7-stop' as OrderId;
  const symbol = symbolIndex(3);
  const events: readonly Event[] = [
    { kind: 'order_rejected', order, reason: 'wash_trade' },
    { kind: 'order_unknown', order, why: 'timeout' },
    { kind: 'broker_line_changed', state: 'lost', why: 'mute' },
    { kind: 'cover_missing', symbol, held: quantity(200), covered: quantity(50), since: at('10:00') },
    { kind: 'difference_found', difference: 'shares', symbol, ours: 100, theirs: 90, detail: '' },
    { kind: 'position_adjusted', symbol, shares: -10, price: price(1_000_000), cause: 'external_trade', bar: at('10:00') },
    { kind: 'name_quarantined', symbol, why: 'shares' },
  ];
  expect(events.map(lineOf)).toEqual([
    '10:00  REFUSED  the broker has not taken 2018-03-12-7-stop: wash trade',
    '10:00  UNKNOWN  nobody knows what became of 2018-03-12-7-stop (timeout); its capital stays reserved',
    '10:00  broker   lost: mute',
    '10:00  BARE     #3: 200 held, 50 under a stop',
    "10:00  DIFFERS  #3, shares: ours 100, the broker's 90",
    '10:00  ADJUSTED #3: -10 shares at 100.00 (external trade)',
    '10:00  no more  #3 is not entered: shares',
  ]);
});

test('both warnings of the day’s loss are lines, each with what is lost', () => {
  const log = new DayLog(() => null);
  const lineOf = (event: Event): string | null => log.lineOf({ sequence: 1, at: at('10:00'), cause: 0, event });
  lineOf(opened(1));
  const lines = [
    [-15_000_000, 0.75],
    [-18_000_000, 0.9],
  ].map(([pnl = 0, share = 0]) => lineOf({ kind: 'loss_warned', pnl: cash(pnl), limit: cash(20_000_000), share }));
  expect(lines).toEqual([
    expect.stringMatching(/10:00 {2}WARNING .*-1500\.00 of -2000\.00/),
    expect.stringMatching(/WARNING .*-1800\.00 of -2000\.00/),
  ]);
});
