import type { OrderRejection } from '#domain/events/account';
import type { Entry } from '#domain/events/event';
import type { OrderId } from '#domain/orders/order';

/** So many, and each time so many more, are worth a word of their own. */
const TOLD_EVERY = 5;

/** What the house itself has not sent was refused by nobody. */
const ownReasons: ReadonlySet<OrderRejection> = new Set(['not_sent', 'stale', 'suspended']);

/** Entries that the broker has refused one after another: each is told, and many in a row mean more than each (A10). */
export class RefusalsInARow {
  readonly #entries = new Set<OrderId>();
  #count = 0;

  /** A line at each fifth; null otherwise. */
  see({ event }: Entry): string | null {
    switch (event.kind) {
      case 'order_requested':
        if (event.order.role === 'entry') this.#entries.add(event.order.id);
        return null;
      case 'order_accepted':
        if (this.#entries.delete(event.order)) this.#count = 0;
        return null;
      case 'order_rejected':
        if (!this.#entries.delete(event.order) || ownReasons.has(event.reason)) return null;
        this.#count++;
        return this.#count % TOLD_EVERY > 0 ? null : `ALARM    the broker has refused ${this.#count} entries in a row; look at the account`;
      default:
        return null;
    }
  }
}
