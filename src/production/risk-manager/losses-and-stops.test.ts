import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { HaltReason } from '#domain/risk/stop-level';
import { cash } from '#domain/values/cash';
import { still } from '#tests/bar-columns';
import { type Alone, at, changedTo, closed, of } from '#tests/one-service';
import {
  asks,
  clearing,
  filled,
  holding,
  limited,
  marked,
  nextDay,
  openDay,
  reasons,
  rejected,
  SYMBOLS,
  stopAt,
  VOLUME,
} from '#tests/watched-account';

const reported = (equity: number): Event => ({ kind: 'account_reported', cash: cash(0), equity: cash(equity) });
const halts = (said: readonly Event[]): readonly HaltReason[] => of(said, 'halt_ordered').map(({ reason }) => reason);
/** One losing trade of so many dollars, so that the day ends flat. */
function loses(alone: Alone, dollars: number): readonly Event[] {
  const fills = [filled(0, 100, 100), filled(0, -100, 100 - dollars / 100)].flatMap((fill) => alone.sees(fill, at('10:00')));
  const bars = alone.seesBars('10:01', [...marked(0).slice(0, 1), still(1_000_000, VOLUME)]);
  return [...fills, ...bars];
}

describe('the loss of the day', () => {
  test.each<readonly [what: string, pnlE4: number, said: readonly string[]]>([
    ['below three quarters: nothing', -14_999_900, []],
    ['three quarters: a warning', -15_000_000, ['loss_warned 0.75']],
    ['nine tenths: the second warning alone', -18_000_000, ['loss_warned 0.9']],
    ['exactly 2,000: not passed', -20_000_000, ['loss_warned 0.9']],
    ['a hundredth of a cent a share below: halt', -20_000_100, ['loss_warned 0.9', 'halt_ordered']],
    ['a gain: nothing', 20_000_100, []],
  ])('%s', (_, pnlE4, said) => {
    const events = holding().seesBars('10:01', marked(pnlE4));
    expect(events.map((event) => (event.kind === 'loss_warned' ? `loss_warned ${event.share}` : event.kind))).toEqual(said);
  });

  test('is warned of at 75 % and at 90 %, each once a session', () => {
    const alone = holding();
    const said = [-15, -17, -18, -19, -10, -19].flatMap((tenth, i) => alone.seesBars(`10:0${i + 1}`, marked(tenth * 1_000_000)));
    expect(of(said, 'loss_warned').map(({ share }) => share)).toEqual([0.75, 0.9]);
  });

  test('is warned of anew on the next day', () => {
    const alone = openDay();
    const shares = [1500, 1500].flatMap((dollars) => {
      const said = loses(alone, dollars);
      alone.sees(closed());
      nextDay(alone);
      return of(said, 'loss_warned').map(({ share }) => share);
    });
    expect(shares).toEqual([0.75, 0.75]);
  });

  test('halts once; from then on everything is refused until the next session', () => {
    const alone = holding();
    expect(halts(alone.seesBars('10:01', marked(-25_000_000)))).toEqual(['daily_loss']);
    expect(alone.seesBars('10:02', marked(-30_000_000))).toEqual([]);
    expect(reasons(asks(alone, 1))).toEqual(expect.arrayContaining(['halted', 'daily_loss_passed']));
    alone.seesBars('10:03', marked(0));
    expect(reasons(asks(alone, 1))).toContain('halted');
    alone.sees(filled(0, -100, 100), at('10:04'));
    alone.sees(closed());
    nextDay(alone);
    expect(reasons(asks(alone, 1))).toEqual([]);
  });

  test('D1 I6: what was held over night is no gain of the day: a loss is one all the same', () => {
    const alone = holding();
    alone.sees(closed());
    nextDay(alone, '2018-03-13');
    expect(halts(alone.seesBars('10:01', marked(-20_000_100)))).toEqual(['daily_loss']);
  });

  const paid = (dollars: number): Event => ({
    kind: 'cash_moved',
    activity: 'a',
    cause: 'transfer',
    symbol: null,
    amount: cash(dollars * 10_000),
    detail: 'CSD',
  });

  test('D9: what is paid in hides no loss, and what is paid out is none', () => {
    const richer = holding();
    richer.sees(paid(50_000));
    expect(halts(richer.seesBars('10:01', marked(-20_000_100)))).toEqual(['daily_loss']);
    const poorer = holding();
    poorer.sees(paid(-30_000));
    expect(halts(poorer.seesBars('10:01', marked(0)))).toEqual([]);
  });

  test('halts at the very fill that passes it', () => {
    const alone = holding();
    expect(of(alone.sees(filled(0, -100, 79.9999), at('10:01')), 'halt_ordered')).toMatchObject([{ pnl: -20_000_100 }]);
  });

  test('a fill that is told late is judged at the newest close', () => {
    const alone = openDay();
    alone.seesBars('10:01', marked(-25_000_000));
    alone.seesBars('10:02', [null]);
    expect(of(alone.sees(filled(0, 100, 100), at('10:02')), 'halt_ordered')).toMatchObject([{ pnl: -25_000_000 }]);
  });

  test('a fill is judged at the mark of its own minute', () => {
    const alone = openDay();
    alone.seesBars('10:00', marked(-25_000_000));
    expect(alone.sees(filled(0, 100, 100), at('10:00'))).toEqual([]);
    expect(of(alone.seesBars('10:01', marked(-25_000_000)), 'halt_ordered')[0]).toEqual({
      kind: 'halt_ordered',
      reason: 'daily_loss',
      level: 'flatten',
      pnl: -25_000_000,
      limit: 20_000_000,
    });
  });
});

