import { isLegal } from '#domain/orders/life-cycle';
import { assert } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';
import { History } from '#simulation/broker/history';
import { ended, type HeldOrder } from '#simulation/broker/order';

/** All orders that the account has ever had, each with all that it was. */
export class OrderShelf {
  readonly #orders = new Map<string, History<HeldOrder>>();
  readonly #byClient = new Map<string, string>();
  readonly #live = new Set<string>();
  #count = 0;

  get nextSequence(): number {
    return this.#count;
  }

  add(order: HeldOrder): void {
    const history = new History<HeldOrder>();
    history.push(order.createdAt, order);
    this.#orders.set(order.id, history);
    // Where the broker forgets that names are unique, the newest order answers to the name.
    this.#byClient.set(order.clientId, order.id);
    this.#live.add(order.id);
    this.#count++;
  }

  find(id: string): HeldOrder | null {
    return this.#orders.get(id)?.latest ?? null;
  }

  get(id: string): HeldOrder {
    const order = this.find(id);
    assert(order !== null, `an order of that id is known: ${id}`);
    return order;
  }

  findByClient(clientId: string): HeldOrder | null {
    const id = this.#byClient.get(clientId);
    return id === undefined ? null : this.find(id);
  }

  /** How it was then; null where it did not exist yet. */
  asOf(id: string, at: Instant): HeldOrder | null {
    return this.#orders.get(id)?.asOf(at) ?? null;
  }

  /** The one way in which an order changes; a step that no life cycle allows is a bug of this broker. */
  change(id: string, at: Instant, changes: Partial<HeldOrder>): HeldOrder {
    const before = this.get(id);
    const after = { ...before, ...changes, updatedAt: at };
    assert(after.status === before.status || isLegal(before.status, after.status), `${before.status} may become ${after.status}`);
    assert(after.filled >= before.filled, 'what has filled stays filled');
    this.#orders.get(id)?.push(at, after);
    if (ended(after)) this.#live.delete(id);
    return after;
  }

  /** What has not ended, in the order in which it came. */
  live(): readonly HeldOrder[] {
    return [...this.#live].map((id) => this.get(id));
  }

  liveIn(ticker: string): readonly HeldOrder[] {
    return this.live().filter((order) => order.ticker === ticker);
  }

  all(): readonly HeldOrder[] {
    return [...this.#orders.values()].flatMap((history) => history.latest ?? []);
  }

  /** What an order and those that it replaces have filled. */
  filledInChain(order: HeldOrder): number {
    let sum = order.filled;
    for (let id = order.replaces; id !== null; id = this.get(id).replaces) sum += this.get(id).filled;
    return sum;
  }

  /** The order with all that stands and falls with it: its parent first, then the legs. */
  family(order: HeldOrder): readonly HeldOrder[] {
    const head = order.parent === null ? order : this.get(order.parent);
    return [head, ...head.legs.map((leg) => this.get(leg))];
  }
}
