import { matchingText } from '#domain/news/headline-text';

/** A word, a number or a stop of a text; `from` and `to` count characters of the text as it was given. */
export type Token = {
  readonly kind: 'word' | 'number' | 'stop';
  /** Lower case, without the possessive. */
  readonly key: string;
  readonly value: number;
  /** Ends what a direction, a negation or a comparison reaches. */
  readonly ends: boolean;
  readonly from: number;
  readonly to: number;
};

/** Characters read once nothing unseen is left. What comes later is not read: no headline is that long. */
export const READ_MAX = 4096;

const blank = /[\t\n\v\f\r\u0085\u2028\u2029\p{Zs}]/u;
/** What shows nothing must not split a word, nor fill the room for what is read. */
const unseen = /[\p{Cc}\p{Cf}\p{DI}]/u;
const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', ' '],
  ['gt', ' '],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['shy', ''],
  ['zwnj', ''],
  ['zwj', ''],
  ['lrm', ''],
  ['rlm', ''],
]);
const entity = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,5}));/y;
/** What steers a terminal: colours, cursors, titles. Its letters would else be taken for words. */
const ESCAPE = '\u001b';
const BELL = '\u0007';
const C1_SEQUENCE = '\u009b';
const sequence = /[0-?]{0,64}[ -/]{0,8}[@-~]/y;
const TITLE_MAX = 256;
/** Tags that a reader sees as a gap; all others stand inside of words. */
const apart = /^<\/?(?:br|p|div|li|ul|ol|td|th|tr|table|h[1-6]|hr|section|article|title)\b/i;
const unread = /^<(script|style)\b/i;
const TAG_MAX = 1000;
const CHUNK_MAX = 200;

/** The text as it is compared, with where each of its characters stands in what was given. */
class Reading {
  text = '';
  readonly from: number[] = [];
  readonly to: number[] = [];
  #chunk = '';
  #chunkFrom: number[] = [];
  #chunkTo: number[] = [];

  get full(): boolean {
    return this.text.length >= READ_MAX;
  }