describe('the account as the broker sees it', () => {
  test('counts when it is the worse of the two, down to a hundredth of a cent', () => {
    const alone = holding();
    alone.seesBars('10:01', marked(-18_000_000));
    expect(alone.sees(reported(980_000_000))).toEqual([]);
    expect(of(alone.sees(reported(979_999_999)), 'halt_ordered')).toMatchObject([{ reason: 'daily_loss', pnl: -20_000_001 }]);
  });

  test('does not make ours better', () => {
    const alone = holding();
    alone.sees(reported(1_000_000_000));
    expect(halts(alone.seesBars('10:01', marked(-20_000_100)))).toEqual(['daily_loss']);
  });

  test('does not make ours better when it is higher either', () => {
    const alone = holding();
    alone.sees(reported(1_004_000_000));
    expect(halts(alone.seesBars('10:01', marked(-20_000_100)))).toEqual(['daily_loss']);
  });

  test('is believed as far as the limit, and not beyond', () => {
    const halted = [995_000_000, 994_999_999].map((equity) =>
      halts(holding(limited({ lossTodayMax: cash(4_999_999) })).sees(reported(equity))),
    );
    expect(halted).toEqual([['daily_loss'], []]);
  });

  test('is told as he told it when the two disagree', () => {
    const alone = openDay();
    alone.sees(reported(800_000_000));
    const [refused] = of(asks(alone, 1), 'intent_refused');
    expect(refused?.refusals).toEqual([{ kind: 'account_disagrees', broker: 800_000_000, book: 1_000_000_000, max: 0.005 }]);
  });

  test('F10: when it cannot be right, nothing new is entered and nothing is sold for it', () => {
    const alone = holding();
    expect(alone.sees(reported(800_000_000))).toEqual([]);
    expect(alone.seesBars('10:01', marked(0))).toEqual([]);
    expect(reasons(asks(alone, 1, '10:02'))).toContain('account_disagrees');
    alone.sees(reported(1_000_000_000));
    expect(reasons(asks(alone, 1, '10:03'))).not.toContain('account_disagrees');
  });

  test('a disagreement outlasts a fill, until the broker says otherwise', () => {
    const alone = holding();
    alone.sees(reported(800_000_000));
    alone.sees(filled(0, -100, 100), at('10:01'));
    expect(reasons(asks(alone, 1, '10:02'))).toEqual(['account_disagrees']);
    alone.sees(reported(1_000_000_000));
    expect(reasons(asks(alone, 1, '10:03'))).toEqual([]);
  });

  test('what he said holds beside what has happened since: ours moves on, and so does his', () => {
    const alone = holding();
    alone.sees(reported(999_000_000));
    expect(halts(alone.seesBars('10:01', marked(-19_000_000)))).toEqual([]);
    expect(halts(alone.seesBars('10:02', marked(-19_000_100)))).toEqual(['daily_loss']);
  });

  test('what he counts otherwise since yesterday is no loss of today', () => {
    const alone = openDay();
    alone.sees(reported(996_000_000));
    alone.sees(closed());
    nextDay(alone);
    expect(halts(loses(alone, 2000))).toEqual([]);
  });

  test.each<readonly [loses: number, halted: readonly HaltReason[]]>([
    [1800, []],
    [1801, ['daily_loss']],
  ])('of what he counts otherwise only what has come since yesterday is a loss of today: beside %i dollars', (dollars, halted) => {
    const alone = openDay();
    alone.sees(reported(998_000_000));
    alone.sees(closed());
    nextDay(alone);
    alone.sees(reported(996_000_000));
    expect(halts(loses(alone, dollars))).toEqual(halted);
  });

  test('the size is a share of the worse of the two', () => {
    const alone = openDay();
    alone.sees(reported(996_000_000));
    expect(of(asks(alone, 1), 'intent_approved')[0]?.order.shares).toBe(199);
  });

  test('a limit that is tightened below what he says was lost closes entries at once', () => {
    const alone = openDay();
    alone.sees(reported(996_000_000));
    alone.sees(changedTo(limited({ lossTodayMax: cash(3_000_000) })));
    expect(reasons(asks(alone, 1))).toContain('daily_loss_passed');
  });

  test('he is believed by all that lies between us, and not by what of it is new', () => {
    const alone = openDay();
    alone.sees(reported(996_000_000));
    alone.sees(closed());
    nextDay(alone);
    alone.sees(reported(994_000_000));
    expect(halts(loses(alone, 1900))).toEqual([]);
  });

  test.each<readonly [reason: HaltReason, limits: Parameters<typeof limited>[0], lost: number]>([
    ['weekly_loss', {}, 50_000_000],
    ['drawdown', { lossWeekMax: 1 }, 120_000_001],
  ])('%s: a limit that is no whole hundredth of a cent is rounded down', (reason, limits, lost) => {
    const settings = { ...limited({ lossTodayMax: cash(900_000_000), accountGapMax: 1, ...limits }), capital: cash(1_000_000_010) };
    const halted = [lost, lost + 1].map((more) => halts(openDay(settings).sees(reported(settings.capital - more))));
    expect(halted).toEqual([[], [reason]]);
  });

  test('a disagreement outlasts the night', () => {
    const alone = openDay();
    alone.sees(reported(800_000_000));
    alone.sees(closed());
    nextDay(alone);
    expect(reasons(asks(alone, 1))).toEqual(['account_disagrees']);
  });
});

