import { withoutEntities } from '#domain/news/entities';

/** A filing can be megabytes; its first item stands near the top. */
const SEARCHED_MAX = 2_000_000;
const SENTENCE_MAX = 300;

/** What a reader never sees, from where it opens to where it closes. */
const hidden: readonly (readonly [open: RegExp, close: RegExp])[] = [
  [/<!--/g, /-->/g],
  ...['ix:header', 'head', 'script', 'style', 'title'].map(
    (name) => [new RegExp(`<${name}\\b`, 'gi'), new RegExp(`</${name}\\s{0,9}>`, 'gi')] as const,
  ),
];
// No "<" inside of a tag: with one, a text of nothing but "<" would be searched to its end from each of them.
const breaks = /<(?:\/?(?:p|div|tr|td|th|table|li|ul|ol|h[1-6]|hr|body|br))\b[^<>]*>/gi;
const tags = /<[^<>]*>/g;

/** Each pair in one pass over the text, however hostile it is. */
function withoutHidden(html: string): string {
  return hidden.reduce((text, [open, close]) => {
    let shown = '';
    let from = 0;
    for (;;) {
      open.lastIndex = from;
      const opened = open.exec(text);
      if (opened === null) break;
      close.lastIndex = opened.index;
      if (close.exec(text) === null) break;
      shown += `${text.slice(from, opened.index)} `;
      from = close.lastIndex;
    }
    return shown + text.slice(from);
  }, html);
}

/** The paragraphs of a document as a reader sees them; markup inside a word is no gap in it. */
function paragraphsOf(html: string): readonly string[] {
  return withoutHidden(html.slice(0, SEARCHED_MAX))
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

/** Titles of items are short and have no full stop; prose has words and ends somewhere, if only before a table. */
function isProse(line: string): boolean {
  return (
    !itemHeading.test(line) &&
    line.split(' ').length >= WORDS_MIN &&
    /\.\s|[.:]$/.test(line) &&
    (line.match(letters)?.length ?? 0) > line.length / 2
  );
}
