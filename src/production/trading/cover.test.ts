import { describe, expect, test } from 'vitest';
import type { Adjustment } from '#domain/events/account';
import type { Event, EventOf } from '#domain/events/event';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { at, of, opened } from '#tests/one-service';
import { approved, asked, cancelled, closesAt, fill, holding, id, tradingDay } from '#tests/one-trade';

const missing = (held = 150): Event => ({
  kind: 'cover_missing',
  symbol: symbolIndex(0),
  held: quantity(held),
  covered: quantity(0),
  since: instant(0),
});
const adjusted = (shares: number, cause: Adjustment, dollars = 100): EventOf<'position_adjusted'> => ({
  kind: 'position_adjusted',
  symbol: symbolIndex(0),
  shares,
  price: price(dollars * 10_000),
  cause,
  bar: at('10:02'),
});

describe('the broker says that shares have no stop', () => {
  test('B2: an entry that is only partly filled is ended, and what it brought gets a stop of its own when it has ended', () => {
    const alone = holding(150);
    expect(asked(alone.sees(missing(), at('10:02')))).toEqual(['cancel 7-entry (protection_missing)']);
    // Told again while the end is on its way: nothing more can be done.
    expect(asked(alone.sees(missing(), at('10:02')))).toEqual([]);
    expect(asked(alone.sees(cancelled('stop'), at('10:02')))).toEqual(['stop stop 150 stop 98 (protection_missing)']);
    expect(asked(alone.sees(cancelled('entry'), at('10:02')))).toEqual([]);
  });

  test('B3: a stop that the broker has silently left out is sent again, and after three more the shares are sold', () => {
    const alone = holding(200);
    const said = [1, 2, 3, 4].map(() => asked(alone.sees(missing(200), at('10:02'))));
    const again = (old: string): readonly string[] => [
      `cancel 7-${old} (protection_missing)`,
      'stop stop 200 stop 98 (protection_missing)',
    ];
    expect(said).toEqual([
      again('stop'),
      again('exit-1'),
      again('exit-2'),
      ['cancel 7-target (protection_missing)', 'cancel 7-exit-3 (protection_missing)', 'exit market 200 (protection_missing)'],
    ]);
  });

  test('shares that are on their way out need none', () => {
    const alone = holding(200);
    closesAt(alone, '15:58', 100);
    expect(asked(alone.sees(missing(200), at('15:58')))).toEqual([]);
  });

  test('B12: with the last price beyond the stop its group is ended and everything goes at the market', () => {
    const fallen = holding(200);
    closesAt(fallen, '10:02', 97);
    expect(asked(fallen.sees(missing(200), at('10:02')))).toEqual([
      'cancel 7-stop (protective_stop)',
      'cancel 7-target (protective_stop)',
      'exit market 200 (protective_stop)',
    ]);
  });
});