describe('the loss of the week', () => {
  test('of 5 % halts on the day that passes it, and ends with the week', () => {
    const alone = openDay();
    const days = ['2018-03-12', '2018-03-13', '2018-03-14', '2018-03-15', '2018-03-16'] as const;
    const said = days.map((date) => {
      nextDay(alone, date);
      const events = loses(alone, date === '2018-03-16' ? 1001 : 1000);
      alone.sees(closed());
      return halts(events);
    });
    expect(said).toEqual([[], [], [], [], ['weekly_loss']]);
    nextDay(alone, '2018-03-18');
    expect(reasons(asks(alone, 1))).toEqual(expect.arrayContaining(['halted', 'weekly_loss_passed']));
    nextDay(alone, '2018-03-19');
    expect(reasons(asks(alone, 1))).toEqual([]);
  });

  test('cannot be cleared', () => {
    const alone = holding(limited({ lossWeekMax: 0.01 }));
    expect(halts(alone.seesBars('10:01', marked(-10_000_100)))).toEqual(['weekly_loss']);
    expect(of(alone.sees(clearing()), 'request_refused')).toMatchObject([{ fault: 'ends_with_the_session', detail: 'weekly_loss' }]);
  });
});

test('a limit that is lowered below what the day has lost already halts with the next minute, though all is flat', () => {
  const alone = openDay();
  expect(halts(loses(alone, 1500))).toEqual([]);
  alone.sees(changedTo(limited({ lossTodayMax: cash(10_000_000) })));
  expect(halts(alone.seesBars('10:02', marked(0)))).toEqual(['daily_loss']);
});

