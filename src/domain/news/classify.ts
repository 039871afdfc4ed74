import type { CatalystType } from '#domain/news/catalyst';
import { type CatalystRule, type Cue, catalystRules, type Direction } from '#domain/news/catalyst-rules';
import {
  adviceWords,
  badWords,
  goodWords,
  lessWords,
  moreWords,
  parting,
  ratingWords,
  rumours,
  victories,
} from '#domain/news/catalyst-words';
import { begins, denierOf, isAmount, negates } from '#domain/news/denied';
import { type HeadlineWords, readHeadline, type Span, type Word } from '#domain/news/headline-text';
import { PhraseTrie } from '#domain/news/phrase-trie';
import { isBurden, standingOf, standsAgainst } from '#domain/news/said-of';
import { phrasesOf } from '#domain/news/sentiment/word-forms';

/** One thing that a headline says of one company. */
export type Catalyst = {
  readonly type: CatalystType;
  readonly direction: Direction;
  /** 0 to 1, a prior. */
  readonly strength: number;
  /** The words that said so, in the original text; the cue first, then what gave it its direction, then what denies it. None where no cue stands. */
  readonly evidence: readonly Span[];
  /** Whether somebody denies, refuses or undoes it. */
  readonly isDenied: boolean;
};

type Known = { readonly rule: CatalystRule; readonly cue: Cue };
type Found = Known & { readonly first: number; readonly end: number };
type Modifier = { readonly way: 1 | -1; readonly isMovement: boolean };
/** A modifier where it stands; `way` once it is known what it moves. */
type Turning = { readonly way: 1 | -1; readonly first: number; readonly end: number };
/** What is asked of each cue. */
type Asked = {
  readonly headline: HeadlineWords;
  readonly found: readonly Found[];
  readonly about: Span | null;
  readonly others: readonly Span[];
};

const REACH_AFTER = 5;
const REACH_BEFORE = 8;
/** Words looked at on each side, sums of money with them. */
const WINDOW = 12;
const DENIED_MODIFIER_REACH = 3;
const NEGATED = 0.5;
const RUMOURED = 0.75;
const unknown: Catalyst = { type: 'other_news', direction: 0, strength: 0.2, evidence: [], isDenied: false };

const keysOf = (phrase: string): readonly string[] => readHeadline(phrase).words.map((word) => word.key);

const cues = new PhraseTrie<Known>();
for (const rule of catalystRules) for (const cue of rule.cues) cues.add(keysOf(cue.phrase), { rule, cue });

const modifiers = new PhraseTrie<Modifier>();
const listModifiers = (phrases: readonly string[], way: 1 | -1, isMovement: boolean): void => {
  for (const phrase of phrases) modifiers.add(keysOf(phrase), { way, isMovement });
};
listModifiers(goodWords, 1, false);
listModifiers(badWords, -1, false);
listModifiers(moreWords, 1, true);
listModifiers(lessWords, -1, true);

/** What weighs most of `catalystsIn`. */
export const classify = (text: string, about: Span | null = null): Catalyst => catalystsIn(readHeadline(text), about)[0] ?? unknown;

/**
 * What a headline says, one of a type: bad news first, then the strongest, then the longest cue. Of a type its longest cue
 * speaks, one that takes a side before any other, and no word speaks twice. `about` is where the company stands in
 * `headline.text` (a `Mention`): in a takeover the target gains and the bidder doesn't; without it, such a direction is 0.
 * `others` are the other companies: what is said of them is not said of it. The text is data: it is compared, never obeyed.
 */
export function catalystsIn(headline: HeadlineWords, about: Span | null = null, others: readonly Span[] = none): readonly Catalyst[] {
  const { words } = headline;
  const all = cuesIn(words);
  if (all.length === 0) return nothing;
  const standing = about === null ? 'spoken_of' : standingOf(words, about);
  if (standing === 'aside') return nothing;
  const found = about === null || others.length === 0 ? all : all.filter((cue) => !isOfAnother(cue, words, about, others));
  const speaking = found.filter((cue) => speakerOf(cue.rule.type, found) === cue);
  const said = speaking.map((cue) => catalystOf(cue, { headline, found: all, about, others }));
  // "Airbus wins contract from rival Boeing" is no good news for Boeing.
  const heard = standing === 'beaten' ? said.filter(({ direction }) => direction <= 0) : said;
  if (heard.length === 0) return nothing;
  return heard.length === 1 ? heard : heard.sort(badFirst);
}

const none: readonly Span[] = [];
/** Of "first quarter results miss estimates" the cue that takes a side speaks, however long the other is. */
const speakerOf = (type: CatalystType, found: readonly Found[]): Found | undefined =>
  found.find(({ rule }) => rule.type === type && rule.direction !== 0) ?? found.find(({ rule }) => rule.type === type);

const nothing: readonly Catalyst[] = [unknown];

