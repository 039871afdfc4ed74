import { createHash } from 'node:crypto';
import { formatInstant, type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { fieldIn, listIn, numberIn, shortly, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import type { Clock } from '#engine/ports/clock';
import { type Headline, headline, saysSomething } from '#engine/ports/headline';
import type { Http } from '#engine/ports/http';
import type { NewsPage, NewsProblem, NewsSource, NewsWindow, RefusedItem } from '#engine/ports/news-source';

export type NewsApiSettings = {
  readonly http: Http;
  readonly clock: Clock;
  readonly base: URL;
  readonly key: string;
  readonly query: string;
};

const PAGE = 100;
/** Cut far behind what is shown, so that no half of a key is left at the cut. */
const SAID_MAX = 10_000;
const PAGES_MAX = 1000;
const STALE_MAX = 3;
const ID_LENGTH = 16;
const SECOND_MS = 1000;
const REMOVED = '[Removed]';

/** NewsAPI's search over all its outlets, newest first: GET /v2/everything. It names no tickers. */
export class NewsApi implements NewsSource {
  readonly name = 'newsapi';
  /** Articles are found late, and the free plan holds all of them back for a day. */
  readonly overlapMs = 60 * MINUTE_MS;
  /** A hundred questions a day on the free plan. */
  readonly pollMs = 15 * MINUTE_MS;
  readonly question: string;
  readonly #settings: NewsApiSettings;

  constructor(settings: NewsApiSettings) {
    this.#settings = settings;
    this.question = settings.query;
  }

  /**
   * The free plan shows the first hundred results of a question and refuses its second page. So a full page is followed
   * by a new question up to its oldest article; page numbers serve only where a second has more than a page.
   */
  async *pages({ since, until }: NewsWindow): AsyncGenerator<Result<NewsPage, NewsProblem>> {
    const seen = new Set<string>();
    let upTo = until === null ? null : secondAfter(until);
    let number = 1;
    let stale = 0;
    let heedsTo = true;
    for (let pages = 1; ; pages++) {
      const asked = await this.#ask(since, upTo, number);
      if (!asked.ok) return yield asked;
      const { items, total } = asked.value;
      const { headlines, refused, oldest, newest, isDescending } = this.#read(items, { since, until });
      const before = seen.size;
      for (const { id, revision } of headlines) seen.add(`${id} ${revision}`);
      const brought = seen.size - before;
      yield ok({ headlines, refused, coveredTo: null });
      if (
        items.length === 0 ||
        (number === 1 && total !== null && items.length >= total) ||
        (isDescending && oldest !== null && oldest < since)
      )
        return;
      if (brought === 0 && items.length < PAGE) return;
      stale = brought === 0 ? stale + 1 : 0;
      if (stale >= STALE_MAX || pages >= PAGES_MAX) return yield fail({ kind: 'endless_pages', pages });
      if (!isDescending) heedsTo = false;
      if (upTo !== null && newest !== null && newest > upTo) heedsTo = false;
      const edge = oldest === null ? null : secondAfter(oldest);
      if (heedsTo && edge !== null && brought > 0 && (upTo === null || edge < upTo)) {
        upTo = edge;
        number = 1;
      } else number++;
    }
  }

  #read(
    raw: readonly unknown[],
    { since, until }: NewsWindow,
  ): {
    headlines: readonly Headline[];
    refused: readonly RefusedItem[];
    oldest: Instant | null;
    newest: Instant | null;
    isDescending: boolean;
  } {
    const receivedAt = this.#settings.clock.now();
    const headlines: Headline[] = [];
    const refused: RefusedItem[] = [];
    let oldest: Instant | null = null;
    let newest: Instant | null = null;
    let isDescending = true;
    for (const item of raw) {
      const read = readArticle(item, receivedAt);
      if (!read.ok) {
        refused.push({ reason: read.problem.reason, received: read.problem.received });
        continue;
      }
      const { updatedAt } = read.value;
      if (oldest !== null && updatedAt > oldest) isDescending = false;
      if (oldest === null || updatedAt < oldest) oldest = updatedAt;
      if (newest === null || updatedAt > newest) newest = updatedAt;
      if (updatedAt >= since && (until === null || updatedAt <= until)) headlines.push(read.value);
    }
    return { headlines, refused, oldest, newest, isDescending };
  }

  async #ask(since: Instant, upTo: Instant | null, page: number): Promise<Result<Answer, NewsProblem>> {
    const { http, base, key, query } = this.#settings;
    const url = new URL('v2/everything', base);
    url.searchParams.set('q', query);
    url.searchParams.set('from', formatInstant(secondBefore(since)));
    if (upTo !== null) url.searchParams.set('to', formatInstant(upTo));
    url.searchParams.set('language', 'en');
    url.searchParams.set('sortBy', 'publishedAt');
    url.searchParams.set('pageSize', String(PAGE));
    url.searchParams.set('page', String(page));
    const answer = await http.json({ url, headers: { 'X-Api-Key': key } });
    if (!answer.ok) return answer;
    if (textIn(answer.value, 'status') === 'error') return fail(saidNo(answer.value, http));
    const articles = listIn(answer.value, 'articles');
    return articles === null
      ? fail({
          kind: 'unreadable_page',
          expected: 'status "ok" and a list "articles"',
          received: http.shown(shortly(answer.value, SAID_MAX)),
        })
      : ok({ items: articles, total: numberIn(answer.value, 'totalResults') });
  }
}

