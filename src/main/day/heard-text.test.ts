import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { heardLines } from '#main/day/heard-text';
import type { HeardFile } from '#main/day/news-feed';

const span = { first: instant(Date.UTC(2018, 2, 21, 8)), last: instant(Date.UTC(2020, 0, 2, 9)) };
const file = (name: string, read: number, heard: number): HeardFile => ({ file: name, read, heard, span: read === 0 ? null : span });

test('without files of headlines nothing is said', () => expect(heardLines([], true)).toEqual([]));

test('how many headlines were read and how many the range hears', () =>
  expect(heardLines([file('a.csv', 23_500, 400), file('b.csv', 1, 1)], true)).toEqual(['23,501 headlines read, 401 of them in the range']));

test('a file that gives none is named, with the time that it speaks of', () => {
  const lines = heardLines([file('a.csv', 23_500, 0), file('b.csv', 0, 0)], true);
  expect(lines).toEqual([
    '23,500 headlines read, 0 of them in the range; what counts as a catalyst is a surge of price and volume alone',
    'a.csv: none of 23,500 headlines is in the range; the first became known 2018-03-21T08:00:00Z, the last 2020-01-02T09:00:00Z',
    'b.csv has no headline',
  ]);
  expect(heardLines([file('a.csv', 2, 0)], false)[0]).toContain('nothing counts as a catalyst');
});
