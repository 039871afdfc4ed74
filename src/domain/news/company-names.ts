import type { NamedCompany } from '#domain/events/news';
import {
  brandWords,
  companyCues,
  companyVerbs,
  decoys,
  openers,
  plainPhrases,
  plainWords,
  quotedHouses,
  surnames,
} from '#domain/news/doubtful-names';
import type { HeadlineWords, Word } from '#domain/news/headline-text';
import { readHeadline } from '#domain/news/headline-text';
import { nameForms } from '#domain/news/name-forms';
import { PhraseTrie } from '#domain/news/phrase-trie';
import type { SymbolIndex } from '#domain/values/symbol';

/** A company named in a headline; several symbols where one company has several listings. Characters of `matchingText`. */
export type Mention = { readonly symbols: readonly SymbolIndex[]; readonly from: number; readonly to: number };

export type CompanyNames = {
  /** The companies that a headline speaks of, in the order of their first mention. */
  resolve(text: string): readonly SymbolIndex[];
  /** The same with their places, for those who ask which comes first. */
  mentions(text: string): readonly Mention[];
};

type Name = { readonly phrase: string; readonly symbols: readonly SymbolIndex[] };
type Place = { readonly headline: HeadlineWords; readonly name: Name; readonly first: number; readonly end: number };

/**
 * An index over the names of one year. `tickers` lets "$XYZ" and "(NYSE: XYZ)" resolve as well; a bare "XYZ" never does,
 * since half of the short tickers are words.
 */
export function companyNames(companies: readonly NamedCompany[], tickers: ReadonlyMap<string, SymbolIndex> = new Map()): CompanyNames {
  const trie = new PhraseTrie<Name>();
  for (const decoy of decoys) trie.add(keysOf(decoy), { phrase: decoy, symbols: [] });
  for (const { symbol, names } of companies) {
    for (const keys of names.flatMap(nameForms)) trie.add(keys, { phrase: keys.join(' '), symbols: [symbol] }, joined);
  }
  const mentions = (text: string): readonly Mention[] => mentionsIn(readHeadline(text), trie, tickers);
  return { mentions, resolve: (text) => [...new Set(mentions(text).flatMap((mention) => mention.symbols))] };
}

const keysOf = (phrase: string): readonly string[] => readHeadline(phrase).words.map((word) => word.key);

const joined = (there: Name, added: Name): Name => ({ ...there, symbols: [...new Set([...there.symbols, ...added.symbols])] });

function mentionsIn(headline: HeadlineWords, trie: PhraseTrie<Name>, tickers: ReadonlyMap<string, SymbolIndex>): readonly Mention[] {
  const { words } = headline;
  const found = tickersIn(headline.text, tickers);
  for (let first = 0; first < words.length; first++) {
    const match = trie.longestAt(words, first, (name, from, end) => name.symbols.length === 0 || written(words, from, end));
    if (match === null) continue;
    const place = { headline, name: match.value, first, end: match.end };
    if (match.value.symbols.length > 0 && stands(place, tickers)) found.push(mentionAt(place));
    // A rejected name still covers its words: the "Target" in "Target Practice Inc" is not looked at again.
    first = match.end - 1;
  }
  return found.sort((a, b) => a.from - b.from);
}

const mentionAt = ({ headline, name, first, end }: Place): Mention => ({
  symbols: name.symbols,
  from: headline.words[first]?.from ?? 0,
  to: headline.words[end - 1]?.to ?? 0,
});

const joints = new Set(['of', 'and', 'the', 'de', 'com', 'for']);

