import { describe, expect, test } from 'vitest';
import type { OrderReason } from '#domain/orders/order';
import { defaultSettings } from '#domain/settings';
import { firstStamp, nextStamp } from '#domain/settings-stamp';
import { at, of } from '#tests/one-service';
import { accepted, asked, cancelled, closesAt, fill, holding, id, tradingDay } from '#tests/one-trade';

/** One R is 2.00, an ATR is 1.00. */
describe('a stop that moves', () => {
  test('at 1 R it goes to what a share has cost: the new one is asked for in the same act in which the old one ends', () => {
    const alone = holding();
    expect(closesAt(alone, '10:02', 101.99)).toEqual([]);
    expect(closesAt(alone, '10:03', 102)).toEqual(['cancel 7-stop (break_even)', 'stop stop 200 stop 100 (break_even)']);
  });

  test('belongs to the bracket of its entry, so that the broker can keep the target beside it', () => {
    const alone = holding();
    const [moved] = of(alone.seesBars('10:02', [[1_020_000, 1_020_000, 1_020_000, 1_020_000, 100], null]), 'order_requested');
    expect(moved?.order).toMatchObject({ id: id('exit-1'), role: 'stop', parent: id('entry'), intent: 7 });
  });

  test('from 1.5 R on it follows the highest close, only ever up, and rests when there is nothing to gain', () => {
    const alone = holding();
    const said = (
      [
        ['10:02', 103],
        ['10:03', 103],
        ['10:04', 103.5],
        ['10:05', 102.2],
        ['10:06', 103.505],
      ] as const
    ).map(([clock, close]) => {
      const asks = closesAt(alone, clock, close);
      for (const exit of [1, 2, 3]) alone.sees(accepted(`exit-${exit}`));
      return asks;
    });
    expect(said).toEqual([
      ['cancel 7-stop (trailing_stop)', 'stop stop 200 stop 101 (trailing_stop)'],
      [],
      ['cancel 7-exit-1 (trailing_stop)', 'stop stop 200 stop 101.5 (trailing_stop)'],
      [],
      ['cancel 7-exit-2 (trailing_stop)', 'stop stop 200 stop 101.51 (trailing_stop)'],
    ]);
  });

  test('is sent again where it stands now when the broker has not confirmed it after a minute', () => {
    const alone = holding();
    closesAt(alone, '10:02', 103);
    expect(closesAt(alone, '10:03', 102.5)).toEqual([
      'cancel 7-exit-1 (protection_missing)',
      'stop stop 200 stop 101 (protection_missing)',
    ]);
  });

  test('that the broker has rejected is sent again at once, and sold out of when the price has passed it by then', () => {
    const rejected = { kind: 'order_rejected', order: id('exit-1'), reason: 'buying_power' } as const;
    const [above, below] = [102.5, 101].map((close) => {
      const alone = holding();
      closesAt(alone, '10:02', 103);
      const again = asked(alone.sees(rejected, at('10:02')));
      closesAt(alone, '10:03', close);
      return [again, asked(alone.sees({ ...rejected, order: id('exit-2') }, at('10:03')))];
    });
    const stop = ['stop stop 200 stop 101 (protection_missing)'];
    expect(above?.[0]).toEqual(stop);
    expect(below?.[0]).toEqual(stop);
  });

  test('B17: that the broker refuses again and again is given up after three more, and the shares are sold', () => {
    const alone = holding();
    const refused = ['stop', 'exit-1', 'exit-2', 'exit-3'].map((name) =>
      asked(alone.sees({ kind: 'order_rejected', order: id(name), reason: 'other' }, at('10:02'))),
    );
    const stop = ['stop stop 200 stop 98 (protection_missing)'];
    expect(refused).toEqual([stop, stop, stop, ['cancel 7-target (protection_missing)', 'exit market 200 (protection_missing)']]);
  });

  test('what a share has cost is the mean of all fills of the entry, whatever was sold since', () => {
    const alone = holding(100);
    alone.sees(fill(id('entry'), 'buy', 100, 99.97), at('10:02'));
    alone.sees(fill(id('target'), 'sell', 50, 104), at('10:03'));
    expect(closesAt(alone, '10:03', 102.5)).toEqual(['cancel 7-stop (break_even)', 'stop stop 150 stop 99.99 (break_even)']);
  });

  test.each<readonly [what: string, exits: { breakEvenAtR?: number; trailFromR?: number }, asks: readonly string[]]>([
    ['both', { breakEvenAtR: 0, trailFromR: 0 }, []],
    ['trailing', { trailFromR: 0 }, ['cancel 7-stop (break_even)', 'stop stop 200 stop 100 (break_even)']],
  ])('stays where zero switches %s off', (_, exits, asks) => {
    expect(closesAt(holding(200, { on: tradingDay({ exits }) }), '10:02', 103.5)).toEqual(asks);
  });

  test('obeys rules that change while it is held', () => {
    const alone = holding(200, { on: tradingDay({ exits: { breakEvenAtR: 0, trailFromR: 0 } }) });
    closesAt(alone, '10:02', 103);
    const stamp = nextStamp(firstStamp(defaultSettings), defaultSettings);
    const change = { name: 'exits.trailFromR', before: '0', after: '1.5', because: 'to keep some', by: 'me', from: 'person' } as const;
    alone.sees({ kind: 'parameters_changed', stamp, settings: defaultSettings, ...change });
    expect(closesAt(alone, '10:03', 103)).toEqual(['cancel 7-stop (trailing_stop)', 'stop stop 200 stop 101 (trailing_stop)']);
  });

  test('is left alone once it has begun to fill: it is a market order by then', () => {
    const alone = holding();
    alone.sees(fill(id('stop'), 'sell', 50, 98), at('10:02'));
    expect(closesAt(alone, '10:02', 103)).toEqual([]);
  });

  test('moves also when none works any more: the new one stands where the rules say', () => {
    const alone = holding();
    alone.sees(cancelled('stop'));
    alone.sees(cancelled('exit-1'));
    alone.sees(accepted('exit-2'));
    expect(closesAt(alone, '10:02', 102)).toEqual(['cancel 7-exit-2 (break_even)', 'stop stop 200 stop 100 (break_even)']);
  });

  test('what a share has cost counts the shares that were bought, and not those that were wanted', () => {
    const alone = holding(150);
    alone.sees(cancelled('entry'));
    expect(closesAt(alone, '10:02', 102)).toEqual(['cancel 7-stop (break_even)', 'stop stop 150 stop 100 (break_even)']);
  });

  test('is left alone on the way out', () => {
    const alone = holding();
    closesAt(alone, '15:51', 101);
    expect(closesAt(alone, '15:52', 103)).toEqual([]);
  });
});

