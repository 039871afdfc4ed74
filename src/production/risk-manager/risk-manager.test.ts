import { describe, expect, test } from 'vitest';
import type { Event, EventOf } from '#domain/events/event';
import type { Intent } from '#domain/orders/intent';
import type { OrderId } from '#domain/orders/order';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';
import { riskManager } from '#production/risk-manager/risk-manager';
import { type Bar, chance, still } from '#tests/bar-columns';
import { Alone, at, closed, intentOf, minuteOf, of, opened } from '#tests/one-service';

const SYMBOLS = 8;

function openDay(): Alone {
  const alone = new Alone(riskManager());
  alone.sees({ kind: 'run_started', settings: defaultSettings, source: 'simulated_market', version: 'test' });
  alone.sees(opened(SYMBOLS));
  return alone;
}
const bought = (symbol: number, shares: number, dollars: number): Event => ({
  kind: 'order_filled',
  order: `o${symbol}` as OrderId,
  symbol: symbolIndex(symbol),
  side: 'buy',
  shares: quantity(shares),
  price: price(dollars * 10_000),
  fees: cash(0),
  bar: at('10:00'),
  flags: [],
});
const asks = (alone: Alone, symbol: number, clock = '10:00', changes: Partial<Intent> = {}): readonly Event[] =>
  alone.sees({ kind: 'intent_formed', intent: intentOf(symbol, changes) }, at(clock));
const reasons = (said: readonly Event[]): readonly string[] =>
  of(said, 'intent_refused').flatMap(({ refusals }) => refusals.map(({ kind }) => kind));
/** The entry of an intent in name 1 goes out, and the broker does not take it. */
function rejected(alone: Alone, intent: number, name: string): void {
  const order = { id: name as OrderId, role: 'entry', symbol: symbolIndex(1), intent };
  alone.sees({ kind: 'order_requested', order } as unknown as EventOf<'order_requested'>);
  alone.sees({ kind: 'order_rejected', order: order.id, reason: 'buying_power' });
}
/** 100 shares at 100.00 are held; the bar closes so many dollars of the day away. */
const marked = (pnlE4: number): Bar[] => [still(1_000_000 + pnlE4 / 100), ...Array.from({ length: SYMBOLS - 1 }, () => null)];

describe('the loss of the day', () => {
  test.each<readonly [what: string, pnlE4: number, said: readonly string[]]>([
    ['below three quarters: nothing', -14_999_900, []],
    ['three quarters: a warning', -15_000_000, ['loss_warned']],
    ['exactly 2,000: not passed', -20_000_000, ['loss_warned']],
    ['a hundredth of a cent a share below: halt', -20_000_100, ['loss_warned', 'halt_ordered']],
    ['a gain: nothing', 20_000_100, []],
  ])('%s', (_, pnlE4, said) => {
    const alone = openDay();
    alone.seesBars('10:00', marked(0));
    alone.sees(bought(0, 100, 100), at('10:00'));
    expect(alone.seesBars('10:01', marked(pnlE4)).map(({ kind }) => kind)).toEqual(said);
  });

  test('is warned of once and halts once; from then on everything is refused until the next session', () => {
    const alone = openDay();
    alone.seesBars('10:00', marked(0));
    alone.sees(bought(0, 100, 100), at('10:00'));
    expect(alone.seesBars('10:01', marked(-25_000_000))).toHaveLength(2);
    expect(alone.seesBars('10:02', marked(-30_000_000))).toEqual([]);
    expect(reasons(asks(alone, 1))).toEqual(expect.arrayContaining(['halted', 'daily_loss_passed']));
    alone.seesBars('10:03', marked(0));
    expect(reasons(asks(alone, 1))).toContain('halted');
  });

  test('a fill is judged at the mark of its own minute', () => {
    const alone = openDay();
    alone.seesBars('10:00', marked(-25_000_000));
    expect(alone.sees(bought(0, 100, 100), at('10:00'))).toEqual([]);
    expect(of(alone.seesBars('10:01', marked(-25_000_000)), 'halt_ordered')[0]).toMatchObject({
      reason: 'daily_loss',
      pnl: -25_000_000,
      limit: 20_000_000,
    });
  });

  test('a stop that somebody asks for after it still counts, since it outlasts the session', () => {
    const alone = openDay();
    alone.seesBars('10:00', marked(0));
    alone.sees(bought(0, 100, 100), at('10:00'));
    alone.seesBars('10:01', marked(-25_000_000));
    expect(
      of(alone.sees({ kind: 'stop_requested', level: 'flatten', by: 'me', from: 'person', because: 'enough' }), 'halt_ordered'),
    ).toHaveLength(1);
    expect(alone.sees({ kind: 'stop_requested', level: 'flatten', by: 'me', from: 'person', because: 'enough' })).toEqual([]);
  });
});

