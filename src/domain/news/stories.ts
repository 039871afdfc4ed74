import type { HeadlineWords } from '#domain/news/headline-text';
import { type StoryWords, storyWords } from '#domain/news/story-words';
import { DAY_MS } from '#domain/values/instant';
import type { StateSink } from '#domain/values/symbol-columns';

/** A headline among those that tell the same. */
export type Told = {
  /** Its number in the order of stories: ids come from outside, and two headlines may have one. */
  readonly number: number;
  /** The headline that told the story first. */
  readonly story: string;
  /** When that was published. */
  readonly since: number;
  /** How many outlets have told it, this one among them. */
  readonly outlets: number;
  /** False for what was told before, by anybody. */
  readonly isNew: boolean;
  /** False when this outlet had told it before. */
  readonly isNewOutlet: boolean;
};

/** A story goes on while it is told again within two days, and for a week at most: then it is news again. */
const SILENCE_MAX_MS = 2 * DAY_MS;
const AGE_MAX_MS = 7 * DAY_MS;
/** Two headlines are one story from this share of common words on. Chosen by reading pairs: see docs/reference/news.md. */
const LIKENESS_MIN = 0.6;
/** Too few words can't tell one story from another: they must be the same ones. */
const WORDS_MIN = 4;
/** The oldest story gives way; beyond so many outlets a story counts no further. */
const STORIES_MAX = 8_192;
const OUTLETS_MAX = 64;
const ID_LENGTH_MAX = 200;
/** Pairs of MinHash values: with two of a pair equal, headlines are compared. At a likeness of 0.6 one in 1,300 pairs is missed. */
const BANDS = 16;
const BUCKETS = 16_384;
/** Of a headline about many companies, these are looked under. */
const SYMBOLS_MAX = 4;

type Telling = {
  readonly id: string;
  readonly source: string;
  readonly headline: HeadlineWords;
  readonly symbols: readonly number[];
  readonly since: number;
  readonly at: number;
};

type Story = StoryWords & {
  readonly number: number;
  readonly id: string;
  readonly since: number;
  readonly symbols: readonly number[];
  readonly firstAt: number;
  lastAt: number;
  readonly sources: Set<string>;
};

/**
 * Which headlines tell the same story: enough words in common, the same figures, the same turn, the same who does it, the opening of one in the
 * other, a company in common. A copy word for word needs no company in common. Looked up by banded MinHash in tables of a
 * fixed size, so that memory does not grow with what was told, and a headline costs the same after a million others.
 */
export class Stories {
  /** A ring: a new story takes the place of the oldest. */
  readonly #stories: Story[] = [];
  #count = 0;
  /** Place + 1 of the last story of each bucket, a row of buckets for each band and one for whole texts. */
  #buckets = new Int32Array(0);
  #tags = new Int32Array(0);
  readonly #signature = new Int32Array(2 * BANDS);
  /** Stands for all that was ever written into the tables, which are too long to be hashed each session. */
  #written = 0;
  /** Stories that were told in this session: of the others nothing has changed since they were hashed. */
  readonly #told = new Set<Story>();

  startSession(): void {
    this.#told.clear();
  }

  /** `since` is when it was published, `at` when it is told. */
  tell({ id, source, headline, symbols, since, at }: Telling): Told {
    if (this.#buckets.length === 0) {
      this.#buckets = new Int32Array((BANDS + 1) * BUCKETS);
      this.#tags = new Int32Array((BANDS + 1) * BUCKETS);
    }
    const words = storyWords(headline);
    const rows = this.#rowsOf(words, symbols);
    const name = source.slice(0, ID_LENGTH_MAX).trim().toLowerCase();
    const known = this.#find(rows, words, symbols, at);
    if (known === null) {
      const number = ++this.#count;
      const story = { ...words, number, id: id.slice(0, ID_LENGTH_MAX), since, symbols, firstAt: at, lastAt: at, sources: new Set([name]) };
      this.#keep(story, rows);
      this.#told.add(story);
      return { number, story: story.id, since, outlets: 1, isNew: true, isNewOutlet: true };
    }
    this.#told.add(known);
    known.lastAt = Math.max(known.lastAt, at);
    const isNewOutlet = !known.sources.has(name) && known.sources.size < OUTLETS_MAX;
    if (isNewOutlet) known.sources.add(name);
    return { number: known.number, story: known.id, since: known.since, outlets: known.sources.size, isNew: false, isNewOutlet };
  }

