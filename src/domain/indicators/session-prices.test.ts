import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VolumeProfile } from '#domain/indicators/volume-profile';
import { VwapBands } from '#domain/indicators/vwap-bands';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, frame, still, walk } from '#tests/bar-columns';

type Present = NonNullable<Bar>;

function tableOf(count: number): SymbolColumns {
  const table = new SymbolColumns(2);
  table.ensure(count);
  return table;
}

const typical = ([, high, low, close]: Present): number => (high + low + close) / 3;

test('VWAP bands lie so many volume-weighted deviations from the average, and begin without any width', () => {
  const bands = new VwapBands(tableOf(1), 2);
  bands.startSession();
  bands.update(frame(570, [still(1000, 100)]));
  expect([bands.lower(0), bands.value(0), bands.upper(0)]).toEqual([1000, 1000, 1000]);
  // 100 shares at 1000 and 300 at 1400: the average 1300, the variance 1/4 × 300² + 3/4 × 100² = 30,000.
  bands.update(frame(571, [still(1400, 300)]));
  expect(bands.value(0)).toBe(1300);
  expect(bands.deviation(0)).toBeCloseTo(Math.sqrt(30_000), 9);
  expect(bands.upper(0) - bands.lower(0)).toBeCloseTo(4 * Math.sqrt(30_000), 9);
  bands.startSession();
  expect([bands.ready(0), bands.value(0), bands.upper(0)]).toEqual([false, 0, 0]);
});

test('VWAP bands of any session are what their definition gives, and know nothing outside of regular hours', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.constantFrom(20_000, 900_000_000), (seed, start) => {
      const bands = new VwapBands(tableOf(1), 1);
      bands.startSession();
      const bars = walk(seed, 200, 0.1, start);
      bars.forEach((bar, i) => void bands.update(frame(570 + i, [bar], i % 5 !== 4)));
      const counted = bars.filter((bar, i): bar is Present => bar !== null && i % 5 !== 4);
      const shares = counted.reduce((sum, bar) => sum + bar[4], 0);
      const mean = counted.reduce((sum, bar) => sum + typical(bar) * bar[4], 0) / shares;
      const variance = counted.reduce((sum, bar) => sum + (typical(bar) - mean) * (typical(bar) - mean) * bar[4], 0) / shares;
      expect(Math.abs(bands.value(0) - mean)).toBeLessThan(1e-12 * start);
      expect(Math.abs(bands.upper(0) - mean - Math.sqrt(variance))).toBeLessThan(1e-9 * start);
    }),
    { numRuns: 20 },
  );
});

test('the point of control is where most shares traded, and the value area holds 70 % of them', () => {
  const profile = new VolumeProfile(tableOf(2));
  profile.startSession();
  expect([profile.ready(0), profile.pointOfControl(0), profile.valueAreaHigh(0)]).toEqual([false, 0, 0]);
  // A bin of the first symbol is a thousandth of 1,000,000.
  for (const [price, shares] of [
    [1_000_000, 100],
    [1_010_000, 500],
    [1_011_000, 200],
    [1_009_000, 300],
    [990_000, 100],
  ] as const) {
    profile.update(frame(570, [still(price, shares), null]));
  }
  const half = 500;
  expect(Math.abs(profile.pointOfControl(0) - 1_010_000)).toBeLessThanOrEqual(half);
  // 500 + 300 of 1,200 are 67 %, so the 200 above belong to it as well.
  expect(Math.abs(profile.valueAreaHigh(0) - 1_011_500)).toBeLessThanOrEqual(half);
  expect(Math.abs(profile.valueAreaLow(0) - 1_008_500)).toBeLessThanOrEqual(half);
  expect(profile.ready(1)).toBe(false);
});

test('the value area leaps what nobody paid, to the nearest price that somebody did', () => {
  const profile = new VolumeProfile(tableOf(1));
  profile.startSession();
  for (const [price, shares] of [
    [1_000_000, 500],
    [1_010_000, 100],
    [970_000, 300],
  ] as const) {
    profile.update(frame(570, [still(price, shares)]));
  }
  // 500 and the nearest 100 are 67 % of 900; above them nothing traded, so the 300 below belong to it as well.
  expect(Math.abs(profile.valueAreaHigh(0) - 1_010_500)).toBeLessThanOrEqual(500);
  expect(Math.abs(profile.valueAreaLow(0) - 969_500)).toBeLessThanOrEqual(500);
});

test('a volume profile keeps every share when the price runs away to either side, and its bins where they belong', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 2_000_000_000 }), fc.integer({ min: 1, max: 1000 })), { minLength: 1, maxLength: 40 }),
      (trades) => {
        const profile = new VolumeProfile(tableOf(1));
        profile.startSession();
        for (const [price, shares] of trades) profile.update(frame(570, [still(price, shares)]));
        const [low, high] = [profile.valueAreaLow(0), profile.valueAreaHigh(0)];
        const total = trades.reduce((sum, [, shares]) => sum + shares, 0);
        const inside = trades.reduce((sum, [price, shares]) => sum + (price >= low && price < high ? shares : 0), 0);
        expect(inside).toBeGreaterThanOrEqual(0.7 * total);
        expect(profile.pointOfControl(0)).toBeGreaterThan(low);
        expect(profile.pointOfControl(0)).toBeLessThan(high);
        // No edge is farther out than the price that traded there; bins widen with the range, to a tenth of it at most.
        const prices = trades.map(([price]) => price);
        const [lowest, highest] = [Math.min(...prices), Math.max(...prices)];
        const bin = Math.max(lowest / 300, (highest - lowest) / 10) + 1;
        expect(low).toBeGreaterThanOrEqual(lowest - bin);
        expect(high).toBeLessThanOrEqual(highest + bin);
      },
    ),
    { numRuns: 200 },
  );
});