describe('a stop that somebody asks for', () => {
  test('halts at once and outlasts the session', () => {
    const alone = openDay();
    expect(
      of(alone.sees({ kind: 'stop_requested', level: 'flatten', by: 'me', from: 'person', because: 'enough' }), 'halt_ordered')[0],
    ).toMatchObject({
      reason: 'requested',
    });
    alone.sees(closed());
    alone.sees(opened(SYMBOLS, { listed: false }));
    expect(reasons(asks(alone, 1))).toEqual(['halted']);
  });
});

describe('what has been approved counts at once', () => {
  test('a second intent in the same name is refused in the same instant', () => {
    const alone = openDay();
    expect(of(asks(alone, 1), 'intent_approved')).toHaveLength(1);
    expect(reasons(asks(alone, 1))).toContain('position_in_symbol');
  });

  test('names that nobody can compare are refused within one sector', () => {
    const alone = openDay();
    asks(alone, 1);
    expect(reasons(asks(alone, 2))).toEqual(['correlation_unknown']);
  });

  test('what a rejected entry had reserved is free again', () => {
    const alone = openDay();
    const [approved] = of(asks(alone, 1), 'intent_approved');
    rejected(alone, approved?.intent ?? 0, 'o1');
    expect(of(asks(alone, 1), 'intent_approved')).toHaveLength(1);
  });
});

describe('correlation', () => {
  /** Two sessions of five-minute moves: names 1 and 2 go together, name 3 goes its own way. */
  function taught(): Alone {
    const alone = new Alone(riskManager());
    alone.sees({ kind: 'run_started', settings: defaultSettings, source: 'simulated_market', version: 'test' });
    const next = chance(5);
    const closes = [1_000_000, 1_000_000, 1_000_000, 1_000_000];
    for (let session = 0; session < 2; session++) {
      alone.sees(opened(SYMBOLS, { history: true, listed: session === 0 }));
      for (let minute = minuteOf('09:31'); minute <= minuteOf('16:00'); minute++) {
        const [shared, own] = [next() - 0.5, next() - 0.5];
        for (const [s, step] of [0, shared, shared, own].entries()) closes[s] = (closes[s] ?? 0) + Math.round(2000 * step);
        const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        alone.seesBars(clock, [...closes.map((close) => still(close)), null, null, null, null]);
      }
      alone.sees(closed());
    }
    alone.sees(opened(SYMBOLS, { listed: false }));
    return alone;
  }

  test('names that move together are not held together; names that do not are', () => {
    const alone = taught();
    expect(of(asks(alone, 1), 'intent_approved')).toHaveLength(1);
    expect(reasons(asks(alone, 2))).toEqual(['correlated']);
    expect(of(asks(alone, 3), 'intent_approved')).toHaveLength(1);
  });
});

test('each phase has its entries: two in the opening range, counted even when the broker refuses them, and the next begins anew', () => {
  const alone = openDay();
  const results = (['09:35', '09:40', '09:44', '09:45'] as const).map((clock) => {
    const said = asks(alone, 1, clock);
    for (const { intent } of of(said, 'intent_approved')) rejected(alone, intent, clock);
    return reasons(said);
  });
  expect(results).toEqual([[], [], ['phase_entries_used'], []]);
});
