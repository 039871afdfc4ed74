import { type Entry, lexicon } from '#domain/news/sentiment/lexicon';
import { phrasesOf } from '#domain/news/sentiment/word-forms';

/** A phrase of the lexicon by its words. */
export type Phrase = { readonly words: readonly string[]; readonly entry: Entry };

const byFirst = new Map<string, Phrase[]>();
for (const { phrases, entry } of lexicon) {
  for (const words of phrasesOf(phrases)) {
    const first = words[0] ?? '';
    const there = byFirst.get(first);
    if (there === undefined) byFirst.set(first, [{ words, entry }]);
    else there.push({ words, entry });
  }
}
// The sort is stable: of two phrases as long, the earlier row wins.
for (const phrases of byFirst.values()) phrases.sort((one, other) => other.words.length - one.words.length);

const none: readonly Phrase[] = [];

/** What is known of phrases that begin with a word, the longest first. */
export const phrasesFrom = (first: string): readonly Phrase[] => byFirst.get(first) ?? none;
