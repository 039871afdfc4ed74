import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { defaultSettings } from '#domain/settings';
import { symbolIndex } from '#domain/values/symbol';
import { frame, still } from '#tests/bar-columns';
import { type Alone, at, closed, intentOf, minuteOf, of } from '#tests/one-service';
import {
  asks,
  entryOf,
  filled,
  limited,
  nextDay,
  openDay,
  reasons,
  rejected,
  SYMBOLS,
  settled,
  spread,
  supervised,
  taught,
  VOLUME,
} from '#tests/watched-account';

const wants = (alone: Alone, clock: string, limit = 1_000_000): readonly Event[] =>
  alone.sees({ kind: 'intent_formed', intent: intentOf(1, { limit: limit as never, target: (limit + 200_000) as never }) }, at(clock));
const bar = (price: number) => Array.from({ length: SYMBOLS }, () => still(price, VOLUME));

describe('what the market says of the name', () => {
  test('F1: a bar of five minutes ago is good enough, one of six is not', () => {
    const alone = openDay();
    alone.seesBars('10:00', bar(1_000_000));
    expect(reasons(wants(alone, '10:06'))).toEqual(['quote_stale']);
    expect(reasons(wants(alone, '10:05'))).toEqual([]);
  });

  test('a bar of another name makes this one no younger', () => {
    const alone = openDay();
    alone.seesBars('10:00', bar(1_000_000));
    alone.seesBars('10:06', [still(1_000_000, VOLUME), null, still(1_000_000, VOLUME)]);
    expect(reasons(wants(alone, '10:06'))).toEqual(['quote_stale']);
  });

  test('a price outside of the regular session is no quote', () => {
    const alone = openDay();
    alone.sees({ kind: 'bars_closed', frame: frame(minuteOf('09:29'), bar(1_000_000), false) }, at('09:30'));
    expect(reasons(wants(alone, '09:32'))).toContain('quote_stale');
  });

  test('F1: what has not traded today has a quote of no age', () => {
    const [refused] = of(wants(openDay(), '10:00'), 'intent_refused');
    expect(refused?.refusals).toContainEqual({ kind: 'quote_stale', minutes: null, max: 5 });
  });

  test('yesterday is no quote', () => {
    const alone = openDay();
    alone.seesBars('15:59', bar(1_000_000));
    alone.sees(closed());
    nextDay(alone);
    expect(reasons(wants(alone, '10:00'))).toEqual(['quote_stale', 'far_from_last']);
  });

  test('F3: a jump waits for the next bar: one near it confirms it, one far from it is a jump again', () => {
    const alone = openDay();
    alone.seesBars('10:00', bar(1_200_000));
    expect(reasons(wants(alone, '10:00', 1_200_000))).toEqual(['jump_unconfirmed']);
    alone.seesBars('10:01', bar(1_201_000));
    expect(reasons(wants(alone, '10:01', 1_200_000))).toEqual([]);
    alone.seesBars('10:02', bar(1_000_000));
    expect(reasons(wants(alone, '10:02'))).toContain('jump_unconfirmed');
  });

  test('F3: a limit far from the close of the session before is refused, however near the last price', () => {
    const alone = openDay();
    for (const clock of ['10:00', '10:01']) alone.seesBars(clock, bar(1_500_100));
    expect(reasons(wants(alone, '10:01', 1_500_100))).toEqual(['far_from_close']);
    expect(reasons(wants(alone, '10:01', 1_500_000))).toEqual([]);
  });

  test.each([
    ['three for one', 333_300],
    ['one for two', 2_000_000],
    ['one for ten', 10_000_000],
  ])('F7: a split that nobody has told, %s, is a price too far from the close before, however often it is confirmed', (_, price) => {
    const alone = openDay();
    for (const clock of ['10:00', '10:01', '10:02']) {
      alone.seesBars(clock, bar(price));
      expect(reasons(wants(alone, clock, price))).toContain('far_from_close');
    }
  });

  test('F7: after a split the past of a name is unknown, and unknown is refused', () => {
    const alone = openDay();
    alone.sees({ kind: 'split_took_effect', symbol: symbolIndex(1), ratio: 2 });
    alone.seesBars('10:00', bar(1_000_000));
    expect(reasons(wants(alone, '10:00'))).toEqual(['far_from_close']);
  });

  test('an order is at most its share of what usually trades in a day: the mean of the sessions before, with those of no trade', () => {
    const alone = openDay(limited({ dayShareMax: 0.0002 }));
    const traded = [100, 10_000, null, 50_000_000].map((volume, i) => {
      const clock = `1${i}:00`;
      if (volume !== null) alone.seesBars(clock, [null, still(1_000_000, volume)]);
      const shares = of(wants(alone, clock), 'intent_approved')[0]?.order.shares ?? null;
      alone.sees(closed());
      nextDay(alone);
      return shares;
    });
    // 1,000,000; then the mean with 100; with 10,000; with nothing: today's own volume never counts.
    expect(traded).toEqual([200, 100, null, 50]);
  });

  test('from the twentieth session on each new one counts for a twentieth', () => {
    const alone = openDay(limited({ dayShareMax: 0.00005 }));
    for (let session = 2; session <= 21; session++) {
      alone.seesBars('10:00', [null, still(1_000_000, session === 21 ? 21 * VOLUME : VOLUME)]);
      alone.sees(closed());
      nextDay(alone);
    }
    // Nineteen parts of 1,000,000 and one of 21,000,000 are 2,000,000.
    expect(of(asks(alone, 1), 'intent_approved')[0]?.order.shares).toBe(100);
  });

  test('before its first session has ended, what a name has traded today is all that is known', () => {
    const alone = openDay();
    alone.sees({ kind: 'split_took_effect', symbol: symbolIndex(1), ratio: 2 });
    alone.seesBars('10:00', [null, still(1_000_000, 5000)]);
    alone.seesBars('10:01', [null, still(1_000_000, 5000)]);
    expect(of(wants(alone, '10:01'), 'intent_refused')[0]).toMatchObject({ shares: 100, refusals: [{ kind: 'far_from_close' }] });
  });
});

