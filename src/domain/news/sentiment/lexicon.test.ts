import { expect, test } from 'vitest';
import { lexicon } from '#domain/news/sentiment/lexicon';
import { phrasesFrom } from '#domain/news/sentiment/phrases';
import { phrasesOf } from '#domain/news/sentiment/word-forms';

const rows: readonly (readonly [verb: string, forms: string])[] = [
  ['~raise', 'raise raises raised raising'],
  ['~slip', 'slip slips slipped slipping'],
  ['~deny', 'deny denies denied denying'],
  ['~slash', 'slash slashes slashed slashing'],
  ['~fall', 'fall falls fell fallen falling'],
];
for (const [verb, forms] of rows) test(`${verb} is ${forms}`, () => expect(phrasesOf(verb).flat()).toEqual(forms.split(' ')));

test('every phrase says something that no row before it says', () => {
  const known = new Set<string>();
  const idle: string[] = [];
  for (const { phrases } of lexicon) {
    for (const phrase of phrases.split('|')) {
      const forms = phrasesOf(phrase).map((words) => words.join(' '));
      if (forms.every((form) => known.has(form))) idle.push(phrase);
      for (const form of forms) known.add(form);
    }
  }
  expect(idle).toEqual([]);
});

test('the longest phrase is tried first', () => {
  const lengths = phrasesFrom('record').map(({ words }) => words.length);
  expect(lengths).toEqual(lengths.toSorted((one, other) => other - one));
});