/** Every word of a name is written as one: with a capital or a digit in it; only the small ones between may be lower case. */
function written(words: readonly Word[], first: number, end: number): boolean {
  for (let i = first; i < end; i++) {
    const word = words[i];
    if (word === undefined) return false;
    if (word.lettering === 'lower' && !/^\d/.test(word.text) && !(i > first && joints.has(word.base))) return false;
    if (i > first && /[,;:"()|]/.test(word.gap)) return false;
  }
  return true;
}

type Doubt = (place: Place, tickers: ReadonlyMap<string, SymbolIndex>) => boolean;

const stands = (place: Place, tickers: ReadonlyMap<string, SymbolIndex>): boolean => doubts.every((doubt) => !doubt(place, tickers));

const ACRONYM_MAX = 3;
const isPlain = (phrase: string): boolean => plainWords.has(phrase) || plainPhrases.has(phrase);
const isDoubtful = (phrase: string): boolean => isPlain(phrase) || brandWords.has(phrase);

/** "Ups and downs" is not UPS. */
const acronymInSmallLetters: Doubt = (place, tickers) => {
  const word = place.headline.words[place.first];
  if (place.end - place.first > 1 || place.name.phrase.length > ACRONYM_MAX || word === undefined) return false;
  if (isDoubtful(place.name.phrase)) return false;
  return word.lettering !== 'upper' || (place.headline.style === 'upper' && !hasCue(place, tickers));
};

/** "Former GE executive", "ex-Goldman banker", "a GM-like crisis": named, not spoken of. */
const onlyCompared: Doubt = ({ headline: { words }, first, end }) => {
  const before = words[first - 1]?.base;
  const after = words[end];
  return before === 'former' || before === 'ex' || (after?.base === 'like' && after.gap === '-');
};

/** "Williams & Glyn" is another house than Williams. */
const halfOfAnother: Doubt = ({ headline: { words }, first, end }) => {
  const [before, word, after] = [words[first - 1], words[first], words[end]];
  const joinsAfter = after?.gap === ' & ' && after.lettering !== 'lower' && !companyCues.has(after.base);
  return end - first === 1 && (joinsAfter || (word?.gap === ' & ' && before?.lettering !== 'lower'));
};

/** "JP Morgan: investors overreact" and "a market top, Morgan Stanley says" quote the bank. */
const onlyQuoted: Doubt = ({ headline: { text, words }, name, first, end }) => {
  const last = words[end - 1];
  if (!quotedHouses.has(name.phrase) || last === undefined || last.possessive) return false;
  if (first === 0 && /^\s?:/.test(text.slice(last.to))) return true;
  const tail = words
    .slice(end)
    .map((word) => word.base)
    .join(' ');
  const opens = words[first]?.opens === true || /,\s?$/.test(words[first]?.gap ?? '');
  return first > 0 && opens && /^(|says|said|news|business|analyst|analysts|analyst says)$/.test(tail);
};

/** "Steve Wynn" is a man and "Wynn" is the company. */
const personOfThatName: Doubt = ({ headline: { words, style }, name, first }) => {
  const before = words[first - 1];
  const word = words[first];
  if (
    before === undefined ||
    word === undefined ||
    style !== 'sentence' ||
    !(isPlain(name.phrase) || brandWords.has(name.phrase) || surnames.has(name.phrase))
  )
    return false;
  if (word.gap !== ' ' || openers.has(before.base)) return false;
  // "The Fed's Williams" speaks for the Fed; "GE's Baker Hughes" is a company.
  return before.possessive ? surnames.has(name.phrase) && plainWords.has(name.phrase) : before.lettering === 'capital';
};

/** A word that is a name only in the right company of other words. */
const plainWordOnly: Doubt = (place, tickers) => {
  const { headline, name, first, end } = place;
  if (!isDoubtful(name.phrase) || hasCue(place, tickers)) return false;
  const after = headline.words[end];
  const does = after !== undefined && companyVerbs.has(after.base) && /^ ?$/.test(after.gap);
  const brand = brandWords.has(name.phrase);
  if (headline.style !== 'sentence') return !(brand && does);
  if (brand) return false;
  if (after !== undefined && after.gap === ' ' && after.lettering === 'capital') return true;
  return end - first === 1 && headline.words[first]?.opens === true && !does;
};

/** Every one must be silent for a name to stand. */
const doubts: readonly Doubt[] = [acronymInSmallLetters, onlyCompared, halfOfAnother, onlyQuoted, personOfThatName, plainWordOnly];

/** The possessive, "Inc", "shares" or its own ticker in brackets. */
function hasCue({ headline: { text, words }, name, end }: Place, tickers: ReadonlyMap<string, SymbolIndex>): boolean {
  const last = words[end - 1];
  const after = words[end];
  if (last === undefined) return false;
  if (last.possessive && last.key !== name.phrase.split(' ').at(-1)) return true;
  if (after === undefined) return false;
  if (after.gap === ' ' && companyCues.has(after.base)) return true;
  const bracket = /^ ?\((?:[A-Za-z]+ ?: ?)?\$?([A-Z][A-Z.]{0,5})\)/.exec(text.slice(last.to));
  const symbol = bracket === null ? undefined : tickers.get(bracket[1] ?? '');
  return symbol !== undefined && name.symbols.includes(symbol);
}

const tickerShape =
  /(?<![\p{L}\p{N}$])\$([A-Z][A-Z.]{0,5})(?![\p{L}\p{N}])|\b(?:NYSE(?: American| Arca)?|NASDAQ(?:GS|GM|CM)?|Nasdaq|AMEX) ?: ?\$?([A-Z][A-Z.]{0,5})(?![\p{L}\p{N}])/gu;

function tickersIn(text: string, tickers: ReadonlyMap<string, SymbolIndex>): Mention[] {
  const found: Mention[] = [];
  if (tickers.size === 0 || !(text.includes('$') || text.includes(':'))) return found;
  for (const match of text.matchAll(tickerShape)) {
    const symbol = tickers.get((match[1] ?? match[2] ?? '').replace(/\.$/, ''));
    if (symbol !== undefined) found.push({ symbols: [symbol], from: match.index, to: match.index + match[0].length });
  }
  return found;
}