test('what would have to leave in the next minute may not enter', () => {
  const early = { ...defaultSettings, exits: { ...defaultSettings.exits, limitBeforeClose: 60 } };
  expect(reasons(asks(openDay(early), 1, '14:59'))).toEqual([]);
  expect(reasons(asks(openDay(early), 1, '15:00'))).toEqual(['entries_closed']);
});

describe('what is known of the name', () => {
  test('E5: halted is refused until it trades again; what the broker does not trade as well', () => {
    const alone = openDay();
    for (const status of ['halted', 'not_tradable'] as const) {
      alone.sees({ kind: 'asset_status_changed', symbol: symbolIndex(1), status });
      expect(reasons(asks(alone, 1))).toEqual(['not_tradable']);
    }
    alone.sees({ kind: 'asset_status_changed', symbol: symbolIndex(1), status: 'trading' });
    expect(reasons(asks(alone, 1))).toEqual([]);
  });

  test.each<readonly [what: string, permitted: { only: string[]; never: string[] }, refused: readonly string[]]>([
    ['not on the permitted list', { only: ['S2'], never: [] }, ['name_not_permitted']],
    ['on the restricted list', { only: [], never: ['S1'] }, ['name_restricted']],
    ['on both: the restricted list is the stronger', { only: ['S1'], never: ['S1'] }, ['name_restricted']],
    ['on the permitted list', { only: ['S1'], never: ['S2'] }, []],
  ])('%s', (_, permitted, refused) => {
    expect(reasons(asks(openDay({ ...defaultSettings, permitted }), 1))).toEqual(refused);
  });

  test('the fourth of a sector is refused; of unknown sector nothing is counted', () => {
    const alone = taught([0, 1, 2, 3, 4, 5]);
    alone.sees({ kind: 'sectors_listed', sectors: [1, 2, 3, 4].map((s) => ({ symbol: symbolIndex(s), sector: 'energy' })) });
    for (const symbol of [1, 2, 3]) asks(alone, symbol);
    expect(of(asks(alone, 4), 'intent_refused')[0]?.refusals).toContainEqual({ kind: 'sector_full', sector: 'energy', held: 3, max: 3 });
    expect(reasons(asks(alone, 5))).toEqual([]);
  });
});

describe('again', () => {
  test('the same name and side within a minute is a duplicate, even when the first came to nothing', () => {
    const alone = openDay();
    for (const { intent } of of(asks(alone, 1), 'intent_approved')) rejected(alone, 1, intent, 'o1');
    expect(reasons(asks(alone, 1))).toEqual(['duplicate_entry']);
    expect(reasons(asks(alone, 1, '10:01'))).toEqual([]);
  });

  test('limits of one name drift no farther than 3 % in half an hour', () => {
    const alone = openDay();
    for (const { intent } of of(asks(alone, 1), 'intent_approved')) rejected(alone, 1, intent, 'o1');
    alone.seesBars('10:20', bar(1_030_100));
    expect(reasons(wants(alone, '10:20', 1_030_100))).toEqual(['limits_drifted']);
    alone.seesBars('10:30', bar(1_030_100));
    expect(reasons(wants(alone, '10:30', 1_030_100))).toEqual([]);
  });
});

