import { withoutEntities } from '#domain/news/entities';

/** A filing can be megabytes; its first item stands near the top. */
const SEARCHED_MAX = 2_000_000;
const SENTENCE_MAX = 300;

const unshown = /<!--[\s\S]*?-->|<(ix:header|head|script|style|title)\b[\s\S]*?<\/\1\s*>/gi;
const breaks = /<(?:\/?(?:p|div|tr|td|th|table|li|ul|ol|h[1-6]|hr|body))\b[^>]*>|<br\s*\/?>/gi;
const tags = /<[^>]*>/g;

/** The paragraphs of a document as a reader sees them; markup inside a word is no gap in it. */
function paragraphsOf(html: string): readonly string[] {
  return html
    .slice(0, SEARCHED_MAX)
    .replace(unshown, ' ')
    .replace(/[\r\n\t]+/g, ' ')
    .replace(breaks, '\n')
    .replace(tags, '')
    .split('\n')
    .map((line) =>
      withoutEntities(line)
        .replace(/[\s\u00a0]+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '');
}

const itemHeading = /^item\s*\d\s*\.\s*\d\s*\d/i;
const letters = /\p{L}/gu;
const sentenceEnd = /(?<!\b(?:Inc|Corp|Co|Ltd|No|Mr|Ms|Mrs|Dr|St|Jr|Sr|vs|U\.S|[A-Z]))\.(?=\s+["“(]?[A-Z]|$)/;
const WORDS_MIN = 8;

/**
 * The first sentence under the first item of an 8-K: what the company says has happened. `null` when the document has no
 * such place. It is the company's own text, and data.
 */
export function firstSentence(html: string): string | null {
  const paragraphs = paragraphsOf(html);
  const heading = paragraphs.findIndex((line) => itemHeading.test(line));
  if (heading === -1) return null;
  const body = paragraphs.slice(heading + 1).find(isProse);
  if (body === undefined) return null;
  const end = sentenceEnd.exec(body);
  const sentence = end === null ? body : body.slice(0, end.index + 1);
  return sentence.length <= SENTENCE_MAX ? sentence : `${sentence.slice(0, SENTENCE_MAX)}…`;
}

/** Titles of items are short and have no verb and no full stop; prose has words and ends somewhere. */
function isProse(line: string): boolean {
  return (
    !itemHeading.test(line) &&
    line.split(' ').length >= WORDS_MIN &&
    /\.(\s|$)/.test(line) &&
    (line.match(letters)?.length ?? 0) > line.length / 2
  );
}
