import type { OrderId, OrderReason } from '#domain/orders/order';
import type { Approved, BracketIds, SizedIntent } from '#domain/risk/approval';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';

/** One approved intent on its way from entry to flat, and which of its orders the broker holds. */
export type Trade = {
  readonly intent: number;
  readonly order: Approved<SizedIntent>;
  readonly ids: BracketIds;
  readonly since: Instant;
  /** Orders that can still fill, and what each is for. */
  readonly working: Map<OrderId, OrderReason>;
  /** What every order that was ever sent was for: a fill can cross a cancel. */
  readonly reasons: Map<OrderId, OrderReason>;
  /** Working orders that the broker has confirmed. */
  readonly accepted: Set<OrderId>;
  /** How far the way out has gone: the bracket, a limit exit beside the stop, or everything at the market. */
  leaving: 'no' | 'limit' | 'market';
  leavingBecause: OrderReason;
  exits: number;
  /** Shares of the entry that have not filled. */
  entryLeft: number;
  /** The reason of the order that filled last: what closed the position. */
  lastReason: OrderReason;
};

/** Same journal, same id: after a crash the replay names the same order and the broker knows its twin. */
export const bracketIds = (date: SessionDate, intent: number): BracketIds => ({
  entry: `${date}-${intent}-entry` as OrderId,
  stop: `${date}-${intent}-stop` as OrderId,
  target: `${date}-${intent}-target` as OrderId,
});

export const exitId = (date: SessionDate, intent: number, count: number): OrderId => `${date}-${intent}-exit-${count}` as OrderId;
