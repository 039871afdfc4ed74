import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { AssetStatus } from '#domain/events/market';
import { cash } from '#domain/values/cash';
import { symbolIndex } from '#domain/values/symbol';
import { still } from '#tests/bar-columns';
import { type Alone, at } from '#tests/one-service';
import { accepted, approved, asked, cancelled, closesAt, fill, holding, id, tradingDay } from '#tests/one-trade';

const is = (status: AssetStatus, symbol = 0): Event => ({ kind: 'asset_status_changed', symbol: symbolIndex(symbol), status });
const flatten: Event = { kind: 'halt_ordered', reason: 'requested', level: 'flatten', pnl: cash(0), limit: cash(0) };
const halted = (): Alone => {
  const alone = holding();
  closesAt(alone, '10:02', 101);
  alone.sees(is('halted'), at('10:03'));
  return alone;
};
const out = (reason: string): readonly string[] => [
  `cancel 7-stop (${reason})`,
  `cancel 7-target (${reason})`,
  `exit market 200 (${reason})`,
];

describe('E5: a name that does not trade', () => {
  test.each<AssetStatus>(['halted', 'not_tradable'])(
    'keeps its bracket when everything is to be sold, and is sold when it trades again: %s',
    (status) => {
      const alone = holding();
      alone.sees(is(status), at('10:02'));
      expect(asked(alone.sees(flatten, at('10:03')))).toEqual([]);
      expect(closesAt(alone, '10:04', null)).toEqual([]);
      expect(asked(alone.sees(is('trading'), at('10:05')))).toEqual(out('emergency_stop'));
      expect(closesAt(alone, '10:06', 101)).toEqual([]);
    },
  );

  test('does not keep other names from being sold', () => {
    const alone = halted();
    alone.sees(approved(1), at('10:03'));
    alone.sees(fill(id('entry', 1), 'buy', 200, 100, 1), at('10:04'));
    expect(asked(alone.sees(flatten, at('10:04'))).filter((ask) => ask.startsWith('exit'))).toEqual(['exit market 200 (emergency_stop)']);
  });

  test('loses its entry: what is bought then cannot be sold', () => {
    const alone = tradingDay();
    alone.sees(approved(), at('10:00'));
    expect(asked(alone.sees(is('halted'), at('10:01')))).toEqual(['cancel 7-entry (entry_stale)']);
  });

  test('still gets a stop when the broker has lost the one it had', () => {
    const alone = halted();
    alone.sees(cancelled('stop'));
    expect(closesAt(alone, '10:04', null)).toEqual(['stop stop 200 stop 98 (protection_missing)']);
  });

  test('has a stop and no further exit when the broker throws our exit back', () => {
    const alone = holding();
    alone.sees(flatten, at('10:02'));
    alone.sees(is('halted'), at('10:03'));
    alone.sees(cancelled('stop'));
    alone.sees(cancelled('target'));
    alone.sees({ kind: 'order_rejected', order: id('exit-1'), reason: 'session_closed' }, at('10:03'));
    expect(closesAt(alone, '10:04', null)).toEqual(['stop stop 200 stop 98 (protection_missing)']);
    expect(asked(alone.sees(is('trading'), at('10:05')))).toEqual(['cancel 7-exit-2 (emergency_stop)', 'exit market 200 (emergency_stop)']);
  });

  test('goes on with the ladder at the step that has come', () => {
    const alone = halted();
    expect(closesAt(alone, '15:50', null)).toEqual([]);
    expect(closesAt(alone, '15:53', null)).toEqual([]);
    expect(asked(alone.sees(is('trading'), at('15:54')))).toEqual([
      'cancel 7-target (flat_by_close)',
      'exit limit 200 at 100.8 (flat_by_close)',
    ]);
    expect(closesAt(alone, '15:55', 101)).toContain('exit market 200 (flat_by_close)');
  });

  test('is closed by its time stop when it trades again', () => {
    const alone = halted();
    closesAt(alone, '11:58', 100);
    expect(closesAt(alone, '12:00', 100)).toEqual([]);
    expect(asked(alone.sees(is('trading'), at('12:05')))).toEqual(out('time_stop'));
  });

  test('gets its stop again also when the last price has passed it: nothing else may be sent', () => {
    const alone = holding(200, { confirmed: ['entry', 'target'] });
    alone.sees(is('halted'), at('10:02'));
    expect(closesAt(alone, '10:03', 97)).toEqual(['cancel 7-stop (protection_missing)', 'stop stop 200 stop 98 (protection_missing)']);
  });

  test('does not move its stop', () => {
    expect(closesAt(halted(), '10:04', 103)).toEqual([]);
  });
});

