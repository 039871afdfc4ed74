import type { CatalystType } from '#domain/news/catalyst';
import {
  adviceWords,
  type CatalystRule,
  catalystRules,
  type Direction,
  downModifiers,
  negations,
  rumours,
  upModifiers,
} from '#domain/news/catalyst-rules';
import { type HeadlineWords, readHeadline, type Span, type Word } from '#domain/news/headline-text';
import { PhraseTrie } from '#domain/news/phrase-trie';

/** One thing that a headline says of one company. */
export type Catalyst = {
  readonly type: CatalystType;
  readonly direction: Direction;
  /** 0 to 1, a prior. */
  readonly strength: number;
  /** The words that said so, in the original text; the cue first, then what gave it its direction. None where no cue stands. */
  readonly evidence: readonly Span[];
};

type Cue = { readonly rule: CatalystRule; readonly length: number };
type Found = Cue & { readonly first: number; readonly end: number };
type Turned = { readonly direction: Direction; readonly by: Found | null };

const MODIFIER_REACH = 5;
/** Words looked at on each side, sums of money with them. */
const WINDOW = 10;
const NEGATION_REACH = 3;
const NEGATED = 0.5;
const RUMOURED = 0.75;
const unknown: Catalyst = { type: 'other_news', direction: 0, strength: 0.2, evidence: [] };

const keysOf = (phrase: string): readonly string[] => readHeadline(phrase).words.map((word) => word.key);

const cues = new PhraseTrie<Cue>();
for (const rule of catalystRules) for (const cue of rule.cues) cues.add(keysOf(cue), { rule, length: cue.length });

const modifiers = new PhraseTrie<1 | -1>();
for (const phrase of upModifiers) modifiers.add(keysOf(phrase), 1);
for (const phrase of downModifiers) modifiers.add(keysOf(phrase), -1);

const negating = new Set(negations);
const hearsay = new Set(rumours);
const advising = new Set(adviceWords);

/** What weighs most of `catalystsIn`. */
export const classify = (text: string, about: Span | null = null): Catalyst => catalystsIn(readHeadline(text), about)[0] ?? unknown;

/**
 * What a headline says, one of a type: bad news first, then the strongest, then the longest cue. Of a type its longest cue
 * speaks, and no word speaks twice. `about` is where the company stands in `headline.text` (a `Mention`): in a takeover the
 * target gains and the bidder doesn't; without it, such a direction is 0. The text is data: it is compared, never obeyed.
 */
export function catalystsIn(headline: HeadlineWords, about: Span | null = null): readonly Catalyst[] {
  const { words } = headline;
  const found = cuesIn(words);
  const speaking = found.filter((cue, at) => found.findIndex((other) => other.rule.type === cue.rule.type) === at);
  if (speaking.length === 0) return nothing;
  if (speaking.length === 1) return speaking.map((cue) => catalystOf(cue, headline, found, about));
  return speaking.map((cue) => catalystOf(cue, headline, found, about)).sort(badFirst);
}

const nothing: readonly Catalyst[] = [unknown];

const badFirst = (a: Catalyst, b: Catalyst): number => Number(b.direction < 0) - Number(a.direction < 0) || b.strength - a.strength;

function catalystOf(cue: Found, headline: HeadlineWords, found: readonly Found[], about: Span | null): Catalyst {
  const { words } = headline;
  const first = words[cue.first];
  const place = { from: first?.from ?? 0, to: words[cue.end - 1]?.to ?? 0 };
  const negated = isNegated(words, cue.first);
  const { direction, by } = directionOf(cue, words, place, found, about);
  const heard = words.some((word) => word.sentence === first?.sentence && hearsay.has(word.base));
  const strength = cue.rule.strength * (negated ? NEGATED : 1) * (heard ? RUMOURED : 1);
  const evidence = [headline.original(place.from, place.to)];
  if (by !== null) evidence.push(headline.original(words[by.first]?.from ?? 0, words[by.end - 1]?.to ?? 0));
  return { type: cue.rule.type, direction: negated ? negative(direction) : direction, strength, evidence };
}

