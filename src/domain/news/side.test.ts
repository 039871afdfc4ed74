import { expect, test } from 'vitest';
import { sideOf } from '#domain/news/side';

const rows: readonly [cue: -1 | 0 | 1, tone: number, direction: number, strength: number][] = [
  [0, -0.29, 0, 0.6],
  [0, -0.3, -1, 0.6],
  [0, 0, 0, 0.6],
  [0, 0.39, 0, 0.6],
  [0, 0.4, 1, 0.6],
  [1, 0.4, 1, 0.6],
  [1, -0.19, 1, 0.6],
  [1, -0.2, 0, 0],
  [1, -1, 0, 0],
  [-1, -0.4, -1, 0.6],
  [-1, 0.49, -1, 0.6],
  [-1, 0.5, 0, 0],
];
test.each(rows)('a cue of %i with a tone of %d says %i at %d', (cue, tone, direction, strength) =>
  expect(sideOf({ direction: cue, strength: 0.6, isDenied: false }, tone)).toEqual({ direction, strength }),
);

test('a tone that is no number changes nothing', () => {
  for (const direction of [-1, 0, 1] as const)
    expect(sideOf({ direction, strength: 0.5, isDenied: false }, Number.NaN)).toEqual({ direction, strength: 0.5 });
});

test('a denial takes no good side', () => {
  expect(sideOf({ direction: 0, strength: 0.3, isDenied: true }, 0.6)).toEqual({ direction: 0, strength: 0.3 });
  expect(sideOf({ direction: 0, strength: 0.3, isDenied: true }, -0.6)).toEqual({ direction: -1, strength: 0.3 });
});
