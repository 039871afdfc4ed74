import { type Evidence, evidenceIn, type SentimentReason } from '#domain/news/sentiment/evidence';
import { type Mark, type Marked, marksOf } from '#domain/news/sentiment/marks';
import { weightAmong } from '#domain/news/sentiment/surroundings';
import { type Token, tokensOf } from '#domain/news/sentiment/tokens';

/** Characters of the text as it was given, from inclusive, to exclusive; spans of one text do not overlap. */
export type SentimentSpan = { readonly from: number; readonly to: number; readonly weight: number; readonly why: SentimentReason };

export type Sentiment = {
  /** -1 to 1: how good or bad, and how sure. */
  readonly score: number;
  readonly polarity: -1 | 0 | 1;
  /** The words that spoke, in the order of the text; `weight` is after negation and all else around them. */
  readonly spans: readonly SentimentSpan[];
};

/** Where a company stands in the text as it was given. */
type Place = { readonly from: number; readonly to: number };

/** Sums of weights below this are neutral: less than one clear word. */
const NEUTRAL = 0.2;
/** What is said elsewhere counts little for the company where something is said of it, and more where nothing is. */
const ELSEWHERE = 0.25;
const ELSEWHERE_ALONE = 0.7;
const BEATEN = -0.8;
/** What is said of a deal outweighs that there is one. */
const EVENT_BESIDE_OPINION = 0.5;

/**
 * How good or bad a text is: for the company at `about`, if given, else for whom it speaks of. The text is data: it is
 * compared, never obeyed. Read are the first 4096 characters that can be seen.
 */
export function sentimentOf(text: string, about: Place | null = null): Sentiment {
  const tokens = tokensOf(text);
  const marked = marksOf(tokens);
  const found = evidenceIn(tokens, marked.marks);
  const shares = about === null ? null : sharesFor(tokens, marked, found, about);
  const opinionated = found.some(({ why }) => why !== 'event');
  const spans: SentimentSpan[] = [];
  for (const { mark, weight: plain, why } of found) {
    const news = opinionated && why === 'event' ? EVENT_BESIDE_OPINION : 1;
    const weight = weightAmong(marked.marks, mark, plain) * news * (shares?.(mark) ?? 1);
    if (weight !== 0) spans.push({ from: tokens[mark.first]?.from ?? 0, to: tokens[mark.end - 1]?.to ?? 0, weight, why });
  }
  return sumOf(spans);
}

function sumOf(spans: readonly SentimentSpan[]): Sentiment {
  let sum = 0;
  for (const { weight } of spans) sum += weight;
  const size = Math.abs(sum);
  return { score: sum / (1 + size), polarity: size < NEUTRAL ? 0 : sum > 0 ? 1 : -1, spans };
}

/** How much of what a mark says is said of the company; all of it where the text does not name it. */
function sharesFor(tokens: readonly Token[], { clauses }: Marked, found: readonly Evidence[], about: Place): (mark: Mark) => number {
  const named = new Set<number>();
  tokens.forEach((token, at) => {
    if (overlaps(token, about)) named.add(clauses[at] ?? 0);
  });
  if (named.size === 0) return () => 1;
  const elsewhere = found.some(({ mark }) => named.has(mark.clause)) ? ELSEWHERE : ELSEWHERE_ALONE;
  return (mark) => {
    const next = tokens[mark.end];
    const beaten = mark.entry.kind === 'rivalry' && next !== undefined && overlaps(next, about);
    return (named.has(mark.clause) ? 1 : elsewhere) * (beaten ? BEATEN : 1);
  };
}

const overlaps = (token: Token, place: Place): boolean => token.to > place.from && token.from < place.to;