describe('the fall from the peak', () => {
  test('is not forgotten when a stop is lifted that had another reason', () => {
    const alone = holding(limited({ drawdownMax: 0.01 }));
    alone.seesBars('10:01', marked(10_000_000));
    alone.seesBars('10:02', marked(0));
    alone.sees(stopAt('pause_entries'));
    alone.sees(clearing());
    expect(halts(alone.seesBars('10:03', marked(-100_100)))).toEqual(['drawdown']);
  });

  test('counts from the highest equity, not from the first', () => {
    const alone = holding(limited({ drawdownMax: 0.01 }));
    alone.seesBars('10:01', marked(10_000_000));
    expect(alone.seesBars('10:02', marked(-100_000))).toEqual([]);
    expect(of(alone.seesBars('10:03', marked(-100_100)), 'halt_ordered')).toMatchObject([
      { reason: 'drawdown', pnl: -10_100_100, limit: 10_100_000 },
    ]);
  });

  test('outlasts the week, until a person clears it; then the peak starts anew', () => {
    const alone = openDay(limited({ drawdownMax: 0.01 }));
    expect(halts(loses(alone, 1001))).toEqual(['drawdown']);
    alone.sees(closed());
    nextDay(alone, '2018-03-19');
    expect(reasons(asks(alone, 1))).toEqual(expect.arrayContaining(['halted', 'drawdown_passed']));
    expect(alone.sees(clearing())).toEqual([{ kind: 'stop_cleared', by: 'Ada', because: 'looked at it' }]);
    expect(reasons(asks(alone, 1))).toEqual([]);
    expect(halts(loses(alone, 900))).toEqual([]);
  });
});

describe('a stop that somebody asks for', () => {
  test.each(['person', 'program'] as const)('by a %s holds at once and outlasts the session and the week', (from) => {
    const alone = openDay();
    expect(of(alone.sees(stopAt('cancel_entries', from)), 'halt_ordered')).toMatchObject([
      { reason: 'requested', level: 'cancel_entries' },
    ]);
    alone.sees(closed());
    nextDay(alone, '2018-03-19');
    expect(reasons(asks(alone, 1))).toEqual(['halted']);
  });

  test('a higher level replaces a lower one, the same or a lower one changes nothing', () => {
    const alone = openDay();
    const said = (['pause_entries', 'flatten', 'flatten', 'cancel_entries', 'suspend', 'pause_entries'] as const).flatMap((level) =>
      alone.sees(stopAt(level)),
    );
    expect(of(said, 'halt_ordered').map(({ level }) => level)).toEqual(['pause_entries', 'flatten', 'suspend']);
    expect(of(asks(alone, 1), 'intent_refused')[0]?.refusals).toEqual([{ kind: 'halted', level: 'suspend', reason: 'requested' }]);
  });

  test('after the loss of the day still counts, since it outlasts the session', () => {
    const alone = holding();
    alone.seesBars('10:01', marked(-25_000_000));
    expect(halts(alone.sees(stopAt('flatten')))).toEqual(['requested']);
    expect(alone.sees(stopAt('flatten'))).toEqual([]);
  });

  test('a pause does not keep the loss of the day from selling', () => {
    const alone = holding();
    alone.sees(stopAt('pause_entries'));
    expect(of(alone.seesBars('10:01', marked(-25_000_000)), 'halt_ordered')).toMatchObject([{ reason: 'daily_loss', level: 'flatten' }]);
  });

  test('when the loss of the day has ended with its session, the pause before it still holds', () => {
    const alone = openDay();
    alone.sees(stopAt('pause_entries'));
    expect(halts(loses(alone, 2001))).toEqual(['daily_loss']);
    alone.sees(closed());
    nextDay(alone);
    expect(of(asks(alone, 1), 'intent_refused')[0]?.refusals).toEqual([{ kind: 'halted', level: 'pause_entries', reason: 'requested' }]);
  });
});