describe('fills that cross a moving stop', () => {
  test('while the entry can still fill, the bracket keeps its own stop, which grows with it', () => {
    const alone = holding(150);
    expect(closesAt(alone, '10:02', 103)).toEqual([]);
    expect(closesAt(alone, '10:03', 103)).toEqual(['cancel 7-entry (entry_stale)']);
    alone.sees(fill(id('entry'), 'buy', 20, 100), at('10:03'));
    expect(closesAt(alone, '10:04', 103)).toEqual([]);
    alone.sees(cancelled('entry'));
    // The highest close counts, though the stop could not follow it then.
    expect(closesAt(alone, '10:05', 102.5)).toEqual(['cancel 7-stop (trailing_stop)', 'stop stop 170 stop 101 (trailing_stop)']);
  });

  test('shares that come in beside a stop that is not the bracket’s own have a stop at once', () => {
    const alone = holding(150);
    alone.sees(cancelled('stop'));
    alone.sees(accepted('exit-1'));
    closesAt(alone, '10:02', 101);
    expect(asked(alone.sees(fill(id('entry'), 'buy', 50, 100), at('10:02')))).toEqual([
      'cancel 7-exit-1 (protection_missing)',
      'stop stop 200 stop 98 (protection_missing)',
    ]);
  });

  test('the old stop fills before its cancel reaches the broker: flat, and the new stop is cancelled', () => {
    const alone = holding();
    closesAt(alone, '10:02', 103);
    const said = alone.sees(fill(id('stop'), 'sell', 200, 98), at('10:03'));
    expect(asked(said)).toEqual(['cancel 7-exit-1 (protective_stop)']);
    expect(of(said, 'position_closed')[0]).toMatchObject({ reason: 'protective_stop', rMultiple: -1 });
    expect(closesAt(alone, '10:04', 97)).toEqual([]);
  });

  test('the old stop fills in part: what is left still has the new one', () => {
    const alone = holding();
    closesAt(alone, '10:02', 103);
    alone.sees(accepted('exit-1'));
    expect(asked(alone.sees(fill(id('stop'), 'sell', 80, 98), at('10:03')))).toEqual([]);
    expect(closesAt(alone, '10:03', 103)).toEqual([]);
    expect(closesAt(alone, '10:04', 104)).toEqual(['cancel 7-exit-1 (trailing_stop)', 'stop stop 120 stop 102 (trailing_stop)']);
  });

  test('an entry that fills after its bracket is flat goes at once', () => {
    const alone = holding(150);
    expect(asked(alone.sees(fill(id('stop'), 'sell', 150, 98), at('10:02')))).toEqual(['cancel 7-entry (protective_stop)']);
    expect(asked(alone.sees(fill(id('entry'), 'buy', 50, 100), at('10:02')))).toContain('exit market 50 (protective_stop)');
  });
});

describe('what closes a position', () => {
  test.each<readonly [close: number, reason: OrderReason, at: number, rMultiple: number]>([
    [102, 'break_even', 100, 0],
    [103.5, 'trailing_stop', 101.5, 0.75],
  ])('after a close of %d: %s, and R is still that of the first stop', (close, reason, dollars, rMultiple) => {
    const alone = holding();
    closesAt(alone, '10:02', close);
    alone.sees(accepted('exit-1'));
    const said = alone.sees(fill(id('exit-1'), 'sell', 200, dollars), at('10:03'));
    expect(of(said, 'position_closed')[0]).toMatchObject({ reason, rMultiple });
    // The broker knows of no tie between this stop and the target.
    expect(asked(said)).toEqual([`cancel 7-target (${reason})`]);
  });
});
