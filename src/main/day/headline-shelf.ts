import { type ScratchBlock, ScratchFile, type ScratchProblem } from '#adapters/headlines/scratch-file';
import type { Instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';

/** A headline as it lies on the shelf. */
export type Shelved = {
  readonly at: Instant;
  /** Which row of the feed it is: of two that became known at once, the earlier row comes first. */
  readonly row: number;
  readonly id: string;
  /** Whether the id is a vendor's, so that other rows may tell the same story. */
  readonly ofVendor: boolean;
  readonly publishedAt: Instant | null;
  /** Text, source and tickers, by which repeats are known: a JSON text, and with it a copy of its own. */
  readonly words: string;
  /** How many rows of the session say the same words, this one included. */
  readonly rows: number;
};

/** Characters that are held in memory: about 65,536 headlines. */
const HELD_MAX = 16 * 1024 * 1024;
/** What a headline takes besides its words, about. */
const CHARACTERS_BESIDES = 100;
/** What is put aside at once, and what is read back at once. */
const BATCH_CHARACTERS = 1024 * 1024;
const TAB = 9;
const NEWLINE = 10;

/**
 * Headlines by session: in memory while they are few, in a file on the disk beyond that. Rows of a session that say the
 * same word for word are one headline, known since the first of them, in whatever order they come: most meet while they
 * are held, the others in `headlinesOf`, so a million repeats fill neither the memory nor the disk. Only those of vendors
 * take a line each there, since an update that is read later may leave another of them as the one that is told.
 */
export class HeadlineShelf {
  readonly #heldMax: number;
  readonly #aside = new ScratchFile();
  readonly #blocks = new Map<SessionDate, ScratchBlock[]>();
  readonly #held = new Map<SessionDate, Map<string, Shelved>>();
  #characters = 0;

  constructor(heldMax = HELD_MAX) {
    this.#heldMax = heldMax;
  }

  put(session: SessionDate, headline: Shelved): Result<null, ScratchProblem> {
    const held = this.#held.get(session) ?? new Map<string, Shelved>();
    this.#held.set(session, held);
    // Of a vendor's story a row comes here only when it was known earlier than the one before it, which is no news any more.
    const key = headline.ofVendor ? `vendor ${headline.id}` : headline.words;
    const known = held.get(key);
    const kept = known === undefined || headline.ofVendor ? headline : merged(known, headline);
    held.set(key, kept);
    this.#characters += charactersOf(kept) - (known === undefined ? 0 : charactersOf(known));
    return this.#characters > this.#heldMax ? this.#putAside() : ok(null);
  }

  /** Headlines of a session in the order in which they became known; `isNews` says which of them count. */
  headlinesOf(session: SessionDate, isNews: (headline: Shelved) => boolean): Result<readonly Shelved[], ScratchProblem> {
    const told = new Map<string, Shelved>();
    const tell = (headline: Shelved): void => {
      if (!isNews(headline)) return;
      const known = told.get(headline.words);
      told.set(headline.words, known === undefined ? headline : merged(known, headline));
    };
    for (const block of this.#blocks.get(session) ?? []) {
      const bytes = this.#aside.read(block);
      if (!bytes.ok) return bytes;
      for (const headline of headlinesIn(bytes.value)) tell(headline);
    }
    for (const headline of this.#held.get(session)?.values() ?? []) tell(headline);
    return ok([...told.values()].sort(byTime));
  }

  close(): void {
    this.#aside.close();
  }

  #putAside(): Result<null, ScratchProblem> {
    for (const [session, held] of this.#held) {
      const blocks = this.#blocks.get(session) ?? [];
      this.#blocks.set(session, blocks);
      for (const batch of batches(held.values())) {
        const block = this.#aside.put(Buffer.from(batch));
        if (!block.ok) return fail(block.problem);
        blocks.push(block.value);
      }
    }
    this.#held.clear();
    this.#characters = 0;
    return ok(null);
  }
}

const byTime = (a: Shelved, b: Shelved): number => a.at - b.at || a.row - b.row;

const charactersOf = ({ words, id }: Shelved): number => words.length + id.length + CHARACTERS_BESIDES;

function merged(a: Shelved, b: Shelved): Shelved {
  const { at, row, id, ofVendor, publishedAt } = byTime(a, b) <= 0 ? a : b;
  return { at, row, id, ofVendor, publishedAt, words: a.words, rows: a.rows + b.rows };
}

type Figures = readonly [at: Instant, row: number, id: string, ofVendor: boolean, publishedAt: Instant | null, rows: number];

/** Lines of one headline each, two JSON texts with a tab between them, in pieces of about a megabyte. */
function* batches(headlines: Iterable<Shelved>): Generator<string> {
  let batch = '';
  for (const { at, row, id, ofVendor, publishedAt, words, rows } of headlines) {
    const figures: Figures = [at, row, id, ofVendor, publishedAt, rows];
    batch += `${JSON.stringify(figures)}\t${words}\n`;
    if (batch.length < BATCH_CHARACTERS) continue;
    yield batch;
    batch = '';
  }
  if (batch !== '') yield batch;
}

function* headlinesIn(bytes: Buffer): Generator<Shelved> {
  for (let from = 0; from < bytes.length; ) {
    const tab = bytes.indexOf(TAB, from);
    const end = bytes.indexOf(NEWLINE, tab);
    const [at, row, id, ofVendor, publishedAt, rows] = JSON.parse(bytes.toString('utf8', from, tab)) as Figures;
    // Decoded by itself: a part of a larger text would keep all of that in memory.
    yield { at, row, id, ofVendor, publishedAt, words: bytes.toString('utf8', tab + 1, end), rows };
    from = end + 1;
  }
}
