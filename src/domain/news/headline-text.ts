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
  /** What stands between the word before and this one. */
  readonly gap: string;
  readonly from: number;
  readonly to: number;
};

/** A headline made ready for matching; spans of names and cues count characters of `text`. */
export type HeadlineWords = {
  readonly text: string;
  readonly words: readonly Word[];
  readonly style: 'sentence' | 'title' | 'upper';
};

const blanks = /[\t\n\v\f\r\u0085\u2028\u2029\p{Zs}]+/gu;
/** C0 and C1 controls, zero-width, bidirectional and tag characters: they show nothing and would hide a word. */
const unseen = /[\p{Cc}\p{Cf}]/gu;
const singleQuotes = /[\u2018\u2019\u02bc\u00b4]/g;
const doubleQuotes = /[\u201c\u201d]/g;
const splitPossessive = /(?<=[\p{L}\p{N}]) 's(?![\p{L}\p{N}])/gu;
/** "U.S.", "U . S ." and "J.C.": letters with points between them, blanks or not. */
const initials = /(?<![\p{L}\p{N}])\p{L}(?: ?\. ?\p{L}(?![\p{L}\p{N}'&]))+(?: ?\.)?/gu;
const splitNumber = /(?<=\d) ([.,]) (?=\d)/g;

/** The text as it is compared: nothing unseen, straight quotes, and the blanks of tokenised wires taken out again. */
export function matchingText(text: string): string {
  let compared = printable.test(text) && !text.includes('  ') ? text : shown(text);
  // Most headlines need none of these, and asking is cheaper than replacing.
  if (compared.includes(" '")) compared = compared.replace(splitPossessive, "'s");
  if (compared.includes('.')) compared = compared.replace(initials, (found) => found.replace(/[ .]/g, ''));
  if (compared.includes(' .') || compared.includes(' ,')) compared = compared.replace(splitNumber, '$1');
  return compared.trim();
}

const printable = /^[ -~]*$/;

const shown = (text: string): string => text.replace(blanks, ' ').replace(unseen, '').replace(singleQuotes, "'").replace(doubleQuotes, '"');

const wordShape = /[\p{L}\p{N}]+(?:[&'][\p{L}\p{N}]+)*(?:(?<=[sS])'(?![\p{L}\p{N}]))?/gu;
const opening = /[.:;!?"|]| [-\u2013\u2014] |[\u2013\u2014]|(?:^|\s|\()'$/u;

/** The words of a text with what matching needs to know of each. Markup and instructions are words like any other. */
export function readHeadline(raw: string): HeadlineWords {
  const text = matchingText(raw);
  const words: Word[] = [];
  let end = 0;
  for (const found of text.matchAll(wordShape)) {
    const word = found[0];
    const gap = text.slice(end, found.index);
    end = found.index + word.length;
    words.push(readWord(word, gap, found.index, words.length === 0 || (gap !== ' ' && opening.test(gap))));
  }
  return { text, words, style: styleOf(words) };
}

/** One literal for every word, without a spread: this is where a headline's time goes. */
function readWord(text: string, gap: string, from: number, opens: boolean): Word {
  const possessive = text.includes("'") && /'[sS]?$/.test(text);
  const stem = possessive ? text.replace(/'[sS]?$/, '') : text;
  const key = text.toLowerCase();
  const base = possessive ? stem.toLowerCase() : key;
  return { text, key, base, possessive, lettering: letteringOf(stem, base), opens, gap, from, to: from + text.length };
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
