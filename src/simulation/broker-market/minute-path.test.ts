import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MinuteBar, minutePath, printsOf } from '#simulation/broker-market/minute-path';
import { RandomStream } from '#simulation/market/seeded-random';

const bars = fc
  .record({
    prices: fc.tuple(fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: 1, max: 90_000 })),
    top: fc.integer({ min: 0, max: 5_000 }),
    volume: fc.integer({ min: 1, max: 2_000_000 }),
  })
  .map(({ prices: [open, close, other], top, volume }): MinuteBar => {
    const high = Math.max(open, close, other) + top;
    return { open, close, high, low: Math.min(open, close, other), volume };
  });

test('the prints of a minute make its bar again', () => {
  fc.assert(
    fc.property(bars, fc.nat(), (bar, seed) => {
      const prints = minutePath(bar, new RandomStream(seed, 'test'), null);
      const prices = prints.map(({ price }) => price);
      expect(prints.reduce((sum, { size }) => sum + size, 0)).toBe(bar.volume);
      expect(prices.every((price) => price >= bar.low && price <= bar.high)).toBe(true);
      expect(prices.at(-1)).toBe(bar.close);
      if (bar.volume > 1) expect(prices[0]).toBe(bar.open);
      if (bar.volume >= 4) expect([Math.min(...prices), Math.max(...prices)]).toEqual([bar.low, bar.high]);
    }),
  );
});

test('they come one after the other, each of a share at least, all within the minute', () => {
  fc.assert(
    fc.property(bars, fc.nat(), (bar, seed) => {
      const prints = minutePath(bar, new RandomStream(seed, 'test'), null);
      const times = prints.map(({ afterMs }) => afterMs);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(prints.every(({ size, afterMs }) => size >= 1 && afterMs >= 0 && afterMs < 60_000)).toBe(true);
    }),
  );
});

test('the same seed goes the same way', () => {
  const bar = { open: 100_000, high: 101_000, low: 99_000, close: 100_500, volume: 20_000 };
  const path = (seed: number) => minutePath(bar, new RandomStream(seed, 'test'), null);
  expect(path(1)).toEqual(path(1));
  expect(path(1)).not.toEqual(path(2));
  expect(path(1).length).toBeGreaterThanOrEqual(printsOf(bar.volume));
});

test('a bad tick is printed and marked', () => {
  const bar = { open: 100_000, high: 110_000, low: 99_000, close: 100_500, volume: 20_000 };
  const odd = minutePath(bar, new RandomStream(3, 'test'), 'high').filter((print) => print.odd);
  expect(odd.map(({ price }) => price)).toEqual([110_000]);
});
