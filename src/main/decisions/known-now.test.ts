import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { OrderId, Side } from '#domain/orders/order';
import { defaultSettings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { cash } from '#domain/values/cash';
import { instant, MINUTE_MS } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { KnownNow } from '#main/decisions/known-now';
import { columns, still } from '#tests/bar-columns';
import { at, closed, minuteOf, opened } from '#tests/one-service';

/** A journal, told entry by entry. */
class Told {
  readonly known = new KnownNow();

  says(clock: string, ...events: readonly Event[]): this {
    for (const event of events) this.known.see({ sequence: 1, at: at(clock), cause: 0, event });
    return this;
  }

  /** The minute that ends at `clock`; prices in 1e-4. */
  closes(clock: string, ...prices: readonly number[]): this {
    const start = instant(at(clock) - MINUTE_MS);
    const frame = { ...columns(prices.map(still)), minute: minuteOf(clock) - 1, start, present: prices.length, regular: true };
    return this.says(clock, { kind: 'bars_closed', frame });
  }
}

const opens = (...names: readonly string[]): Event => ({ ...opened(0), listed: names.map(ticker) });
const fills = (side: Side, shares: number, price: number): Event => ({
  kind: 'order_filled',
  order: 'x' as OrderId,
  symbol: symbolIndex(0),
  side,
  shares: quantity(shares),
  price: price as Price,
  fees: cash(0),
  bar: at('09:30'),
  flags: [],
});

test('what is left of a position was paid for as it was, and only what is left is unrealised', () => {
  const told = new Told().says('09:30', opens('ACME'), fills('buy', 10, 500_000), fills('sell', 4, 600_000)).closes('09:32', 600_000);
  const [held] = told.known.snapshot(null, at('09:32')).positions;
  expect(held).toMatchObject({ shares: 6, entry: 500_000, price: 600_000, unrealised: 600_000 });
});

test('a name keeps its sector when another one is listed later', () => {
  const energy = (symbol: number): Event => ({ kind: 'sectors_listed', sectors: [{ symbol: symbolIndex(symbol), sector: 'energy' }] });
  const told = new Told().says('09:30', opens('OILY'), energy(0)).closes('09:31', 100_000).says('16:00', closed());
  told.says('09:30', opens('GASY'), energy(1)).closes('09:31', 110_000, 50_000);
  expect(told.known.snapshot(null, at('09:31')).market.sectors).toEqual([{ sector: 'energy', move: expect.closeTo(0.1, 12), names: 1 }]);
});

test('what is decided before and after the bars of an instant knows the market of before and after', () => {
  const told = new Told().says('09:30', opens('SPY')).closes('09:31', 2_000_000).says('16:00', closed(), opens());
  told.closes('09:31', 2_000_000);
  const spy = (): number | null => told.known.snapshot(null, at('09:32')).market.spy;
  expect(spy()).toBeCloseTo(0, 12);
  told.closes('09:32', 2_020_000);
  expect(spy()).toBeCloseTo(0.01, 12);
});

test('what was decided before a change is told under the settings of then', () => {
  const settings = { ...defaultSettings, mode: 'aggressive' } as const;
  const change = { name: 'mode', before: '"normal"', after: '"aggressive"', by: 'ada', because: 'why not' };
  const stamp = { version: 2, hash: firstStamp(settings).hash };
  const { known } = new Told().says(
    '09:30',
    { kind: 'run_started', settings: defaultSettings, source: 'recorded_market', version: 'test' },
    { kind: 'parameters_changed', ...change, settings, stamp } as Event,
  );
  expect(known.settingsUnder(firstStamp(defaultSettings)).mode).toBe('normal');
  expect(known.settingsUnder(known.stamp).mode).toBe('aggressive');
});
