import { inOriginal, replaced, type ShownText, shownText } from '#domain/news/shown-text';

/** How a word is written: "shares", "Target" or "CME". */
export type Lettering = 'lower' | 'capital' | 'upper';

export type Word = {
  readonly text: string;
  /** Lower case. "Lloyds" is a bank and "Lloyd's" an insurer, so the apostrophe stays. */
  readonly key: string;
  /** Lower case without the possessive: "Apple's" is "apple". */
  readonly base: string;
  readonly possessive: boolean;
  readonly lettering: Lettering;
  /** First of a sentence, a quotation or a part after a colon or dash, where a capital says nothing. */
  readonly opens: boolean;
  /** Count of the sentence it stands in, from 0. */
  readonly sentence: number;
  /** What stands between the word before and this one. */
  readonly gap: string;
  readonly from: number;
  readonly to: number;
};

/** A headline made ready for matching. Places of words count characters of `text`; what is told to others is in the original. */
export type HeadlineWords = {
  readonly text: string;
  readonly words: readonly Word[];
  readonly style: 'sentence' | 'title' | 'upper';
  /** Words that mix the letters of two alphabets that look alike, in the original: never taken for what they look like. */
  readonly disguised: readonly Span[];
  /** Where characters of `text` stand in the original. */
  readonly original: (from: number, to: number) => Span;
};

/** Characters of a text, from inclusive, to exclusive. */
export type Span = { readonly from: number; readonly to: number };

const splitPossessive = /(?<=[\p{L}\p{N}]) 's(?![\p{L}\p{N}])/gu;
/** "U.S.", "U . S ." and "J.C.": letters with points between them, blanks or not. */
const initials = /(?<![\p{L}\p{N}])\p{L}(?: ?\. ?\p{L}(?![\p{L}\p{N}'&]))+(?: ?\.)?/gu;
const splitNumber = /(?<=\d) ([.,]) (?=\d)/g;

/** The text as it is compared: what a reader sees, with the blanks of tokenised wires taken out again. */
export const matchingText = (text: string): string => compared(text).text;

function compared(raw: string): ShownText {
  let shown = shownText(raw);
  // Most headlines need none of these, and asking is cheaper than replacing.
  if (shown.text.includes(" '")) shown = replaced(shown, splitPossessive, () => "'s");
  if (shown.text.includes('.')) shown = replaced(shown, initials, (found) => found[0].replace(/[ .]/g, ''));
  if (shown.text.includes(' .') || shown.text.includes(' ,')) shown = replaced(shown, splitNumber, (found) => found[1] ?? '');
  return shown.text.startsWith(' ') || shown.text.endsWith(' ') ? replaced(shown, outerBlanks, () => '') : shown;
}

const outerBlanks = /^ +| +$/g;

const wordShape = /[\p{L}\p{N}]+(?:[&'][\p{L}\p{N}]+)*(?:(?<=[sS])'(?![\p{L}\p{N}]))?/gu;
const opening = /[.:;!?"|]| [-\u2013\u2014] |[\u2013\u2014]|(?:^|\s|\()'$/u;

/** The words of a text with what matching needs to know of each. Instructions are words like any other. */
export function readHeadline(raw: string): HeadlineWords {
  const shown = compared(raw);
  const { text } = shown;
  const words: Word[] = [];
  let end = 0;
  let sentence = 0;
  for (const found of text.matchAll(wordShape)) {
    const word = found[0];
    const gap = text.slice(end, found.index);
    end = found.index + word.length;
    const opens = words.length === 0 || (gap !== ' ' && opening.test(gap));
    if (opens && words.length > 0 && sentenceEnd.test(gap)) sentence++;
    words.push(readWord(word, gap, found.index, opens, sentence));
  }
  const original = (from: number, to: number): Span => inOriginal(shown, from, to);
  return { text, words, style: styleOf(words), disguised: asciiOnly.test(text) ? none : disguisedIn(text, original), original };
}

const sentenceEnd = /[.!?] /;
const asciiOnly = /^[ -~]*$/;
const none: readonly Span[] = [];
const letters = /[\p{L}\p{N}]+/gu;
const latin = /\p{Script=Latin}/u;
const lookAlike = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}]/u;
/** Letters of the other alphabets that a Latin capital is taken for: a ticker of nothing but these hides as well. */
const allAlike =
  /^\$?[\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425]{1,6}$/u;

function disguisedIn(text: string, original: (from: number, to: number) => Span): readonly Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(letters)) {
    const word = match[0];
    const ticker = text[match.index - 1] === '$' || text[match.index - 1] === '(' || / ?: ?$/.test(text.slice(0, match.index));
    if (lookAlike.test(word) && (latin.test(word) || (ticker && allAlike.test(word))))
      found.push(original(match.index, match.index + word.length));
  }
  return found;
}

/** One literal for every word, without a spread: this is where a headline's time goes. */
function readWord(text: string, gap: string, from: number, opens: boolean, sentence: number): Word {
  const possessive = text.includes("'") && /'[sS]?$/.test(text);
  const stem = possessive ? text.replace(/'[sS]?$/, '') : text;
  const key = text.toLowerCase();
  const base = possessive ? stem.toLowerCase() : key;
  return { text, key, base, possessive, lettering: letteringOf(stem, base), opens, sentence, gap, from, to: from + text.length };
}

function letteringOf(stem: string, lower: string): Lettering {
  if (stem === lower) return 'lower';
  return stem.length > 1 && stem === stem.toUpperCase() ? 'upper' : 'capital';
}

/** Words that stay small in a title. */
const small = new Set('a an and as at but by for from in into is nor of off on or over per than the to via vs with'.split(' '));
const digitsOnly = /^\d+$/;
const MOSTLY = 0.8;

/** Where every word has a capital, a capital does not make a name. */
function styleOf(words: readonly Word[]): HeadlineWords['style'] {
  const telling = words.filter((word) => word.base.length > 1 && !small.has(word.base) && !digitsOnly.test(word.base));
  const upper = telling.filter((word) => word.lettering === 'upper').length;
  if (telling.length > 1 && upper >= MOSTLY * telling.length) return 'upper';
  const rest = telling.slice(1);
  const capitals = rest.filter((word) => word.lettering !== 'lower').length;
  return capitals >= MOSTLY * rest.length ? 'title' : 'sentence';
}
