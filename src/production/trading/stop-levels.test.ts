import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { StopLevel } from '#domain/risk/stop-level';
import { cash } from '#domain/values/cash';
import { trading } from '#production/trading/trading';
import { Alone, at, closed, opened } from '#tests/one-service';
import { approved, asked, cancelled, fill, holding, id, tradingDay } from '#tests/one-trade';

const stop = (level: StopLevel): Event => ({ kind: 'halt_ordered', reason: 'requested', level, pnl: cash(0), limit: cash(0) });
const cleared: Event = { kind: 'stop_cleared', by: 'me', because: 'looked at it' };
const account = (said: readonly Event[]): readonly string[] =>
  said.map(({ kind }) => kind).filter((kind) => kind === 'suspend_requested' || kind === 'resume_requested');

const sold = ['cancel 7-stop (emergency_stop)', 'cancel 7-target (emergency_stop)', 'exit market 150 (emergency_stop)'];
const rows: readonly [level: StopLevel, asks: readonly string[]][] = [
  ['pause_entries', []],
  ['cancel_entries', ['cancel 7-entry (emergency_stop)']],
  ['flatten', ['cancel 7-entry (emergency_stop)', ...sold]],
  ['suspend', ['cancel 7-entry (emergency_stop)', ...sold]],
];

describe('the emergency stop, while a position is held whose entry still works', () => {
  test.each(rows)('%s', (level, asks) => {
    expect(asked(holding(150).sees(stop(level), at('10:02')))).toEqual(asks);
  });

  test('cancelled entries leave the protection: it is guarded as before', () => {
    const alone = holding(150);
    alone.sees(stop('cancel_entries'), at('10:02'));
    alone.sees(cancelled('entry'));
    expect(asked(alone.sees(cancelled('stop'), at('10:02')))).toEqual(['stop stop 150 stop 98 (protection_missing)']);
  });

  test('a higher level comes on top of a lower one', () => {
    const alone = holding(150);
    alone.sees(stop('cancel_entries'), at('10:02'));
    expect(asked(alone.sees(stop('flatten'), at('10:02')))).toEqual(sold);
  });
});

describe('suspending', () => {
  test('waits until everything is sold', () => {
    const alone = holding();
    expect(account(alone.sees(stop('suspend'), at('10:02')))).toEqual([]);
    alone.sees(fill(id('exit-1'), 'sell', 150, 99), at('10:03'));
    expect(account(alone.seesBars('10:03', [null, null]))).toEqual([]);
    expect(account(alone.sees(fill(id('exit-1'), 'sell', 50, 99), at('10:04')))).toEqual(['suspend_requested']);
    expect(account(alone.sees(stop('suspend'), at('10:05')))).toEqual([]);
  });

  test('waits for the broker’s word on an entry, which can still fill', () => {
    const alone = tradingDay();
    alone.sees(approved(), at('10:00'));
    expect(account(alone.sees(stop('suspend'), at('10:01')))).toEqual([]);
    expect(account(alone.sees(cancelled('entry'), at('10:01')))).toEqual(['suspend_requested']);
  });

  test('is asked for at once when nothing is held, in a session or before the first', () => {
    for (const alone of [tradingDay(), new Alone(trading())])
      expect(account(alone.sees(stop('suspend'), at('10:01')))).toEqual(['suspend_requested']);
  });

  test('no lower level asks for it', () => {
    for (const level of ['pause_entries', 'cancel_entries', 'flatten'] as const)
      expect(account(tradingDay().sees(stop(level), at('10:01')))).toEqual([]);
  });

  test('outlasts the session, and ends when the stop is cleared, once', () => {
    const alone = tradingDay();
    alone.sees(stop('suspend'), at('10:01'));
    alone.sees(closed());
    expect(account(alone.sees(opened(2, { listed: false })))).toEqual([]);
    expect(account(alone.sees(cleared))).toEqual(['resume_requested']);
    expect(account(alone.sees(cleared))).toEqual([]);
  });

  test('comes again after it was lifted', () => {
    const alone = tradingDay();
    const said = [stop('suspend'), cleared, stop('suspend'), cleared].flatMap((event) => alone.sees(event, at('10:01')));
    expect(account(said)).toEqual(['suspend_requested', 'resume_requested', 'suspend_requested', 'resume_requested']);
  });

  test('there is nothing to resume when the stop is cleared before everything is sold, or was of a lower level', () => {
    const alone = holding();
    alone.sees(stop('suspend'), at('10:02'));
    expect(account(alone.sees(cleared))).toEqual([]);
    expect(account(alone.sees(fill(id('exit-1'), 'sell', 200, 99), at('10:03')))).toEqual([]);
    const lower = tradingDay();
    lower.sees(stop('flatten'), at('10:01'));
    expect(account(lower.sees(cleared))).toEqual([]);
  });
});
