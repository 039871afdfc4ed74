import { type Instant, instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import { type Ticker, ticker } from '#domain/values/symbol';
import type { BarHistory } from '#simulation/broker-market/bar-history';
import { corporateActions } from '#simulation/broker-market/corporate-actions';
import { barJson, quoteJson, storyJson, tradeJson } from '#simulation/broker-market/data-json';
import type { DataPlan } from '#simulation/broker-market/data-plan';
import {
  instantIn,
  isOldestFirst,
  knownShape,
  limitIn,
  type Misunderstood,
  markIn,
  markText,
  misunderstood,
  type Query,
  symbolsIn,
  timeframeIn,
  wordsIn,
} from '#simulation/broker-market/data-query';
import type { LatestMarket } from '#simulation/broker-market/latest-market';
import type { ToldBar } from '#simulation/broker-market/market-moment';
import type { NewsArchive } from '#simulation/broker-market/news-archive';

/** What the routes answer from. */
export type DataShelf = {
  readonly history: BarHistory;
  readonly latest: LatestMarket;
  readonly news: NewsArchive;
  readonly plan: DataPlan;
  readonly now: Instant;
};

type Answered = Result<unknown, Misunderstood>;

const BARS_A_PAGE = 1000;
const BARS_A_PAGE_MAX = 10_000;
const NEWS_A_PAGE = 10;
const NEWS_A_PAGE_MAX = 50;
const feeds = ['iex', 'sip', 'delayed_sip', 'otc', 'boats', 'overnight'];

/** Null for a path that is none of the market data. */
export function answerData(shelf: DataShelf, path: string, query: Query): Answered | null {
  const feed = query['feed'] ?? '';
  if (path === '/v1beta1/news') return newsPage(shelf, query);
  if (path === '/v1/corporate-actions') return corporateActions(shelf, query);
  const match = /^\/v2\/stocks\/(?:([A-Z0-9.]{1,10})\/)?(bars|quotes|trades|snapshots?)(\/latest)?$/.exec(path);
  if (match === null) return null;
  if (feed !== '' && !feeds.includes(feed)) return misunderstood(`invalid feed: ${feed.slice(0, 20)}`);
  const [, name, what, latest] = match;
  const symbols = name === undefined ? symbolsIn(query) : knownShape([name]);
  if (!symbols.ok) return symbols;
  const one = name === undefined ? null : ticker(name);
  if (what === 'bars' && latest === undefined) return barPage(shelf, symbols.value, one, query);
  const recent = recentRefused(shelf, query, null);
  if (recent !== null) return recent;
  if (what === 'snapshots' && one === null && latest === undefined)
    return ok(Object.fromEntries(symbols.value.filter((each) => shelf.history.knows(each)).map((each) => [each, snapshot(shelf, each)])));
  if (what === 'snapshot' && one !== null && latest === undefined)
    return shelf.history.knows(one) ? ok({ symbol: one, ...snapshot(shelf, one) }) : misunderstood(`no snapshot for ${one}`);
  if (latest === undefined) return null;
  return latestOf(shelf, symbols.value, one, what as string);
}

/** SIP data of the last quarter of an hour is for those who pay for it. */
function recentRefused({ plan, now }: DataShelf, query: Query, end: Instant | null): Answered | null {
  const refused = query['feed'] === 'sip' && !plan.sip && (end === null || end > now - plan.sipDelayMs);
  return refused ? fail({ kind: 'not_subscribed', message: 'subscription does not permit querying recent SIP data' }) : null;
}

function barPage(shelf: DataShelf, symbols: readonly Ticker[], one: Ticker | null, query: Query): Answered {
  const { history, now } = shelf;
  const timeframe = timeframeIn(query);
  const limit = limitIn(query, BARS_A_PAGE, BARS_A_PAGE_MAX);
  const start = instantIn(query, 'start');
  const end = instantIn(query, 'end');
  const oldestFirst = isOldestFirst(query, 'asc');
  const mark = markIn(query);
  const adjustment = query['adjustment'] ?? 'raw';
  if (!timeframe.ok) return timeframe;
  if (!limit.ok) return limit;
  if (!start.ok) return start;
  if (!end.ok) return end;
  if (!oldestFirst.ok) return oldestFirst;
  if (!mark.ok) return mark;
  if (!adjustment.split(',').every((word) => ['raw', 'split', 'dividend', 'spin-off', 'all'].includes(word)))
    return misunderstood(`invalid adjustment: ${adjustment.slice(0, 20)}`);
  const refused = recentRefused(shelf, query, end.value);
  if (refused !== null) return refused;
  const from = start.value ?? today(now);
  const to = end.value ?? now;
  if (from > to) return misunderstood('end should not be before start');
  const splitAdjusted = /split|all/.test(adjustment);
  const pages = new Map<Ticker, ToldBar[]>();
  let left = limit.value;
  for (const each of symbols.filter((name) => mark.value === null || name >= mark.value.ticker)) {
    const all = history.bars({ ticker: each, timeframe: timeframe.value, from, to, splitAdjusted, now });
    const ordered = oldestFirst.value ? all : [...all].reverse();
    const begun = mark.value !== null && mark.value.ticker === each ? ordered.findIndex(({ start: at }) => at === mark.value?.at) : 0;
    if (begun === -1) return misunderstood('invalid page_token');
    const rest = ordered.slice(begun);
    if (rest.length > 0 && left > 0) pages.set(each, rest.slice(0, left));
    const next = rest[left];
    if (next !== undefined) return ok(barsBody(pages, one, markText({ ticker: each, at: next.start })));
    left -= rest.length;
  }
  return ok(barsBody(pages, one, null));
}

const barsBody = (pages: ReadonlyMap<Ticker, readonly ToldBar[]>, one: Ticker | null, token: string | null): unknown =>
  one === null
    ? { bars: Object.fromEntries([...pages].map(([name, bars]) => [name, bars.map(barJson)])), next_page_token: token }
    : { bars: (pages.get(one) ?? []).map(barJson), symbol: one, next_page_token: token };

/** The last midnight in New York, near enough: where no start is said. */
const today = (now: Instant): Instant => instant(Math.floor((now - 5 * 3_600_000) / 86_400_000) * 86_400_000 + 4 * 3_600_000);

function latestOf(shelf: DataShelf, symbols: readonly Ticker[], one: Ticker | null, what: string): Answered {
  const found = symbols.flatMap((name): readonly (readonly [Ticker, unknown])[] => {
    const value = latestValue(shelf, name, what);
    return value === null ? [] : [[name, value]];
  });
  if (one === null) return ok({ [what]: Object.fromEntries(found) });
  const [first] = found;
  if (first === undefined) return misunderstood(`no ${what} found for ${one}`);
  return ok({ symbol: one, [what.slice(0, -1)]: first[1] });
}

function latestValue(shelf: DataShelf, name: Ticker, what: string): unknown {
  const { quote, trade } = shelf.latest.of(name);
  if (what === 'quotes') return quote === null ? null : quoteJson(quote);
  if (what === 'trades') return trade === null ? null : tradeJson(trade);
  const bar = lastBars(shelf, name, 'minute').at(-1);
  return bar === undefined ? null : barJson(bar);
}

function snapshot(shelf: DataShelf, name: Ticker): object {
  const { quote, trade } = shelf.latest.of(name);
  const minute = lastBars(shelf, name, 'minute').at(-1);
  const [day, before] = [...lastBars(shelf, name, 'session')].reverse();
  return {
    latestTrade: trade === null ? null : tradeJson(trade),
    latestQuote: quote === null ? null : quoteJson(quote),
    minuteBar: minute === undefined ? null : barJson(minute),
    dailyBar: day === undefined ? null : barJson(day),
    prevDailyBar: before === undefined ? null : barJson(before),
  };
}

const WEEK_MS = 7 * 86_400_000;

function lastBars({ history, now }: DataShelf, name: Ticker, unit: 'minute' | 'session'): readonly ToldBar[] {
  const timeframe = unit === 'minute' ? { unit, minutes: 1 } : { unit, minutes: 0 };
  return history.bars({ ticker: name, timeframe, from: instant(now - WEEK_MS), to: now, splitAdjusted: false, now });
}

function newsPage({ news }: DataShelf, query: Query): Answered {
  const limit = limitIn(query, NEWS_A_PAGE, NEWS_A_PAGE_MAX);
  const start = instantIn(query, 'start');
  const end = instantIn(query, 'end');
  const oldestFirst = isOldestFirst(query, 'desc');
  const mark = markIn(query);
  const symbols = wordsIn(query, 'symbols').length === 0 ? ok([]) : symbolsIn(query);
  if (!limit.ok) return limit;
  if (!start.ok) return start;
  if (!end.ok) return end;
  if (!oldestFirst.ok) return oldestFirst;
  if (!mark.ok) return mark;
  if (!symbols.ok) return symbols;
  const all = news.find({ symbols: symbols.value, from: start.value, to: end.value, oldestFirst: oldestFirst.value });
  const begun = mark.value === null ? 0 : Math.min(Math.max(mark.value.at, 0), all.length);
  const page = all.slice(begun, begun + limit.value);
  const next = begun + page.length;
  return ok({
    news: page.map((story) => storyJson(story, query['include_content'] === 'true')),
    next_page_token: next < all.length ? markText({ ticker: '', at: next }) : null,
  });
}
