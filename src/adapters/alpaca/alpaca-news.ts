import { readItems } from '#adapters/alpaca/news-item';
import { chunks } from '#domain/values/chunks';
import { formatInstant, type Instant, MINUTE_MS } from '#domain/values/instant';
import { listIn, shortly, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import type { Clock } from '#engine/ports/clock';
import type { Http } from '#engine/ports/http';
import type { NewsPage, NewsProblem, NewsSource, NewsWindow } from '#engine/ports/news-source';

/** What the archive of news needs. */
export type AlpacaSettings = {
  readonly http: Http;
  readonly clock: Clock;
  readonly base: URL;
  readonly keyId: string;
  readonly secret: string;
  /** None is every story. */
  readonly symbols: readonly string[];
};

const PAGE = 50;
const SYMBOLS_A_QUESTION = 50;
/** Cut far behind what is shown, so that no half of a key is left at the cut. */
const SAID_MAX = 10_000;
const PAGES_MAX = 20_000;
/** Pages in a row that bring nothing new, before they count as endless. */
const STALE_MAX = 3;

/** Alpaca's news by REST, oldest update first: GET /v1beta1/news. */
export class AlpacaNews implements NewsSource {
  readonly name = 'alpaca';
  readonly overlapMs = 10 * MINUTE_MS;
  readonly pollMs = MINUTE_MS;
  readonly question: string;
  readonly #settings: AlpacaSettings;

  constructor(settings: AlpacaSettings) {
    this.#settings = settings;
    this.question = settings.symbols.join();
  }

  async *pages(window: NewsWindow): AsyncGenerator<Result<NewsPage, NewsProblem>> {
    const { symbols } = this.#settings;
    const questions = symbols.length === 0 ? [[]] : chunks(symbols, SYMBOLS_A_QUESTION);
    for (const asked of questions) {
      for await (const page of this.#walk(window, asked)) {
        // Several walks cross the same time: none of them alone has covered it.
        yield page.ok && questions.length > 1 ? ok({ ...page.value, coveredTo: null }) : page;
        if (!page.ok) return;
      }
    }
  }

  async *#walk(window: NewsWindow, symbols: readonly string[]): AsyncGenerator<Result<NewsPage, NewsProblem>> {
    const seen = new Set<string>();
    const marks = new Set<string>();
    const progress = new Progress();
    let token: string | null = null;
    let stale = 0;
    for (let pages = 1; ; pages++) {
      const asked = await this.#ask(window, symbols, token);
      if (!asked.ok) return yield asked;
      const { items, next } = asked.value;
      const read = readItems(items, this.#settings.clock.now());
      yield ok({ ...read, coveredTo: progress.after(read.headlines.map(({ updatedAt }) => updatedAt)) });
      if (next === null) return;
      const before = seen.size;
      for (const { id, revision } of read.headlines) seen.add(`${id} ${revision}`);
      stale = seen.size === before ? stale + 1 : 0;
      if (marks.has(next) || stale >= STALE_MAX || pages >= PAGES_MAX) return yield fail({ kind: 'endless_pages', pages });
      marks.add(next);
      token = next;
    }
  }

  async #ask(
    { since, until }: NewsWindow,
    symbols: readonly string[],
    token: string | null,
  ): Promise<Result<{ readonly items: readonly unknown[]; readonly next: string | null }, NewsProblem>> {
    const { http, base, keyId, secret } = this.#settings;
    const url = new URL('v1beta1/news', base);
    url.searchParams.set('start', formatInstant(since));
    if (until !== null) url.searchParams.set('end', formatInstant(until));
    url.searchParams.set('limit', String(PAGE));
    url.searchParams.set('sort', 'asc');
    url.searchParams.set('include_content', 'false');
    if (symbols.length > 0) url.searchParams.set('symbols', symbols.join());
    if (token !== null) url.searchParams.set('page_token', token);
    const answer = await http.json({ url, headers: { 'APCA-API-KEY-ID': keyId, 'APCA-API-SECRET-KEY': secret } });
    if (!answer.ok) return answer;
    const items = listIn(answer.value, 'news');
    if (items === null)
      return fail({
        kind: 'unreadable_page',
        expected: 'an object with a list "news"',
        received: http.shown(shortly(answer.value, SAID_MAX)),
      });
    return ok({ items, next: textIn(answer.value, 'next_page_token') || null });
  }
}

/** How far pages in ascending order have come; one step back, and nothing is promised any more. */
class Progress {
  #last = Number.NEGATIVE_INFINITY;
  #covered: Instant | null = null;
  #broken = false;

  after(times: readonly Instant[]): Instant | null {
    for (const time of times) {
      if (time < this.#last) this.#broken = true;
      this.#last = time;
      this.#covered = time;
    }
    return this.#broken ? null : this.#covered;
  }
}
