import type { Mark } from '#domain/news/sentiment/marks';
import type { Token } from '#domain/news/sentiment/tokens';

/** What a comparison of two amounts says: better or worse, and the tokens that say it. */
export type Compared = { readonly way: 1 | -1; readonly first: number; readonly end: number; readonly measure: Mark };

const BEFORE_MAX = 24;
const AFTER_MAX = 14;
const YEAR_MIN = 1900;
const YEAR_MAX = 2100;
const units = new Set('m mn mln million b bn bln billion thousand k % percent pct per eur euro euros usd dollars'.split(' '));
const months = new Set(
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep oct nov dec q q1 q2 q3 q4 quarter first h1 h2'.split(
    ' ',
  ),
);

/**
 * "Profit of EUR 3.1m compared to 5.2m a year earlier", "loss of 2m versus a profit of 1m", "was 4.0, down from 4.9":
 * the amounts are compared, and where one side is a loss and the other a profit, the words.
 */
export function comparisonAt(
  tokens: readonly Token[],
  marks: readonly Mark[],
  comparator: Pick<Mark, 'first' | 'end' | 'sentence'>,
  byAmount: boolean,
): Compared | null {
  const before = measureBefore(marks, comparator);
  if (before === null || before.entry.kind !== 'measure' || before.entry.good === 0) return null;
  const after = marks.find(
    (mark) =>
      mark.entry.kind === 'measure' &&
      mark.entry.good !== 0 &&
      mark.first >= comparator.end &&
      mark.first < comparator.end + 6 &&
      mark.sentence === comparator.sentence,
  );
  const good = before.entry.good;
  const other = after?.entry.kind === 'measure' ? signOf(after) : null;
  const then = amountAfter(tokens, comparator.end);
  const now = then === null ? null : amountBefore(tokens, comparator.first, before.end, then.percent);
  const span = { first: before.first, measure: before };
  if (other !== null && other !== signOf(before)) return { way: signOf(before), end: after?.end ?? comparator.end, ...span };
  if (!byAmount || now === null || then === null || now.value === then.value) return null;
  const more = now.value > then.value ? 1 : -1;
  return { way: more * good === 1 ? 1 : -1, end: then.end, ...span };
}

/** A loss is below nothing, whatever the amount. */
const signOf = (mark: Mark): 1 | -1 => (mark.entry.kind === 'measure' && mark.entry.good === -1 && mark.entry.bare < 0 ? -1 : 1);

function measureBefore(marks: readonly Mark[], comparator: Pick<Mark, 'first' | 'sentence'>): Mark | null {
  let best: Mark | null = null;
  for (const mark of marks) {
    if (mark.first >= comparator.first) break;
    if (mark.entry.kind === 'measure' && mark.sentence === comparator.sentence && comparator.first - mark.first <= BEFORE_MAX) best = mark;
  }
  return best;
}

type Amount = { readonly value: number; readonly end: number; readonly percent: boolean };

/** The first amount of its kind after the measure: what follows it in brackets says the same in another currency. */
function amountBefore(tokens: readonly Token[], end: number, from: number, percent: boolean): Amount | null {
  let depth = 0;
  for (let at = Math.max(from, end - BEFORE_MAX); at < end; at++) {
    depth += bracket(tokens[at]);
    if (depth === 0 && isAmount(tokens, at) && isPercent(tokens, at) === percent)
      return { value: tokens[at]?.value ?? 0, end: at + 1, percent };
  }
  return null;
}

function amountAfter(tokens: readonly Token[], from: number): Amount | null {
  for (let at = from; at < tokens.length && at < from + AFTER_MAX && tokens[at]?.ends !== true; at++)
    if (isAmount(tokens, at)) return { value: tokens[at]?.value ?? 0, end: at + 1, percent: isPercent(tokens, at) };
  return null;
}

const percents = new Set(['%', 'percent', 'pct', 'per']);
const isPercent = (tokens: readonly Token[], at: number): boolean => percents.has(tokens[at + 1]?.key ?? '');

const bracket = (token: Token | undefined): number => (token?.key === '(' ? 1 : token?.key === ')' ? -1 : 0);

/** No year, no day of a month, no number of a quarter. */
function isAmount(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.kind !== 'number') return false;
  const next = tokens[at + 1]?.key ?? '';
  const previous = tokens[at - 1]?.key ?? '';
  if (units.has(next) || units.has(previous) || '$€£'.includes(previous || ' ')) return true;
  if (Number.isInteger(token.value) && token.value >= YEAR_MIN && token.value <= YEAR_MAX) return false;
  return !months.has(previous) && !months.has(next) && previous !== '-' && next !== '-';
}
