import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { HeadlineShelf, type Shelved } from '#main/day/headline-shelf';

const [monday, tuesday] = ['2018-03-12' as SessionDate, '2018-03-13' as SessionDate];
let row = 0;
const headline = (at: number, words: string, more: Partial<Shelved> = {}): Shelved => ({
  at: instant(at),
  row: ++row,
  id: `1:${row}`,
  ofVendor: false,
  publishedAt: null,
  words: JSON.stringify([words, 'wire', []]),
  rows: 1,
  ...more,
});

/** The first word of each headline's words, when it was known, and how many rows said so. */
function told(shelf: HeadlineShelf, session: SessionDate, isNews: (one: Shelved) => boolean = () => true) {
  const found = shelf.headlinesOf(session, isNews);
  if (!found.ok) throw new Error(found.problem.code);
  return found.value.map(({ words, at, rows }) => [(JSON.parse(words) as string[])[0], at, rows]);
}

const limits: readonly [what: string, heldMax: number][] = [
  ['in memory', Number.POSITIVE_INFINITY],
  ['on the disk', 0],
  ['in both', 300],
];
for (const [what, heldMax] of limits) {
  test(`${what}: each session has its own, oldest first, the earlier row first of two at once`, () => {
    const shelf = new HeadlineShelf(heldMax);
    for (const [session, at, words] of [
      [monday, 5, 'c'],
      [tuesday, 9, 'x'],
      [monday, 5, 'b'],
      [monday, 3, 'a'],
    ] as const)
      expect(shelf.put(session, headline(at, words))).toEqual({ ok: true, value: null });
    expect(told(shelf, monday).map(([words]) => words)).toEqual(['a', 'c', 'b']);
    expect(told(shelf, tuesday)).toEqual([['x', 9, 1]]);
    expect(told(shelf, '2018-03-14' as SessionDate)).toEqual([]);
    shelf.close();
  });

  test(`${what}: the same words in a session are one headline, known since the first of them, and counted each time it is asked`, () => {
    const shelf = new HeadlineShelf(heldMax);
    for (const at of [7, 3, 9, 3]) shelf.put(monday, headline(at, 'again'));
    shelf.put(tuesday, headline(8, 'again'));
    for (let time = 0; time < 2; time++) expect(told(shelf, monday)).toEqual([['again', 3, 4]]);
    expect(told(shelf, tuesday)).toEqual([['again', 8, 1]]);
    shelf.close();
  });

  test(`${what}: what turned out to be an update does not count, and its words are told by whoever else said them`, () => {
    const shelf = new HeadlineShelf(heldMax);
    shelf.put(monday, headline(3, 'said', { id: 'wire:1', ofVendor: true }));
    shelf.put(monday, headline(7, 'said'));
    expect(told(shelf, monday)).toEqual([['said', 3, 2]]);
    expect(told(shelf, monday, ({ id }) => id !== 'wire:1')).toEqual([['said', 7, 1]]);
    shelf.close();
  });

  test(`${what}: a text comes back as it was, whatever characters it has`, () => {
    const shelf = new HeadlineShelf(heldMax);
    const texts = ['tab\tand\nline', '"quoted", é 😀', 'half \ud83d of a pair'];
    for (const [at, text] of texts.entries()) shelf.put(monday, headline(at, text, { id: `v\t${at}\n`, ofVendor: true }));
    expect(told(shelf, monday).map(([text]) => text)).toEqual(texts);
    shelf.close();
  });
}

test('a story whose id reads like the words of another headline is another headline', () => {
  const shelf = new HeadlineShelf();
  const plain = headline(1, 'plain');
  shelf.put(monday, plain);
  shelf.put(monday, headline(2, 'other', { id: plain.words, ofVendor: true }));
  expect(told(shelf, monday).map(([words]) => words)).toEqual(['plain', 'other']);
});
