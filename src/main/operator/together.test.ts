import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import type { Asked, Operator } from '#engine/ports/operator';
import { together } from '#main/operator/together';
import { opened } from '#tests/one-service';
import { sayingOnce } from '#tests/saying-once';

const asked = (at: number, because: string): Asked => ({
  at: instant(at),
  request: { kind: 'clear_stop', by: 'ann', from: 'person', because },
});

const saying = (seen: number[], ...all: readonly Asked[]): Operator => sayingOnce(all, ({ sequence }) => void seen.push(sequence));

test('the oldest request comes first, of one instant that of the first in the list, and none too early', () => {
  const one = saying([], asked(10, 'a'), asked(30, 'b'), asked(40, 'c'));
  const other = saying([], asked(10, 'd'), asked(20, 'e'), asked(60, 'f'));
  const all = together([one, other]);
  const taken = (before: number): readonly string[] => {
    const said: string[] = [];
    for (let next = all.next(instant(before)); next !== null; next = all.next(instant(before)))
      said.push(next.request.kind === 'clear_stop' ? next.request.because : '');
    return said;
  };
  expect(taken(40)).toEqual(['a', 'd', 'e', 'b']);
  expect(taken(40)).toEqual([]);
  expect(taken(100)).toEqual(['c', 'f']);
});

test('everybody sees every entry', () => {
  const seen: number[] = [];
  together([saying(seen), saying(seen)]).see({ sequence: 7, at: instant(0), cause: 0, event: opened(1) });
  expect(seen).toEqual([7, 7]);
});
