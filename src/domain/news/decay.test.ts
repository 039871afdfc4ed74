import { expect, test } from 'vitest';
import { catalystTypes } from '#domain/news/catalyst';
import { remaining } from '#domain/news/decay';

const HOUR = 3_600_000;

test.each([
  ['earnings', 24],
  ['m_and_a', 48],
  ['analyst', 8],
  ['halt', 2],
] as const)('half of %s is left after %i hours', (type, hours) => {
  expect(remaining(type, 0)).toBe(1);
  expect(remaining(type, hours * HOUR)).toBeCloseTo(0.5, 15);
  expect(remaining(type, 3 * hours * HOUR)).toBeCloseTo(0.125, 15);
});

test('nothing grows younger than it was when it was published', () => {
  for (const type of catalystTypes) expect(remaining(type, -HOUR)).toBe(1);
});
