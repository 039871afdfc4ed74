import { type Arrival, type HeadlineLog, keyOf, type LogProblem } from '#adapters/headlines/headline-log';
import { type Instant, instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import type { Headline } from '#engine/ports/headline';
import type { NewsPage, NewsProblem, NewsSource, NewsWindow } from '#engine/ports/news-source';
import type { Cursor, CursorFile, CursorProblem } from '#main/news/cursor-file';

/** What a source has brought since the program began. */
export type Tally = {
  fresh: number;
  repeated: number;
  refused: Map<string, number>;
  latest: Headline | null;
  problem: NewsProblem | null;
  polls: number;
};

export const newTally = (): Tally => ({ fresh: 0, repeated: 0, refused: new Map(), latest: null, problem: null, polls: 0 });

export type Books = { readonly log: HeadlineLog; readonly cursors: CursorFile };

/** Writes a page to the file and counts it. */
export function take(page: NewsPage, arrival: Arrival, { log }: Books, tally: Tally): Result<null, LogProblem> {
  const written = log.append(page.headlines, arrival);
  if (!written.ok) return written;
  tally.fresh += written.value.length;
  tally.repeated += page.headlines.length - written.value.length;
  for (const { reason } of page.refused) tally.refused.set(reason, (tally.refused.get(reason) ?? 0) + 1);
  tally.latest = written.value.at(-1) ?? tally.latest;
  return ok(null);
}

/**
 * Asks a source for a window, page by page, each on the disk before the cursor moves over it. The cursor moves only when
 * the window begins where it stands or before: a window beyond it would leave a hole. What a source says of itself in
 * `tally.problem` is weather; only the disk ends the program.
 */
export async function catchUp(
  source: NewsSource,
  { window, arrival }: { readonly window: NewsWindow; readonly arrival: Arrival },
  books: Books,
  tally: Tally,
): Promise<Result<null, LogProblem | CursorProblem>> {
  const before = books.cursors.of(source.name, source.question);
  const isContiguous = before === null || window.since <= before.since;
  const reach = new Reach(source, before?.since ?? window.since, before?.seen ?? []);
  tally.polls++;
  for await (const page of source.pages(window)) {
    if (!page.ok) {
      tally.problem = page.problem;
      return ok(null);
    }
    const taken = take(page.value, arrival, books, tally);
    if (!taken.ok) return taken;
    reach.see(page.value.headlines);
    if (isContiguous && page.value.coveredTo !== null && page.value.coveredTo > reach.since) {
      const moved = books.cursors.move(source.name, reach.cursorAt(earlier(page.value.coveredTo, reach.latest)));
      if (!moved.ok) return fail(moved.problem);
    }
  }
  tally.problem = null;
  return isContiguous ? books.cursors.move(source.name, reach.cursorAt(reach.latest)) : ok(null);
}

const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** The part of a walk that the cursor needs: its last update, and the stories of the overlap before it. */
class Reach {
  readonly since: Instant;
  latest: Instant;
  readonly #source: NewsSource;
  readonly #seen: Map<string, number>;

  constructor(source: NewsSource, since: Instant, seen: readonly string[]) {
    this.#source = source;
    this.since = since;
    this.latest = since;
    // When they were updated is not on record; they stay for this walk and are dropped by the next that sees newer ones.
    this.#seen = new Map(seen.map((key) => [key, since]));
  }

  see(headlines: readonly Headline[]): void {
    for (const { id, revision, updatedAt, receivedAt } of headlines) {
      // A story that says it is from tomorrow must not move the cursor over what comes until then.
      const at = updatedAt < receivedAt ? updatedAt : receivedAt;
      this.#seen.set(keyOf(id, revision), at);
      if (at > this.latest) this.latest = at;
    }
  }

  /** A cursor only moves on, so what lies before its overlap is forgotten: a long walk keeps no more than a short one. */
  cursorAt(since: Instant): Cursor {
    const from = since - this.#source.overlapMs;
    for (const [key, at] of this.#seen) if (at < from) this.#seen.delete(key);
    return { question: this.#source.question, since, seen: [...this.#seen.keys()] };
  }
}

/** Where the next question begins: a little before the last update that was seen. */
export const sinceOf = (source: NewsSource, cursors: CursorFile): Instant | null => {
  const cursor = cursors.of(source.name, source.question);
  return cursor === null ? null : instant(cursor.since - source.overlapMs);
};
