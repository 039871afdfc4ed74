import { usCalendar } from '#domain/market/calendar';
import { DAY_MS, type Instant, instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { parseSessionDate } from '#domain/values/session-date';
import { type Ticker, ticker } from '#domain/values/symbol';
import { dayStart, type Timeframe } from '#simulation/broker-market/bar-history';

/** What a question's parameters say, or why it cannot be understood: an answer with status 400. */
export type Query = Readonly<Record<string, string>>;
/** Why a question has no answer, as the API words it. */
export type Misunderstood = { readonly kind: 'misunderstood' | 'not_subscribed'; readonly message: string };

/** An answer with status 400. */
export const misunderstood = (message: string): Result<never, Misunderstood> => fail({ kind: 'misunderstood', message });

const HOUR = 60;

/** "1Min" to "59Min", "1Hour" to "23Hour", "1Day", in short or in full. Weeks and months are not simulated. */
export function timeframeIn(query: Query): Result<Timeframe, Misunderstood> {
  const text = query['timeframe'] ?? '';
  if (text === '') return misunderstood('timeframe is required');
  const match = /^([1-9]\d?)(Min|T|Hour|H|Day|D)$/.exec(text);
  const count = Number(match?.[1]);
  const unit = match?.[2]?.charAt(0);
  if ((unit === 'M' || unit === 'T') && count < HOUR) return ok({ unit: 'minute', minutes: count });
  if (unit === 'H' && count < 24) return ok({ unit: 'minute', minutes: count * HOUR });
  if (unit === 'D' && count === 1) return ok({ unit: 'session', minutes: 0 });
  return misunderstood(`invalid timeframe: ${text.slice(0, 20)}`);
}

/** The words of a parameter with commas between them. */
export const wordsIn = (query: Query, name: string): readonly string[] => (query[name] ?? '').split(',').filter((word) => word !== '');

/** At least one name, sorted, each once. */
export function symbolsIn(query: Query): Result<readonly Ticker[], Misunderstood> {
  const names = wordsIn(query, 'symbols');
  if (names.length === 0) return misunderstood('symbols is required');
  return knownShape(names);
}

/** Names that may be tickers, sorted, each once. */
export function knownShape(names: readonly string[]): Result<readonly Ticker[], Misunderstood> {
  const odd = names.find((name) => !/^[A-Z0-9][A-Z0-9.]{0,9}$/.test(name));
  if (odd !== undefined) return misunderstood(`invalid symbol: ${odd.slice(0, 20)}`);
  return ok([...new Set(names)].sort().map(ticker));
}

/** How many rows a page may have. */
export function limitIn(query: Query, usual: number, most: number): Result<number, Misunderstood> {
  const text = query['limit'] ?? '';
  if (text === '') return ok(usual);
  const limit = Number(text);
  if (!/^\d{1,6}$/.test(text) || limit < 1 || limit > most) return misunderstood(`invalid limit: it must be between 1 and ${most}`);
  return ok(limit);
}

/** An instant, or the whole of a day in New York: its first millisecond for `start`, its last for `end`. */
export function instantIn(query: Query, name: 'start' | 'end'): Result<Instant | null, Misunderstood> {
  const text = query[name] ?? '';
  if (text === '') return ok(null);
  const at = parseRfc3339(text);
  if (at !== null) return ok(at);
  const date = parseSessionDate(text);
  const next = date === null ? null : usCalendar.session(date);
  if (date === null || next === null) return misunderstood(`invalid format for parameter ${name}`);
  const first = next.ok ? dayStart(next.value) : parseRfc3339(`${date}T05:00:00Z`);
  if (first === null) return misunderstood(`invalid format for parameter ${name}`);
  return ok(name === 'start' ? first : instant(first + DAY_MS - 1));
}

/** Whether `sort` is ascending. */
export function isOldestFirst(query: Query, usual: 'asc' | 'desc'): Result<boolean, Misunderstood> {
  const sort = query['sort'] ?? usual;
  return sort === 'asc' || sort === 'desc' ? ok(sort === 'asc') : misunderstood('invalid sort');
}

/** Where a page begins: a name and what orders its rows. Nobody but us reads it. */
export type PageMark = { readonly ticker: string; readonly at: number };

/** A mark as the text of a `page_token`. */
export const markText = ({ ticker: name, at }: PageMark): string => `${name}|${at}`;

/** The mark of a `page_token`; null on the first page. */
export function markIn(query: Query): Result<PageMark | null, Misunderstood> {
  const text = query['page_token'] ?? '';
  if (text === '') return ok(null);
  const match = /^([A-Z0-9.]{0,10})\|(-?\d{1,15})$/.exec(text);
  return match === null ? misunderstood('invalid page_token') : ok({ ticker: match[1] ?? '', at: Number(match[2]) });
}
