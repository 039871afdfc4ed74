import type { EventOf } from '#domain/events/event';
import type { Order, OrderId } from '#domain/orders/order';
import type { Settings } from '#domain/settings';
import type { AccountSums } from './account-sums.js';
import { need } from './broken-rule.js';
import type { Occurrences } from './occurrences.js';

type Live = { readonly order: Order; left: number; cancelled: boolean };
type Bought = { shares: number; paid: number; readonly limit: number; readonly stop: number; isTimed: boolean };

const MINUTE = 60_000;

/** Every order from its wish to its end: bracket, protection, stops that only rise, and the ways out. */
export class OrderRules {
  readonly #sums: AccountSums;
  readonly #seen: Occurrences;
  readonly #live = new Map<OrderId, Live>();
  readonly #ids = new Map<OrderId, Order>();
  readonly #stops = new Map<number, number>();
  /** By intent, what its entry brought, for the sums of R. */
  readonly #bought = new Map<number, Bought>();
  readonly #kept = new Set<number>();
  readonly #idle = new Set<number>();
  /** By intent, what was offered once, and what was sent out at the market. */
  readonly #offered = new Set<number>();
  readonly #hasLeft = new Set<number>();
  #entries: Order[] = [];
  #leaving: number[] = [];

  constructor(sums: AccountSums, seen: Occurrences) {
    this.#sums = sums;
    this.#seen = seen;
  }

  /** The broker has told all that there was to tell of the day before. */
  open(): void {
    this.#ids.clear();
    this.#live.clear();
    this.#stops.clear();
    this.#bought.clear();
    this.#kept.clear();
    this.#offered.clear();
    this.#hasLeft.clear();
  }

  get(id: OrderId): Order | undefined {
    return this.#ids.get(id);
  }

