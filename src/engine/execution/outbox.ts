import type { BrokerOrderId } from '#domain/brokerage/broker-order';
import type { OrderId } from '#domain/orders/order';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Ask, Priority } from '#engine/ports/brokerage';

/** What an ask was for: its answer goes there. */
export type Purpose =
  | { readonly kind: 'submit'; readonly order: OrderId }
  | { readonly kind: 'replace'; readonly order: OrderId; readonly old: BrokerOrderId }
  | { readonly kind: 'cancel'; readonly link: BrokerOrderId }
  | { readonly kind: 'lost'; readonly order: BrokerOrderId }
  | { readonly kind: 'suspend'; readonly on: boolean }
  | { readonly kind: 'read'; readonly link: BrokerOrderId }
  | { readonly kind: 'find'; readonly order: OrderId }
  | { readonly kind: 'executions' }
  | { readonly kind: 'cash' }
  | { readonly kind: 'corrected'; readonly row: string }
  | { readonly kind: 'available'; readonly symbol: SymbolIndex; readonly order: OrderId }
  | { readonly kind: 'cycle'; readonly cycle: number; readonly of: OrderId | BrokerOrderId | null };

export type Asking = { readonly id: number; readonly ask: Ask; readonly priority: Priority };

/** What is asked of the broker: each ask has a number, and its answer comes back by it. */
export class Outbox {
  #next = 1;
  #leaving: Asking[] = [];
  readonly #pending = new Map<number, Purpose>();

  ask(ask: Ask, priority: Priority, purpose: Purpose): number {
    const id = this.#next++;
    this.#leaving.push({ id, ask, priority });
    this.#pending.set(id, purpose);
    return id;
  }

  take(): readonly Asking[] {
    const leaving = this.#leaving;
    this.#leaving = [];
    return leaving;
  }

  /** What an ask without an answer is for; null for a number that nobody waits for. */
  purposeOf(id: number): Purpose | null {
    return this.#pending.get(id) ?? null;
  }

  /** What the answer is to; null for a number that nobody waits for. */
  settle(id: number): Purpose | null {
    const purpose = this.#pending.get(id) ?? null;
    this.#pending.delete(id);
    return purpose;
  }

  get pending(): number {
    return this.#pending.size;
  }
}
