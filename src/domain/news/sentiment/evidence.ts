import type { Mark } from '#domain/news/sentiment/marks';
import { comparisonAt } from '#domain/news/sentiment/number-comparison';
import { negates } from '#domain/news/sentiment/surroundings';
import type { Token } from '#domain/news/sentiment/tokens';

/**
 * Which rule spoke: a phrase that is good or bad, one that is so as the news of a headline, a measure that moved,
 * something that moved without a word of what, two amounts compared, or a loss that nobody compared with anything.
 */
export type SentimentReason = 'opinion' | 'event' | 'measure_moved' | 'moved' | 'amounts_compared' | 'stood_alone';

/** What a mark says before the words around it are asked. */
export type Evidence = { readonly mark: Mark; readonly weight: number; readonly why: SentimentReason };

const HEADLINE_TOKENS_MAX = 28;
const MEASURE_MOVED = 0.8;
const LESS_THAN_EXPECTED = -0.9;
const PARTICLE_BARE = 0.6;
/** In running text "acquired", "closed" and "grew" tell the background; two of them must not make a verdict. */
const IN_PROSE = 0.2;
const OBJECT_REACH = 5;
/** A sum, its currency and its period may stand between a measure and "down from". */
const SUBJECT_REACH = 26;
const FROM_REACH = 16;

/** Comparisons first, then phrases and movements, then losses left over; what has spoken does not speak again. */
export function evidenceIn(tokens: readonly Token[], marks: readonly Mark[]): readonly Evidence[] {
  const spoken = new Set<Mark>();
  const found = [...comparisons(tokens, marks, spoken), ...statements(tokens, marks, spoken)];
  for (const mark of marks)
    if (mark.entry.kind === 'measure' && mark.entry.bare !== 0 && !spoken.has(mark))
      found.push({ mark, weight: mark.entry.bare, why: 'stood_alone' });
  found.push(...bareRefusals(tokens, marks, found));
  return found.sort((one, other) => one.mark.first - other.mark.first);
}

/** "Regulator blocks the plan": what refuses nothing good or bad is a blow by itself. */
function bareRefusals(tokens: readonly Token[], marks: readonly Mark[], found: readonly Evidence[]): readonly Evidence[] {
  const background = isHeadline(tokens) ? 1 : IN_PROSE;
  return marks.flatMap((mark) => {
    if (mark.entry.kind !== 'refusal' || found.some((one) => isRefused(mark, one.mark))) return [];
    return [{ mark, weight: mark.entry.weight * background, why: 'event' as const }];
  });
}

const isRefused = (refusal: Mark, mark: Mark): boolean =>
  mark.first >= refusal.end && mark.sentence === refusal.sentence && negates(refusal, mark, mark.first - refusal.end);

function comparisons(tokens: readonly Token[], marks: readonly Mark[], spoken: Set<Mark>): readonly Evidence[] {
  const found: Evidence[] = [];
  for (const mark of marks) {
    const comparator = comparing(tokens, mark);
    if (comparator === null || spoken.has(mark)) continue;
    const compared = comparisonAt(tokens, marks, comparator, mark.entry.kind === 'comparator');
    if (compared === null || spoken.has(compared.measure)) continue;
    for (const other of marks) if (other.first >= compared.first && other.end <= compared.end && tellsAmounts(other)) spoken.add(other);
    spoken.add(mark);
    found.push({ mark, weight: compared.way, why: 'amounts_compared' });
  }
  return found;
}

const tellsAmounts = ({ entry }: Mark): boolean => entry.kind === 'measure' || entry.kind === 'direction' || entry.kind === 'particle';

/** A comparator itself, or the "from" of "down from" and "fell to 4.9 from". */
function comparing(tokens: readonly Token[], mark: Mark): Mark | null {
  if (mark.entry.kind === 'comparator') return mark;
  if (mark.entry.kind !== 'direction' && mark.entry.kind !== 'particle') return null;
  for (let at = mark.end; at < mark.end + FROM_REACH && at < tokens.length && tokens[at]?.ends !== true; at++)
    if (startsRange(tokens[at])) return { ...mark, first: at === mark.end ? mark.first : at, end: at + 1 };
  return null;
}

