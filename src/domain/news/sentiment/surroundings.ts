import type { Mark } from '#domain/news/sentiment/marks';

const NEGATION_REACH = 4;
/** "Rejects the 104 bn takeover approach": what is refused may have a long name. */
const EVENT_NEGATION_REACH = 8;
const RELIEF_REACH = 6;
/** "Wins climate change lawsuit". */
const VICTORY_REACH = 6;
const HEDGE_REACH = 8;
const CONCESSION_REACH = 5;
const DEGREE_REACH = 2;

/** What was good is bad when denied; what was bad is less good than that. */
const NEGATED_GOOD = -0.8;
const NEGATED_BAD = -0.5;
const RELIEVED = -0.6;
const HEDGED = 0.65;
const STRONGER = 1.35;
const WEAKER = 0.75;
/** "Falls less than expected" is a fall and still a relief. */
const LESS_BAD = 0.4;
const LESS_GOOD = 0.5;
const CONCEDED = 0.3;
const BEFORE_CONTRAST = 0.5;
const AFTER_CONTRAST = 1.2;

/** The weight of a mark once the words around it are asked. */
export function weightAmong(marks: readonly Mark[], mark: Mark, plain: number): number {
  let weight = plain;
  for (const other of marks) if (other !== mark) weight *= factorOf(other, mark, weight);
  return isAfterContrast(marks, mark) ? weight * AFTER_CONTRAST : weight;
}

/** What one phrase makes of another; 1 when it has nothing to say to it. */
function factorOf(other: Mark, mark: Mark, weight: number): number {
  const gap = mark.first - other.end;
  const leads = gap >= 0 && other.sentence === mark.sentence;
  switch (other.entry.kind) {
    case 'negation':
    case 'refusal':
      return leads && negates(other, mark, gap) ? (weight > 0 ? NEGATED_GOOD : NEGATED_BAD) : 1;
    case 'unlikely':
      if (leads) return gap < NEGATION_REACH ? (weight > 0 ? NEGATED_GOOD : NEGATED_BAD) : 1;
      return weight > 0 && other.clause === mark.clause && follows(other, mark) ? NEGATED_GOOD : 1;
    case 'relief':
      return leads && gap < RELIEF_REACH && weight < 0 ? RELIEVED : 1;
    case 'victory':
      return leads && gap < VICTORY_REACH && other.clause === mark.clause && weight < 0 ? RELIEVED : 1;
    case 'less_than_expected':
      return other.first === mark.end ? (weight < 0 ? LESS_BAD : LESS_GOOD) : 1;
    case 'relieved':
      return weight < 0 && other.sentence === mark.sentence && follows(other, mark) ? RELIEVED : 1;
    case 'hedge':
      return leads && gap < HEDGE_REACH ? HEDGED : 1;
    case 'intensifier':
      return touches(other, mark) ? STRONGER : 1;
    case 'diminisher':
      return touches(other, mark) ? WEAKER : 1;
    case 'concession':
      return leads && gap < CONCESSION_REACH && other.clause === mark.clause ? CONCEDED : 1;
    case 'contrast':
      return other.first >= mark.end && other.sentence === mark.sentence + 1 ? BEFORE_CONTRAST : 1;
    default:
      return 1;
  }
}

/** Whether a negation would change what is said at a mark. */
export function negates(negation: Mark, mark: Mark, gap: number): boolean {
  const reach = mark.entry.kind === 'event' ? EVENT_NEGATION_REACH : NEGATION_REACH;
  return gap < reach && (negation.clause === mark.clause || gap < 2);
}

const follows = (other: Mark, mark: Mark): boolean => other.first >= mark.end && other.first - mark.end < RELIEF_REACH;

/** "Sharply lower", "fell sharply". */
function touches(degree: Mark, mark: Mark): boolean {
  if (degree.sentence !== mark.sentence) return false;
  const before = mark.first - degree.end;
  return degree.first === mark.end || (before >= 0 && before <= DEGREE_REACH);
}

const isAfterContrast = (marks: readonly Mark[], mark: Mark): boolean =>
  marks.some(({ entry, sentence, end }) => entry.kind === 'contrast' && sentence === mark.sentence && end <= mark.first);