  requested(order: Order): void {
    const { id, role, side, stop, intent } = order;
    need(!this.#ids.has(id), `${id} is named twice`);
    this.#ids.set(id, order);
    this.#live.set(id, { order, left: order.shares, cancelled: false });
    if (role === 'entry') this.#entries.push(order);
    else need(side === 'sell', `${id} only gives back`);
    if (role === 'exit') this.#offered.add(intent);
    if (order.type === 'market') this.#hasLeft.add(intent);
    this.#seen.add(`order: ${order.reason}`);
    if (stop === null) return;
    const before = this.#stops.get(intent) ?? 0;
    need(stop >= before, `the stop of ${intent} moves from ${before} to ${stop}`);
    need(stop % 100 === 0, `${id} has a stop at ${stop}, which is no whole cent`);
    const mark = this.#sums.held.get(order.symbol)?.mark;
    if (stop > before && before > 0) need(mark !== undefined && stop < mark, `the stop of ${intent} rises to ${stop}, at ${mark}`);
    this.#stops.set(intent, stop);
  }

  cancelled(id: OrderId): void {
    const live = this.#live.get(id);
    if (live !== undefined) live.cancelled = true;
  }

  filled({ order: id, shares, price }: EventOf<'order_filled'>): void {
    const live = this.#live.get(id);
    if (live !== undefined) live.left -= shares;
    if (live?.left === 0) this.#live.delete(id);
    const order = this.#ids.get(id);
    if (order?.role !== 'entry') return;
    const stop = this.#legOf(order)?.stop ?? 0;
    const bought = this.#bought.get(order.intent) ?? { shares: 0, paid: 0, limit: order.limit ?? 0, stop, isTimed: false };
    bought.shares += shares;
    bought.paid += shares * price;
    this.#bought.set(order.intent, bought);
  }

  ended(id: OrderId): void {
    this.#live.delete(id);
  }

  trades({ symbol, status }: EventOf<'asset_status_changed'>): void {
    if (status === 'trading') this.#idle.delete(symbol);
    else this.#idle.add(symbol);
    if (this.#sums.held.has(symbol)) this.#seen.add(`held and ${status}`);
  }

  /** A person wants to go on beyond the time. */
  keeps(intent: number): void {
    this.#kept.add(intent);
  }

  /** It has to have a way out when all that follows has been written; one that has had it may wait a minute for the next. */
  leaves(symbol: number): void {
    if (!this.#hasLeft.has(this.#sums.held.get(symbol)?.intent ?? 0)) this.#leaving.push(symbol);
  }

  /** What came in late goes the way that the rest went. */
  follows(symbol: number): void {
    this.#leaving.push(symbol);
  }

  /** Nothing may be bought any more. */
  needNoEntry(): void {
    for (const { order, cancelled } of this.#live.values())
      need(order.role !== 'entry' || cancelled, `${order.id} may still be bought after a stop`);
  }

  settled(): void {
    for (const order of this.#entries) {
      const [stop, target] = [this.#legOf(order), this.#legOf(order, 'target')];
      const below = (stop?.stop ?? 0) > 0 && (stop?.stop ?? 0) < (order.limit ?? 0);
      need(stop?.shares === order.shares && below, `${order.id} leaves without a stop`);
      need(target?.shares === order.shares && (target.limit ?? 0) > (order.limit ?? 0), `${order.id} leaves without a target`);
    }
    this.#entries = [];
    for (const symbol of this.#leaving) this.#needWayOut(symbol);
    this.#leaving = [];
  }

  /** After a minute all that is held keeps a stop for all of its shares, or is on its way out. */
  needProtection(at: number, minutesLeft: number, { exits }: Settings, flattened: boolean): void {
    for (const [symbol, { shares, intent, since, mark }] of this.#sums.held) {
      const covered = this.#workingFor(symbol).reduce((most, { order, left }) => (order.type === 'limit' ? most : Math.max(most, left)), 0);
      need(covered >= shares, `${shares} shares of ${symbol} with a stop for ${covered}`);
      if (flattened || minutesLeft <= exits.marketBeforeClose) this.#needWayOut(symbol);
      else if (minutesLeft <= exits.limitBeforeClose) this.#needOffer(symbol, intent);
      this.#needTime(symbol, {
        intent,
        isDue: exits.timeStopMinutes > 0 && at >= since + exits.timeStopMinutes * MINUTE,
        mark,
        least: exits.timeStopBelowR,
      });
    }
  }

  /** Judged once, at the first minute after its time: what has not gained enough leaves. */
  #needTime(symbol: number, { intent, isDue, mark, least }: { intent: number; isDue: boolean; mark: number; least: number }): void {
    const bought = this.#bought.get(intent);
    if (bought === undefined || !isDue || bought.isTimed) return;
    bought.isTimed = true;
    if (this.#kept.has(intent)) return this.#seen.add('kept beyond its time');
    const gained = (mark - bought.paid / bought.shares) / (bought.limit - bought.stop);
    if (gained >= least) return this.#seen.add('gained enough to stay');
    this.#needOffer(symbol, intent);
  }

  /** Nobody can sell what does not trade: it keeps its stop until it does. */
  #needWayOut(symbol: number): void {
    if (!this.#sums.held.has(symbol) || this.#idle.has(symbol)) return;
    need(
      this.#workingFor(symbol).some(({ order }) => order.type === 'market'),
      `${symbol} is not on its way out`,
    );
  }

  /** A limit that the broker refused is not offered again before the next step: the stop stays. */
  #needOffer(symbol: number, intent: number): void {
    need(this.#idle.has(symbol) || this.#offered.has(intent), `${symbol} was never offered`);
  }

  #legOf({ id }: Order, role: Order['role'] = 'stop'): Order | undefined {
    return [...this.#ids.values()].find((order) => order.parent === id && order.role === role);
  }

  #workingFor(symbol: number): readonly Live[] {
    return [...this.#live.values()].filter(({ order, cancelled }) => order.symbol === symbol && order.side === 'sell' && !cancelled);
  }
}