describe('messages', () => {
  const flood = (alone: Alone, count: number, clock: string): void => {
    for (let i = 0; i < count; i++) alone.sees({ kind: 'cancel_requested', order: `x${i}` as never, reason: 'entry_stale' }, at(clock));
  };

  test('an entry needs three, and half of them are kept for exits', () => {
    const [just, beyond] = [openDay(), openDay()];
    flood(just, 72, '10:00');
    flood(beyond, 73, '10:00');
    expect(reasons(asks(just, 1))).toEqual([]);
    expect(reasons(asks(beyond, 1))).toEqual(['too_many_messages']);
  });

  test('are orders as well as cancels', () => {
    const alone = openDay();
    for (let i = 0; i < 73; i++) alone.sees(entryOf(0, 0, `o${i}`), at('10:00'));
    expect(reasons(asks(alone, 1))).toEqual(['too_many_messages']);
  });

  test('are forgotten after a minute', () => {
    const alone = openDay();
    flood(alone, 150, '10:00');
    expect(reasons(asks(alone, 1, '10:01'))).toEqual([]);
  });

  test('of an approval that has left are counted once', () => {
    const alone = openDay();
    spread(alone);
    flood(alone, 69, '10:00');
    const [approved] = of(asks(alone, 1), 'intent_approved');
    for (const id of ['entry', 'stop', 'target']) alone.sees(entryOf(1, approved?.intent ?? 0, id), at('10:00'));
    expect(reasons(asks(alone, 2))).toEqual([]);
  });

  test('of an approval count before its orders have left', () => {
    const alone = openDay();
    spread(alone);
    flood(alone, 70, '10:00');
    expect(reasons(asks(alone, 1))).toEqual([]);
    expect(reasons(asks(alone, 2))).toEqual(['too_many_messages']);
  });

  test('of an entry that a person is asked about have not left, and leave only when it is looked at again', () => {
    const alone = openDay(supervised);
    spread(alone);
    flood(alone, 70, '10:00');
    const [first] = of(asks(alone, 1), 'approval_wanted');
    expect(reasons(asks(alone, 2))).toEqual([]);
    flood(alone, 3, '10:00');
    expect(reasons(alone.sees(settled(first?.intent ?? 0, 'enter'), at('10:00')))).toEqual(['too_many_messages']);
  });
});

test('what is at risk already is left out of the next one, to the last share', () => {
  const alone = openDay(limited({ openRiskMax: 0.025 }));
  spread(alone);
  const far = { atr: 25_000, target: 1_100_000 as never };
  const sizes = [1, 2, 3].map((symbol) => of(asks(alone, symbol, '10:00', far), 'intent_approved')[0]?.order.shares);
  expect(sizes).toEqual([200, 200, 100]);
  expect(reasons(asks(alone, 4, '10:00', far))).toContain('open_risk_used');
});

test('what is asked about is at risk as well, until somebody has answered', () => {
  const alone = openDay({ ...supervised, limits: { ...supervised.limits, openRiskMax: 0.025 } });
  spread(alone);
  const far = { atr: 25_000, target: 1_100_000 as never };
  expect([1, 2, 3].map((symbol) => of(asks(alone, symbol, '10:00', far), 'approval_wanted')[0]?.order.shares)).toEqual([200, 200, 100]);
});

