import type { NamedCompany } from '#domain/events/news';
import { lessWords, moreWords } from '#domain/news/catalyst-words';
import {
  bracketedWords,
  brandWords,
  companyCues,
  companyVerbs,
  decoys,
  fates,
  openers,
  plainPhrases,
  plainWords,
  plans,
  quotedHouses,
  raters,
  surnames,
} from '#domain/news/doubtful-names';
import type { HeadlineWords, Word } from '#domain/news/headline-text';
import { readHeadline } from '#domain/news/headline-text';
import { nameForms } from '#domain/news/name-forms';
import { PhraseTrie } from '#domain/news/phrase-trie';
import { classesOf } from '#domain/news/share-classes';
import { columnOn } from '#domain/news/ticker-renames';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex } from '#domain/values/symbol';

/** A company named in a headline; several symbols where one company has several listings, the one that counts first. Characters of `HeadlineWords.text`. */
export type Mention = { readonly symbols: readonly SymbolIndex[]; readonly from: number; readonly to: number };

export type CompanyNames = {
  /** The companies that a headline speaks of, in the order of their first mention. */
  resolve(text: string): readonly SymbolIndex[];
  /** The same with their places, for those who ask which comes first; with a day, tickers mean what they meant on it. */
  mentions(headline: HeadlineWords, date?: SessionDate): readonly Mention[];
  /** The listings of a symbol's company, the one that counts first: a headline about one of them is about all. */
  classes(symbol: SymbolIndex): readonly SymbolIndex[];
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
  const sisters = sistersOf(tickers);
  const classes = (symbol: SymbolIndex): readonly SymbolIndex[] => sisters.get(symbol) ?? [symbol];
  const mentions = (headline: HeadlineWords, date?: SessionDate): readonly Mention[] => {
    const found = mentionsIn(headline, trie, tickers, date);
    return sisters.size === 0 ? found : found.map((mention) => ({ ...mention, symbols: [...new Set(mention.symbols.flatMap(classes))] }));
  };
  return { mentions, classes, resolve: (text) => [...new Set(mentions(readHeadline(text)).flatMap((mention) => mention.symbols))] };
}

/** For each listing with a sister among the columns, all of them. */
function sistersOf(tickers: ReadonlyMap<string, SymbolIndex>): ReadonlyMap<SymbolIndex, readonly SymbolIndex[]> {
  const sisters = new Map<SymbolIndex, readonly SymbolIndex[]>();
  for (const [name, symbol] of tickers) {
    const family = classesOf(name).flatMap((one) => tickers.get(one) ?? []);
    if (family.length > 1) sisters.set(symbol, family);
  }
  return sisters;
}

const keysOf = (phrase: string): readonly string[] => readHeadline(phrase).words.map((word) => word.key);

const joined = (there: Name, added: Name): Name => ({ ...there, symbols: [...new Set([...there.symbols, ...added.symbols])] });

function mentionsIn(
  headline: HeadlineWords,
  trie: PhraseTrie<Name>,
  tickers: ReadonlyMap<string, SymbolIndex>,
  date: SessionDate | undefined,
): readonly Mention[] {
  const { words } = headline;
  const found = tickersIn(headline.text, tickers, date);
  const doubted: Mention[] = [];
  for (let first = 0; first < words.length; first++) {
    const match = trie.longestAt(words, first, (name, from, end) => name.symbols.length === 0 || written(words, from, end));
    if (match === null) continue;
    const place = { headline, name: match.value, first, end: match.end };
    if (match.value.symbols.length > 0) {
      if (stands(place, tickers)) found.push(mentionAt(place));
      else if (isOnlyPlain(place, tickers)) doubted.push(mentionAt(place));
    }
    // A rejected name still covers its words: the "Target" in "Target Practice Inc" is not looked at again.
    first = match.end - 1;
  }
  for (const mention of doubted) if (found.some((other) => isListedWith(headline.text, mention, other))) found.push(mention);
  return found.sort((a, b) => a.from - b.from);
}

/** "Meta And Google": what is listed beside a company is one, whatever its capital says. */
function isListedWith(text: string, one: Mention, other: Mention): boolean {
  const between = one.to <= other.from ? text.slice(one.to, other.from) : text.slice(other.to, one.from);
  return (one.to <= other.from || other.to <= one.from) && listing.test(between);
}

const listing = /^ ?(?:,|&|,? ?and) ?$/i;

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

