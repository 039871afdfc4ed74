import type { RunEvent } from '#domain/events/run';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import { sha256 } from '#domain/values/sha256';
import type { Ticker } from '#domain/values/symbol';

/** A market as the table `markets` numbers it. */
export type Market = { readonly id: number; readonly code: string };

/** Names of a simulated market are nobody's shares. Everything else that Catalyst trades so far is listed in the United States. */
export const marketOf = (source: Extract<RunEvent, { kind: 'run_started' }>['source']): Market =>
  source === 'simulated_market' ? { id: 0, code: 'SIM' } : { id: 1, code: 'US' };

/** First 48 bits: the same wherever and in whatever order the record is built, and whole in a double. */
const keyOf = (text: string): number => Number.parseInt(sha256(text).slice(0, 12), 16);

export const journalKey = (name: string): number => keyOf(name);

/** Nobody tells since when a name has its symbol, so that `validFrom` is always. */
export const securityKey = (market: Market, symbol: Ticker, validFrom = '-infinity'): number =>
  keyOf(`${market.code}|${symbol}|${validFrom}`);

export const sessionKey = (market: Market, date: SessionDate): number => market.id * 100_000 + dayOf(date);

/** What one projector of a projection holds while it writes: a number of 64 bits as text. */
export const projectionLock = (name: string, projection: string): string =>
  String(BigInt.asIntN(64, BigInt(`0x${sha256(`projection|${name}|${projection}`).slice(0, 16)}`)));
