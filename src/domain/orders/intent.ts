import type { Side } from '#domain/orders/order';
import type { PatternKind, TrackRecord } from '#domain/patterns/setup';
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