  /** The stories of this session, and what was ever written into the tables that find them. */
  hashInto(sink: StateSink): void {
    for (const { number, id, since, firstAt, lastAt, sources, words, figures, opening, turn, actor, symbols } of this.#told) {
      sink.text(`${number} ${id} ${since} ${firstAt} ${lastAt} ${opening} ${turn} ${actor} ${symbols.join(' ')} ${[...sources].join('|')}`);
      sink.numbers(words);
      sink.numbers(figures);
    }
    sink.text(`${this.#count} ${this.#written}`);
  }

  #keep(story: Story, rows: readonly Row[]): void {
    const place = (story.number - 1) % STORIES_MAX;
    const oldest = this.#stories[place];
    if (oldest !== undefined) this.#told.delete(oldest);
    this.#stories[place] = story;
    for (const { at, tag } of rows) {
      this.#buckets[at] = place + 1;
      this.#tags[at] = tag;
      this.#written = mixed(mixed(mixed(this.#written, at), tag), place);
    }
  }

  /** The likest one; of two as like, the one that was first. */
  #find(rows: readonly Row[], words: StoryWords, symbols: readonly number[], at: number): Story | null {
    let best: Story | null = null;
    let most = 0;
    for (const row of rows) {
      if (this.#tags[row.at] !== row.tag) continue;
      const place = (this.#buckets[row.at] as number) - 1;
      const story = place < 0 ? undefined : this.#stories[place];
      if (story === undefined || story === best || at - story.lastAt > SILENCE_MAX_MS || at - story.firstAt > AGE_MAX_MS) continue;
      const alike = sameStory(story, words, symbols);
      if (alike > most || (alike === most && best !== null && alike > 0 && story.firstAt < best.firstAt)) {
        most = alike;
        best = story;
      }
    }
    return best;
  }

  /** Where to look for stories like this one. The company takes part, or templates ("shares of # are falling") would crowd out all else. */
  #rowsOf({ words }: StoryWords, symbols: readonly number[]): readonly Row[] {
    const rows: Row[] = [];
    let whole = 0;
    for (const word of words) whole = mixed(whole, word);
    rows.push(rowOf(BANDS, whole));
    const signature = this.#signature.fill(0x7fffffff);
    for (const word of words) {
      const even = mixed(word, 0);
      for (let i = 0; i < 2 * BANDS; i++) {
        const value = Math.imul(even ^ (seeds[i] as number), 0x9e3779b1);
        if (value < (signature[i] as number)) signature[i] = value;
      }
    }
    for (const symbol of symbols.length === 0 ? nobody : symbols.slice(0, SYMBOLS_MAX)) {
      for (let band = 0; band < BANDS; band++)
        rows.push(rowOf(band, mixed(mixed(signature[2 * band] as number, signature[2 * band + 1] as number), symbol)));
    }
    return rows;
  }
}

/** A bucket, and the value that was put in it: what shares the bucket only is passed over without a look at its story. */
type Row = { readonly at: number; readonly tag: number };
const rowOf = (band: number, tag: number): Row => ({ at: band * BUCKETS + ((tag >>> 0) % BUCKETS), tag });

const nobody: readonly number[] = [-1];
const seeds = Int32Array.from({ length: 2 * BANDS }, (_, i) => mixed(i, 7));

/** Two rounds of multiply and shift, as in MurmurHash3's last step. */
function mixed(value: number, seed: number): number {
  let hash = Math.imul(value ^ Math.imul(seed + 1, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** How like they are, 0 when they are two stories. */
function sameStory(story: StoryWords & { readonly symbols: readonly number[] }, other: StoryWords, symbols: readonly number[]): number {
  const least = Math.min(story.words.length, other.words.length);
  const common = commonOf(story.words, other.words);
  // A text without a word is like no other.
  if (common === 0 || isTurnedRound(story, other)) return 0;
  if (common === story.words.length && common === other.words.length) return 1;
  if (least < WORDS_MIN || story.turn !== other.turn) return 0;
  if (common / (story.words.length + other.words.length - common) < LIKENESS_MIN) return 0;
  if (!story.words.includes(other.opening) && !other.words.includes(story.opening)) return 0;
  const figures = commonOf(story.figures, other.figures);
  if (figures < story.figures.length || figures < other.figures.length) return 0;
  const meet = story.symbols.length === 0 ? symbols.length === 0 : story.symbols.some((symbol) => symbols.includes(symbol));
  return meet ? common / (story.words.length + other.words.length - common) : 0;
}

/** Both name both, and another does it. */
const isTurnedRound = (story: StoryWords, other: StoryWords): boolean =>
  story.actor !== other.actor && story.words.includes(other.actor) && other.words.includes(story.actor);

/** Of two sorted lists. */
function commonOf(a: Int32Array, b: Int32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i] as number;
    const right = b[j] as number;
    if (left === right) common++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return common;
}
