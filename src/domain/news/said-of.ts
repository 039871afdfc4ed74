import { burdens, rivals } from '#domain/news/catalyst-words';
import type { Span, Word } from '#domain/news/headline-text';

/** A company is spoken of, named after a rival that is ("its rival Boeing"), or only to say who another is ("Boeing rival Airbus"). */
export type Standing = 'spoken_of' | 'beaten' | 'aside';

export function standingOf(words: readonly Word[], about: Span): Standing {
  const first = words.findIndex((word) => word.to > about.from);
  let end = first;
  while (end < words.length && (words[end]?.from ?? 0) < about.to) end++;
  const [before, earlier, after, next] = [words[first - 1], words[first - 2], words[end], words[end + 1]];
  const named = words[end + 2];
  if (after?.gap === ' ' && rivals.has(after.base) && isName(next)) return 'aside';
  // "Acme's China rival Beta".
  if (after?.gap === ' ' && rivals.has(next?.base ?? '') && isName(named)) return 'aside';
  if ((before?.base === 'to' || before?.base === 'of') && rivals.has(earlier?.base ?? '')) return 'aside';
  // "Boeing rival Airbus" speaks of Airbus.
  return rivals.has(before?.base ?? '') && earlier?.lettering === 'lower' ? 'beaten' : 'spoken_of';
}

const isName = (word: Word | undefined): boolean => word !== undefined && word.lettering !== 'lower';

/** "Beta wins patent case against Acme". */
export const standsAgainst = (words: readonly Word[], about: Span): boolean =>
  words.findLast((word) => word.to <= about.from)?.base === 'against';

const joints = new Set(['in', 'its', 'quarterly', 'annual', 'net', 'operating', 'production', 'labor', 'fuel']);

/** Whether what moves is a burden: "costs rise", "cuts costs", "rise in costs", "loss narrows". */
export function isBurden(words: readonly Word[], first: number, end: number): boolean {
  const next = words[end];
  if (words[first]?.gap === ' ' && burdens.has(words[first - 1]?.base ?? '')) return true;
  if (next?.gap !== ' ') return false;
  return burdens.has(next.base) || (joints.has(next.base) && burdens.has(words[end + 1]?.base ?? ''));
}
