import type { AccountEvent, OrderRejection } from '#domain/events/account';
import type { Frame } from '#domain/events/frame';
import type { FillFlag, Order, OrderId } from '#domain/orders/order';
import { type Cash, cash } from '#domain/values/cash';
import { type Instant, instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { Broker } from '#engine/ports/broker';
import type { RandomStream } from '#simulation/market/seeded-random';

type Standing = { readonly order: Order; readonly since: Instant; left: number; told: boolean; cancelling: boolean; open: boolean };
type News = { readonly event: AccountEvent; readonly symbol: number; readonly late: boolean };

/**
 * A broker that does whatever a broker may do: takes, refuses, fills in parts, fills what is being cancelled, and tells of
 * it late and in another order. It never fills what was not asked, never above a buyer's limit, and never sells what is
 * not held. What it has to say waits in `tell`.
 */
export class WalkBroker implements Broker {
  readonly #orders = new Map<OrderId, Standing>();
  readonly #known = new Set<OrderId>();
  readonly #cancelled = new Set<OrderId>();
  readonly #held = new Map<number, number>();
  #news: News[] = [];
  /** Set at each step by whoever walks. */
  chance: RandomStream;
  now: Instant = instant(0);
  /** While it is deaf nothing reaches it: the process died before it could send. */
  deaf = false;
  cash: number;
  suspended = false;

  constructor(capital: Cash, chance: RandomStream) {
    this.cash = capital;
    this.chance = chance;
  }

  /** What it knows already it does not take twice: a restart says everything again. */
  submit(orders: readonly Order[]): void {
    const fresh = orders.filter(({ id }) => !this.#known.has(id));
    if (this.deaf || fresh.length === 0) return;
    const opens = fresh.some(({ role }) => role === 'entry');
    const reason = opens && this.suspended ? 'suspended' : this.#whim(opens);
    for (const order of fresh) {
      this.#known.add(order.id);
      const standing = { order, since: this.now, left: order.shares, told: false, cancelling: false, open: reason === null };
      this.#orders.set(order.id, standing);
      if (reason !== null) this.#say(order, { kind: 'order_rejected', order: order.id, reason });
      else this.#say(order, { kind: 'order_accepted', order: order.id }, this.chance.chance(0.15));
      if (!opens && reason === null && this.#holds(order) === 0) this.#finish(standing);
    }
  }

  cancel(id: OrderId): void {
    if (this.deaf || this.#cancelled.has(id)) return;
    this.#cancelled.add(id);
    const standing = this.#orders.get(id);
    if (standing === undefined || !standing.open) return;
    standing.cancelling = true;
    if (this.chance.chance(0.6)) this.#finish(standing);
  }

  suspend(): void {
    this.suspended = true;
  }

  resume(): void {
    this.suspended = false;
  }

  /** A minute has gone by: stops first, then what takes off, entries last, each in its own mood. */
  meet(frame: Frame): void {
    const standing = [...this.#orders.values()].filter(({ open, since }) => open && since <= frame.start);
    standing.sort((a, b) => rank(a.order) - rank(b.order));
    for (const one of standing) {
      if (one.cancelling && this.chance.chance(0.5)) this.#finish(one);
      else if ((frame.volume[one.order.symbol] as number) > 0) this.#try(one, frame);
    }
  }

  /** What is held goes at the last close, every order ends. */
  closeSession(closes: readonly number[], bar: Instant, flag: FillFlag): void {
    for (const [symbol, shares] of [...this.#held]) {
      const leg = [...this.#orders.values()].reverse().find(({ order }) => order.symbol === symbol && order.side === 'sell');
      if (leg !== undefined && shares > 0) this.#fill(leg, shares, closes[symbol] as number, bar, [flag]);
    }
    for (const standing of this.#orders.values()) this.#finish(standing);
    this.#orders.clear();
  }

  /** Some of what it has to say, each name's story in order, but for a confirmation that comes late; all of it when `all`. */
  tell(all: boolean): readonly AccountEvent[] {
    const kept: News[] = [];
    const told: AccountEvent[] = [];
    const waiting = new Set<number>();
    for (const news of this.#news) {
      const waits = !all && (waiting.has(news.symbol) || this.chance.chance(news.late ? 0.8 : 0.25));
      if (!waits) told.push(news.event);
      else {
        kept.push(news);
        if (!news.late) waiting.add(news.symbol);
      }
    }
    this.#news = kept;
    return told;
  }

  get hasNews(): boolean {
    return this.#news.length > 0;
  }

  /** What the account is worth at these prices. */
  equity(closes: readonly number[]): number {
    return [...this.#held].reduce((sum, [symbol, shares]) => sum + shares * (closes[symbol] as number), this.cash);
  }

  #whim(opens: boolean): OrderRejection | null {
    if (!this.chance.chance(opens ? 0.06 : 0.12)) return null;
    return opens ? this.chance.pick(['buying_power', 'unknown_symbol', 'duplicate_order']) : 'session_closed';
  }

  #holds({ symbol }: Order): number {
    return this.#held.get(symbol) ?? 0;
  }

  #try(standing: Standing, frame: Frame): void {
    const { order } = standing;
    if (!standing.open || !this.chance.chance(0.7)) return;
    const at = this.#priceFor(order, frame);
    const most = order.role === 'entry' ? standing.left : Math.min(standing.left, this.#holds(order));
    if (at === null || most <= 0) return;
    const shares = this.chance.chance(0.35) ? this.chance.integer(1, most) : most;
    this.#fill(standing, shares, at, frame.start, []);
  }

  /** Somewhere in the bar, but no worse than the limit. */
  #priceFor({ type, side, limit, stop, symbol }: Order, { low, high }: Frame): number | null {
    const from = low[symbol] as number;
    const to = high[symbol] as number;
    if (type === 'market') return this.chance.integer(from, to);
    if (type === 'stop') return from <= (stop ?? 0) ? this.chance.integer(from, Math.min(to, stop ?? 0)) : null;
    if (side === 'buy') return from <= (limit ?? 0) ? this.chance.integer(from, Math.min(to, limit ?? 0)) : null;
    return to >= (limit ?? 0) ? this.chance.integer(Math.max(from, limit ?? 0), to) : null;
  }

  #fill(standing: Standing, shares: number, at: number, bar: Instant, flags: readonly FillFlag[]): void {
    const { id: order, symbol, side, role } = standing.order;
    const fees = side === 'sell' ? this.chance.integer(0, 20_000) : 0;
    this.cash += (side === 'sell' ? shares : -shares) * at - fees;
    this.#held.set(symbol, this.#holds(standing.order) + (side === 'buy' ? shares : -shares));
    standing.left -= shares;
    if (standing.left <= 0) standing.open = false;
    this.#say(standing.order, {
      kind: 'order_filled',
      ...{ order, symbol, side, shares: quantity(shares), price: price(at), fees: cash(fees), bar, flags },
    });
    if (role !== 'entry') this.#reduced(symbol);
  }

  /** A bracket opens only once: what gives shares back ends the entry; with nothing held, every order of the name ends. */
  #reduced(symbol: number): void {
    for (const standing of this.#orders.values()) {
      if (standing.order.symbol !== symbol) continue;
      if (standing.order.role === 'entry' || this.#held.get(symbol) === 0) this.#finish(standing);
    }
    if (this.#held.get(symbol) === 0) this.#held.delete(symbol);
  }

  #finish(standing: Standing): void {
    if (!standing.open) return;
    standing.open = false;
    this.#say(standing.order, { kind: 'order_cancelled', order: standing.order.id, unfilled: quantity(standing.left) });
    if (standing.order.role === 'entry' && this.#holds(standing.order) === 0) this.#dropLegs(standing.order.id);
  }

  #dropLegs(entry: OrderId): void {
    for (const standing of this.#orders.values()) if (standing.order.parent === entry) this.#finish(standing);
  }

  #say({ symbol }: Order, event: AccountEvent, late = false): void {
    this.#news.push({ event, symbol, late });
  }
}

const rank = ({ role, type }: Order): number => (role === 'entry' ? 3 : type === 'stop' ? 0 : role === 'target' ? 2 : 1);