function directionOf(cue: Found, words: readonly Word[], place: Span, found: readonly Found[], about: Span | null): Turned {
  const { rule } = cue;
  if (rule.direction !== 0) return { direction: concerns(rule, place, about) ? rule.direction : 0, by: null };
  // "Higher tariffs" and "claims rise" say how much, not how good; a split or a resignation is neither for rising prices.
  return undirected.has(rule.type) ? { direction: 0, by: null } : modified(words, cue, found);
}

const undirected: ReadonlySet<CatalystType> = new Set(['macro', 'split', 'halt', 'management', 'insider']);

/** Good news denied is bad news; bad news denied is none. */
const negative = (direction: Direction): Direction => (direction === 1 ? -1 : 0);

/** The longest cues in characters, of two as long the first; none shares a word with another. */
function cuesIn(words: readonly Word[]): readonly Found[] {
  const candidates: Found[] = [];
  for (let first = 0; first < words.length; first++) {
    const found = cues.longestAt(words, first, (cue, from, end) => stands(cue.rule, words, from, end));
    if (found !== null) candidates.push({ ...found.value, first, end: found.end });
  }
  if (candidates.length < 2) return candidates.filter(({ rule }) => rule.type !== 'other_news');
  candidates.sort((a, b) => b.length - a.length || a.first - b.first);
  const chosen: Found[] = [];
  for (const cue of candidates) if (chosen.every((other) => cue.end <= other.first || cue.first >= other.end)) chosen.push(cue);
  // A decoy has covered its words and says nothing itself.
  return chosen.filter(({ rule }) => rule.type !== 'other_news');
}

const stands = (rule: CatalystRule, words: readonly Word[], from: number, end: number): boolean =>
  inOneSentence(words, from, end) && (rule.between === undefined || standsBetweenNames(words, from, end));

/** "Net profit. Warning signs" is no profit warning. */
const inOneSentence = (words: readonly Word[], from: number, end: number): boolean => words[from]?.sentence === words[end - 1]?.sentence;

function standsBetweenNames(words: readonly Word[], first: number, end: number): boolean {
  const before = words[first - 1];
  const after = words[end];
  if (before === undefined || after === undefined || advising.has(before.base)) return false;
  return before.lettering !== 'lower' && after.lettering !== 'lower';
}

function concerns(rule: CatalystRule, cue: Span, about: Span | null): boolean {
  if (rule.on === undefined) return true;
  if (about === null) return false;
  return rule.on === 'before' ? about.to <= cue.from : about.from >= cue.to;
}

/** The nearest modifier within five words of its sentence, before the cue or after it; 0 when there is none. */
function modified(words: readonly Word[], cue: Found, found: readonly Found[]): Turned {
  let turned: Turned = { direction: 0, by: null };
  let nearest = MODIFIER_REACH + 1;
  const sentence = words[cue.first]?.sentence;
  for (let first = Math.max(0, cue.first - WINDOW); first < words.length && first < cue.end + WINDOW; first++) {
    // What another cue says is said of that.
    if (words[first]?.sentence !== sentence || found.some((other) => first >= other.first && first < other.end)) continue;
    const modifier = modifiers.longestAt(words, first, () => true);
    const distance = first < cue.first ? wordsIn(words, first, cue.first) : wordsIn(words, cue.end, first + 1);
    if (modifier === null || distance >= nearest) continue;
    nearest = distance;
    const direction = isNegated(words, first) && first > cue.first ? negative(modifier.value) : modifier.value;
    turned = { direction, by: { ...cue, first, end: modifier.end } };
  }
  return turned;
}

/** Words from one place to another; sums of money stand between "wins" and "contract" and count as nothing. */
function wordsIn(words: readonly Word[], from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (!amount.test(words[i]?.base ?? '')) count++;
  return count;
}

const amount = /^(?:\d+|us|usd|eur|gbp|million|billion|mln|bln|mn|bn|m|b)$/;

function isNegated(words: readonly Word[], first: number): boolean {
  const sentence = words[first]?.sentence;
  const before = words.slice(Math.max(0, first - NEGATION_REACH), first);
  return before.some((word) => word.sentence === sentence && (negating.has(word.base) || negating.has(word.key)));
}