  take(character: string, from: number, to: number): void {
    for (let i = 0; i < character.length; i++) {
      this.#chunk += character[i];
      this.#chunkFrom.push(from);
      this.#chunkTo.push(to);
    }
    if (this.#chunk.length >= CHUNK_MAX) this.#settle();
  }

  /** What stands between blanks is made comparable as the rest of the house does it. */
  #settle(): void {
    const compared = matchingText(this.#chunk);
    const same = compared === this.#chunk;
    const begins = this.#chunkFrom[0] ?? 0;
    const ends = this.#chunkTo.at(-1) ?? 0;
    for (let i = 0; i < compared.length; i++) {
      this.from.push(same ? (this.#chunkFrom[i] ?? begins) : begins);
      this.to.push(same ? (this.#chunkTo[i] ?? ends) : ends);
    }
    this.text += compared;
    this.#chunk = '';
    this.#chunkFrom = [];
    this.#chunkTo = [];
  }

  gap(): void {
    if (this.#chunk !== '') this.#settle();
    if (this.text === '' || this.text.endsWith(' ')) return;
    this.from.push(this.to.at(-1) ?? 0);
    this.to.push(this.to.at(-1) ?? 0);
    this.text += ' ';
  }
}

/** Finds the ends of markup; what has no end is looked for once only, so that reading stays linear. */
class Markup {
  readonly #text: string;
  readonly #endless = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the markup that begins at `at` ends; `at` when it is none. */
  endAt(at: number): number {
    const text = this.#text;
    if (text.startsWith('<!--', at)) return this.#after('-->', at);
    if (!/[a-zA-Z/!]/.test(text[at + 1] ?? '')) return at;
    let end = at + 1;
    const limit = Math.min(text.length, at + TAG_MAX);
    while (end < limit && text[end] !== '>' && text[end] !== '<') end++;
    if (text[end] !== '>') return at;
    const name = unread.exec(text.slice(at, at + 10))?.[1];
    const close = name === undefined ? end : this.#after(`</${name.toLowerCase()}>`, end);
    return close > end ? close : end + 1;
  }

  #after(mark: string, at: number): number {
    if (this.#endless.has(mark)) return at;
    const search = new RegExp(mark, 'gi');
    search.lastIndex = at;
    if (search.exec(this.#text) !== null) return search.lastIndex;
    this.#endless.add(mark);
    return at;
  }
}

function readText(given: string): Reading {
  const reading = new Reading();
  const markup = new Markup(given);
  let at = 0;
  while (at < given.length && !reading.full) {
    const character = String.fromCodePoint(given.codePointAt(at) ?? 0);
    const end = character === '<' ? markup.endAt(at) : controlEnd(given, at);
    const written = character === '&' ? entityAt(given, at) : null;
    if (end > at) {
      if (apart.test(given.slice(at, at + 12))) reading.gap();
      at = end;
    } else {
      const { shown, length } = written ?? { shown: character, length: character.length };
      if (blank.test(shown)) reading.gap();
      else if (!unseen.test(shown)) reading.take(shown, at, at + length);
      at += length;
    }
  }
  reading.gap();
  return reading;
}

/** Where a control sequence that begins here ends; `at` when there is none. */
function controlEnd(given: string, at: number): number {
  const isEscape = given[at] === ESCAPE;
  if (!isEscape && given[at] !== C1_SEQUENCE) return at;
  if (isEscape && given[at + 1] === ']') {
    const title = given.slice(at, at + TITLE_MAX).indexOf(BELL);
    return title === -1 ? at + 2 : at + title + 1;
  }
  if (isEscape && given[at + 1] !== '[') return at + 1;
  sequence.lastIndex = isEscape ? at + 2 : at + 1;
  return sequence.test(given) ? sequence.lastIndex : at + 1;
}

function entityAt(given: string, at: number): { readonly shown: string; readonly length: number } | null {
  entity.lastIndex = at;
  const found = entity.exec(given);
  const shown = found === null ? null : shownBy(found);
  return found === null || shown === null ? null : { shown, length: found[0].length };
}

function shownBy(found: RegExpExecArray): string | null {
  const [, decimal, hexadecimal, name] = found;
  if (name !== undefined) return entities.get(name) ?? null;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

const shape =
  /(?<number>\d+(?: ?[.,]\d+)*)|(?<word>\p{L}+(?:['&]\p{L}+)*'?)|(?<stop>[.;:!?,()[\]$€£%|+"]|`{2}|'{2}|(?<= )[-\u2013\u2014]+(?= )|[\u2013\u2014-])/gu;
const scales: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['thousand', 1e3],
  ['m', 1e6],
  ['mn', 1e6],
  ['mln', 1e6],
  ['million', 1e6],
  ['b', 1e9],
  ['bn', 1e9],
  ['bln', 1e9],
  ['billion', 1e9],
  ['tn', 1e12],
  ['trillion', 1e12],
]);
/** A dash between blanks parts what a hyphen joins. */
export const DASH = ' - ';
const dashes = /^[-\u2013\u2014]+$/;
const endingStops = new Set(['.', ';', ':', '!', '?', '|', '--', '\u2014', '\u2013']);

/** The words, numbers and stops of a text. Markup and what cannot be seen is gone, and what it says is never obeyed. */
export function tokensOf(given: string): readonly Token[] {
  const { text, from, to } = readText(given);
  const tokens: Token[] = [];
  for (const found of text.matchAll(shape)) {
    const first = found.index;
    const last = first + found[0].length - 1;
    const at = { from: from[first] ?? 0, to: to[last] ?? 0 };
    const { number, word } = found.groups ?? {};
    if (number !== undefined) tokens.push({ kind: 'number', key: '#', value: amountOf(number, text, last + 1, first), ends: false, ...at });
    else if (word !== undefined) tokens.push({ kind: 'word', key: keyOf(word), value: 0, ends: false, ...at });
    else {
      const sentence = found[0] !== '.' || /^ ?(?:["'`]+ ?)?(?:\p{Lu}|$)/u.test(text.slice(last + 1, last + 6));
      tokens.push({ kind: 'stop', key: stopOf(found[0], text[first - 1]), value: 0, ends: endingStops.has(found[0]) && sentence, ...at });
    }
  }
  return tokens;
}

const stopOf = (stop: string, before: string | undefined): string => (before === ' ' && dashes.test(stop) ? DASH : stop);

const keyOf = (word: string): string => word.toLowerCase().replace(/(?:'s|')$/, '');

/** "7.8 mln" is 7,800,000; a minus that touches the number makes it less than nothing. */
function amountOf(number: string, text: string, end: number, first: number): number {
  const plain = number
    .replaceAll(' ', '')
    .replace(/,(?=\d{3}(?!\d))/g, '')
    .replace(',', '.');
  const unit = /^ ?(\p{L}+)/u.exec(text.slice(end, end + 12))?.[1]?.toLowerCase() ?? '';
  const sign = text[first - 1] === '-' && !/[\p{L}\d]/u.test(text[first - 2] ?? ' ') ? -1 : 1;
  const size = Number(plain);
  return Number.isFinite(size) ? sign * size * (scales.get(unit) ?? 1) : 0;
}
