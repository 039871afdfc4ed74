import { expect, test } from 'vitest';
import { indicatorNames } from '#domain/indicators/indicator-names';
import type { Order, OrderId } from '#domain/orders/order';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';
import type { Outcome } from '#main/explain/day-record';
import { nothingOf } from '#main/explain/nothing-of';
import { outcomeLine } from '#main/explain/outcome-text';
import { drawnText } from '#main/explain/stage-text';
import { words } from '#main/explain/words';

const target: Order = {
  id: 'i5-target' as OrderId,
  role: 'target',
  type: 'limit',
  symbol: symbolIndex(0),
  side: 'sell',
  shares: quantity(315),
  limit: price(412_300),
  stop: null,
  parent: null,
  intent: 5,
  reason: 'profit_target',
};

test('an order that ends, is cancelled or rejected is told by its role, size and price', () => {
  const about = { day: { clock: { minuteAt: () => 615 } }, symbols: { nameOf: () => 'GM' } } as unknown as Parameters<
    typeof outcomeLine
  >[1];
  const line = (event: Outcome['entry']['event'], order: Order | null = target): string | null =>
    outcomeLine({ intent: 5, order, entry: { sequence: 9, at: instant(MINUTE_MS), cause: 0, event } as Outcome['entry'] }, about);
  expect(line({ kind: 'order_cancelled', order: target.id, unfilled: quantity(315) })).toBe(
    '10:15  the target order, sell 315 at 41.23, ended with 315 shares unfilled',
  );
  expect(line({ kind: 'cancel_requested', order: target.id, reason: 'flat_by_close' })).toBe(
    '10:15  cancel asked for: the target order, sell 315 at 41.23 (flat by close)',
  );
  expect(line({ kind: 'order_rejected', order: target.id, reason: 'buying_power' })).toBe(
    '10:15  the broker rejected the target order, sell 315 at 41.23: buying power',
  );
});

test('words of the journal read as people write them', () =>
  expect(['m_and_a', 'fda', 'capital_action'].map(words)).toEqual(['M&A', 'FDA', 'capital action']));

test('a line that bends with every bar is told by its ends', () => {
  const points = (count: number) => Array.from({ length: count }, (_, i) => ({ minute: 570 + i, price: 10_000 * (i + 1) }));
  expect(drawnText({ role: 'vwap', points: points(45) })).toBe('vwap 09:30 1.00 to 10:14 45.00 over 45 points');
  expect(drawnText({ role: 'abcd', points: points(4) })).toBe('abcd 09:30 1.00 to 09:31 2.00 to 09:32 3.00 to 09:33 4.00');
});

test('a recorded 0 is a value where there were bars enough, none for prices, and one of the two where nobody can tell', () => {
  const nothing = indicatorNames.map(() => 0);
  const withMinutes = indicatorNames.map((name) => (name === 'one_minute_sma_20' || name === 'day_sma_20' ? 10_000 : 0));
  const said = (values: readonly number[]) => Object.fromEntries(indicatorNames.map((name) => [name, nothingOf(name, values)]));
  expect(said(nothing)).toMatchObject({
    stochastic_k: 'nought',
    macd: 'nought',
    obv: 'nought',
    rsi: 'nought',
    sma_200: 'none',
    day_sma_50: 'none',
  });
  expect(said(nothing)).toMatchObject({
    value_area_low: 'none',
    one_minute_stochastic_k: 'either',
    day_rsi: 'either',
    fifteen_minutes_rsi: 'either',
  });
  expect(said(withMinutes)).toMatchObject({
    one_minute_stochastic_k: 'nought',
    one_minute_rsi: 'nought',
    one_minute_adx: 'either',
    day_atr: 'nought',
  });
});
