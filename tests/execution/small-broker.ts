import type { BrokerOrder, BrokerOrderId, ClientOrderId, Execution as Fill } from '#domain/brokerage/broker-order';
import { isEnded, isReplaceable, type OrderStatus } from '#domain/orders/life-cycle';
import { cash } from '#domain/values/cash';
import { type Instant, instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { ticker } from '#domain/values/symbol';
import type { Answer, Ask, BrokerNews, Mutation } from '#engine/ports/brokerage';
import { e4, refused } from './script.js';

type Held = {
  view: BrokerOrder;
  readonly group: string;
  readonly role: 'entry' | 'target' | 'stop' | 'alone';
  late: 'cancel' | 'replace' | null;
};
type Dice = (sides: number) => number;

const name = ticker('AAA');

/**
 * A broker of one name with the rules that matter to an order's way: groups, reservations, wash trades, replaces and cancels
 * that take time. Its market is a die.
 */
export class SmallBroker {
  readonly orders = new Map<string, Held>();
  readonly executions: Fill[] = [];
  readonly news: BrokerNews[] = [];
  shares = 0;
  /** The most that anybody can have sold too much. */
  lowest = 0;
  now: Instant;
  readonly #dice: Dice;
  #ids = 0;

  constructor(now: Instant, dice: Dice) {
    this.now = now;
    this.#dice = dice;
  }

  get live(): readonly Held[] {
    return [...this.orders.values()].filter(({ view }) => view.status !== 'unknown' && !isEnded(view.status));
  }

  do(ask: Mutation): Answer {
    if ('clientId' in ask && [...this.orders.values()].some(({ view }) => view.clientId === ask.clientId))
      return refused('duplicate_client_id');
    switch (ask.kind) {
      case 'submit_bracket': {
        if (this.live.length > 0 || this.shares !== 0) return refused('not_an_entry');
        const group = `g${this.#ids}`;
        const shape = 'bracket';
        const entry = this.#add(
          { clientId: ask.clientId, side: 'buy', type: 'limit', limit: ask.limit, shares: ask.shares, shape },
          'entry',
          group,
        );
        this.#add({ type: 'limit', limit: ask.target, shares: ask.shares, shape, status: 'held' }, 'target', group);
        this.#add({ type: 'stop', stop: ask.stop, shares: ask.shares, shape, status: 'held' }, 'stop', group);
        return this.#shown(entry);
      }
      case 'submit_exit': {
        if (this.live.some(({ role }) => role === 'entry')) return refused('wash_trade');
        const available = this.shares - this.#reserved();
        if (ask.shares > available) return refused('shares_reserved', available);
        const type = ask.stop !== null ? 'stop' : ask.limit !== null ? 'limit' : 'market';
        return this.#shown(
          this.#add({ clientId: ask.clientId, type, limit: ask.limit, stop: ask.stop, shares: ask.shares }, 'alone', `g${this.#ids}`),
        );
      }
      case 'replace_order': {
        const old = this.orders.get(ask.order);
        if (old === undefined) return { kind: 'not_found' };
        const { view } = old;
        if (view.status === 'unknown' || !isReplaceable(view.status)) return refused('not_replaceable');
        if (
          (ask.stop ?? view.stop) === view.stop &&
          (ask.limit ?? view.limit) === view.limit &&
          (ask.shares ?? view.shares) === view.shares
        )
          return refused('unchanged');
        const shares = ask.shares ?? view.shares - view.filled;
        const next = this.#add(
          {
            clientId: ask.clientId,
            type: view.type,
            limit: ask.limit ?? view.limit,
            stop: ask.stop ?? view.stop,
            shares,
            replaces: view.id,
            shape: view.shape,
            status: 'accepted',
          },
          old.role,
          old.group,
        );
        this.#say(old, { status: 'pending_replace' });
        old.late = 'replace';
        if (this.#dice(2) === 0) this.#replaced(old);
        return this.#shown(next);
      }
      case 'cancel_order': {
        const old = this.orders.get(ask.order);
        if (old === undefined) return { kind: 'not_found' };
        if (!this.live.includes(old) || old.view.status === 'pending_replace' || old.view.status === 'pending_cancel')
          return refused('not_cancelable');
        this.#say(old, { status: 'pending_cancel' });
        old.late = 'cancel';
        if (this.#dice(2) === 0) this.#cancelGroup(old);
        return { kind: 'done' };
      }
      case 'suspend_account':
        return { kind: 'done' };
    }
  }

  look(ask: Ask): Answer {
    const all = [...this.orders.values()];
    const tops = all.filter(
      ({ role, group }) => role === 'entry' || role === 'alone' || !all.some((other) => other.group === group && other.role === 'entry'),
    );
    const one = (held: Held | undefined): Answer => (held === undefined ? { kind: 'not_found' } : this.#shown(held));
    switch (ask.kind) {
      case 'find_order':
        return one(all.find(({ view }) => view.clientId === ask.clientId));
      case 'read_order':
        return one(this.orders.get(ask.order));
      case 'list_open_orders':
        return { kind: 'orders', orders: this.live.filter(({ view }) => view.status !== 'held').map((held) => this.#nested(held)) };
      case 'list_orders':
        return { kind: 'orders', orders: tops.map((held) => this.#nested(held)) };
      case 'list_positions':
        return {
          kind: 'positions',
          positions:
            this.shares === 0
              ? []
              : [{ ticker: name, shares: this.shares, available: this.shares - this.#reserved(), meanCost: 1_000_000, price: e4(100) }],
        };
      case 'list_executions':
        return { kind: 'executions', executions: this.executions.filter(({ at }) => at > ask.after) };
      default:
        return {
          kind: 'account',
          account: { id: 'account-1', cash: cash(0), equity: cash(this.shares * 1_000_000), blocked: null, suspended: false },
        };
    }
  }

  /** Something happens in the market, or to what was asked for. */
  go(): void {
    const { live } = this;
    const held = live[this.#dice(Math.max(1, live.length))];
    if (held === undefined) return;
    if (held.late !== null && this.#dice(3) > 0) {
      if (held.late === 'cancel') this.#cancelGroup(held);
      else this.#replaced(held);
      return;
    }
    const { view, role } = held;
    const isAwake = role === 'entry' || role === 'alone' || !live.some((other) => other.group === held.group && other.role === 'entry');
    const chance = view.type === 'market' || role === 'entry' ? 2 : 12;
    if (!isAwake || view.status === 'accepted' || this.#dice(chance) > 0) return;
    this.#fill(held, this.#dice(2) === 0 ? view.shares - view.filled : 1 + this.#dice(view.shares - view.filled));
  }

  #fill(held: Held, shares: number): void {
    const { view } = held;
    const cumulative = view.filled + shares;
    const at = instant(this.now);
    const fill: Fill = {
      id: `x${this.executions.length}`,
      order: view.id,
      ticker: name,
      side: view.side,
      shares,
      cumulative,
      price: price(1_000_000 + this.executions.length),
      at,
      busts: null,
      corrects: null,
    };
    this.executions.push(fill);
    this.shares += view.side === 'buy' ? shares : -shares;
    this.lowest = Math.min(this.lowest, this.shares);
    this.#say(
      held,
      {
        filled: cumulative,
        status:
          cumulative === view.shares
            ? 'filled'
            : view.status === 'pending_cancel' || view.status === 'pending_replace'
              ? view.status
              : 'partially_filled',
      },
      fill,
    );
    const family = this.live.filter((other) => other.group === held.group && other !== held);
    if (held.role === 'entry' && cumulative === view.shares)
      for (const leg of family) if (leg.role === 'target') this.#say(leg, { status: 'new' });
    if (held.role === 'entry' || held.role === 'alone') return;
    for (const sibling of family) {
      if (cumulative === view.shares) this.#say(sibling, { status: sibling.view.status === 'accepted' ? 'rejected' : 'canceled' });
      else sibling.view = { ...sibling.view, shares: Math.max(1, sibling.view.filled + view.shares - cumulative) };
    }
  }

  #cancelGroup(held: Held): void {
    held.late = null;
    const ends = this.live.filter((other) => other === held || other.group === held.group);
    for (const other of ends) this.#say(other, { status: other.view.status === 'accepted' ? 'rejected' : 'canceled' });
  }

  #replaced(old: Held): void {
    old.late = null;
    const next = [...this.orders.values()].find(({ view }) => view.replaces === old.view.id && view.status === 'accepted');
    if (next === undefined || !this.live.includes(old)) return;
    const left = old.view.shares - old.view.filled;
    next.view = { ...next.view, shares: Math.min(next.view.shares, left) };
    this.#say(old, { status: 'replaced', replacedBy: next.view.id });
    this.#say(next, { status: old.role === 'stop' ? 'held' : 'new' });
  }

  /** Shares that working sales keep: a group keeps them once, an order and the one that is to replace it too. */
  #reserved(): number {
    const byGroup = new Map<string, number>();
    for (const { view, group } of this.live)
      if (view.side === 'sell') byGroup.set(group, Math.max(byGroup.get(group) ?? 0, view.shares - view.filled));
    return Math.min(
      this.shares,
      [...byGroup.values()].reduce((sum, shares) => sum + shares, 0),
    );
  }

  #add(changes: Partial<BrokerOrder>, role: Held['role'], group: string): Held {
    const id = `b${++this.#ids}` as BrokerOrderId;
    const view: BrokerOrder = {
      id,
      clientId: `made-up-${id}` as ClientOrderId,
      ticker: name,
      side: 'sell',
      shape: 'simple',
      type: 'market',
      timeInForce: 'gtc',
      shares: 0,
      filled: 0,
      meanPrice: null,
      limit: null,
      stop: null,
      status: 'new',
      replacedBy: null,
      replaces: null,
      createdAt: this.now,
      updatedAt: this.now,
      legs: null,
      ...changes,
    };
    const held: Held = { view, role, group, late: null };
    this.orders.set(id, held);
    this.#say(held, {});
    return held;
  }

  #say(
    held: Held,
    changes: { readonly status?: OrderStatus; readonly filled?: number; readonly replacedBy?: BrokerOrderId },
    execution: Fill | null = null,
  ): void {
    // When the old order of a replace ends otherwise, the new one never comes to be.
    const next = [...this.orders.values()].find(({ view }) => view.replaces === held.view.id && view.status === 'accepted');
    held.view = { ...held.view, ...changes, updatedAt: this.now };
    this.news.push({ kind: 'order_news', order: held.view, execution });
    const { status } = held.view;
    if (next !== undefined && status !== 'unknown' && isEnded(status) && status !== 'replaced') this.#say(next, { status: 'rejected' });
  }

  #nested(held: Held): BrokerOrder {
    if (held.role !== 'entry') return held.view;
    const legs = [...this.orders.values()].filter(
      ({ group, role, view }) => group === held.group && role !== 'entry' && view.replaces === null,
    );
    return { ...held.view, legs: legs.map(({ view }) => view) };
  }

  #shown(held: Held): Answer {
    return { kind: 'order', order: this.#nested(held) };
  }
}