describe('E5: a name that trades again', () => {
  test('is sold at the market when the last price is at its stop or below', () => {
    const alone = holding();
    alone.sees(is('halted'), at('10:02'));
    closesAt(alone, '10:03', 98);
    expect(asked(alone.sees(is('trading'), at('10:05')))).toEqual(out('protective_stop'));
  });

  test('is looked at once more at its first bar, before anything else', () => {
    const alone = halted();
    expect(asked(alone.sees(is('trading'), at('10:10')))).toEqual([]);
    expect(closesAt(alone, '10:11', null)).toEqual([]);
    expect(closesAt(alone, '10:12', 97)).toEqual(out('protective_stop'));
  });

  test('the stop comes before what had to wait', () => {
    const alone = holding();
    alone.sees(is('halted'), at('10:02'));
    alone.sees(flatten, at('10:03'));
    closesAt(alone, '10:04', 98);
    expect(asked(alone.sees(is('trading'), at('10:05')))).toEqual(out('protective_stop'));
  });

  test('what was being sold when it was halted is not sold twice', () => {
    const alone = holding();
    alone.sees(flatten, at('10:02'));
    alone.sees(is('halted'), at('10:03'));
    closesAt(alone, '10:03', 97);
    expect(asked(alone.sees(is('trading'), at('10:05')))).toEqual([]);
  });

  test('above its stop it goes on as before; later the broker’s stop is left to do its work', () => {
    const alone = halted();
    alone.sees(is('trading'), at('10:10'));
    expect(closesAt(alone, '10:11', 99)).toEqual([]);
    expect(closesAt(alone, '10:12', 97)).toEqual([]);
  });

  test('is looked at once more also when nobody trades in that minute and a price is told all the same', () => {
    const alone = halted();
    alone.sees(is('trading'), at('10:10'));
    expect(asked(alone.seesBars('10:11', [still(970_000, 0), null]))).toEqual(out('protective_stop'));
  });

  test('has nothing to be looked at when its stop was filled before its first bar', () => {
    const alone = holding(150);
    alone.sees(is('halted'), at('10:02'));
    alone.sees(is('trading'), at('10:05'));
    alone.sees(fill(id('stop'), 'sell', 150, 98), at('10:05'));
    expect(closesAt(alone, '10:06', 97)).toEqual([]);
  });

  test('what fills only afterwards was never halted: its stop is left to do its work', () => {
    const alone = tradingDay();
    alone.sees(approved(), at('10:00'));
    for (const name of ['entry', 'stop', 'target']) alone.sees(accepted(name));
    alone.sees(is('halted'), at('10:01'));
    alone.sees(is('trading'), at('10:02'));
    alone.sees(fill(id('entry'), 'buy', 200, 100), at('10:02'));
    expect(closesAt(alone, '10:03', 97)).toEqual([]);
  });

  test('being told that it trades means nothing to an entry when it was never halted', () => {
    const alone = tradingDay();
    alone.sees(approved(), at('10:00'));
    expect(asked(alone.sees(is('trading'), at('10:01')))).toEqual([]);
  });

  test('being told that it trades means nothing when it was never halted', () => {
    const alone = holding();
    closesAt(alone, '10:02', 97);
    expect(asked(alone.sees(is('trading'), at('10:03')))).toEqual([]);
  });

  test('has been halted since an earlier session', () => {
    const alone = tradingDay();
    alone.sees(is('halted'));
    alone.sees({ kind: 'session_closed', date: '2018-03-12' as never, lastBar: null, complete: true });
    holding(200, { on: alone });
    expect(asked(alone.sees(flatten, at('10:05')))).toEqual([]);
  });
});