describe('the broker holds other shares than our orders brought', () => {
  test('D2: shares that nobody knew of are protected at once, 5 % below, and leave by the close', () => {
    const alone = tradingDay();
    const said = alone.sees(adjusted(400, 'orphan'), at('10:02'));
    expect(asked(said)).toEqual(['stop stop 400 stop 95 (protection_missing)']);
    const [stop] = of(said, 'order_requested').map(({ order }) => order.id);
    if (stop === undefined) throw new Error('a stop was sent');
    alone.sees({ kind: 'order_accepted', order: stop }, at('10:02'));
    // A stop of which no reason is known is not moved, however far the price goes.
    expect(closesAt(alone, '10:30', 130)).toEqual([]);
    expect(closesAt(alone, '15:58', 130)).toEqual([expect.stringContaining('cancel'), 'exit market 400 (flat_by_close)']);
  });

  test('D5: a short that somebody opened is bought back', () => {
    expect(asked(tradingDay().sees(adjusted(-100, 'external_trade'), at('10:02')))).toEqual(['exit market 100 (protection_missing)']);
  });

  test('D5: what somebody has sold beyond what is held is bought back, and has no stop of a long', () => {
    const alone = holding(200);
    const [exit] = of(alone.sees(adjusted(-250, 'external_trade'), at('10:02')), 'order_requested').map(({ order }) => order);
    expect(exit).toMatchObject({ side: 'buy', shares: 50, type: 'market' });
  });

  test('D1: a position that is not there ends its trade, and its orders are cancelled', () => {
    const alone = holding(200);
    const said = alone.sees(adjusted(-200, 'phantom', 99), at('10:02'));
    expect(asked(said)).toEqual(['cancel 7-stop (operator_close)', 'cancel 7-target (operator_close)']);
    expect(said.find(({ kind }) => kind === 'position_closed')).toMatchObject({ reason: 'operator_close', pnl: -2_000_000, shares: 200 });
    expect(closesAt(alone, '10:03', 101)).toEqual([]);
  });

  test('D3: a stop fits what is held, however many shares came or went', () => {
    const alone = holding(200);
    expect(asked(alone.sees(adjusted(-50, 'external_trade'), at('10:02')))).toEqual([
      'cancel 7-stop (protection_missing)',
      'stop stop 150 stop 98 (protection_missing)',
    ]);
  });

  test('what is held over night has a stop before anything else happens', () => {
    const alone = holding(200);
    closesAt(alone, '10:02', 101);
    const next = { ...opened(0), date: '2018-03-13' as SessionDate };
    expect(asked(alone.sees(next))).toEqual(['stop stop 200 stop 95.95 (protection_missing)']);
  });

  test('D7: after a split it is for the new shares, below what they are worth', () => {
    const alone = holding(200);
    closesAt(alone, '10:02', 101);
    alone.sees({ ...opened(0), date: '2018-03-13' as SessionDate });
    const split = { kind: 'split_took_effect', symbol: symbolIndex(0), ratio: 2 } as const;
    expect(asked(alone.sees(split))).toEqual(['cancel 10.0-exit-1 (protection_missing)', 'stop stop 400 stop 47.98 (protection_missing)']);
    expect(asked(alone.sees({ ...split, symbol: symbolIndex(1) }))).toEqual([]);
  });
});

test('B17: a way out that the broker has refused is sent again when the shares are told to be bare, and not only at the next minute', () => {
  const alone = holding(200);
  const [exit] = of(
    alone.sees({ kind: 'halt_ordered', reason: 'requested', level: 'flatten', pnl: cash(0), limit: cash(0) }, at('10:02')),
    'order_requested',
  );
  if (exit === undefined) throw new Error('a way out was sent');
  alone.sees({ kind: 'order_rejected', order: exit.order.id, reason: 'other' }, at('10:02'));
  expect(asked(alone.sees(missing(200), at('10:02')))).toEqual(['exit market 200 (protection_missing)']);
  expect(asked(alone.sees(missing(200), at('10:02')))).toEqual([]);
});

test('G1: orders of several positions that are taken over in one step have names of their own', () => {
  const alone = holding(200);
  alone.sees({ ...adjusted(50, 'orphan'), symbol: symbolIndex(1) }, at('10:02'));
  const said = alone.sees({ ...opened(0), date: '2018-03-13' as SessionDate });
  const names = of(said, 'order_requested').map(({ order }) => order.id);
  expect(names).toHaveLength(2);
  expect(new Set(names).size).toBe(2);
});

test('G1: an entry that still works when the next session opens is ended: nobody was there to end it', () => {
  const alone = tradingDay();
  alone.sees(approved(), at('10:00'));
  expect(asked(alone.sees({ ...opened(0), date: '2018-03-13' as SessionDate }))).toEqual(['cancel 7-entry (entry_stale)']);
  expect(asked(tradingDay().sees({ ...opened(0), date: '2018-03-13' as SessionDate }))).toEqual([]);
});

test('B5: a fill that crosses the cancel of an entry whose shares somebody else has sold is protected', () => {
  const alone = holding(150);
  expect(asked(alone.sees(adjusted(-150, 'external_trade'), at('10:02')))).toContain('cancel 7-entry (operator_close)');
  expect(asked(alone.sees(fill(id('entry'), 'buy', 50, 100), at('10:02')))).toEqual(['stop stop 50 stop 98 (protection_missing)']);
});
