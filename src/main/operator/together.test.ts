import { expect, test } from 'vitest';
import type { Choice } from '#domain/session/question';
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

test('J3: of a yes and a no of one instant the no comes first, whoever says it; a yes that was said earlier stays first', () => {
  const answer = (at: number, choice: Choice, by: string): Asked => ({
    at: instant(at),
    request: { kind: 'answer_question', by, from: 'person', question: 1, terms: 'x', choice, because: 'why', code: null },
  });
  const order = (...all: readonly Asked[]): readonly string[] => {
    const seats = together(all.map((one) => saying([], one)));
    return all.map(() => seats.next(instant(100))?.request.by ?? 'nobody');
  };
  for (const [yes, no] of [
    ['enter', 'decline'],
    ['hold', 'close_losers'],
    ['hold', 'close_all'],
    ['keep', 'close'],
  ] as const) {
    expect(order(answer(10, yes, 'ann'), answer(10, no, 'bob'))).toEqual(['bob', 'ann']);
    expect(order(answer(10, no, 'bob'), answer(10, yes, 'ann'))).toEqual(['bob', 'ann']);
    expect(order(answer(11, no, 'bob'), answer(10, yes, 'ann'))).toEqual(['ann', 'bob']);
  }
});
