import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bollinger } from '#domain/indicators/bollinger';
import { Donchian } from '#domain/indicators/donchian';
import { RecentBars } from '#domain/indicators/recent-bars';
import { Sma } from '#domain/indicators/sma';
import { Stochastic } from '#domain/indicators/stochastic';
import { type Column, SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, columns, walk } from '#tests/bar-columns';

/** Sums in another order differ in the last digits. */
const near = (value: number, other: number): boolean => Math.abs(value - other) <= 1e-9 * Math.max(1, Math.abs(other));

test('asked after any bar, the windows say what the kernels for all names say', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 0.5, noNaN: true }), (seed, length, absent) => {
      const table = new SymbolColumns(3);
      table.ensure(3);
      const recent = new RecentBars(table);
      const smas = [20, 50, 200].map((period) => [period, new Sma(table, period)] as const);
      const [bollinger, donchian, stochastic] = [new Bollinger(table, 20, 2), new Donchian(table, 20), new Stochastic(table, 14, 3, 3)];
      const names = [seed, seed + 1, seed + 2].map((one) => walk(one, length, absent));
      for (let i = 0; i < length; i++) {
        const bars = columns(names.map((name): Bar => name[i] ?? null));
        recent.update(bars);
        for (const kernel of [bollinger, donchian, stochastic, ...smas.map(([, sma]) => sma)]) kernel.update(bars);
      }
      for (let s = 0; s < 3; s++) {
        const of = ({ values }: Column<Float64Array>): number => values[s] as number;
        for (const [period, sma] of smas) expect(recent.sma(s, period)).toBe(of(sma.value));
        expect([recent.highest(s, 20), recent.lowest(s, 20)]).toEqual([of(donchian.upper), of(donchian.lower)]);
        const [middle, reach] = [recent.sma(s, 20), recent.bollingerReach(s, 20, 2)];
        expect(near(middle + reach, of(bollinger.upper))).toBe(true);
        expect(near(middle - reach, of(bollinger.lower))).toBe(true);
        expect(near(recent.stochastic(s), of(stochastic.value))).toBe(true);
        expect(near(recent.stochasticSignal(s), of(stochastic.signal))).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('a name that is forgotten begins anew', () => {
  const table = new SymbolColumns(1);
  table.ensure(1);
  const recent = new RecentBars(table);
  for (const bar of walk(1, 30)) recent.update(columns([bar]));
  table.forget(0);
  recent.update(columns([[10, 10, 10, 10, 1]]));
  expect([recent.sma(0, 1), recent.sma(0, 2), recent.highest(0, 1), recent.highest(0, 2)]).toEqual([10, 0, 10, 0]);
});
