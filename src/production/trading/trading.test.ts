import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { defaultSettings, type Settings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { cash } from '#domain/values/cash';
import { symbolIndex } from '#domain/values/symbol';
import { trading } from '#production/trading/trading';
import { columns, still } from '#tests/bar-columns';
import { Alone, at, changedTo, of } from '#tests/one-service';
import { accepted, approved, asked, cancelled, closesAt, fill, holding, id, tradingDay } from '#tests/one-trade';

const halt: Event = { kind: 'halt_ordered', reason: 'daily_loss', level: 'flatten', pnl: cash(-1), limit: cash(0) };
const bars = (alone: ReturnType<typeof tradingDay>, clock: string): readonly string[] => closesAt(alone, clock, 101, 101);

describe('an approval', () => {
  test('becomes a bracket in the same instant: entry, stop and target', () => {
    expect(asked(tradingDay().sees(approved(), at('10:00')))).toEqual([
      'entry limit 200 at 100 (bull_flag)',
      'stop stop 200 stop 98 (protective_stop)',
      'target limit 200 at 104 (profit_target)',
    ]);
  });

  test('an entry that has not filled after three minutes is given up', () => {
    const alone = tradingDay();
    alone.sees(approved(), at('10:00'));
    expect(bars(alone, '10:02')).toEqual([]);
    expect(bars(alone, '10:03')).toEqual(['cancel 7-entry (entry_stale)']);
    expect(bars(alone, '10:04')).toEqual([]);
  });
});

test('J9: orders that work when the mode changes keep what they were approved with: nothing is sent or cancelled for it', () => {
  for (const mode of ['conservative', 'aggressive'] as const) {
    const alone = holding(100);
    const settings: Settings = { ...defaultSettings, mode, session: { ...defaultSettings.session, control: 'supervised' } };
    expect(asked(alone.sees(changedTo(settings), at('10:01')))).toEqual([]);
    expect(asked(alone.sees(fill(id('entry'), 'buy', 100, 100), at('10:02')))).toEqual([]);
    expect(asked(alone.sees(cancelled('stop'), at('10:02')))).toEqual(['stop stop 200 stop 98 (protection_missing)']);
  }
});

describe('protection', () => {
  test('B11: a position whose stop has gone gets another one at once', () => {
    const alone = holding();
    expect(bars(alone, '10:02')).toEqual([]);
    expect(asked(alone.sees(cancelled('stop'), at('10:02')))).toEqual(['stop stop 200 stop 98 (protection_missing)']);
    alone.sees(accepted('exit-1'));
    expect(bars(alone, '10:03')).toEqual([]);
  });

  test('a stop that the broker has not confirmed by the end of the minute is replaced', () => {
    expect(bars(holding(200, { confirmed: ['entry', 'target'] }), '10:02')).toEqual([
      'cancel 7-stop (protection_missing)',
      'stop stop 200 stop 98 (protection_missing)',
    ]);
  });
});

describe('an exit that the broker throws back', () => {
  test('is sent again with the next minute, at the market', () => {
    const alone = holding();
    alone.sees(halt, at('10:02'));
    for (const name of ['stop', 'target']) alone.sees(cancelled(name));
    alone.sees({ kind: 'order_rejected', order: id('exit-1'), reason: 'buying_power' }, at('10:02'));
    expect(bars(alone, '10:03')).toEqual(['exit market 200 (protection_missing)']);
    expect(bars(alone, '10:04')).toEqual([]);
  });
});

describe('a fill that we did not ask for', () => {
  test('in a name that we trade counts, and what it leaves flat is told', () => {
    const alone = holding();
    expect(alone.sees(fill(id('by-hand'), 'sell', 50, 101), at('10:02'))).toEqual([]);
    expect(asked(alone.sees(halt, at('10:03')))).toContain('exit market 150 (emergency_stop)');
    const said = alone.sees(fill(id('by-hand'), 'sell', 150, 101), at('10:03'));
    expect(of(said, 'position_closed')).toMatchObject([{ shares: 200, pnl: 2_000_000 }]);
  });

  test('B5: in a name that no trade answers for gets a stop', () => {
    const alone = tradingDay();
    expect(asked(alone.sees(fill(id('by-hand'), 'buy', 50, 101), at('10:02')))).toEqual(['stop stop 50 stop 95.95 (protection_missing)']);
  });

  test('B9: when the other leg fills as well, what is short is bought back at once', () => {
    const alone = holding(200);
    alone.sees(fill(id('stop'), 'sell', 200, 98), at('10:02'));
    const said = alone.sees(fill(id('target'), 'sell', 200, 104), at('10:02'));
    const bought = { side: 'buy', shares: 200, type: 'market', reason: 'protection_missing' };
    expect(of(said, 'order_requested').map(({ order }) => order)).toMatchObject([bought]);
  });
});

test('a minute before the first session asks for nothing', () => {
  expect(closesAt(new Alone(trading()), '10:00', 100)).toEqual([]);
});

describe('the way out before the close', () => {
  test('a limit exit beside the stop at 15:50, a marketable one at 15:53, everything at the market at 15:55', () => {
    const alone = holding();
    bars(alone, '10:03');
    expect(bars(alone, '15:49')).toEqual([]);
    expect(bars(alone, '15:50')).toEqual(['cancel 7-target (flat_by_close)', 'exit limit 200 at 101 (flat_by_close)']);
    expect(bars(alone, '15:52')).toEqual([]);
    expect(bars(alone, '15:53')).toEqual(['cancel 7-exit-1 (flat_by_close)', 'exit limit 200 at 100.8 (flat_by_close)']);
    expect(bars(alone, '15:54')).toEqual([]);
    expect(bars(alone, '15:55')).toEqual([
      'cancel 7-stop (flat_by_close)',
      'cancel 7-exit-2 (flat_by_close)',
      'exit market 200 (flat_by_close)',
    ]);
    expect(bars(alone, '15:56')).toEqual([]);
  });

  test('E3: on a half day it is counted from the close at 13:00', () => {
    const alone = holding(200, { on: tradingDay({ half: true }) });
    expect(bars(alone, '12:00')).toEqual([]);
    expect(bars(alone, '12:49')).toEqual([]);
    expect(bars(alone, '12:50')).toContain('exit limit 200 at 101 (flat_by_close)');
    expect(bars(alone, '12:53')).toContain('exit limit 200 at 100.8 (flat_by_close)');
    expect(bars(alone, '12:55')).toContain('exit market 200 (flat_by_close)');
  });

  test('F1: a name whose prices have stopped keeps its stop, and leaves at the market by the close, however old its last price is', () => {
    const alone = holding();
    closesAt(alone, '10:03', 101);
    for (const clock of ['10:04', '11:00', '13:00', '15:49']) expect(closesAt(alone, clock, null)).toEqual([]);
    expect(closesAt(alone, '15:55', null)).toEqual([
      'cancel 7-stop (flat_by_close)',
      'cancel 7-target (flat_by_close)',
      'exit market 200 (flat_by_close)',
    ]);
  });

  test('an entry that fills on the way out goes the way that has come', () => {
    const alone = tradingDay();
    alone.sees(approved(), at('15:52'));
    expect(bars(alone, '15:53')).toEqual(['cancel 7-entry (flat_by_close)']);
    expect(asked(alone.sees(fill(id('entry'), 'buy', 200, 100), at('15:54')))).toContain('exit limit 200 at 100.8 (flat_by_close)');
  });

  test('steps of zero minutes are left out', () => {
    const alone = holding(200, { on: tradingDay({ exits: { limitBeforeClose: 0, marketableBeforeClose: 0 } }) });
    expect(bars(alone, '15:54')).toEqual([]);
    expect(bars(alone, '15:55')).toContain('exit market 200 (flat_by_close)');
  });

  test('minutes outside of the regular session ask for nothing', () => {
    const alone = holding();
    const frame = { ...columns([still(970_000), null]), minute: 960, start: at('16:00'), present: 1, regular: false };
    expect(alone.sees({ kind: 'bars_closed', frame }, at('16:01'))).toEqual([]);
  });

  test('what the end of the session closes is flat by the close, whichever order it is booked on, and ends every order itself', () => {
    const alone = holding();
    closesAt(alone, '10:02', 103);
    const said = alone.sees({ ...fill(id('exit-1'), 'sell', 200, 102), flags: ['at_close'] }, at('16:00'));
    expect(asked(said)).toEqual([]);
    expect(of(said, 'position_closed')[0]).toMatchObject({ reason: 'flat_by_close', noMarket: false, rMultiple: 1 });
  });

  test('what nobody bought in the end has no market, and is flat by the close as well', () => {
    const alone = holding();
    const said = alone.sees({ ...fill(id('target'), 'sell', 200, 97), flags: ['no_market'] }, at('16:00'));
    expect(asked(said)).toEqual([]);
    expect(of(said, 'position_closed')[0]).toMatchObject({ reason: 'flat_by_close', noMarket: true });
  });

  test('R is measured by the shares that were bought, and not by those that were wanted', () => {
    const alone = holding(150);
    alone.sees(cancelled('entry'));
    const said = alone.sees(fill(id('target'), 'sell', 150, 104), at('11:00'));
    expect(of(said, 'position_closed')[0]).toMatchObject({ shares: 150, pnl: 6_000_000, rMultiple: 2 });
  });

  test('nothing to do when the position has gone', () => {
    const alone = holding();
    const said = alone.sees(fill(id('target'), 'sell', 200, 104), at('11:00'));
    expect(of(said, 'position_closed')[0]).toMatchObject({ shares: 200, pnl: 8_000_000, reason: 'profit_target', rMultiple: 2 });
    expect(bars(alone, '15:50')).toEqual([]);
  });
});

describe('the state', () => {
  const stateOf = (alone: Alone): string => {
    const told: string[] = [];
    alone.service.hashInto({ text: (text) => void told.push(text), numbers: () => {} });
    return told.join('\n');
  };
  const settings = { ...defaultSettings, exits: { ...defaultSettings.exits, trailAtrs: 3 } };
  const change = { stamp: firstStamp(settings), settings, name: 'exits.trailAtrs', before: '2', after: '3', because: 'a test' } as const;
  const question = { question: 9, settlement: 'answered', override: true, by: 'me', because: 'a test', code: null } as const;

  test.each<readonly [what: string, event: Event]>([
    ['a rule that has changed', { kind: 'parameters_changed', ...change, by: 'me', from: 'person' }],
    ['a name that is halted', { kind: 'asset_status_changed', symbol: symbolIndex(1), status: 'halted' }],
    ['a time stop that is off', { kind: 'question_settled', ...question, subject: 'time_stop', intent: 7, choice: 'keep' }],
    ['a trade on its way out', halt],
    ['an order that the broker has confirmed', accepted('stop')],
    ['a stop that has begun to fill', fill(id('stop'), 'sell', 1, 98)],
    ['an entry that has ended', cancelled('entry')],
  ])('tells of %s', (_, event) => {
    const [before, after] = [0, 1].map((saw) => {
      const alone = holding(150, { confirmed: ['entry'] });
      if (saw === 1) alone.sees(event, at('10:02'));
      return stateOf(alone);
    });
    expect(after).not.toBe(before);
  });

  test('is the same whether the settings come from a file or from a journal, which sorts their names', () => {
    const exits = Object.fromEntries(Object.entries(defaultSettings.exits).reverse()) as typeof defaultSettings.exits;
    expect(stateOf(tradingDay({ exits }))).toBe(stateOf(tradingDay()));
    const sorted = new Alone(trading());
    sorted.sees({ kind: 'run_started', settings: { ...defaultSettings, exits }, source: 'simulated_market', version: 'test' });
    expect(stateOf(sorted)).toBe(stateOf(new Alone(trading())));
  });

  test('tells that a name trades again and has had no bar since', () => {
    const [never, again] = [[], ['halted', 'trading'] as const].map((statuses) => {
      const alone = holding();
      for (const status of statuses) alone.sees({ kind: 'asset_status_changed', symbol: symbolIndex(0), status }, at('10:02'));
      return stateOf(alone);
    });
    expect(again).not.toBe(never);
  });

  test('tells which names are halted, and what cash there is', () => {
    const [one, other] = [
      [1, 12],
      [11, 2],
    ].map((symbols) => {
      const alone = tradingDay();
      for (const symbol of symbols) alone.sees({ kind: 'asset_status_changed', symbol: symbolIndex(symbol), status: 'halted' });
      return stateOf(alone);
    });
    expect(one).not.toBe(other);
    const rich = new Alone(trading());
    const begun = { kind: 'run_started', source: 'simulated_market', version: 'test' } as const;
    rich.sees({ ...begun, settings: { ...defaultSettings, capital: cash(2_000_000_000) } });
    expect(stateOf(rich)).not.toBe(stateOf(new Alone(trading())));
  });

  test('tells whether the account is to be suspended, and where a stop stands', () => {
    const [calm, suspended] = [tradingDay(), tradingDay()];
    suspended.sees({ kind: 'halt_ordered', reason: 'requested', level: 'suspend', pnl: cash(0), limit: cash(0) });
    expect(stateOf(suspended)).not.toBe(stateOf(calm));
    const moved = holding();
    closesAt(moved, '10:02', 103);
    expect(stateOf(moved)).toContain(' 1010000 1030000 ');
  });
});

describe('a halt', () => {
  test('J6: cancels what works and takes the position out at the market', () => {
    const alone = holding();
    expect(asked(alone.sees(halt, at('10:05')))).toEqual([
      'cancel 7-stop (emergency_stop)',
      'cancel 7-target (emergency_stop)',
      'exit market 200 (emergency_stop)',
    ]);
  });

  test('a position that only part of the entry made goes in that size', () => {
    expect(asked(holding(50).sees(halt, at('10:05')))).toContain('exit market 50 (emergency_stop)');
  });

  test('J6: an entry that fills before our cancel reaches it goes the same way', () => {
    const alone = tradingDay();
    alone.sees(approved(), at('10:00'));
    expect(asked(alone.sees(halt, at('10:01')))).toEqual(['cancel 7-entry (emergency_stop)']);
    const said = asked(alone.sees(fill(id('entry'), 'buy', 200, 100), at('10:01')));
    expect(said).toEqual(['cancel 7-stop (emergency_stop)', 'cancel 7-target (emergency_stop)', 'exit market 200 (emergency_stop)']);
  });

  test('what happens to other orders does not make us forget an entry that we have cancelled', () => {
    const alone = tradingDay();
    alone.sees(approved(0), at('10:00'));
    alone.sees(approved(1), at('10:00'));
    alone.sees(halt, at('10:01'));
    alone.sees(cancelled('entry', 1));
    expect(asked(alone.sees(fill(id('entry'), 'buy', 200, 100), at('10:01')))).toContain('exit market 200 (emergency_stop)');
  });
});
