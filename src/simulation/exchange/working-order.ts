import type { Order } from '#domain/orders/order';
import { assert } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';

/** An order at the exchange. */
export type WorkingOrder = {
  readonly order: Order;
  /** It meets no bar that starts before this. */
  readonly submitted: Instant;
  /** The bracket of an entry and of its legs; null for an exit of its own. */
  bracket: Bracket | null;
  filled: number;
  /** What an entry or an exit may still take. A leg takes what its bracket holds. */
  remaining: number;
  isOpen: boolean;
  /** A stop that was reached: a market order from then on. */
  triggered: boolean;
  /** Whether it has already worked for a whole bar. */
  rested: boolean;
};

/** An entry with its legs. `held` is what the entry has filled less what has been given back since. */
export type Bracket = {
  readonly entry: WorkingOrder;
  readonly stop: WorkingOrder;
  readonly target: WorkingOrder | null;
  held: number;
  /** The bar of the entry's last fill. */
  enteredIn: Instant | null;
};

/** The shapes in which orders come: a bracket, or an exit of its own. */
export type Group =
  | { readonly kind: 'bracket'; readonly entry: Order; readonly stop: Order; readonly target: Order | null }
  | { readonly kind: 'exit'; readonly exit: Order };

/** A group of any other shape is a bug of whoever sent it. */
export function readGroup(orders: readonly Order[]): Group {
  const [first] = orders;
  if (orders.length === 1 && first !== undefined && first.role !== 'entry') {
    assert(hasItsPrices(first), `the ${first.type} order ${first.id} has the prices of its type`);
    return { kind: 'exit', exit: first };
  }
  const entry = orders.find(({ role }) => role === 'entry');
  const stop = orders.find(({ role }) => role === 'stop');
  const target = orders.find(({ role }) => role === 'target') ?? null;
  assert(entry?.type === 'limit' && stop?.type === 'stop', 'a bracket has a limit entry and a stop');
  assert(target === null || target.type === 'limit', 'a target is a limit order');
  assert(orders.length === (target === null ? 2 : 3), 'a bracket is an entry, a stop and at most one target');
  for (const order of orders) assert(hasItsPrices(order), `the ${order.type} order ${order.id} has the prices of its type`);
  for (const leg of target === null ? [stop] : [stop, target]) assert(belongs(leg, entry), `${leg.id} is a leg of ${entry.id}`);
  return { kind: 'bracket', entry, stop, target };
}

const hasItsPrices = ({ type, limit, stop, shares }: Order): boolean =>
  shares > 0 && (limit !== null) === (type === 'limit') && (stop !== null) === (type === 'stop');

const belongs = (leg: Order, { id, symbol, side, shares }: Order): boolean =>
  leg.parent === id && leg.symbol === symbol && leg.side !== side && leg.shares === shares;

/** The limit of a limit order. */
export function limitOf(order: Order): Price {
  assert(order.limit !== null, `${order.id} has a limit`);
  return order.limit;
}

/** The trigger of a stop order. */
export function stopOf(order: Order): Price {
  assert(order.stop !== null, `${order.id} has a stop`);
  return order.stop;
}

/** The place of an order where the orders of a symbol share a bar: what protects goes first, what takes risk last. */
export function rankOf({ role, type }: Order): number {
  if (role === 'entry') return 3;
  if (type === 'stop') return 0;
  return role === 'target' ? 2 : 1;
}

export function workingOrder(order: Order, submitted: Instant): WorkingOrder {
  return { order, submitted, bracket: null, filled: 0, remaining: order.shares, isOpen: true, triggered: false, rested: false };
}

/** A bracket of three orders that know one another. */
export function openBracket(group: Extract<Group, { kind: 'bracket' }>, submitted: Instant): Bracket {
  const bracket: Bracket = {
    entry: workingOrder(group.entry, submitted),
    stop: workingOrder(group.stop, submitted),
    target: group.target === null ? null : workingOrder(group.target, submitted),
    held: 0,
    enteredIn: null,
  };
  for (const member of ordersOf(bracket)) member.bracket = bracket;
  return bracket;
}

/** The entry first, then the legs. */
export const ordersOf = ({ entry, stop, target }: Bracket): readonly WorkingOrder[] =>
  target === null ? [entry, stop] : [entry, stop, target];
