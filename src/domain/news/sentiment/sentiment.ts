import { comparisonAt } from '#domain/news/sentiment/number-comparison';
import { type Mark, type Marked, marksOf } from '#domain/news/sentiment/sentiment-marks';
import { type Token, tokensOf } from '#domain/news/sentiment/sentiment-text';

/** Which rule spoke. */
export type SentimentReason = 'opinion' | 'event' | 'measure_moved' | 'moved' | 'amounts_compared' | 'stood_alone';

/** Characters of the text as it was given, from inclusive, to exclusive; spans of one text do not overlap. */
export type SentimentSpan = { readonly from: number; readonly to: number; readonly weight: number; readonly why: SentimentReason };

export type Sentiment = {
  /** -1 to 1: how good or bad, and how sure. */
  readonly score: number;
  readonly polarity: -1 | 0 | 1;
  /** The words that spoke, in the order of the text; `weight` is after negation and all else around them. */
  readonly spans: readonly SentimentSpan[];
};

/** What a text says before the words around it are asked; `first` and `end` count tokens. */
type Evidence = { readonly first: number; readonly end: number; readonly weight: number; readonly why: SentimentReason; readonly mark: Mark };

const NEUTRAL = 0.2;
const NEGATION_REACH = 4;
const HEDGE_REACH = 8;
const DEGREE_REACH = 2;
const NEGATED_GOOD = -0.8;
const NEGATED_BAD = -0.5;
const HEDGED = 0.65;
const STRONGER = 1.35;
const WEAKER = 0.75;
const CONCEDED = 0.3;
const BEFORE_CONTRAST = 0.5;
const AFTER_CONTRAST = 1.2;
const FAR_FROM_COMPANY = 0.25;
const ALONE_FAR_FROM_COMPANY = 0.7;
const RELIEF_REACH = 6;
const RELIEVED = -0.6;
const BEATEN = -0.8;
const MOVED = 0.8;
const IN_PROSE = 0.2;
const EVENT_BESIDE_OPINION = 0.5;
const EVENT_NEGATION_REACH = 8;
const CONCESSION_REACH = 5;
const HEADLINE_MAX = 28;

/** How good or bad a text is for a company: for the one at `about`, if given. The text is data: it is compared, never obeyed. */
export function sentimentOf(text: string, about: { readonly from: number; readonly to: number } | null = null): Sentiment {
  const tokens = tokensOf(text);
  const marked = marksOf(tokens);
  const found = evidenceIn(tokens, marked);
  const company = about === null ? null : clausesOf(tokens, marked, about);
  const close = company !== null && found.some(({ first }) => company.has(marked.clauses[first] ?? -1));
  const opinionated = found.some(({ why }) => why !== 'event');
  const spans = found.map((evidence) => {
    const { first, mark } = evidence;
    const far = company !== null && company.size > 0 && !company.has(marked.clauses[first] ?? -1);
    const distance = far ? (close ? FAR_FROM_COMPANY : ALONE_FAR_FROM_COMPANY) : 1;
    const beaten = mark.entry.kind === 'rivalry' && about !== null && standsAfter(tokens, mark, about) ? BEATEN : 1;
    return spanOf(tokens, evidence, weightIn(marked, evidence) * distance * beaten * (opinionated && evidence.why === 'event' ? EVENT_BESIDE_OPINION : 1));
  });
  return sumOf(spans.filter((span) => span.weight !== 0));
}

function sumOf(spans: readonly SentimentSpan[]): Sentiment {
  let sum = 0;
  for (const span of spans) sum += span.weight;
  const score = sum / (1 + Math.abs(sum));
  return { score, polarity: Math.abs(sum) < NEUTRAL ? 0 : sum > 0 ? 1 : -1, spans };
}

function spanOf(tokens: readonly Token[], { first, end, why }: Evidence, weight: number): SentimentSpan {
  return { from: tokens[first]?.from ?? 0, to: tokens[end - 1]?.to ?? 0, weight, why };
}

/** Comparisons first, then directions; a measure or a phrase that has spoken does not speak again. */
function evidenceIn(tokens: readonly Token[], marked: Marked): readonly Evidence[] {
  const { marks } = marked;
  const headline = isHeadline(tokens);
  const spoken = new Set<Mark>();
  const evidence: Evidence[] = [];
  const say = (mark: Mark, weight: number, why: SentimentReason): void => {
    evidence.push({ first: mark.first, end: mark.end, weight, why, mark });
  };
  for (const mark of marks) {
    const comparator = comparing(tokens, mark);
    if (comparator === null || spoken.has(mark)) continue;
    const compared = comparisonAt(tokens, marks, comparator, mark.entry.kind === 'comparator');
    if (compared === null || spoken.has(compared.measure)) continue;
    for (const other of marks) if (other.first >= compared.first && other.end <= compared.end && speaksOfAmounts(other)) spoken.add(other);
    spoken.add(compared.measure);
    spoken.add(mark);
    say(mark, compared.way, 'amounts_compared');
  }
  marks.forEach((mark, at) => {
    if (spoken.has(mark)) return;
    const { entry } = mark;
    if (entry.kind === 'opinion' || entry.kind === 'rivalry') say(mark, entry.weight, 'opinion');
    else if (entry.kind === 'event') say(mark, entry.weight * (headline ? 1 : IN_PROSE), 'event');
    else if (entry.kind === 'direction' || entry.kind === 'particle') {
      const measure = measureFor(tokens, marks, at);
      if (measure?.entry.kind === 'measure') {
        spoken.add(measure);
        const strength = entry.kind === 'direction' ? entry.strength : 1;
        if (measure.entry.good !== 0) say(mark, entry.way * measure.entry.good * strength * MOVED, 'measure_moved');
      } else if (entry.kind === 'direction') say(mark, entry.bare * (headline ? 1 : IN_PROSE), 'moved');
      else if (beside(tokens, mark)) say(mark, entry.way * 0.6 * (headline ? 1 : IN_PROSE), 'moved');
    }
  });
  for (const mark of marks)
    if (mark.entry.kind === 'measure' && mark.entry.bare !== 0 && !spoken.has(mark)) say(mark, mark.entry.bare, 'stood_alone');
  return evidence.sort((one, other) => one.first - other.first);
}

