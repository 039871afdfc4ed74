import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Levels } from '#domain/indicators/levels';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { matchedPrice } from '#main/study/matched-price';
import { comparedBySession, type Pair } from '#main/study/session-bootstrap';
import { WatchedLevel } from '#main/study/watched-level';
import { RandomStream } from '#simulation/market/seeded-random';
import { type Bar, columns, walk } from '#tests/bar-columns';

test('a watched level counts what the levels of production count', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: -40, max: 40 }), (seed, steps) => {
      const [first, ...bars] = walk(seed, 300) as NonNullable<Bar>[];
      const start = first?.[3] as number;
      const price = start + steps * 500;
      const table = new SymbolColumns(1);
      table.ensure(1);
      const levels = new Levels(table, { rows: 1 });
      const atr = table.float64();
      const rangeAt = (i: number): number => 2500 + ((i * 7919) % 1000);
      atr.values[0] = rangeAt(0);
      levels.update(columns([first as Bar]), atr);
      levels.fix(0, price, 'round_number', rangeAt(0));
      const watched = new WatchedLevel(price, start, rangeAt(0));
      const counts = { touch: 0, bounce: 0, break: 0 };
      bars.forEach((bar, i) => {
        atr.values[0] = rangeAt(i);
        levels.update(columns([bar]), atr);
        const met = watched.sees(bar[1], bar[2], bar[3], rangeAt(i));
        if (met !== null) counts[met]++;
      });
      expect([counts.bounce, counts.break]).toEqual([levels.bounces.values[0], levels.breaks.values[0]]);
      // Production also counts a swing in the zone as a touch.
      expect(counts.touch).toBeLessThanOrEqual(levels.touches.values[0] as number);
    }),
    { numRuns: 60 },
  );
});

test('a random level is as far from the price as the real one, to within the range of distances, on either side', () => {
  const chance = new RandomStream(1, 'test');
  const drawn = Array.from({ length: 400 }, () => matchedPrice({ price: 103_000, halfWidth: 500 }, 100_000, 2000, chance));
  // 1.5 ATR away: from 1 to 2, but not in the zone of the real one.
  for (const price of drawn) {
    expect(Math.abs(price - 100_000)).toBeGreaterThanOrEqual(2000);
    expect(Math.abs(price - 100_000)).toBeLessThanOrEqual(4000);
    expect(Math.abs(price - 103_000)).toBeGreaterThan(500);
  }
  const above = drawn.filter((price) => price > 100_000).length;
  expect(above).toBeGreaterThan(160);
  expect(above).toBeLessThan(240);
});

test('right at the price a random level is in the zone of the real one, for there is no other room', () => {
  const price = matchedPrice({ price: 100_000, halfWidth: 500 }, 100_000, 2000, new RandomStream(1, 'test'));
  expect(Math.abs(price - 100_000)).toBeLessThanOrEqual(500);
});

const pair = (realHeld: number, randomHeld: number): Pair => ({ real: { held: realHeld, of: 100 }, random: { held: randomHeld, of: 100 } });

test('sessions that agree leave no doubt, and sessions that do not leave much', () => {
  const sure = comparedBySession(Array<Pair>(20).fill(pair(60, 50)), new RandomStream(1, 'test'));
  expect(sure.difference).toBeCloseTo(0.1, 12);
  expect([sure.differenceBetween.low, sure.differenceBetween.high]).toEqual([sure.difference, sure.difference]);
  // Ten sessions that held 80 and ten that held 40: the mean of twenty has a deviation of 0.2 / √20 = 0.045, times 1.96.
  const mixed = Array.from({ length: 20 }, (_, i) => pair(i % 2 === 0 ? 80 : 40, 50));
  const { realRate, realBetween, differenceBetween } = comparedBySession(mixed, new RandomStream(1, 'test'));
  expect(realRate).toBeCloseTo(0.6, 12);
  expect(realBetween.high - realBetween.low).toBeGreaterThan(0.15);
  expect(realBetween.high - realBetween.low).toBeLessThan(0.2);
  expect(differenceBetween.low).toBeLessThan(0.03);
});

test('nothing of nothing is 0', () => {
  const none = { held: 0, of: 0 };
  expect(comparedBySession([{ real: none, random: none }], new RandomStream(1, 'test'))).toMatchObject({
    realRate: 0,
    randomRate: 0,
    difference: 0,
  });
});
