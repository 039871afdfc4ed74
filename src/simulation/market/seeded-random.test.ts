import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalOf } from '#simulation/market/normal-quantiles';
import { RandomStream } from '#simulation/market/seeded-random';

const words = (stream: RandomStream, count: number): number[] => Array.from({ length: count }, () => stream.word());

test('a stream is its seed, name, day and symbol; each of them matters', () => {
  const usual = words(new RandomStream(7, 'a', 100, 3), 8);
  expect(words(new RandomStream(7, 'a', 100, 3), 8)).toEqual(usual);
  const others: readonly [number, string, number, number][] = [
    [8, 'a', 100, 3],
    [7 + 2 ** 32, 'a', 100, 3],
    [7, 'b', 100, 3],
    [7, 'a', 101, 3],
    [7, 'a', 100, 4],
    [7, 'a', 3, 100],
  ];
  for (const key of others) expect(words(new RandomStream(...key), 8)).not.toEqual(usual);
});

test('the first words of a stream never change', () => {
  expect(words(new RandomStream(7, 'pinned', 1, 2), 4)).toEqual([1_652_243_982, -1_275_812_069, -132_707_341, 1_634_179_774]);
});

test('filling gives the words that one by one would have come, and goes on after them', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.nat(50), (seed, count) => {
      const filled = new Int32Array(count);
      const stream = new RandomStream(seed, 'x');
      stream.fill(filled);
      const oneByOne = new RandomStream(seed, 'x').restart(0, 0);
      expect([...filled, stream.word()]).toEqual(words(oneByOne, count + 1));
    }),
  );
});

test('uniform values fill their range evenly, whole numbers reach both ends', () => {
  const stream = new RandomStream(1, 'uniform');
  const bins = new Int32Array(16);
  for (let i = 0; i < 160_000; i++) {
    const bin = Math.floor(stream.uniform() * 16);
    bins[bin] = (bins[bin] as number) + 1;
  }
  for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  const counts = new Map<number, number>();
  for (let i = 0; i < 60_000; i++) {
    const face = stream.integer(1, 6);
    counts.set(face, (counts.get(face) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test('normal values have mean 0, variance 1 and the tails of a normal', () => {
  const stream = new RandomStream(1, 'normal');
  const count = 400_000;
  let sum = 0;
  let squares = 0;
  let fourths = 0;
  let beyondTwo = 0;
  for (let i = 0; i < count; i++) {
    const z = stream.normal();
    sum += z;
    squares += z * z;
    fourths += z * z * z * z;
    if (z > 2 || z < -2) beyondTwo++;
  }
  expect(Math.abs(sum / count)).toBeLessThan(0.006);
  expect(Math.abs(squares / count - 1)).toBeLessThan(0.01);
  expect(Math.abs(fourths / count - 3)).toBeLessThan(0.1);
  expect(Math.abs(beyondTwo / count - 0.0455)).toBeLessThan(0.0015);
});

test('the normal quantiles are those of the tables', () => {
  const word = (probability: number): number => Math.floor(probability * 2 ** 32) | 0;
  expect(normalOf(word(0.5))).toBeCloseTo(0, 6);
  expect(normalOf(word(0.8413447))).toBeCloseTo(1, 4);
  expect(normalOf(word(0.025))).toBeCloseTo(-1.959964, 3);
});

test('neighbouring symbols and days are not correlated', () => {
  const count = 2000;
  const stream = new RandomStream(3, 'neighbours');
  const first = (day: number, symbol: number): number => stream.restart(day, symbol).normal();
  let bySymbol = 0;
  let byDay = 0;
  for (let i = 0; i < count; i++) {
    bySymbol += first(19_000, i) * first(19_000, i + 1);
    byDay += first(19_000 + i, 5) * first(19_001 + i, 5);
  }
  expect(Math.abs(bySymbol / count)).toBeLessThan(0.08);
  expect(Math.abs(byDay / count)).toBeLessThan(0.08);
});