const badFirst = (a: Catalyst, b: Catalyst): number => Number(b.direction < 0) - Number(a.direction < 0) || b.strength - a.strength;

/**
 * "Nvidia guidance tops; Intel guidance misses": a thought that names another company and not this one is the other's. After
 * "as" and "after" only good news is: "Boeing falls as Southwest cancels orders".
 */
function isOfAnother(cue: Found, words: readonly Word[], about: Span, others: readonly Span[]): boolean {
  if (cue.rule.on !== undefined && cue.rule.on !== 'not_right_before') return false;
  let first = cue.first;
  let end = cue.end;
  while (first > 0 && !partsThoughts(words, first)) first--;
  while (end < words.length && !partsThoughts(words, end)) end++;
  const [from, to] = [words[first]?.from ?? 0, words[end - 1]?.to ?? 0];
  const isIn = (span: Span): boolean => span.from >= from && span.to <= to;
  if (isIn(about) || !others.some(isIn)) return false;
  const start = words[first];
  const isApart = parting.has(start?.base ?? '') || (start?.gap ?? '').includes(';');
  const isOwn = ownActs.has(cue.rule.type) && others.some((span) => isIn(span) && span.to <= (words[cue.first]?.from ?? 0));
  return isApart || isOwn || about.from > to || cue.rule.direction > 0;
}

/** What a company says or does of itself: "Acme gains as Beta cuts forecast". */
const ownActs: ReadonlySet<CatalystType> = new Set([
  'earnings',
  'guidance',
  'management',
  'insider',
  'capital_action',
  'offering',
  'split',
  'halt',
]);

/** A comma parts nothing here: "Acme, Beta win contract". */
const partsThoughts = (words: readonly Word[], at: number): boolean => begins(words, at) && !(words[at]?.gap ?? '').includes(',');

function catalystOf(cue: Found, asked: Asked): Catalyst {
  const { headline, found } = asked;
  const { words } = headline;
  const asks = cue.rule.direction === 0 && cue.rule.isSettled === undefined && !undirected.has(cue.rule.type);
  const turning = asks ? turningOf(words, cue, found) : null;
  const plain = turning?.way ?? directionOf(cue, words, asked.about);
  const denier = denierAround(words, cue, turning, { isGood: plain > 0, found });
  const heard = words.some((word) => word.sentence === words[cue.first]?.sentence && rumours.has(word.base));
  const isWon = denier >= 0 && isVictory(cue, words, denier, asked.about);
  const strength = cue.rule.strength * (denier >= 0 && !isWon ? NEGATED : 1) * (heard ? RUMOURED : 1);
  const evidence = [spanOf(headline, cue.first, cue.end)];
  if (turning !== null) evidence.push(spanOf(headline, turning.first, turning.end));
  if (denier >= 0) evidence.push(spanOf(headline, denier, denier + 1));
  const isDenied = denier >= 0 && !isWon;
  const direction = isWon ? 1 : isDenied ? negative(plain) : plain;
  const isLost = direction > 0 && cue.rule.type === 'legal' && asked.about !== null && standsAgainst(words, asked.about);
  return { type: cue.rule.type, direction: isLost ? -1 : direction, strength, evidence, isDenied };
}

const spanOf = (headline: HeadlineWords, first: number, end: number): Span =>
  headline.original(headline.words[first]?.from ?? 0, headline.words[end - 1]?.to ?? 0);

/** "Higher tariffs" and "claims rise" say how much, not how good; a split or a resignation is neither for rising prices, nor is a launch. */
const undirected: ReadonlySet<CatalystType> = new Set(['macro', 'split', 'halt', 'management', 'insider', 'product']);

const directionOf = ({ rule, first, end }: Found, words: readonly Word[], about: Span | null): Direction =>
  concerns(rule, { from: words[first]?.from ?? 0, to: words[end - 1]?.to ?? 0 }, about) ? rule.direction : 0;

/** Good news denied is bad news; bad news denied is none. */
const negative = (direction: Direction): Direction => (direction === 1 ? -1 : 0);

/** What denies a cue with its modifier, as one statement: "did not raise its outlook", "outlook not raised". */
function denierAround(
  words: readonly Word[],
  cue: Found,
  turning: Turning | null,
  { isGood, found }: { readonly isGood: boolean; readonly found: readonly Found[] },
): number {
  const leads = turning !== null && turning.first < cue.first;
  const said = { first: leads ? turning.first : cue.first, end: cue.end, isVerbal: leads || cue.cue.isVerbal, isGood };
  const isTaken = (at: number): boolean =>
    found.some((other) => other !== cue && other.rule.direction !== 0 && at >= other.first && at < other.end) ||
    (turning !== null && at >= turning.first && at < turning.end);
  if (turning !== null && !leads)
    for (let at = turning.first - 1; at >= cue.end && at >= turning.first - DENIED_MODIFIER_REACH; at--) if (negates(words, at)) return at;
  if (leads) for (let at = turning.end; at < cue.first; at++) if (negates(words, at)) return at;
  return denierOf(words, said, isTaken);
}