function statements(tokens: readonly Token[], marks: readonly Mark[], spoken: Set<Mark>): readonly Evidence[] {
  const found: Evidence[] = [];
  const background = isHeadline(tokens) ? 1 : IN_PROSE;
  marks.forEach((mark, at) => {
    if (spoken.has(mark)) return;
    const { entry } = mark;
    if (entry.kind === 'opinion' || entry.kind === 'rivalry' || entry.kind === 'victory')
      found.push({ mark, weight: entry.weight, why: 'opinion' });
    else if (entry.kind === 'less_than_expected' && !softens(found, mark)) found.push({ mark, weight: LESS_THAN_EXPECTED, why: 'opinion' });
    else if (entry.kind === 'event') found.push({ mark, weight: entry.weight * background, why: 'event' });
    else if (entry.kind === 'direction' || entry.kind === 'particle') {
      const measure = measureOf(tokens, marks, at);
      if (measure !== null) spoken.add(measure);
      found.push(movement(tokens, mark, measure, background));
    }
  });
  return found;
}

/** After a fall, or after costs that rise, less is better; of anything else it is a disappointment. */
const softens = (found: readonly Evidence[], mark: Mark): boolean => found.some((one) => one.mark.end === mark.first && one.weight < 0);

function movement(tokens: readonly Token[], mark: Mark, measure: Mark | null, background: number): Evidence {
  const { entry } = mark;
  if (entry.kind !== 'direction' && entry.kind !== 'particle') return { mark, weight: 0, why: 'moved' };
  if (measure?.entry.kind === 'measure') {
    const strength = entry.kind === 'direction' ? entry.strength : 1;
    return { mark, weight: entry.way * measure.entry.good * strength * MEASURE_MOVED, why: 'measure_moved' };
  }
  if (entry.kind === 'direction') return { mark, weight: entry.bare * background, why: 'moved' };
  return { mark, weight: standsBesideNumber(tokens, mark) ? entry.way * PARTICLE_BARE * background : 0, why: 'moved' };
}

/** Short and without a full stop: what it says is the news, and not the background of it. */
function isHeadline(tokens: readonly Token[]): boolean {
  const stops = tokens.at(-1)?.key === '.' && tokens.at(-2)?.key !== '.';
  return tokens.length <= HEADLINE_TOKENS_MAX && !stops;
}

/** "Up 4 percent", "1.2 pct down", "down from". */
function standsBesideNumber(tokens: readonly Token[], { first, end }: Mark): boolean {
  const near = [tokens[first - 1], tokens[first - 2], tokens[end], tokens[end + 1]];
  return near.some((token) => token?.kind === 'number' || startsRange(token));
}

/** What it is that moves: the object of a verb that takes one, or of "an increase in"; else the nearest before it; else the next. */
function measureOf(tokens: readonly Token[], marks: readonly Mark[], at: number): Mark | null {
  const mark = marks[at];
  if (mark === undefined) return null;
  const after = measureAfter(tokens, marks, at);
  const takes = mark.entry.kind === 'direction' && mark.entry.takes;
  const next = tokens[mark.end]?.key;
  if (after !== null && isFallenTo(tokens, mark, after)) return measureBefore(marks, at);
  if (after !== null && (takes || next === 'in' || next === 'of' || after.first === mark.end)) return after;
  return measureBefore(marks, at) ?? after;
}

/** "Plunges to a quarterly loss": the loss is what it came to and not what fell. */
function isFallenTo(tokens: readonly Token[], { end }: Mark, { entry }: Mark): boolean {
  const next = tokens[end]?.key;
  return entry.kind === 'measure' && entry.bare !== 0 && (next === 'to' || next === 'into');
}

function measureBefore(marks: readonly Mark[], at: number): Mark | null {
  const mark = marks[at];
  for (let i = at - 1; mark !== undefined && i >= 0; i--) {
    const before = marks[i];
    if (before === undefined || before.sentence !== mark.sentence || mark.first - before.first > SUBJECT_REACH) return null;
    if (before.entry.kind === 'measure') return before;
  }
  return null;
}

function measureAfter(tokens: readonly Token[], marks: readonly Mark[], at: number): Mark | null {
  const mark = marks[at];
  for (let i = at + 1; mark !== undefined && i < marks.length; i++) {
    const next = marks[i];
    if (next === undefined || next.sentence !== mark.sentence || next.first - mark.end > OBJECT_REACH) return null;
    if (next.entry.kind === 'direction' || next.entry.kind === 'clause' || next.entry.kind === 'concession') return null;
    for (let between = mark.end; between < next.first; between++) if (tokens[between]?.key === ',') return null;
    if (next.entry.kind === 'measure') return headOf(marks, i);
  }
  return null;
}

/** The last of measures that stand side by side: what falls in "production costs" are the costs. */
function headOf(marks: readonly Mark[], at: number): Mark | null {
  let last = at;
  while (marks[last + 1]?.entry.kind === 'measure' && marks[last + 1]?.first === marks[last]?.end) last++;
  return marks[last] ?? null;
}

/** "From", before the amount that was. */
const startsRange = (token: Token | undefined): boolean => token !== undefined && /^from$/.test(token.key);