describe('protection', () => {
  const stopOf = (id: string, shares = 10): Event =>
    ({ ...entryOf(0, 1, id), order: { id, role: 'stop', symbol: 0, intent: 1, shares } }) as unknown as Event;
  const held = (): Alone => {
    const alone = openDay();
    spread(alone);
    alone.sees(filled(0, 10, 100), at('10:00'));
    return alone;
  };

  test('a position without a stop that the broker has accepted closes entries after a minute', () => {
    const alone = held();
    alone.sees(stopOf('s1'), at('10:00'));
    expect(reasons(asks(alone, 1, '10:01'))).toEqual([]);
    expect(reasons(asks(alone, 2, '10:02'))).toEqual(['protection_missing']);
    alone.sees({ kind: 'order_accepted', order: 's1' as never }, at('10:02'));
    expect(reasons(asks(alone, 2, '10:02'))).toEqual([]);
  });

  test('a stop that ends leaves it bare from then on; one that takes its place covers it', () => {
    const alone = held();
    for (const id of ['s1', 's2']) {
      alone.sees(stopOf(id), at('10:00'));
      alone.sees({ kind: 'order_accepted', order: id as never }, at('10:00'));
    }
    alone.sees({ kind: 'order_cancelled', order: 's1' as never, unfilled: 10 as never }, at('10:05'));
    expect(reasons(asks(alone, 1, '10:10'))).toEqual([]);
    alone.sees({ kind: 'order_rejected', order: 's2' as never, reason: 'suspended' }, at('10:20'));
    expect(reasons(asks(alone, 2, '10:21'))).toEqual([]);
    expect(reasons(asks(alone, 3, '10:22'))).toEqual(['protection_missing']);
  });

  test('a stop that has sold all its shares covers none that are left', () => {
    const alone = held();
    alone.sees(stopOf('s1', 10), at('10:00'));
    alone.sees({ kind: 'order_accepted', order: 's1' as never }, at('10:00'));
    alone.sees(filled(0, 5, 100), at('10:05'));
    alone.sees(filled(0, -4, 99, 's1'), at('10:05'));
    expect(reasons(asks(alone, 1, '10:07'))).toEqual([]);
    alone.sees(filled(0, -6, 99, 's1'), at('10:08'));
    expect(reasons(asks(alone, 2, '10:09'))).toEqual([]);
    expect(reasons(asks(alone, 3, '10:10'))).toEqual(['protection_missing']);
  });

  test('a stop that was sent before the fill and never accepted is none', () => {
    const alone = openDay();
    alone.sees(stopOf('s1'), at('10:00'));
    alone.sees(filled(0, 10, 100), at('10:00'));
    expect(reasons(asks(alone, 1, '10:02'))).toContain('protection_missing');
  });

  test('of several bare positions the one that has been so for longest is named', () => {
    const alone = held();
    alone.sees(filled(2, 10, 100), at('10:05'));
    const [refused] = of(asks(alone, 1, '10:10'), 'intent_refused');
    expect(refused?.refusals).toEqual([{ kind: 'protection_missing', symbol: 0, seconds: 600 }]);
  });

  test('the stop of a position that is over protects none that comes later', () => {
    const alone = held();
    alone.sees(stopOf('s1'), at('10:00'));
    alone.sees({ kind: 'order_accepted', order: 's1' as never }, at('10:00'));
    alone.sees(filled(0, -10, 99, 's1'), at('10:01'));
    alone.sees(filled(0, 10, 100, 'o2'), at('10:10'));
    expect(reasons(asks(alone, 1, '10:12'))).toEqual(['protection_missing']);
  });

  test('what is held over night, though nothing should be, has none, and its time begins with the session', () => {
    const alone = held();
    alone.sees(stopOf('s1'), at('10:00'));
    alone.sees({ kind: 'order_accepted', order: 's1' as never }, at('10:00'));
    nextDay(alone);
    expect(reasons(asks(alone, 1, '09:31'))).toEqual([]);
    expect(reasons(asks(alone, 2, '09:32'))).toEqual(['protection_missing']);
  });

  const bare = ['protection_missing'];
  const accept = (alone: Alone, id: string, clock = '10:00') => alone.sees({ kind: 'order_accepted', order: id as never }, at(clock));

  test('a target protects nothing', () => {
    const alone = held();
    alone.sees({ ...entryOf(0, 1, 't'), order: { id: 't', role: 'target', symbol: 0, intent: 1 } } as never, at('10:00'));
    accept(alone, 't');
    expect(reasons(asks(alone, 1, '10:02'))).toEqual(bare);
  });

  test('the stop of one name protects no other, and outlasts the other', () => {
    const alone = held();
    alone.sees(stopOf('s1'), at('10:00'));
    accept(alone, 's1');
    alone.sees(filled(2, 10, 100), at('10:00'));
    expect(reasons(asks(alone, 1, '10:02'))).toEqual(bare);
    alone.sees(filled(2, -10, 100), at('10:03'));
    alone.sees(filled(0, -5, 100), at('10:03'));
    expect(reasons(asks(alone, 1, '10:10'))).toEqual([]);
  });

  test('a second fill does not make it bare for a shorter time', () => {
    const alone = held();
    alone.sees(filled(0, 10, 100), at('10:01'));
    expect(reasons(asks(alone, 1, '10:02'))).toEqual(bare);
  });

  test('what is sold needs none', () => {
    const alone = held();
    alone.sees(filled(0, -10, 100), at('10:01'));
    expect(reasons(asks(alone, 1, '10:30'))).toEqual([]);
  });
});
