import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { FirstTellings } from '#main/day/first-tellings';

test('the earliest telling is the first, whenever it is read; of two at once the one read first', () => {
  const firsts = new FirstTellings();
  const tell = (story: string, at: number): boolean => firsts.isFirst(story, instant(at));
  expect([tell('a', 5), tell('a', 9), tell('a', 5), tell('b', 9), tell('a', 3), tell('a', 5)]).toEqual([
    true,
    false,
    false,
    true,
    true,
    false,
  ]);
  expect([3, 5, 9].map((at) => firsts.remains('a', instant(at)))).toEqual([true, false, false]);
  expect(firsts.remains('b', instant(9))).toBe(true);
});