describe('a stop that a stronger one hides', () => {
  const hidden = (): Alone => {
    const alone = openDay();
    loses(alone, 2001);
    expect(halts(alone.sees(stopAt('pause_entries')))).toEqual([]);
    alone.sees(closed());
    return alone;
  };

  test('is told when that one ends, and once', () => {
    const alone = hidden();
    expect(of(nextDay(alone), 'halt_ordered')).toMatchObject([{ reason: 'requested', level: 'pause_entries', pnl: 0 }]);
    alone.sees(closed());
    expect(halts(nextDay(alone, '2018-03-14'))).toEqual([]);
  });

  test('is told by nobody when nothing stays', () => {
    const alone = openDay();
    loses(alone, 2001);
    alone.sees(closed());
    expect(halts(nextDay(alone))).toEqual([]);
  });
});

describe('a stop is cleared', () => {
  const stopped = (): Alone => {
    const alone = openDay();
    alone.sees(stopAt('pause_entries'));
    return alone;
  };

  test('by a person with a reason; then entries are open again', () => {
    const alone = stopped();
    expect(alone.sees(clearing())).toEqual([{ kind: 'stop_cleared', by: 'Ada', because: 'looked at it' }]);
    expect(reasons(asks(alone, 1))).toEqual([]);
  });

  test.each<readonly [fault: string, alone: () => Alone, asked: Event]>([
    ['not_a_person', stopped, clearing({ from: 'program' })],
    ['no_reason', stopped, clearing({ because: '  ' })],
    ['nothing_to_clear', openDay, clearing()],
  ])('never: %s', (fault, make, asked) => {
    const alone = make();
    const before = reasons(asks(alone, 1));
    expect(alone.sees(asked)).toMatchObject([{ kind: 'request_refused', by: 'Ada', fault, subject: 0, detail: '' }]);
    expect(reasons(asks(alone, 2)).includes('halted')).toBe(before.includes('halted'));
  });

  test('never on a day that has lost its limit, not even by the person who also paused it', () => {
    const alone = holding();
    alone.seesBars('10:01', marked(-25_000_000));
    alone.sees(stopAt('suspend'));
    expect(of(alone.sees(clearing()), 'request_refused')).toMatchObject([{ fault: 'ends_with_the_session', detail: 'daily_loss' }]);
    expect(reasons(asks(alone, 1))).toContain('halted');
  });
});

describe('a pattern that fires again and again in one name', () => {
  /** Entries of the same pattern in name 1, each rejected by the broker. */
  function fires(alone: Alone, clocks: readonly string[]): readonly Event[] {
    return clocks.flatMap((clock) => {
      const said = asks(alone, 1, clock);
      for (const { intent } of of(said, 'intent_approved')) rejected(alone, 1, intent, clock);
      return said;
    });
  }
  const stuck = ['10:00', '10:05', '10:10', '10:15'];

  test('is latched at the fourth within the hour, and entries pause', () => {
    const said = fires(openDay(), stuck);
    expect(of(said, 'intent_approved')).toHaveLength(3);
    expect(reasons(said)).toEqual(['repeated_execution']);
    expect(of(said, 'halt_ordered')).toMatchObject([{ reason: 'repeated_execution', level: 'pause_entries' }]);
  });

  test('is latched also when the fourth is refused for something else besides', () => {
    const alone = openDay();
    fires(alone, stuck.slice(0, 3));
    const said = asks(alone, 1, '10:15', { target: 1_010_000 as never });
    expect(reasons(said)).toEqual(['repeated_execution', 'reward_too_small']);
    expect(halts(said)).toEqual(['repeated_execution']);
  });

  test('stays latched in the next week, until a person clears it', () => {
    const alone = openDay();
    fires(alone, stuck);
    alone.sees(closed());
    nextDay(alone, '2018-03-19');
    expect(reasons(asks(alone, 1, '14:00'))).toEqual(['halted', 'repeated_execution']);
    alone.sees(clearing());
    expect(reasons(asks(alone, 1, '14:05'))).toEqual([]);
  });

  test('three within the hour are none too many, nor is a fourth after it', () => {
    expect(reasons(fires(openDay(), ['10:00', '10:05', '10:10', '11:00']))).toEqual([]);
  });
});

test('nothing is looked at while the account is flat and has not traded', () => {
  const alone = openDay();
  expect(
    alone.seesBars(
      '10:00',
      Array.from({ length: SYMBOLS }, () => still(1)),
    ),
  ).toEqual([]);
});
