import { breakers, counters, denials, negations, payments, refusals, reliefs, stressed, undone } from '#domain/news/catalyst-words';
import type { Word } from '#domain/news/headline-text';

/** Words that say something good or bad, from first inclusive to end exclusive. */
type Statement = { readonly first: number; readonly end: number; readonly isVerbal: boolean; readonly isGood: boolean };

const NEGATION_REACH = 3;
/** "Blocks Acme's 7 billion pound all-share takeover of": what is refused may have a long name. */
const REFUSAL_REACH = 8;
const stops = /[,;:()|[\]](?: |$)|^ ?[;:()|]| [-\u2013\u2014] |[\u2013\u2014]/;

/** Whether another thought begins at a word: at a stop within the headline, or with "as", "after", "but". */
export const begins = (words: readonly Word[], at: number): boolean => {
  const word = words[at];
  return word === undefined || word.sentence !== words[at - 1]?.sentence || stops.test(word.gap) || breakers.has(word.base);
};

/** The word that denies, refuses or undoes what is said, -1 where none does. What `isTaken` says something of its own. */
export function denierOf(words: readonly Word[], said: Statement, isTaken: (at: number) => boolean): number {
  const before = denierBefore(words, said, isTaken);
  if (before >= 0) return before > 0 && isCountered(words, before) ? -1 : before;
  return said.isGood ? undoneAfter(words, said, isTaken) : -1;
}

function denierBefore(words: readonly Word[], { first, isVerbal, isGood }: Statement, isTaken: (at: number) => boolean): number {
  let count = 0;
  for (let at = first - 1; at >= 0 && count < REFUSAL_REACH; at--) {
    const word = words[at];
    if (word === undefined || begins(words, at + 1) || isTaken(at) || (isVerbal && word.base === 'and')) return -1;
    if (negates(words, at) && count < NEGATION_REACH) return at;
    if (denials.has(word.base)) return at;
    const touches = count === 0 || (count === 1 && words[at + 1]?.base === 'to');
    if ((isGood ? refusals : reliefs).has(word.base) && (!isVerbal || touches)) return isGood || !isPaid(words, at) ? at : -1;
    if (counts(word)) count++;
  }
  return -1;
}

/** "To pay 5 million to settle". */
const isPaid = (words: readonly Word[], at: number): boolean =>
  words.slice(0, at).some(({ base, sentence }) => sentence === words[at]?.sentence && payments.has(base));

/** "Not", unless "not only" and "no surprise" are meant. */
export function negates(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word === undefined || !(negations.has(word.base) || negations.has(word.key))) return false;
  return !stressed.has(words[at + 1]?.base ?? '');
}

/** "Fights effort to block". */
function isCountered(words: readonly Word[], denier: number): boolean {
  for (let at = denier - 1; at >= Math.max(0, denier - NEGATION_REACH); at--) {
    if (begins(words, at + 1)) return false;
    if (counters.has(words[at]?.base ?? '') || negates(words, at)) return true;
  }
  return false;
}

function undoneAfter(words: readonly Word[], { end }: Statement, isTaken: (at: number) => boolean): number {
  let count = 0;
  for (let at = end; at < words.length && count < REFUSAL_REACH; at++) {
    const word = words[at];
    if (word === undefined || begins(words, at) || isTaken(at)) return -1;
    if (undone.has(word.base)) return at;
    if (counts(word)) count++;
  }
  return -1;
}

/** Sums of money and small words stand between "blocks" and "takeover" and count as nothing; so do owners. */
const counts = (word: Word): boolean => !(word.possessive || amount.test(word.base) || small.has(word.base));

const small = new Set('a an the its his her their of for in on to by and s'.split(' '));
const amount = /^(?:\d+|us|usd|eur|gbp|million|billion|mln|bln|mn|bn|m|b)$/;
/** A sum of money, or a part of one. */
export const isAmount = (word: Word | undefined): boolean => word !== undefined && amount.test(word.base);
