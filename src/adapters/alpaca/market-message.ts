import { priceOfNumber } from '#adapters/alpaca/decimal-text';
import type { Instant } from '#domain/values/instant';
import { fieldIn, textIn } from '#domain/values/json-field';
import { quantity } from '#domain/values/quantity';
import { fail, ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { type Ticker, ticker } from '#domain/values/symbol';
import type { BadPrint, MarketBar, MarketNews, MarketQuote } from '#engine/ports/market-data';

/** A message of the data stream by its letter; null for what is none of ours. Nothing past here holds a price that is none (F2, F4). */
export function marketNewsOf(raw: unknown): MarketNews | null {
  const type = textIn(raw, 'T');
  const name = nameIn(raw);
  switch (type) {
    case 'b':
    case 'u':
      return told(barOf(name, raw), (bar) => ({ kind: type === 'b' ? 'bar' : 'bar_updated', bar }));
    case 't':
      return told(tradeOf(name, raw), (trade) => trade);
    case 'q':
      return told(quoteOf(name, raw), (quote) => ({ kind: 'quote', quote }));
    case 's':
      return told(statusOf(name, raw), (status) => status);
    case 'l':
      return told(bandOf(name, raw), (band) => band);
    default:
      return null;
  }
}

const told = <Value>(read: Result<Value, BadPrint>, news: (value: Value) => MarketNews): MarketNews =>
  read.ok ? news(read.value) : read.problem;

function nameIn(raw: unknown): Ticker | null {
  const text = textIn(raw, 'S');
  return text === null || text === '' ? null : ticker(text);
}

type Part = { readonly ticker: Ticker; readonly at: Instant };

/** What every message has: a name and a time. */
function partOf(what: BadPrint['what'], name: Ticker | null, raw: unknown): Result<Part, BadPrint> {
  if (name === null) return bad(what, null, 'no_ticker');
  const at = parseRfc3339(textIn(raw, 't') ?? '');
  return at === null ? bad(what, name, 'bad_time') : ok({ ticker: name, at });
}

/** A bar of the stream or of the history. Prices finer than 1e-4 are rounded half to even. */
export function barOf(name: Ticker | null, raw: unknown): Result<MarketBar, BadPrint> {
  const part = partOf('bar', name, raw);
  if (!part.ok) return part;
  const [open, high, low, close] = ['o', 'h', 'l', 'c'].map((field) => priceOfNumber(fieldIn(raw, field)));
  if (!open || !high || !low || !close) return bad('bar', name, 'bad_price');
  if (high < Math.max(open, close, low) || low > Math.min(open, close)) return bad('bar', name, 'bad_range');
  const volume = fieldIn(raw, 'v');
  if (typeof volume !== 'number' || !Number.isSafeInteger(volume) || volume < 0) return bad('bar', name, 'bad_size');
  return ok({ ...part.value, open, high, low, close, volume: quantity(volume) });
}

function tradeOf(name: Ticker | null, raw: unknown): Result<Extract<MarketNews, { kind: 'trade' }>, BadPrint> {
  const part = partOf('trade', name, raw);
  if (!part.ok) return part;
  const price = priceOfNumber(fieldIn(raw, 'p'));
  if (price === null) return bad('trade', name, 'bad_price');
  const shares = sizeOf(fieldIn(raw, 's'));
  return shares === null || shares === 0 ? bad('trade', name, 'bad_size') : ok({ kind: 'trade', ...part.value, price, shares });
}

/** A quote of the stream or of the latest ones. The vendor writes 0 for a side that nobody quotes. */
export function quoteOf(name: Ticker | null, raw: unknown): Result<MarketQuote, BadPrint> {
  const part = partOf('quote', name, raw);
  if (!part.ok) return part;
  if (isNobody(fieldIn(raw, 'bp')) || isNobody(fieldIn(raw, 'ap'))) return bad('quote', name, 'missing_side');
  const bid = priceOfNumber(fieldIn(raw, 'bp'));
  const ask = priceOfNumber(fieldIn(raw, 'ap'));
  if (bid === null || ask === null) return bad('quote', name, 'bad_price');
  if (bid > ask) return bad('quote', name, 'crossed');
  const bidShares = sizeOf(fieldIn(raw, 'bs'));
  const askShares = sizeOf(fieldIn(raw, 'as'));
  if (bidShares === null || askShares === null) return bad('quote', name, 'bad_size');
  return ok({ ...part.value, bid, ask, bidShares, askShares });
}

type Trading = Extract<MarketNews, { kind: 'status' }>['trading'];

/** CTA writes digits, UTP letters. Source: broker-alpaca §15. */
const codes: ReadonlyMap<string, Trading> = new Map([
  ['2', 'halted'],
  ['H', 'halted'],
  ['P', 'halted'],
  ['Q', 'quoting'],
  ['3', 'resumed'],
  ['T', 'resumed'],
]);

function statusOf(name: Ticker | null, raw: unknown): Result<Extract<MarketNews, { kind: 'status' }>, BadPrint> {
  const part = partOf('status', name, raw);
  if (!part.ok) return part;
  const code = textIn(raw, 'sc') ?? '';
  return ok({
    kind: 'status',
    ...part.value,
    code: code.slice(0, 16),
    reason: (textIn(raw, 'rc') ?? '').slice(0, 16),
    trading: codes.get(code) ?? null,
  });
}

function bandOf(name: Ticker | null, raw: unknown): Result<Extract<MarketNews, { kind: 'band' }>, BadPrint> {
  const part = partOf('band', name, raw);
  if (!part.ok) return part;
  const up = priceOfNumber(fieldIn(raw, 'u'));
  const down = priceOfNumber(fieldIn(raw, 'd'));
  if (up === null || down === null) return bad('band', name, 'bad_price');
  return down > up ? bad('band', name, 'bad_range') : ok({ kind: 'band', ...part.value, up, down });
}

const isNobody = (raw: unknown): boolean => raw === null || raw === 0;
const sizeOf = (raw: unknown): number | null => (typeof raw === 'number' && Number.isFinite(raw) && raw >= 0 ? raw : null);
const bad = (what: BadPrint['what'], name: Ticker | null, why: BadPrint['why']) => fail({ kind: 'bad_print', what, ticker: name, why });
