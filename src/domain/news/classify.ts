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
import { readHeadline, type Word } from '#domain/news/headline-text';
import { PhraseTrie } from '#domain/news/phrase-trie';

/** Characters of `matchingText`, from inclusive, to exclusive. */
export type Span = { readonly from: number; readonly to: number };

/** What a headline is about, for one company; `span` is the cue that said so, `null` where none did. */
export type Catalyst = {
  readonly type: CatalystType;
  readonly direction: Direction;
  /** 0 to 1, a prior. */
  readonly strength: number;
  readonly span: Span | null;
};

type Cue = { readonly rule: CatalystRule; readonly length: number };
type Found = Cue & { readonly first: number; readonly end: number };

const MODIFIER_REACH = 5;
const NEGATION_REACH = 3;
const NEGATED = 0.5;
const RUMOURED = 0.75;
const unknown: Catalyst = { type: 'other_news', direction: 0, strength: 0.2, span: null };

const keysOf = (phrase: string): readonly string[] => readHeadline(phrase).words.map((word) => word.key);

const cues = new PhraseTrie<Cue>();
for (const rule of catalystRules) for (const cue of rule.cues) cues.add(keysOf(cue), { rule, length: cue.length });

const modifiers = new PhraseTrie<1 | -1>();
for (const phrase of upModifiers) modifiers.add(keysOf(phrase), 1);
for (const phrase of downModifiers) modifiers.add(keysOf(phrase), -1);

const negating = new Set(negations);
const hearsay = new Set(rumours);
const advising = new Set(adviceWords);

/**
 * The catalyst of a headline by its longest cue. `about` is where the company stands in it (a `Mention`): in a takeover
 * the target gains and the bidder doesn't; without it, such a direction is 0. The text is data: it is compared, never obeyed.
 */
export function classify(text: string, about: Span | null = null): Catalyst {
  const { words } = readHeadline(text);
  const cue = longestCue(words);
  if (cue === null) return unknown;
  const span = { from: words[cue.first]?.from ?? 0, to: words[cue.end - 1]?.to ?? 0 };
  const negated = isNegated(words, cue.first);
  const plain = directionOf(cue, words, span, about);
  const heard = words.some((word) => hearsay.has(word.base));
  const strength = cue.rule.strength * (negated ? NEGATED : 1) * (heard ? RUMOURED : 1);
  return { type: cue.rule.type, direction: negated ? negative(plain) : plain, strength, span };
}

function directionOf(cue: Found, words: readonly Word[], span: Span, about: Span | null): Direction {
  if (cue.rule.direction !== 0) return concerns(cue.rule, span, about) ? cue.rule.direction : 0;
  // "Higher tariffs" and "claims rise" say how much, not how good.
  return cue.rule.type === 'macro' ? 0 : modified(words, cue);
}

/** Good news denied is bad news; bad news denied is none. */
const negative = (direction: Direction): Direction => (direction === 1 ? -1 : 0);

/** The longest in characters; the first of two as long. */
function longestCue(words: readonly Word[]): Found | null {
  let best: Found | null = null;
  for (let first = 0; first < words.length; first++) {
    const found = cues.longestAt(words, first, (cue, from, end) => cue.rule.between === undefined || standsBetweenNames(words, from, end));
    if (found !== null && found.value.length > (best?.length ?? 0)) best = { ...found.value, first, end: found.end };
  }
  return best;
}

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

/** The nearest modifier within five words, before the cue or after it; 0 when there is none. */
function modified(words: readonly Word[], cue: Found): Direction {
  let direction: Direction = 0;
  let nearest = MODIFIER_REACH + 1;
  for (let first = Math.max(0, cue.first - MODIFIER_REACH); first < words.length && first < cue.end + MODIFIER_REACH; first++) {
    if (first >= cue.first && first < cue.end) continue;
    const found = modifiers.longestAt(words, first, () => true);
    const distance = first < cue.first ? cue.first - first : first - cue.end + 1;
    if (found === null || distance >= nearest) continue;
    nearest = distance;
    direction = isNegated(words, first) && first > cue.first ? negative(found.value) : found.value;
  }
  return direction;
}

function isNegated(words: readonly Word[], first: number): boolean {
  return words.slice(Math.max(0, first - NEGATION_REACH), first).some((word) => negating.has(word.base) || negating.has(word.key));
}
