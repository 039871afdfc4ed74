import fc from 'fast-check';
import { expect, test } from 'vitest';
import { price } from '#domain/values/price';
import { quotedAround, quotedOvernight } from '#simulation/broker-market/spread';
import { RandomStream } from '#simulation/market/seeded-random';

const prices = fc.integer({ min: 200, max: 9_000_000 }).map(price);

test('a print lies between the quotes around it, which stand on ticks and cost something', () => {
  fc.assert(
    fc.property(prices, fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), (at, volume, seed) => {
      const { bid, ask, bidSize, askSize } = quotedAround(at, volume, new RandomStream(seed, 'test'));
      expect(bid <= at && at <= ask && bid < ask).toBe(true);
      if (at >= 10_100) expect([bid % 100, ask % 100]).toEqual([0, 0]);
      expect([bidSize % 100, askSize % 100]).toEqual([0, 0]);
    }),
  );
});

test('by night it is wider on both sides', () => {
  const { bid, ask } = quotedOvernight(price(1_000_000), new RandomStream(1, 'test'));
  expect([bid, ask]).toEqual([999_500, 1_000_500]);
});
