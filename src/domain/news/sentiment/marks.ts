import type { Entry } from '#domain/news/sentiment/lexicon';
import { phrasesFrom } from '#domain/news/sentiment/phrases';
import { DASH, type Token } from '#domain/news/sentiment/tokens';

/** A phrase of the lexicon, a number or a stop where it stands; `first` and `end` count tokens. */
export type Mark = {
  readonly entry: Entry;
  readonly first: number;
  readonly end: number;
  /** Which sentence, and which part of it, counted through the text. */
  readonly sentence: number;
  readonly clause: number;
};

/** What the lexicon knows of a text, and the clause of each token. */
export type Marked = { readonly marks: readonly Mark[]; readonly clauses: Int32Array };

const splitting = new Set([',', '(', ')', '[', ']', DASH]);

/** Left to right, the longest phrase first; a phrase takes its words, so that "set up" is no "up". */
export function marksOf(tokens: readonly Token[]): Marked {
  const marks: Mark[] = [];
  const clauses = new Int32Array(tokens.length);
  let sentence = 0;
  let clause = 0;
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (token === undefined) break;
    const found = token.kind === 'word' ? phraseAt(tokens, at) : null;
    const end = found?.end ?? at + 1;
    if (found !== null && divides(found.entry)) clause++;
    if (found?.entry.kind === 'contrast') sentence++;
    clauses.fill(clause, at, end);
    if (found !== null) marks.push({ entry: found.entry, first: at, end, sentence, clause });
    if (token.ends) sentence++;
    if (token.ends || splitting.has(token.key)) clause++;
    at = end;
  }
  return { marks, clauses };
}

const divides = ({ kind }: Entry): boolean => kind === 'contrast' || kind === 'clause' || kind === 'concession';

function phraseAt(tokens: readonly Token[], first: number): { readonly entry: Entry; readonly end: number } | null {
  for (const { words, entry } of phrasesFrom(tokens[first]?.key ?? '')) {
    const end = endOf(tokens, first, words);
    if (end > first) return { entry, end };
  }
  return null;
}

/** Where a phrase ends that begins here; `first` when it doesn't. A hyphen between its words does not part them. */
function endOf(tokens: readonly Token[], first: number, words: readonly string[]): number {
  let at = first;
  for (const word of words) {
    if (at > first && tokens[at]?.key === '-') at++;
    if (tokens[at]?.key !== word) return first;
    at++;
  }
  return at;
}
