/** A text as a reader sees it; `from[i]` and `to[i]` are the characters of the original that character i stands for. */
export type ShownText = { readonly text: string; readonly from: Int32Array | null; readonly to: Int32Array | null };

/** Of a longer text only so many characters are looked at, so that a megabyte costs no more than a page. */
const RAW_MAX = 65_536;
/** And of what is left once everything unseen is gone, only so many are compared. No headline is that long. */
const SHOWN_MAX = 2_048;

const TAG_MAX = 1_000;
/** A comment or script that goes on for longer is read as words: the search for its end must not cost more than the text. */
const INSIDE_MAX = 2_000;
const plain = /^[ -%'-;=?-~]*$/;

const entity = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,6}));/g;
const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ensp', ' '],
  ['emsp', ' '],
  ['shy', ''],
  ['zwnj', ''],
  ['zwj', ''],
  ['lrm', ''],
  ['rlm', ''],
  ['rsquo', "'"],
  ['lsquo', "'"],
  ['rdquo', '"'],
  ['ldquo', '"'],
  ['ndash', '-'],
  ['mdash', '\u2014'],
  ['hellip', '...'],
]);

/** Comments, script and style with all that is in them, and tags. "3 < 5" is none of these. */
const markup = new RegExp(
  `<!--[^]{0,${INSIDE_MAX}}?-->|<(script|style)\\b[^<>]{0,${TAG_MAX}}>[^]{0,${INSIDE_MAX}}?</\\1\\s*>|</?[a-zA-Z][^<>]{0,${TAG_MAX}}>|<![a-zA-Z[][^<>]{0,${TAG_MAX}}>`,
  'gi',
);
/** Tags that a reader sees as a gap; all others stand inside of words. */
const gapTag = /^<\/?(?:br|p|div|li|ul|ol|td|th|tr|table|h[1-6]|hr|section|article|title)\b/i;

const blanks = /[\t\n\v\f\r\u0085\u2028\u2029\u2800\p{Zs}]+/gu;
/** Controls, zero-width and bidirectional characters, soft hyphens, tag characters, variation selectors, halves of pairs. */
const unseen = /[\p{Cc}\p{Cf}\p{DI}\p{Cs}\p{Co}]+/gu;
/** Forms of a letter that are that letter: fullwidth, ligatures, mathematical and enclosed alphabets. Others are left alone. */
const letterForms = /[\uff01-\uff5e\ufb00-\ufb06\u24b6-\u24e9\u{1d400}-\u{1d7ff}]/gu;
const combined = /\p{L}\p{M}+/gu;
const strayMarks = /[\u0300-\u036f\u20d0-\u20f0]+/gu;
const quotes = /[\u2018\u2019\u02bc\u00b4\u201c\u201d]/g;
const hyphens = /[\u2010-\u2012\u2212]/g;

/** What a reader sees: no markup, nothing unseen, one kind of blank and quote. */
export function shownText(raw: string): ShownText {
  if (raw.length <= SHOWN_MAX && plain.test(raw) && !raw.includes('  ')) return { text: raw, from: null, to: null };
  let shown: ShownText = { text: raw.slice(0, RAW_MAX), from: null, to: null };
  if (shown.text.includes('&')) shown = replaced(shown, entity, shownBy);
  if (shown.text.includes('<')) shown = replaced(shown, markup, (found) => (gapTag.test(found[0]) ? ' ' : ''));
  // Unseen characters first go where they part nothing: a line break is a blank, a zero-width space is not.
  shown = replaced(shown, blanks, () => ' ');
  shown = replaced(shown, unseen, () => '');
  shown = replaced(shown, / {2,}/g, () => ' ');
  shown = replaced(shown, letterForms, (found) => found[0].normalize('NFKC'));
  shown = replaced(shown, combined, (found) => found[0].normalize('NFC'));
  shown = replaced(shown, strayMarks, () => '');
  shown = replaced(shown, quotes, (found) => (found[0] === '\u201c' || found[0] === '\u201d' ? '"' : "'"));
  shown = replaced(shown, hyphens, () => '-');
  return shown.text.length > SHOWN_MAX ? { ...shown, text: shown.text.slice(0, SHOWN_MAX).replace(/[\ud800-\udbff]$/, '') } : shown;
}

/** One entity's character; what is none of them stays as it was written. */
function shownBy(found: RegExpExecArray): string {
  const [whole, decimal, hexadecimal, name] = found;
  if (name !== undefined) return entities.get(name.toLowerCase()) ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** The text with each find replaced; what stands in its place stands for all of it. */
export function replaced(shown: ShownText, pattern: RegExp, by: (found: RegExpExecArray) => string): ShownText {
  const { text } = shown;
  let out = '';
  let end = 0;
  const pieces: { readonly first: number; readonly last: number; readonly length: number; readonly kept: boolean }[] = [];
  for (const found of text.matchAll(pattern)) {
    const instead = by(found);
    if (instead === found[0]) continue;
    const next = found.index + found[0].length;
    pieces.push({ first: end, last: found.index, length: found.index - end, kept: true });
    pieces.push({ first: found.index, last: next, length: instead.length, kept: false });
    out += text.slice(end, found.index) + instead;
    end = next;
  }
  if (pieces.length === 0) return shown;
  pieces.push({ first: end, last: text.length, length: text.length - end, kept: true });
  out += text.slice(end);
  const from = new Int32Array(out.length);
  const to = new Int32Array(out.length);
  let at = 0;
  for (const { first, last, length, kept } of pieces) {
    for (let i = 0; i < length; i++, at++) {
      from[at] = originOf(shown, kept ? first + i : first);
      to[at] = endOf(shown, kept ? first + i : last - 1);
    }
  }
  return { text: out, from, to };
}

const originOf = ({ from }: ShownText, at: number): number => (from === null ? at : (from[at] ?? 0));
const endOf = ({ to }: ShownText, at: number): number => (to === null ? at + 1 : (to[at] ?? 0));

/** Where characters `from` to `to` of the shown text stand in the original. */
export const inOriginal = (shown: ShownText, from: number, to: number): { readonly from: number; readonly to: number } =>
  to <= from ? { from: originOf(shown, from), to: originOf(shown, from) } : { from: originOf(shown, from), to: endOf(shown, to - 1) };
