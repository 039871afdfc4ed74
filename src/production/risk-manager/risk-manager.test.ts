import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { OrderId } from '#domain/orders/order';
import { defaultSettings, type Settings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';
import { riskManager } from '#production/risk-manager/risk-manager';
import { still } from '#tests/bar-columns';
import { Alone, at, changedTo, closed, intentOf, of } from '#tests/one-service';
import {
  asks,
  clearing,
  entryOf,
  filled,
  holding,
  limited,
  marked,
  nextDay,
  openDay,
  reasons,
  rejected,
  settled,
  spread,
  stopAt,
  supervised,
  taught,
  VOLUME,
} from '#tests/watched-account';

describe('what has been approved counts at once', () => {
  test('X3: a second intent in the same name is refused in the same instant', () => {
    const alone = openDay();
    expect(of(asks(alone, 1), 'intent_approved')).toHaveLength(1);
    expect(reasons(asks(alone, 1))).toContain('position_in_symbol');
  });

  test('names that nobody can compare are refused within one sector, and of unknown sector', () => {
    const alone = openDay();
    alone.sees({ kind: 'sectors_listed', sectors: [1, 2, 3].map((s) => ({ symbol: symbolIndex(s), sector: s < 3 ? 'energy' : 'banks' })) });
    asks(alone, 1);
    expect(reasons(asks(alone, 2))).toEqual(['correlation_unknown']);
    expect(reasons(asks(alone, 4))).toEqual(['correlation_unknown']);
    expect(reasons(asks(alone, 3))).toEqual([]);
  });

  test('what a rejected entry had reserved is free again', () => {
    const alone = openDay();
    const [approved] = of(asks(alone, 1), 'intent_approved');
    rejected(alone, 1, approved?.intent ?? 0, 'o1');
    expect(of(asks(alone, 1, '10:01'), 'intent_approved')).toHaveLength(1);
  });

  test('X4: the sixth is refused while the fifth has only been approved, and a burst of fifty gives five', () => {
    const alone = openDay();
    spread(alone);
    const said = Array.from({ length: 50 }, (_, i) => asks(alone, 1 + (i % 7))).flat();
    expect(of(said, 'intent_approved')).toHaveLength(5);
    expect(reasons(asks(alone, 7))).toContain('too_many_positions');
  });

  test('D2: what no intent has brought, or was held over night, counts among the positions', () => {
    const alone = openDay(limited({ openPositionsMax: 1 }));
    alone.sees(filled(0, 10, 100), at('10:00'));
    expect(reasons(asks(alone, 0))).toContain('position_in_symbol');
    expect(reasons(asks(alone, 1))).toContain('too_many_positions');
  });

  test('I6: an entry of yesterday that the broker has not ended counts today, until it says that it is over', () => {
    const alone = openDay();
    const [approved] = of(asks(alone, 1), 'intent_approved');
    alone.sees(entryOf(1, approved?.intent ?? 0, 'late'), at('10:00'));
    nextDay(alone, '2018-03-13');
    expect(reasons(asks(alone, 1, '10:30'))).toContain('position_in_symbol');
    alone.sees({ kind: 'order_cancelled', order: 'late' as OrderId, unfilled: quantity(200) });
    expect(reasons(asks(alone, 1, '10:35'))).not.toContain('position_in_symbol');
  });

  test('an approval of yesterday that never left is gone today', () => {
    const alone = openDay();
    expect(of(asks(alone, 1), 'intent_approved')).toHaveLength(1);
    nextDay(alone, '2018-03-13');
    expect(reasons(asks(alone, 1, '10:30'))).not.toContain('position_in_symbol');
  });

  test('X4: what works, what is held and what is asked add up to no more than the equity', () => {
    const alone = openDay({ ...supervised, limits: { ...supervised.limits, positionMax: 0.3, orderValueMax: supervised.capital } });
    spread(alone);
    const said = [1, 2, 3, 4, 5].flatMap((symbol) => asks(alone, symbol, '10:00', { atr: 4000 }));
    const value = of(said, 'approval_wanted').reduce((sum, { order }) => sum + order.limit * order.shares, 0);
    expect(value).toBe(supervised.capital);
    expect(reasons(said)).toContain('no_buying_power');
  });
});

test('names that move together are not held together; names that do not are', () => {
  const alone = taught([0, 1, 1, 3]);
  expect(of(asks(alone, 1), 'intent_approved')).toHaveLength(1);
  expect(reasons(asks(alone, 2))).toEqual(['correlated']);
  expect(of(asks(alone, 3), 'intent_approved')).toHaveLength(1);
});

test.each(['grossExposureMax', 'netExposureMax'] as const)('%s counts what is held at its mark', (name) => {
  const alone = openDay(limited({ [name]: 0.95, openRiskMax: 1 }));
  spread(alone);
  alone.sees(filled(0, 900, 100), at('10:00'));
  expect(of(asks(alone, 1), 'intent_approved')[0]?.order.shares).toBe(50);
});

test.each(['grossExposureMax', 'netExposureMax'] as const)('%s counts what works and has not filled, at its limit', (name) => {
  const alone = openDay(limited({ [name]: 0.3, openRiskMax: 1 }));
  spread(alone);
  expect([1, 2].map((symbol) => of(asks(alone, symbol), 'intent_approved')[0]?.order.shares)).toEqual([200, 100]);
});

test('a short counts below zero in the net exposure: what is bought beside it makes it smaller', () => {
  const alone = openDay(limited({ netExposureMax: 0.1 }));
  spread(alone);
  alone.sees(filled(0, -200, 100), at('10:00'));
  expect(of(asks(alone, 1), 'intent_approved')[0]?.order.shares).toBe(200);
});

test('each phase has its entries: two in the opening range, counted even when the broker refuses them, and the next begins anew', () => {
  const alone = openDay();
  const results = (['09:35', '09:40', '09:44', '09:45'] as const).map((clock) => {
    const said = asks(alone, 1, clock);
    for (const { intent } of of(said, 'intent_approved')) rejected(alone, 1, intent, clock);
    return reasons(said);
  });
  expect(results).toEqual([[], [], ['phase_entries_used'], []]);
});

test('a new day has all its entries, though the phase is the one in which the day before has ended', () => {
  const alone = openDay();
  for (const clock of ['09:35', '09:40']) rejected(alone, 1, of(asks(alone, 1, clock), 'intent_approved')[0]?.intent ?? 0, clock);
  alone.sees(closed());
  nextDay(alone, '2018-03-13');
  expect(reasons(asks(alone, 2, '09:41'))).toEqual([]);
});

test('outside of every phase nothing is entered', () => {
  const alone = openDay();
  for (const clock of ['15:00', '21:00']) expect(reasons(asks(alone, 1, clock)).includes('entries_closed')).toBe(clock === '21:00');
});

test('the record of the pattern makes an order smaller, once that is switched on', () => {
  const record = { count: 100, won: 50, meanR: 0, deviationR: 0 };
  const sizes = [0, 0.004].map((kellyFraction) => {
    const alone = openDay({ ...defaultSettings, sizing: { kellyFraction, kellyCountMin: 30 } });
    return of(asks(alone, 1, '10:00', { record }), 'intent_approved')[0]?.order.shares;
  });
  // Half won at 2 to 1 is an edge of a quarter; 0.004 of it is 0.1 % of the equity over 2 dollars.
  expect(sizes).toEqual([200, 50]);
});

test('after three losses in a row the size is halved, after a win it is whole again', () => {
  const alone = openDay();
  const sizes = [-1, -1, -1, -1, 1].map((dollars, i) => {
    alone.sees(filled(0, 1, 100), at('10:00'));
    alone.sees(filled(0, -1, 100 + dollars), at('10:00'));
    const said = asks(alone, 1, `1${i}:00`);
    for (const { intent } of of(said, 'intent_approved')) rejected(alone, 1, intent, `o${i}`);
    return of(said, 'intent_approved')[0]?.order.shares;
  });
  expect(sizes.map((shares) => Math.round((shares ?? 0) / 100))).toEqual([2, 2, 1, 1, 2]);
});

describe('a person who holds the pen', () => {
  test('is asked with the exact order, and an answer lets exactly this order through', () => {
    const alone = openDay(supervised);
    const said = asks(alone, 1);
    const [wanted] = of(said, 'approval_wanted');
    expect(of(said, 'intent_approved')).toEqual([]);
    const [approved] = of(alone.sees(settled(wanted?.intent ?? 0, 'enter'), at('10:04')), 'intent_approved');
    expect(approved).toEqual({ ...wanted, kind: 'intent_approved' });
    expect(reasons(asks(alone, 1, '10:30'))).toContain('position_in_symbol');
  });

  test('lets through what counts as an entry from then on: the next one of its name is a duplicate', () => {
    const alone = openDay(supervised);
    const [wanted] = of(asks(alone, 1), 'approval_wanted');
    alone.sees(settled(wanted?.intent ?? 0, 'enter'), at('10:04'));
    rejected(alone, 1, wanted?.intent ?? 0, 'o1');
    expect(reasons(asks(alone, 1, '10:04'))).toEqual(['duplicate_entry']);
  });

  test('J2: an answer counts once', () => {
    const alone = openDay(supervised);
    const [wanted] = of(asks(alone, 1), 'approval_wanted');
    expect(alone.sees(settled(wanted?.intent ?? 0, 'enter'), at('10:01'))).toHaveLength(1);
    expect(alone.sees(settled(wanted?.intent ?? 0, 'enter'), at('10:02'))).toEqual([]);
  });

  test('X4: while the question is open its capital, its risk and its place are taken', () => {
    const alone = openDay(supervised);
    spread(alone);
    for (const symbol of [1, 2, 3, 4, 5]) asks(alone, symbol);
    expect(reasons(asks(alone, 6))).toEqual(expect.arrayContaining(['too_many_positions', 'no_buying_power']));
  });

  test('a refusal or a silence gives everything back, also the entry of the phase', () => {
    const alone = openDay(supervised);
    for (const clock of ['09:35', '09:37', '09:39', '09:41'] as const) {
      const [wanted] = of(asks(alone, 1, clock, { pattern: 'abcd' }), 'approval_wanted');
      expect(wanted).toBeDefined();
      expect(alone.sees(settled(wanted?.intent ?? 0, 'decline'), at(clock))).toEqual([]);
    }
  });

  test('a refusal in the next phase gives back nothing of that one', () => {
    const alone = openDay(supervised);
    spread(alone);
    const [early] = of(asks(alone, 1, '11:29'), 'approval_wanted');
    for (const symbol of [2, 3, 4]) expect(of(asks(alone, symbol, '11:30'), 'approval_wanted')).toHaveLength(1);
    alone.sees(settled(early?.intent ?? 0, 'decline'), at('11:31'));
    expect(reasons(asks(alone, 5, '11:31'))).toEqual(['phase_entries_used']);
  });

  test.each<readonly [what: string, before: (alone: Alone) => unknown, rule: string]>([
    ['the price has moved away', (alone) => alone.seesBars('10:03', [null, still(1_030_000, VOLUME)]), 'far_from_last'],
    ['the last bar has grown old', () => [], 'quote_stale'],
    ['a stop has come', (alone) => alone.sees(stopAt('pause_entries', 'program'), at('10:02')), 'halted'],
    [
      'the name was halted',
      (alone) => alone.sees({ kind: 'asset_status_changed', symbol: symbolIndex(1), status: 'halted' }),
      'not_tradable',
    ],
  ])('J4: is not obeyed blindly: %s', (_, before, rule) => {
    const alone = openDay(supervised);
    const [wanted] = of(asks(alone, 1), 'approval_wanted');
    before(alone);
    const said = alone.sees(settled(wanted?.intent ?? 0, 'enter'), at(rule === 'quote_stale' ? '10:06' : '10:04'));
    expect(reasons(said)).toEqual([rule]);
    expect(of(said, 'intent_refused')[0]).toMatchObject({ intent: wanted?.intent, stop: wanted?.order.stop, shares: wanted?.order.shares });
  });

  test('J4: an order that has outgrown the account is refused, not cut', () => {
    const alone = openDay(supervised);
    const [wanted] = of(asks(alone, 1), 'approval_wanted');
    for (const _ of [1, 2, 3]) {
      alone.sees(filled(0, 1, 100), at('10:01'));
      alone.sees(filled(0, -1, 99.5), at('10:01'));
    }
    const [refused] = of(alone.sees(settled(wanted?.intent ?? 0, 'enter'), at('10:02')), 'intent_refused');
    expect(refused?.refusals.map(({ kind }) => kind)).toContain('approval_outgrown');
  });

  test('a question about something else settles nothing of an entry', () => {
    const alone = openDay(supervised);
    const [wanted] = of(asks(alone, 1), 'approval_wanted');
    alone.sees({ ...settled(wanted?.intent ?? 0, 'hold'), subject: 'loss_warning' } as Event, at('10:01'));
    expect(reasons(asks(alone, 1, '10:30'))).toContain('position_in_symbol');
  });
});

test('new settings hold from the next intent on, and every decision says under which it was made', () => {
  const alone = openDay();
  const stamp = { version: 2, hash: 'h' };
  const changed = {
    ...supervised,
    session: { ...supervised.session, control: 'autonomous' as const },
    permitted: { only: [], never: ['S1'] },
  };
  const [before] = of(asks(alone, 2), 'intent_approved');
  expect(before?.stamp).toEqual(firstStamp(defaultSettings));
  expect(of(asks(openDay(supervised), 2), 'approval_wanted')[0]?.stamp).toEqual(firstStamp(supervised));
  alone.sees({
    kind: 'parameters_changed',
    stamp,
    settings: changed,
    name: '',
    before: '',
    after: '',
    because: '',
    by: 'Ada',
    from: 'person',
  });
  const refused = asks(alone, 1);
  expect(reasons(refused)).toContain('name_restricted');
  expect(of(refused, 'intent_refused')[0]?.stamp).toEqual(stamp);
});

test('the same entries give the same answers and the same state: a restart is a replay', () => {
  const story = (alone: Alone): readonly unknown[] => {
    const said: unknown[] = [];
    said.push(asks(alone, 1), alone.sees(entryOf(1, 9, 'o1')), alone.sees(filled(1, 10, 100, 'o1'), at('10:00')));
    said.push(
      alone.sees({ kind: 'account_reported', cash: 0 as never, equity: 999_000_000 as never }),
      alone.sees(stopAt('pause_entries')),
    );
    said.push(asks(alone, 2, '10:10'), alone.sees(clearing()), asks(alone, 2, '10:20'));
    alone.service.hashInto({ numbers: (values) => said.push([...values]), text: (text) => said.push(text) });
    return said;
  };
  expect(story(openDay())).toEqual(story(openDay()));
});

const stateOf = (alone: Alone): string => {
  const state: unknown[] = [];
  alone.service.hashInto({ numbers: (values) => state.push([...values]), text: (text) => state.push(text) });
  return JSON.stringify(state);
};

test('an entry that came to nothing is in the state while it counts, and so is the phase', () => {
  const [bought, short] = (['buy', 'sell'] as const).map((side) => {
    const alone = openDay();
    asks(alone, 1, '11:00', { side });
    rejected(alone, 1, alone.sequence, 'o1');
    asks(alone, 2, '11:40', { side: 'sell' });
    return alone;
  }) as [Alone, Alone];
  expect(stateOf(bought)).not.toBe(stateOf(short));
  const before = stateOf(short);
  short.sees({ kind: 'intent_formed', intent: intentOf(2) }, at('14:10'));
  expect(stateOf(short)).not.toBe(before);
});

describe('the state tells', () => {
  const report = (equity: number): Event => ({ kind: 'account_reported', cash: 0 as never, equity: equity as never });
  const stop = { kind: 'order_requested', order: { id: 's', role: 'stop', symbol: 0, intent: 1 } } as unknown as Event;
  const entered = (alone: Alone): void => {
    asks(alone, 1);
    alone.sees(entryOf(1, alone.sequence, 'o1'), at('10:00'));
    alone.sees(filled(1, 10, 100, 'o1'), at('10:00'));
  };

  test.each<readonly [what: string, settings: Settings, before: (alone: Alone) => void, event: Event]>([
    ['that a loss was warned of, though it has been made good', limited({ accountGapMax: 0.05 }), () => {}, report(984_000_000)],
    [
      'that the broker has accepted the stop',
      defaultSettings,
      (alone) => {
        alone.sees(filled(0, 10, 100), at('10:00'));
        alone.sees(stop, at('10:00'));
      },
      { kind: 'order_accepted', order: 's' as never },
    ],
    [
      'that the rest of an entry will not fill',
      defaultSettings,
      entered,
      { kind: 'order_cancelled', order: 'o1' as never, unfilled: 190 as never } as unknown as Event,
    ],
  ])('%s', (_, settings, before, event) => {
    const [without, after] = [[], [event]].map((events) => {
      const alone = openDay(settings);
      before(alone);
      for (const one of events) alone.sees(one, at('10:00'));
      alone.sees(report(1_000_000_000), at('10:00'));
      return stateOf(alone);
    });
    expect(after).not.toBe(without);
  });

  test('whether an order waits for a person', () => {
    const [asked, answered] = [false, true].map((answers) => {
      const alone = openDay(supervised);
      asks(alone, 1);
      if (answers) alone.sees(settled(alone.sequence, 'enter'), at('10:00'));
      return stateOf(alone);
    });
    expect(answered).not.toBe(asked);
  });
});

test('the settings that hold are in the state by their stamp', () => {
  const [one, other] = ['a', 'b'].map((hash) => {
    const alone = openDay();
    alone.sees({ ...changedTo(defaultSettings), stamp: { version: 2, hash } });
    return stateOf(alone);
  });
  expect(one).not.toBe(other);
});

test('an intent outside of a session is a bug', () => {
  const alone = new Alone(riskManager());
  expect(() => alone.sees({ kind: 'intent_formed', intent: intentOf(1) })).toThrow('an intent comes within a session');
});

test('what a later decision depends on is in the state', () => {
  const calmState = stateOf(holding());
  const changes: readonly ((alone: Alone) => unknown)[] = [
    (alone) => alone.sees(stopAt('pause_entries')),
    (alone) => alone.sees({ kind: 'account_reported', cash: 0 as never, equity: 1_000_000_100 as never }),
    (alone) => alone.sees({ kind: 'asset_status_changed', symbol: symbolIndex(1), status: 'halted' }),
    (alone) => alone.sees({ kind: 'sectors_listed', sectors: [{ symbol: symbolIndex(1), sector: 'energy' }] }),
    (alone) => alone.sees({ kind: 'cancel_requested', order: 'x' as never, reason: 'entry_stale' }),
    (alone) => alone.seesBars('10:01', marked(-16_000_000)),
    (alone) => alone.sees({ ...entryOf(0, 1, 's'), order: { id: 's', role: 'stop', symbol: 0, intent: 1 } } as never),
  ];
  for (const change of changes) {
    const alone = holding();
    change(alone);
    expect(stateOf(alone)).not.toBe(calmState);
  }
});