/** The times that NewsAPI documents have no fraction; what it finds beyond the window is left out here. */
const secondBefore = (at: Instant): Instant => instant(Math.floor(at / SECOND_MS) * SECOND_MS);
const secondAfter = (at: Instant): Instant => instant(Math.ceil(at / SECOND_MS) * SECOND_MS);

type Answer = { readonly items: readonly unknown[]; readonly total: number | null };

const DAY_LIMIT_WAIT_MS = 60 * MINUTE_MS;

/** An error that came with status 200. */
function saidNo(raw: unknown, http: Http): NewsProblem {
  const code = textIn(raw, 'code') ?? '';
  const said = http.shown(shortly(`${code}: ${textIn(raw, 'message') ?? ''}`, SAID_MAX));
  return code === 'rateLimited' || code === 'apiKeyExhausted'
    ? { kind: 'rate_limited', waitMs: DAY_LIMIT_WAIT_MS, said }
    : { kind: 'refused', status: 200, said };
}

type Refusal = RefusedItem & { readonly kind: 'refused' };

function readArticle(raw: unknown, receivedAt: Instant): Result<Headline, Refusal> {
  if (typeof raw !== 'object' || raw === null) return refuse('not_an_object', raw);
  const url = textIn(raw, 'url')?.trim() ?? '';
  const text = textIn(raw, 'title')?.trim() ?? '';
  if (text === REMOVED || url === 'https://removed.com') return refuse('removed', url);
  // An article has no identity but its address.
  if (url === '') return refuse('no_id', raw);
  if (!saysSomething(text)) return refuse('no_text', url);
  const publishedAt = parseRfc3339(textIn(raw, 'publishedAt') ?? '');
  if (publishedAt === null) return refuse('bad_time', fieldIn(raw, 'publishedAt'));
  return ok(
    headline({
      vendor: 'newsapi',
      vendorId: createHash('sha256').update(url).digest('hex').slice(0, ID_LENGTH),
      publishedAt,
      updatedAt: publishedAt,
      receivedAt,
      outlet: textIn(fieldIn(raw, 'source'), 'name') ?? '',
      text,
      url,
      symbols: [],
    }),
  );
}

const refuse = (reason: RefusedItem['reason'], received: unknown) => fail({ kind: 'refused', reason, received: shortly(received) });
