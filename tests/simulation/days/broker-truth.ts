import { isEnded } from '#domain/orders/life-cycle';
import { CUSTOMER, type LedgerLine } from '#simulation/broker/ledger';
import { type HeldOrder, remaining } from '#simulation/broker/order';
import { SHARE } from '#simulation/broker/shares-e9';
import type { SimulatedBroker } from '#simulation/broker/simulated-broker';

const statusesThatCover = new Set(['new', 'held', 'partially_filled', 'pending_replace']);

/** What the broker really has, by its ledger and its orders: nothing of what it tells. */
export class BrokerTruth {
  readonly #broker: SimulatedBroker;
  readonly #prefix: string;
  readonly #shares = new Map<string, number>();
  /** Orders that moved shares, and how many of which name: positive is bought. */
  readonly moved = new Map<string, { readonly ticker: string; bought: number; sold: number }>();
  /** What all shares of a name have brought, less what they have cost; 1e-4. */
  readonly #money = new Map<string, number>();
  /** Groups of which a leg has filled in part, also one that was replaced since. */
  readonly #begun = new Set<string>();
  #read = 0;

  constructor(broker: SimulatedBroker, prefix: string) {
    this.#broker = broker;
    this.#prefix = prefix;
  }

  update(): void {
    const ledger = this.#broker.ledger();
    for (; this.#read < ledger.length; this.#read++) {
      const entry = ledger[this.#read];
      if (entry === undefined) return;
      this.#pay(entry.lines);
      for (const { account, unit, amount } of entry.lines) {
        if (account !== CUSTOMER || unit === 'USD') continue;
        const shares = amount / SHARE;
        this.#shares.set(unit, (this.#shares.get(unit) ?? 0) + shares);
        if (entry.cause.kind !== 'execution') continue;
        const known = this.moved.get(entry.cause.order) ?? { ticker: unit, bought: 0, sold: 0 };
        if (shares > 0) known.bought += shares;
        else known.sold -= shares;
        this.moved.set(entry.cause.order, known);
      }
    }
  }

  #pay(lines: readonly LedgerLine[]): void {
    const ours = lines.filter(({ account }) => account === CUSTOMER);
    const ticker = ours.find(({ unit }) => unit !== 'USD')?.unit;
    const money = ours.find(({ unit }) => unit === 'USD')?.amount ?? 0;
    if (ticker !== undefined) this.#money.set(ticker, this.money(ticker) + money);
  }

  money(ticker: string): number {
    return this.#money.get(ticker) ?? 0;
  }

  shares(ticker: string): number {
    return this.#shares.get(ticker) ?? 0;
  }

  get held(): readonly string[] {
    return [...this.#shares].filter(([, shares]) => shares !== 0).map(([ticker]) => ticker);
  }

  live(): readonly HeldOrder[] {
    return this.#broker.orders('live');
  }

  all(): readonly HeldOrder[] {
    return this.#broker.orders('all');
  }

  /** Whether it is an order of the house, a leg of one, or what has taken the place of one. */
  isOurs(order: HeldOrder, byId: ReadonlyMap<string, HeldOrder>): boolean {
    if (order.clientId.startsWith(this.#prefix)) return true;
    const before = order.parent ?? order.replaces;
    const known = before === null ? undefined : byId.get(before);
    return known !== undefined && this.isOurs(known, byId);
  }

  /** Shares of a long position that nothing at the broker sells when the price falls, nor sells now. */
  bare(ticker: string, live: readonly HeldOrder[]): number {
    const held = this.shares(ticker);
    if (held === 0) return 0;
    const side = held > 0 ? 'sell' : 'buy';
    for (const { parent, filled } of live) if (parent !== null && filled > 0) this.#begun.add(parent);
    let covered = 0;
    for (const order of live) {
      if (order.ticker !== ticker || order.side !== side || isEnded(order.status)) continue;
      const isOut = order.type === 'market' || order.elected;
      const isStop = (order.type === 'stop' || order.type === 'stop_limit') && statusesThatCover.has(order.status) && this.#isArmed(order);
      if (isOut || isStop) covered += remaining(order) / SHARE;
    }
    return Math.max(0, Math.abs(held) - covered);
  }

  /** A group that is stuck after a part of its target says of its stop what it says of every other: nobody can know (B13). */
  #isArmed(order: HeldOrder): boolean {
    return order.working || (order.parent !== null && this.#begun.has(order.parent));
  }
}
