import type { Side } from '#domain/orders/order';
import type { Floor } from '#simulation/broker/floor';
import { closes, ended, type HeldOrder, remaining } from '#simulation/broker/order';
import { worth } from '#simulation/broker/shares-e9';

/** What a market order, or a short, is reckoned at, in percent of the ask. Source: broker-alpaca §4. */
const PERCENT_OF_ASK = 103;

/** Working orders that hold shares of a position back: a group holds them once, whichever leg takes them. */
export function heldForOrders(floor: Floor, ticker: string): { readonly shares: number; readonly orders: readonly string[] } {
  const groups = new Map<string, number>();
  const orders: string[] = [];
  for (const order of floor.orders.liveIn(ticker)) {
    // What an entry has filled in part is kept for its legs, which do not cover it yet.
    const keeps = !closes(order) && order.legs.some((leg) => !ended(floor.orders.get(leg)));
    const kept = keeps ? floor.orders.filledInChain(order) : 0;
    const held = closes(order) && !waitsForEntry(floor, order) ? remaining(order) : kept;
    if (held === 0) continue;
    orders.push(order.id);
    const group = order.parent ?? standsFor(order);
    groups.set(group, Math.max(groups.get(group) ?? 0, held));
  }
  let shares = 0;
  for (const held of groups.values()) shares += held;
  return { shares, orders };
}

/** While a replacement is on its way the larger of the two counts. Source: broker-alpaca §10. */
const standsFor = ({ id, replaces, status }: HeldOrder): string => (status === 'pending_new' ? (replaces ?? id) : id);

const waitsForEntry = (floor: Floor, { parent }: HeldOrder): boolean => {
  if (parent === null) return false;
  const entry = floor.orders.get(parent);
  return entry.role === 'entry' && entry.status !== 'filled';
};

/** What can still be closed of a position, in 1e-9 shares and never negative. */
export function availableOf(floor: Floor, ticker: string): number {
  const size = Math.abs(floor.holdings.position(ticker).shares);
  return Math.max(0, size - heldForOrders(floor, ticker).shares);
}

type Priced = Pick<HeldOrder, 'side' | 'limit' | 'stop' | 'ticker'> & { readonly qty: number | null; readonly notional: number | null };

/** What an order that opens is reckoned to cost, in 1e-4. */
export function costOf(floor: Floor, { side, limit, stop, ticker, qty, notional }: Priced): number {
  if (qty === null) return notional ?? 0;
  const ask = floor.tape.quote(ticker)?.ask ?? 0;
  const marked = Math.ceil(((ask === 0 ? (floor.tape.price(ticker) ?? 0) : ask) * PERCENT_OF_ASK) / 100);
  const at = side === 'buy' ? (limit ?? stop ?? marked) : Math.max(limit ?? 0, marked);
  return worth(qty, at);
}

/** What the open orders that open something keep back, in 1e-4. */
export function reservedMoney(floor: Floor): number {
  const costs = new Map<string, number>();
  for (const order of floor.orders.live()) {
    if (closes(order)) continue;
    const cost = costOf(floor, { ...order, qty: order.qty === null ? null : remaining(order) });
    costs.set(standsFor(order), Math.max(costs.get(standsFor(order)) ?? 0, cost));
  }
  let sum = 0;
  for (const cost of costs.values()) sum += cost;
  return sum;
}

/** The side that gives a position back; null when there is none. */
export const closingSide = (shares: number): Side | null => (shares === 0 ? null : shares > 0 ? 'sell' : 'buy');