/** "Acme wins patent lawsuit": the same words after "wins" are good for who won. */
const isVictory = ({ rule, first }: Found, words: readonly Word[], denier: number, about: Span | null): boolean =>
  rule.type === 'legal' &&
  rule.direction < 0 &&
  denier < first &&
  victories.has(words[denier]?.base ?? '') &&
  (about === null || about.to <= (words[denier]?.from ?? 0));

/** The longest cues in characters, of two as long the first; none shares a word with another. */
function cuesIn(words: readonly Word[]): readonly Found[] {
  const candidates: Found[] = [];
  for (let first = 0; first < words.length; first++) {
    const found = cues.longestAt(words, first, ({ rule }, from, end) => stands(rule, words, from, end));
    if (found !== null) candidates.push({ ...found.value, first, end: found.end });
  }
  if (candidates.length < 2) return candidates.filter(({ rule }) => rule.type !== 'other_news');
  candidates.sort((a, b) => b.cue.phrase.length - a.cue.phrase.length || a.first - b.first);
  const chosen: Found[] = [];
  for (const one of candidates) if (chosen.every((other) => one.end <= other.first || one.first >= other.end)) chosen.push(one);
  // A decoy has covered its words and says nothing itself.
  return chosen.filter(({ rule }) => rule.type !== 'other_news');
}

const stands = (rule: CatalystRule, words: readonly Word[], from: number, end: number): boolean =>
  inOneSentence(words, from, end) &&
  (rule.between === undefined || standsBetweenNames(words, from, end)) &&
  (rule.beside === undefined || words.some(({ base }) => ratingWords.has(base)));

/** "Net profit. Warning signs" is no profit warning. */
const inOneSentence = (words: readonly Word[], from: number, end: number): boolean => words[from]?.sentence === words[end - 1]?.sentence;

function standsBetweenNames(words: readonly Word[], first: number, end: number): boolean {
  const before = words[first - 1];
  const after = words[end];
  if (before === undefined || after === undefined || adviceWords.has(before.base)) return false;
  return before.lettering !== 'lower' && after.lettering !== 'lower';
}

function concerns(rule: CatalystRule, cue: Span, about: Span | null): boolean {
  if (rule.on === undefined) return true;
  // "Holders of Acme sue": only who stands right before it goes to court.
  if (rule.on === 'not_right_before') return about === null || about.to > cue.from || about.to < cue.from - 1;
  if (about === null) return false;
  return rule.on === 'before' ? about.to <= cue.from : about.from >= cue.to;
}

/** The nearest modifier: within five words after the cue, within eight of its own thought before it. */
function turningOf(words: readonly Word[], cue: Found, found: readonly Found[]): Turning | null {
  let turning: Turning | null = null;
  let nearest = REACH_BEFORE + 1;
  const sentence = words[cue.first]?.sentence;
  for (let first = Math.max(0, cue.first - WINDOW); first < words.length && first < cue.end + WINDOW; first++) {
    // What another cue says is said of that.
    if (words[first]?.sentence !== sentence || found.some((other) => first >= other.first && first < other.end)) continue;
    const modifier = modifiers.longestAt(words, first, (_, from) => !particles.has(words[from]?.base ?? '') || hasNumber(words, from));
    if (modifier === null || (cue.rule.type === 'legal' && (modifier.value.isMovement || adjourning.has(words[first]?.base ?? ''))))
      continue;
    const leads = first < cue.first;
    const distance = leads ? wordsIn(words, first, cue.first) : wordsIn(words, cue.end, first + 1);
    if (distance >= nearest || (distance > REACH_AFTER && !(leads && isOneThought(words, first, cue.first)))) continue;
    nearest = distance;
    const { way, isMovement } = modifier.value;
    turning = { way: isMovement && isBurden(words, first, modifier.end) ? (way === 1 ? -1 : 1) : way, first, end: modifier.end };
  }
  return turning;
}

/** A trial that is put off is neither won nor lost. */
const adjourning = new Set(phrasesOf('~delay | ~suspend | halted').map((words) => words.join(' ')));
/** "Up" and "down" are movements beside a number only. */
const particles = new Set(['up', 'down']);
const hasNumber = (words: readonly Word[], at: number): boolean =>
  /^\d/.test(words[at + 1]?.base ?? '') || /^\d/.test(words[at - 1]?.base ?? '');

function isOneThought(words: readonly Word[], from: number, to: number): boolean {
  for (let at = from + 1; at <= to; at++) if (begins(words, at)) return false;
  return true;
}

/** Words from one place to another; sums of money stand between "wins" and "contract" and count as nothing. */
function wordsIn(words: readonly Word[], from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (!isAmount(words[i])) count++;
  return count;
}
