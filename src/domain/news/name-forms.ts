import { plainWords } from '#domain/news/doubtful-names';
import { readHeadline } from '#domain/news/headline-text';

const legalForms = new Set(
  'inc incorporated corp corporation co company companies ltd limited plc llc lp nv sa sab ag aktiengesellschaft se spa cv de holding holdings group trust'.split(
    ' ',
  ),
);
/** Dropped at the end only where a name of some length remains: "Mondelez International", "Salesforce.com". */
const tails = new Set(['com', 'international', 'us', 'the']);
const TAIL_LEAVES_AT_LEAST = 5;
const shareClass = /[\s,]+class [a-c]$/i;

const isJoint = (key: string): boolean => key === 'and';

/**
 * The ways in which headlines write a company's name, as word keys: without its legal form ("General Electric Co" is
 * "general electric"), and "&" also as "and". Empty when nothing but a legal form is there.
 */
export function nameForms(name: string): readonly (readonly string[])[] {
  const given = readHeadline(name.replace(shareClass, '')).words.map((word) => word.key);
  const keys = stripped(given);
  if (keys.length === 0) return [];
  return name.includes(' & ') ? [keys, ...withAnd(name)] : [keys];
}

function withAnd(name: string): readonly (readonly string[])[] {
  const keys = stripped(readHeadline(name.replace(shareClass, '').replaceAll(' & ', ' and ')).words.map((word) => word.key));
  return keys.length === 0 ? [] : [keys];
}

function stripped(given: readonly string[]): readonly string[] {
  let end = given.length;
  while (end > 0) {
    const last = given[end - 1] ?? '';
    const left = given.slice(0, end - 1).join(' ');
    const isTail = tails.has(last) && left.length >= TAIL_LEAVES_AT_LEAST && !plainWords.has(left);
    if (legalForms.has(last) || isJoint(last) || isTail) end--;
    else break;
  }
  const first = given[0] === 'the' && end > 1 ? 1 : 0;
  return given.slice(first, end);
}