/** Short and without a full stop: what it says is the news, and not the background of it. */
function isHeadline(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return tokens.length <= HEADLINE_MAX && (last?.key !== '.' || tokens.at(-2)?.key === '.');
}

const speaksOfAmounts = ({ entry }: Mark): boolean => entry.kind === 'measure' || entry.kind === 'direction' || entry.kind === 'particle';

/** A comparator itself, or the "from" of "down from", "fell to 4.9 from". */
function comparing(tokens: readonly Token[], mark: Mark): Mark | null {
  if (mark.entry.kind === 'comparator') return mark;
  if (mark.entry.kind !== 'direction' && mark.entry.kind !== 'particle') return null;
  for (let at = mark.end; at < mark.end + 16 && at < tokens.length && tokens[at]?.ends !== true; at++)
    if (tokens[at]?.key === 'from') return { ...mark, first: at === mark.end ? mark.first : at, end: at + 1 };
  return null;
}

/** A number stands beside it: "up 4 percent", "down from". */
function beside(tokens: readonly Token[], { first, end }: Mark): boolean {
  const near = [tokens[first - 1], tokens[first - 2], tokens[end], tokens[end + 1]];
  return near.some((token) => token?.kind === 'number' || token?.key === 'from');
}

const OBJECT_REACH = 5;
const SUBJECT_REACH = 26;

/** What it is that moves: the object of a verb that takes one, "an increase in", else the nearest before it, else the next. */
function measureFor(tokens: readonly Token[], marks: readonly Mark[], at: number): Mark | null {
  const mark = marks[at];
  if (mark === undefined || (mark.entry.kind !== 'direction' && mark.entry.kind !== 'particle')) return null;
  const after = measureAfter(tokens, marks, at);
  const takes = mark.entry.kind === 'direction' && mark.entry.takes;
  const joined = tokens[mark.end]?.key === 'in' || tokens[mark.end]?.key === 'of' || after?.first === mark.end;
  if (after !== null && (takes || joined)) return after;
  for (let i = at - 1; i >= 0; i--) {
    const before = marks[i];
    if (before === undefined || before.sentence !== mark.sentence || mark.first - before.first > SUBJECT_REACH) break;
    if (before.entry.kind === 'measure') return before;
  }
  return after;
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

/** The weight of evidence once the words around it are asked. */
function weightIn({ marks, clauses }: Marked, evidence: Evidence): number {
  const { mark } = evidence;
  let weight = evidence.weight;
  let contrasted = false;
  for (const other of marks) {
    if (other === mark) continue;
    const gap = mark.first - other.end;
    const { kind } = other.entry;
    const near = gap >= 0 && other.sentence === mark.sentence;
    if (kind === 'negation' && near && gap < (mark.entry.kind === 'event' ? EVENT_NEGATION_REACH : NEGATION_REACH) && (other.clause === mark.clause || gap < 2)) weight *= weight > 0 ? NEGATED_GOOD : NEGATED_BAD;
    else if (kind === 'relief' && near && gap < RELIEF_REACH && weight < 0) weight *= RELIEVED;
    else if (kind === 'relieved' && weight < 0 && other.sentence === mark.sentence && other.first >= mark.end && other.first - mark.end < RELIEF_REACH) weight *= RELIEVED;
    else if (kind === 'hedge' && near && gap < HEDGE_REACH) weight *= HEDGED;
    else if (kind === 'intensifier' && touches(other, mark)) weight *= STRONGER;
    else if (kind === 'diminisher' && touches(other, mark)) weight *= WEAKER;
    else if (kind === 'concession' && near && gap < CONCESSION_REACH && other.clause === clauses[mark.first]) weight *= CONCEDED;
    else if (kind === 'contrast' && other.first > mark.end && other.sentence === mark.sentence + 1) weight *= BEFORE_CONTRAST;
    else if (kind === 'contrast' && other.sentence === mark.sentence && other.end <= mark.first && !contrasted) {
      contrasted = true;
      weight *= AFTER_CONTRAST;
    }
  }
  return weight;
}

/** "Sharply lower", "fell sharply". */
function touches(degree: Mark, mark: Mark): boolean {
  if (degree.sentence !== mark.sentence) return false;
  const before = mark.first - degree.end;
  return degree.first === mark.end || (before >= 0 && before <= DEGREE_REACH);
}

/** The company is the next thing after the word that says who won: "pips Acme". */
function standsAfter(tokens: readonly Token[], mark: Mark, about: { readonly from: number; readonly to: number }): boolean {
  const next = tokens[mark.end];
  return next !== undefined && next.to > about.from && next.from < about.to;
}

/** The clauses that name the company. */
function clausesOf(tokens: readonly Token[], { clauses }: Marked, about: { readonly from: number; readonly to: number }): ReadonlySet<number> {
  const named = new Set<number>();
  tokens.forEach((token, at) => {
    if (token.to > about.from && token.from < about.to) named.add(clauses[at] ?? 0);
  });
  return named;
}
