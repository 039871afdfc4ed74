import { readItem } from '#adapters/benzinga/news-item';
import { type Instant, MINUTE_MS } from '#domain/values/instant';
import { fieldIn, listOf, shortly } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import type { Clock } from '#engine/ports/clock';
import type { Headline } from '#engine/ports/headline';
import type { Http } from '#engine/ports/http';
import type { NewsPage, NewsProblem, NewsSource, NewsWindow, RefusedItem } from '#engine/ports/news-source';

export type BenzingaSettings = {
  readonly http: Http;
  readonly clock: Clock;
  readonly base: URL;
  readonly token: string;
  /** None is every story. */
  readonly symbols: readonly string[];
};

const PAGE = 100;
const SYMBOLS_A_QUESTION = 50;
/** Cut far behind what is shown, so that no half of a key is left at the cut. */
const SAID_MAX = 10_000;
const PAGES_MAX = 20_000;
const STALE_MAX = 3;

/** Benzinga's newsfeed, oldest update first: GET /api/v2/news. */
export class BenzingaNews implements NewsSource {
  readonly name = 'benzinga';
  readonly overlapMs = 10 * MINUTE_MS;
  readonly pollMs = MINUTE_MS;
  readonly question: string;
  readonly #settings: BenzingaSettings;

  constructor(settings: BenzingaSettings) {
    this.#settings = settings;
    this.question = settings.symbols.join();
  }

  async *pages(window: NewsWindow): AsyncGenerator<Result<NewsPage, NewsProblem>> {
    const { symbols } = this.#settings;
    for (let from = 0; from === 0 || from < symbols.length; from += SYMBOLS_A_QUESTION) {
      for await (const page of this.#walk(window, symbols.slice(from, from + SYMBOLS_A_QUESTION))) {
        yield page;
        if (!page.ok) return;
      }
    }
  }

  /**
   * A page number counts into a list that moves: a story that is updated between two questions goes to the end, and the
   * one behind it slips onto a page that was read. So each page is followed by a question from its last update on, until
   * one brings nothing new; page numbers serve where more than a page was updated in one second.
   */
  async *#walk(window: NewsWindow, symbols: readonly string[]): AsyncGenerator<Result<NewsPage, NewsProblem>> {
    const seen = new Set<string>();
    let since = window.since;
    let number = 0;
    let stale = 0;
    let heedsSince = true;
    for (let pages = 1; ; pages++) {
      const asked = await this.#ask(since, number, symbols);
      if (!asked.ok) return yield asked;
      const { headlines, refused, items, latest, earliest, isAscending } = this.#read(asked.value, window.until);
      const before = seen.size;
      for (const { id, revision } of headlines) seen.add(`${id} ${revision}`);
      const brought = seen.size - before;
      // The order is the vendor's word only: what counts is the end of the walk.
      yield ok({ headlines, refused, coveredTo: null });
      if (items === 0) return;
      if (isAscending && window.until !== null && latest !== null && latest > window.until) return;
      if (!isAscending) heedsSince = false;
      if (since > window.since && earliest !== null && wholeSecond(earliest) < wholeSecond(since)) heedsSince = false;
      if (brought === 0 && items < PAGE && heedsSince) return;
      stale = brought === 0 ? stale + 1 : 0;
      if (stale >= STALE_MAX || pages >= PAGES_MAX) return yield fail({ kind: 'endless_pages', pages });
      if (heedsSince && latest !== null && brought > 0 && wholeSecond(latest) > wholeSecond(since)) {
        since = latest;
        number = 0;
      } else number++;
    }
  }

  #read(
    raw: readonly unknown[],
    until: Instant | null,
  ): {
    headlines: readonly Headline[];
    refused: readonly RefusedItem[];
    items: number;
    latest: Instant | null;
    earliest: Instant | null;
    isAscending: boolean;
  } {
    const receivedAt = this.#settings.clock.now();
    const headlines: Headline[] = [];
    const refused: RefusedItem[] = [];
    let latest: Instant | null = null;
    let earliest: Instant | null = null;
    let isAscending = true;
    for (const item of raw) {
      const read = readItem(item, receivedAt);
      if (!read.ok) {
        refused.push({ reason: read.problem.reason, received: read.problem.received });
        continue;
      }
      const { updatedAt } = read.value;
      if (latest !== null && updatedAt < latest) isAscending = false;
      if (latest === null || updatedAt > latest) latest = updatedAt;
      if (earliest === null || updatedAt < earliest) earliest = updatedAt;
      if (until === null || updatedAt <= until) headlines.push(read.value);
    }
    return { headlines, refused, items: raw.length, latest, earliest, isAscending };
  }

  async #ask(since: Instant, page: number, symbols: readonly string[]): Promise<Result<readonly unknown[], NewsProblem>> {
    const { http, base, token } = this.#settings;
    const url = new URL('api/v2/news', base);
    url.searchParams.set('token', token);
    url.searchParams.set('displayOutput', 'headline');
    url.searchParams.set('sort', 'updated:asc');
    url.searchParams.set('pageSize', String(PAGE));
    url.searchParams.set('page', String(page));
    url.searchParams.set('updatedSince', String(wholeSecond(since)));
    if (symbols.length > 0) url.searchParams.set('tickers', symbols.join());
    const answer = await http.json({ url, headers: { accept: 'application/json' } });
    if (!answer.ok) return answer;
    const items = listOf(answer.value);
    if (items !== null) return ok(items);
    // Some refusals come with status 200: {"ok":false,"errors":[{"code":"auth_failed",…}]}.
    if (fieldIn(answer.value, 'ok') === false || fieldIn(answer.value, 'errors') !== null)
      return fail({ kind: 'refused', status: 200, said: http.shown(shortly(fieldIn(answer.value, 'errors') ?? answer.value, SAID_MAX)) });
    return fail({ kind: 'unreadable_page', expected: 'a list of stories', received: http.shown(shortly(answer.value, SAID_MAX)) });
  }
}

/** The vendor counts by the second. */
const wholeSecond = (at: Instant): number => Math.floor(at / 1000);
