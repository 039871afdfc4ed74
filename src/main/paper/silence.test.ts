import { expect, test } from 'vitest';
import { Silence } from '#main/paper/silence';

test('a loop that turns is never silent; one that does not is so for longer with each look, until it turns again', () => {
  const silence = new Silence();
  expect([1, 5, 5, 5, 6, 6].map((beats) => silence.tick(beats))).toEqual([0, 0, 100, 200, 0, 100]);
});
