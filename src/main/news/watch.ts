import type { LogProblem } from '#adapters/headlines/headline-log';
import { DAY_MS, type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { Result } from '#domain/values/result';
import type { Clock } from '#engine/ports/clock';
import type { NewsProblem, NewsSource } from '#engine/ports/news-source';
import { type Books, catchUp, newTally, sinceOf, type Tally, take } from '#main/news/catch-up';
import type { CursorProblem } from '#main/news/cursor-file';
import { problemText, streamText, tallyText } from '#main/news/news-text';
import type { Connected } from '#main/news/vendors';

export type Watch = {
  readonly vendors: readonly Connected[];
  readonly books: Books;
  readonly clock: Clock;
  /** Where a source begins that has no cursor yet. */
  readonly from: Instant;
  readonly stop: AbortController;
  readonly say: (line: string) => void;
};

type DiskProblem = LogProblem | CursorProblem;

const STATUS_MS = MINUTE_MS;
/** A wish beyond it is a mistake, and would silence a source for years. */
const WISH_MS_MAX = DAY_MS;
/** A wrong key does not become right by asking; a person may change it. */
const REFUSED_WAIT_MS = 10 * MINUTE_MS;

/**
 * Follows all sources until told to stop. Each is asked at its own pace, whether it has a stream or not: the stream only
 * makes it faster, and each time the line is up again its source is asked at once for what was missed.
 */
export async function watch(watched: Watch): Promise<DiskProblem | null> {
  const { vendors, clock, stop, say } = watched;
  const tallies = new Map(vendors.map(({ source }) => [source.name, newTally()]));
  let broken: DiskProblem | null = null;
  const end = (result: Result<null, DiskProblem>): boolean => {
    if (!result.ok) {
      broken ??= result.problem;
      stop.abort();
    }
    return !result.ok;
  };
  const status = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(STATUS_MS, stop.signal);
      if (stop.signal.aborted) return;
      say([...tallies].map(([name, tally]) => `${name}: ${tallyText(tally)}`).join(' | '));
    }
  };
  const loops = vendors.flatMap(({ source, stream }) => {
    const tally = tallies.get(source.name) ?? newTally();
    const bell = new Bell();
    const follow = async (): Promise<void> => {
      if (stream === null) return;
      for await (const event of stream.follow(stop.signal)) {
        const text = streamText(event);
        if (text !== null) say(`${stream.name}: ${text}`);
        if (event.kind === 'stream_ready') bell.ring();
        if (event.kind === 'stream_page' && end(take(event.page, 'live', watched.books, tally))) return;
      }
    };
    return [poll(watched, source, tally, bell, end), follow()];
  });
  await Promise.all([...loops, status()]);
  return broken;
}

async function poll(
  { books, clock, from, stop, say }: Watch,
  source: NewsSource,
  tally: Tally,
  bell: Bell,
  end: (result: Result<null, DiskProblem>) => boolean,
): Promise<void> {
  let said = '';
  while (!stop.signal.aborted) {
    const since = sinceOf(source, books.cursors) ?? instant(from);
    if (end(await catchUp(source, { window: { since, until: null }, arrival: 'live' }, books, tally)) || stop.signal.aborted) return;
    const text = tally.problem === null ? '' : problemText(tally.problem);
    if (text !== said) say(`${source.name}: ${text === '' ? 'answers again' : text}`);
    said = text;
    const pauseMs = pauseAfter(source, tally.problem);
    // A vendor that asks for silence gets it, however often its stream comes and goes.
    if (tally.problem?.kind === 'rate_limited') await clock.sleep(pauseMs, stop.signal);
    else await bell.rungOr((signal) => clock.sleep(pauseMs, signal), stop.signal);
  }
}

function pauseAfter(source: NewsSource, problem: NewsProblem | null): number {
  if (problem?.kind === 'rate_limited') return Math.max(Math.min(problem.waitMs, WISH_MS_MAX), source.pollMs);
  return problem?.kind === 'refused' ? Math.max(REFUSED_WAIT_MS, source.pollMs) : source.pollMs;
}

/** Wakes a sleeper early. A ring while nobody sleeps is kept for the next one. */
class Bell {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async rungOr(sleep: (signal: AbortSignal) => Promise<void>, stop: AbortSignal): Promise<void> {
    const early = new AbortController();
    const wake = (): void => early.abort();
    this.#wake = wake;
    stop.addEventListener('abort', wake);
    if (this.#rung || stop.aborted) wake();
    await sleep(early.signal);
    stop.removeEventListener('abort', wake);
    this.#wake = null;
    this.#rung = false;
  }
}