const isOnlyPlain = (place: Place, tickers: ReadonlyMap<string, SymbolIndex>): boolean =>
  doubts.every((doubt) => doubt === plainWordOnly || !doubt(place, tickers));

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
const halfOfAnother: Doubt = ({ headline: { words }, name, first, end }) => {
  const [before, word, after] = [words[first - 1], words[first], words[end]];
  const joinsAfter = after?.gap === ' & ' && after.lettering !== 'lower' && !companyCues.has(after.base);
  // "Williams-Sonoma" is no Williams either, but "Boeing-Embraer" are two.
  const hyphened = after?.gap === '-' && after.lettering !== 'lower' && isDoubtful(name.phrase);
  return end - first === 1 && (joinsAfter || hyphened || (word?.gap === ' & ' && before?.lettering !== 'lower'));
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

const ratingVerbs = new Set('upgrades downgrades initiates reiterates maintains starts resumes reaffirms assumes begins'.split(' '));

const UPGRADE_REACH = 3;
const movements = new Set([...moreWords, ...lessWords]);
const isRated = new Set([...movements, ...companyCues, ...'after on following amid as for gets to by with from wins debt'.split(' ')]);

/** "Citi downgrades Boeing", "Boeing cut to sell at Citi", "Goldman raises Acme price target": the house rates, the other is rated. */
const onlyRates: Doubt = ({ headline: { words }, name, first, end }) => {
  if (!quotedHouses.has(name.phrase) && !raters.has(name.phrase)) return false;
  const near = words.slice(end, end + 7);
  if (ratingVerbs.has(near[0]?.base ?? '') || near.some(({ base }) => base === 'target' || base === 'targets' || base === 'pt'))
    return true;
  // "BofA Global double upgrade" is by the house, "Citi shares rise after upgrade" of it.
  const noun = near.findIndex(({ base }) => /^(?:up|down)grades?$/.test(base));
  if (noun > 0 && noun <= UPGRADE_REACH && !near.slice(0, noun).some(({ base }) => base !== 'double' && isRated.has(base))) return true;
  const before = words[first - 1]?.base;
  return (before === 'at' || before === 'by') && words.slice(0, first).some(({ base }) => /^(?:up|down)grade/.test(base) || base === 'cut');
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
  const next = headline.words[end + 1];
  if (moves(headline, first, end)) return false;
  const isToBe = next?.base === 'be' && fates.has(headline.words[end + 2]?.base ?? '');
  const isPlanned = plans.has(next?.base ?? '') || isToBe;
  const verb = after?.base === 'to' || after?.base === 'will' ? isPlanned : companyVerbs.has(after?.base ?? '');
  const does = verb && after !== undefined && /^ ?$/.test(after.gap);
  const brand = brandWords.has(name.phrase);
  if (headline.style !== 'sentence') return !(brand && does);
  if (brand) return false;
  if (after !== undefined && after.gap === ' ' && after.lettering === 'capital') return true;
  return end - first === 1 && headline.words[first]?.opens === true && !does;
};

/** "META falls" and "Meta Falls 5%": a ticker's capitals, or a figure, after which a share moves. */
function moves({ words, style }: HeadlineWords, first: number, end: number): boolean {
  const after = words[end];
  if (after === undefined || after.gap !== ' ' || !movements.has(after.base)) return false;
  const isUpper = style !== 'upper' && words[first]?.lettering === 'upper';
  return isUpper || /^\d/.test(words[end + 1]?.text ?? '');
}

/** Every one must be silent for a name to stand. */
const doubts: readonly Doubt[] = [
  acronymInSmallLetters,
  onlyCompared,
  halfOfAnother,
  onlyQuoted,
  onlyRates,
  personOfThatName,
  plainWordOnly,
];

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

/** "$META", "NYSE:BRK.B" and, after a name, "(META)". */
const tickerShape =
  /(?<![\p{L}\p{N}$])\$([A-Z]{1,5}(?:[./-][A-Z])?)(?![\p{L}\p{N}])|\b(?:NYSE(?: American| Arca|American|ARCA| MKT)?|NASDAQ(?:GS|GM|CM)?|Nasdaq(?:GS|GM|CM)?|AMEX|Cboe|CBOE|BATS) ?: ?\$?([A-Z]{1,5}(?:[./-][A-Z])?)(?![\p{L}\p{N}])|(?<=[\p{L}\p{N}.] ?)\(([A-Z]{3,5}(?:[./-][A-Z])?)\)/gu;

function tickersIn(text: string, tickers: ReadonlyMap<string, SymbolIndex>, date: SessionDate | undefined): Mention[] {
  const found: Mention[] = [];
  if (tickers.size === 0 || !(text.includes('$') || text.includes(':') || text.includes('('))) return found;
  for (const match of text.matchAll(tickerShape)) {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    if (match[3] !== undefined && bracketedWords.has(name)) continue;
    const symbol = columnOf(name, tickers, date);
    if (symbol !== undefined) found.push({ symbols: [symbol], from: match.index, to: match.index + match[0].length });
  }
  return found;
}

/** A class is written "BRK.B", "BRK/B" or "BRK-B", here and in lists of columns. */
function columnOf(name: string, tickers: ReadonlyMap<string, SymbolIndex>, date: SessionDate | undefined): SymbolIndex | undefined {
  const given = (written: string) => (date === undefined ? tickers.get(written) : columnOn(written, date, tickers));
  if (!/[./-]/.test(name)) return given(name);
  return given(name.replace(/[./-]/, '.')) ?? given(name.replace(/[./-]/, '/')) ?? given(name.replace(/[./-]/, '-'));
}
