import { describe, expect, test } from 'vitest';
import type { Event, EventOf } from '#domain/events/event';
import { tickRuleOn } from '#domain/market/ticks';
import type { OrderId, Side } from '#domain/orders/order';
import { review } from '#domain/risk/approval';
import { defaultSettings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { cash } from '#domain/values/cash';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { trading } from '#production/trading/trading';
import { still } from '#tests/bar-columns';
import { Alone, at, calm, intentOf, of, opened } from '#tests/one-service';

const found = tickRuleOn('2018-03-12' as SessionDate);
if (!found.ok) throw new Error('no tick rule');
const ticks = found.value;
/** 200 shares at 100.00 with a stop at 98.00 and a target at 104.00, approved as intent 7. */
function approved(symbol = 0): EventOf<'intent_approved'> {
  const verdict = review(intentOf(symbol), calm, ticks);
  if (verdict.kind !== 'approved') throw new Error('not approved');
  return { kind: 'intent_approved', intent: 7 + symbol, order: verdict.order, stamp: firstStamp(defaultSettings) };
}
const id = (name: string, symbol = 0): OrderId => `2018-03-12-${7 + symbol}-${name}` as OrderId;
const fill = (order: OrderId, side: Side, shares: number, dollars: number, symbol = 0): Event => ({
  kind: 'order_filled',
  order,
  symbol: symbolIndex(symbol),
  side,
  shares: quantity(shares),
  price: price(dollars * 10_000),
  fees: cash(0),
  bar: at('10:00'),
  flags: [],
});
const cancelled = (order: OrderId): Event => ({ kind: 'order_cancelled', order, unfilled: quantity(1) });
const halt: Event = { kind: 'halt_ordered', reason: 'daily_loss', level: 'flatten', pnl: cash(-1), limit: cash(0) };

/** What is asked of the broker, in words. */
const asked = (said: readonly Event[]): readonly string[] =>
  said.flatMap((event) => {
    if (event.kind === 'cancel_requested') return [`cancel ${event.order.slice(11)} (${event.reason})`];
    if (event.kind !== 'order_requested') return [];
    const { role, type, shares, limit, stop, reason } = event.order;
    return [
      `${role} ${type} ${shares}${limit === null ? '' : ` at ${limit / 10_000}`}${stop === null ? '' : ` stop ${stop / 10_000}`} (${reason})`,
    ];
  });

function openDay(): Alone {
  const alone = new Alone(trading());
  alone.sees({ kind: 'run_started', settings: defaultSettings, source: 'simulated_market', version: 'test' });
  alone.sees(opened(2));
  alone.seesBars('10:00', [still(1_000_000), still(1_000_000)]);
  return alone;
}
const bars = (alone: Alone, clock: string): readonly string[] => asked(alone.seesBars(clock, [still(1_010_000), still(1_010_000)]));

function holding(shares = 200, confirmed: readonly string[] = ['entry', 'stop', 'target']): Alone {
  const alone = openDay();
  alone.sees(approved(), at('10:00'));
  for (const name of confirmed) alone.sees({ kind: 'order_accepted', order: id(name) }, at('10:00'));
  alone.sees(fill(id('entry'), 'buy', shares, 100), at('10:01'));
  return alone;
}

describe('an approval', () => {
  test('becomes a bracket in the same instant: entry, stop and target', () => {
    expect(asked(openDay().sees(approved(), at('10:00')))).toEqual([
      'entry limit 200 at 100 (bull_flag)',
      'stop stop 200 stop 98 (protective_stop)',
      'target limit 200 at 104 (profit_target)',
    ]);
  });

  test('an entry that has not filled after three minutes is given up', () => {
    const alone = openDay();
    alone.sees(approved(), at('10:00'));
    expect(bars(alone, '10:02')).toEqual([]);
    expect(bars(alone, '10:03')).toEqual(['cancel 7-entry (entry_stale)']);
    expect(bars(alone, '10:04')).toEqual([]);
  });
});

describe('protection', () => {
  test('a position whose stop has gone gets another one with the next minute', () => {
    const alone = holding();
    expect(bars(alone, '10:02')).toEqual([]);
    alone.sees(cancelled(id('stop')));
    expect(bars(alone, '10:03')).toContain('stop stop 200 stop 98 (protection_missing)');
    alone.sees({ kind: 'order_accepted', order: id('exit-1') });
    expect(bars(alone, '10:04')).toEqual([]);
  });

  test('a stop that the broker has not confirmed by the end of the minute is replaced', () => {
    expect(bars(holding(200, ['entry', 'target']), '10:02')).toEqual([
      'cancel 7-stop (protection_missing)',
      'stop stop 200 stop 98 (protection_missing)',
    ]);
  });
});

describe('the way out before the close', () => {
  test('a limit exit beside the stop at 15:50, everything at the market at 15:55', () => {
    const alone = holding();
    bars(alone, '10:03');
    expect(bars(alone, '15:49')).toEqual([]);
    expect(bars(alone, '15:50')).toEqual(['cancel 7-target (flat_by_close)', 'exit limit 200 at 101 (flat_by_close)']);
    expect(bars(alone, '15:54')).toEqual([]);
    expect(bars(alone, '15:55')).toEqual([
      'cancel 7-stop (flat_by_close)',
      'cancel 7-exit-1 (flat_by_close)',
      'exit market 200 (flat_by_close)',
    ]);
    expect(bars(alone, '15:56')).toEqual([]);
  });

  test('nothing to do when the position has gone', () => {
    const alone = holding();
    const said = alone.sees(fill(id('target'), 'sell', 200, 104), at('11:00'));
    expect(of(said, 'position_closed')[0]).toMatchObject({ shares: 200, pnl: 8_000_000, reason: 'profit_target', rMultiple: 2 });
    expect(bars(alone, '15:50')).toEqual([]);
  });
});

describe('a halt', () => {
  test('cancels what works and takes the position out at the market', () => {
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

  test('an entry that fills before our cancel reaches it goes the same way', () => {
    const alone = openDay();
    alone.sees(approved(), at('10:00'));
    expect(asked(alone.sees(halt, at('10:01')))).toEqual(['cancel 7-entry (emergency_stop)']);
    const said = asked(alone.sees(fill(id('entry'), 'buy', 200, 100), at('10:01')));
    expect(said).toEqual(['cancel 7-stop (emergency_stop)', 'cancel 7-target (emergency_stop)', 'exit market 200 (emergency_stop)']);
  });

  test('what happens to other orders does not make us forget an entry that we have cancelled', () => {
    const alone = openDay();
    alone.sees(approved(0), at('10:00'));
    alone.sees(approved(1), at('10:00'));
    alone.sees(halt, at('10:01'));
    alone.sees(cancelled(id('entry', 1)));
    expect(asked(alone.sees(fill(id('entry'), 'buy', 200, 100), at('10:01')))).toContain('exit market 200 (emergency_stop)');
  });
});
