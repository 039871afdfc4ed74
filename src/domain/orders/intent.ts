import type { Side } from '#domain/orders/order';
import type { PatternKind, TrackRecord } from '#domain/patterns/setup';
import type { Limits } from '#domain/risk/limits';
import type { Price } from '#domain/values/price';
import type { SymbolIndex } from '#domain/values/symbol';

/** What the workflow wants to do and why; the risk manager decides whether, and how much. */
export type Intent = {
  readonly symbol: SymbolIndex;
  readonly side: Side;
  /** The most that is paid for a share (least taken, for a short). */
  readonly limit: Price;
  /** ATR 14 on five-minute bars, in 1e-4. */
  readonly atr: number;
  /** The nearest support below the entry, 0 when none is known. */
  readonly support: number;
  readonly target: Price;
  readonly pattern: PatternKind;
  readonly confidence: number;
  /** Shares that the market could take: a share of what usually trades in a minute. */
  readonly liquidShares: number;
  /** How earlier setups of this pattern ended, as known now. */
  readonly record: TrackRecord;
};

/** What a setup says of the trade that it asks for; prices in 1e-4. */
export type Wanted = Pick<Intent, 'symbol' | 'atr' | 'support' | 'target' | 'pattern' | 'confidence' | 'record'> & {
  readonly entry: Price;
  /** Shares that usually trade in this minute of the day. */
  readonly minuteShares: number;
};

/** The intent to buy what a setup found. */
export const intentOf = (
  { symbol, entry, atr, support, target, pattern, confidence, record, minuteShares }: Wanted,
  { minuteShareMax }: Pick<Limits, 'minuteShareMax'>,
): Intent => ({
  symbol,
  side: 'buy',
  limit: entry,
  atr,
  support,
  target,
  pattern,
  confidence,
  liquidShares: Math.floor(minuteShares * minuteShareMax),
  record,
});
