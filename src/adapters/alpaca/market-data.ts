import { clockOf } from '#adapters/alpaca/account-of';
import type { AlpacaHost } from '#adapters/alpaca/alpaca-host';
import { actionsIn, assetOf, calendarDayOf } from '#adapters/alpaca/market-facts';
import { barOf, quoteOf } from '#adapters/alpaca/market-message';
import type { Unreadable } from '#adapters/alpaca/order-of';
import { shown } from '#adapters/alpaca/refusal-of';
import { waitWanted } from '#adapters/alpaca/wait-wanted';
import { PAGES_MAX } from '#adapters/alpaca/whole-list';
import type { Bounds } from '#adapters/alpaca/wire-line';
import type { BrokerClock } from '#domain/brokerage/broker-order';
import { chunks } from '#domain/values/chunks';
import { formatInstant } from '#domain/values/instant';
import { fieldIn, listOf, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import { type Ticker, ticker } from '#domain/values/symbol';
import type { Clock } from '#engine/ports/clock';
import { parsed } from '#engine/ports/json-text';
import type {
  Asset,
  BadPrint,
  BarsAsked,
  BarsPage,
  CalendarDay,
  CorporateAction,
  DataProblem,
  MarketBar,
  MarketDataSource,
  MarketQuote,
} from '#engine/ports/market-data';

/** Which hosts are asked, and for which feed. */
export type MarketDataSettings = {
  /** Bars, quotes and corporate actions. */
  readonly data: AlpacaHost;
  /** Assets, calendar and clock: they stand at the trading host and count there. */
  readonly trading: AlpacaHost;
  readonly clock: Clock;
  readonly feed: 'iex' | 'sip';
  readonly bounds: Bounds;
  readonly stop: AbortSignal;
};

/** All assets are about 12,000 rows in one answer. */
export const dataBounds: Bounds = { msMax: 30_000, bytesMax: 64 * 1024 * 1024 };

const BARS_A_PAGE = 10_000;
const ACTIONS_A_PAGE = 1_000;
/** An address longer than some 8,000 characters is refused on the way. */
const TICKERS_A_QUESTION = 500;
/** 10,000 bars each: a year of a hundred names and more. */
const BAR_PAGES_MAX = 10_000;
const TRIES_MAX = 3;
const PAUSE_MS = 1_000;

type Query = Readonly<Record<string, string>>;

/** What Alpaca tells about the market when it is asked. Everything here is a read: it waits behind whatever is urgent. */
export class AlpacaMarketData implements MarketDataSource {
  readonly #settings: MarketDataSettings;

  constructor(settings: MarketDataSettings) {
    this.#settings = settings;
  }

  async *historicalBars({ tickers, from, to, asOf }: BarsAsked): AsyncGenerator<Result<BarsPage, DataProblem>> {
    for (const part of chunks(tickers, TICKERS_A_QUESTION)) {
      const query: Query = {
        symbols: part.join(),
        timeframe: '1Min',
        start: formatInstant(from),
        end: formatInstant(to),
        limit: String(BARS_A_PAGE),
        adjustment: 'raw',
        feed: this.#settings.feed,
        sort: 'asc',
        ...(asOf === null ? {} : { asof: asOf }),
      };
      for await (const page of this.#pages('/v2/stocks/bars', query, BAR_PAGES_MAX)) {
        const read = page.ok ? barsIn(page.value) : page;
        yield read;
        if (!read.ok) return;
      }
    }
  }

  async assets(): Promise<Result<readonly Asset[], DataProblem>> {
    const answer = await this.#ask(this.#settings.trading, '/v2/assets', { status: 'active', asset_class: 'us_equity' });
    return answer.ok ? rowsOf(answer.value, assetOf) : answer;
  }

  async calendar(from: SessionDate, to: SessionDate): Promise<Result<readonly CalendarDay[], DataProblem>> {
    const answer = await this.#ask(this.#settings.trading, '/v2/calendar', { start: from, end: to });
    return answer.ok ? rowsOf(answer.value, calendarDayOf) : answer;
  }

  async clock(): Promise<Result<BrokerClock, DataProblem>> {
    const answer = await this.#ask(this.#settings.trading, '/v2/clock', {});
    return answer.ok ? clockOf(answer.value) : answer;
  }

  async corporateActions(
    tickers: readonly Ticker[],
    from: SessionDate,
    to: SessionDate,
  ): Promise<Result<readonly CorporateAction[], DataProblem>> {
    const actions: CorporateAction[] = [];
    for (const part of chunks(tickers, TICKERS_A_QUESTION)) {
      const query: Query = { symbols: part.join(), start: from, end: to, limit: String(ACTIONS_A_PAGE), sort: 'asc' };
      for await (const page of this.#pages('/v1/corporate-actions', query, PAGES_MAX)) {
        const read = page.ok ? actionsIn(fieldIn(page.value, 'corporate_actions')) : page;
        if (!read.ok) return read;
        actions.push(...read.value);
      }
    }
    return ok(actions);
  }

  async latestQuotes(
    tickers: readonly Ticker[],
  ): Promise<Result<{ readonly quotes: readonly MarketQuote[]; readonly bad: readonly BadPrint[] }, DataProblem>> {
    const quotes: MarketQuote[] = [];
    const bad: BadPrint[] = [];
    for (const part of chunks(tickers, TICKERS_A_QUESTION)) {
      const answer = await this.#ask(this.#settings.data, '/v2/stocks/quotes/latest', { symbols: part.join(), feed: this.#settings.feed });
      if (!answer.ok) return answer;
      const found = fieldIn(answer.value, 'quotes');
      if (typeof found !== 'object' || found === null) return fail({ kind: 'unreadable', field: 'quotes' });
      for (const [name, raw] of Object.entries(found)) {
        const quote = quoteOf(ticker(name), raw);
        if (quote.ok) quotes.push(quote.value);
        else bad.push(quote.problem);
      }
    }
    return ok({ quotes, bad });
  }

  /** Pages may be short: only a mark that is null ends them. */
  async *#pages(path: string, query: Query, pagesMax: number): AsyncGenerator<Result<unknown, DataProblem>> {
    const marks = new Set<string>();
    for (let mark = ''; ; ) {
      const page = await this.#ask(this.#settings.data, path, mark === '' ? query : { ...query, page_token: mark });
      yield page;
      if (!page.ok) return;
      mark = textIn(page.value, 'next_page_token') ?? '';
      if (mark === '') return;
      if (marks.has(mark) || marks.size + 1 >= pagesMax) return yield fail({ kind: 'endless_pages', pages: marks.size + 1 });
      marks.add(mark);
    }
  }

  async #ask(host: AlpacaHost, path: string, query: Query): Promise<Result<unknown, DataProblem>> {
    const { clock, stop } = this.#settings;
    for (let tries = 1; ; tries++) {
      const answer = await this.#once(host, path, query);
      if (answer.ok || answer.problem.kind !== 'unreachable' || tries >= TRIES_MAX || stop.aborted) return answer;
      await clock.sleep(PAUSE_MS * tries, stop);
    }
  }

  async #once(host: AlpacaHost, path: string, query: Query): Promise<Result<unknown, DataProblem>> {
    const { clock, bounds } = this.#settings;
    const { reply, waitMs } = await host.send({ method: 'GET', path, query, body: '' }, 'read', bounds);
    if (reply.kind === 'fault') {
      if (reply.why === 'stopped') return fail({ kind: 'stopped' });
      return reply.why === 'no_budget' ? fail({ kind: 'rate_limited', waitMs }) : fail({ kind: 'unreachable', why: reply.why });
    }
    const { status, headers, body } = reply;
    if (status === 429) return fail({ kind: 'rate_limited', waitMs: waitWanted(headers, clock.now()) });
    const raw = parsed(body);
    if (status === 200) return raw === undefined ? fail({ kind: 'unreachable', why: 'no JSON' }) : ok(raw);
    if (status >= 500 || status === 408) return fail({ kind: 'unreachable', why: `status ${status}` });
    return fail({ kind: 'refused', status, said: shown(textIn(raw, 'message') ?? '') });
  }
}

/** `bars` has a list for each name; no bars at all may be null. */
function barsIn(raw: unknown): Result<BarsPage, DataProblem> {
  if (typeof raw !== 'object' || raw === null || !('bars' in raw)) return fail({ kind: 'unreadable', field: 'bars' });
  const bars: MarketBar[] = [];
  const bad: BadPrint[] = [];
  for (const [name, rows] of Object.entries(raw.bars ?? {})) {
    const list = listOf(rows);
    if (list === null) return fail({ kind: 'unreadable', field: 'bars' });
    for (const row of list) {
      const bar = barOf(ticker(name), row);
      if (bar.ok) bars.push(bar.value);
      else bad.push(bar.problem);
    }
  }
  return ok({ bars, bad });
}

/** All rows or none. */
function rowsOf<Row>(raw: unknown, read: (item: unknown) => Result<Row, Unreadable>): Result<readonly Row[], DataProblem> {
  const list = listOf(raw);
  if (list === null) return fail({ kind: 'unreadable', field: 'the list' });
  const rows: Row[] = [];
  for (const item of list) {
    const row = read(item);
    if (!row.ok) return row;
    rows.push(row.value);
  }
  return ok(rows);
}
