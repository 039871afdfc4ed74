import type { PatternKind } from '#domain/patterns/setup';
import type { Branded } from '#domain/values/branded';
import type { Price } from '#domain/values/price';
import type { Quantity } from '#domain/values/quantity';
import type { SymbolIndex } from '#domain/values/symbol';

/** Derived from the intent, so that a replay names the same order and the broker knows its twin. */
export type OrderId = Branded<string, 'order_id'>;

export type Side = 'buy' | 'sell';

export const opposite = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy');

/** What an order is for: entries take risk, the other three only give it back. */
export type OrderRole = 'entry' | 'stop' | 'target' | 'exit';

/** `limit` is null for stop and market orders, `stop` is null for limit and market orders. */
export type Order = {
  readonly id: OrderId;
  readonly role: OrderRole;
  readonly type: 'limit' | 'stop' | 'market';
  readonly symbol: SymbolIndex;
  readonly side: Side;
  readonly shares: Quantity;
  readonly limit: Price | null;
  readonly stop: Price | null;
  /** The entry whose bracket this leg belongs to; null for an entry and for an exit of its own. */
  readonly parent: OrderId | null;
  /** Sequence of the intent's journal entry. */
  readonly intent: number;
  /** Why it was sent: the setup of an entry, the reason of an exit. */
  readonly reason: OrderReason;
};

/** Why something that is held is given back. */
export const exitReasons = [
  'protective_stop',
  'profit_target',
  'flat_by_close',
  'emergency_stop',
  'protection_missing',
  'break_even',
  'trailing_stop',
  'time_stop',
  'operator_close',
] as const;

/** The setup of an entry, or the reason of an exit. */
export type OrderReason = PatternKind | (typeof exitReasons)[number];

/** How a fill came about, where the bare price would mislead. */
export type FillFlag =
  /** Both the stop and the target lay inside one bar: the stop is taken to have come first. */
  | 'stop_first'
  /** The bar opened beyond the order's price: filled at the open. */
  | 'gap'
  /** Entry and stop in one bar. */
  | 'same_bar'
  /** What was left at the end of the session, closed at the last bar's close. */
  | 'at_close'
  /** The name had no bars any more: closed at its last close. Nobody could have traded there. */
  | 'no_market';
