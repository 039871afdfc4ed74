import type { Event } from '#domain/events/event';
import type { OrderId } from '#domain/orders/order';
import { type Book, positionIn } from '#domain/portfolio/book';
import type { Approved, SizedIntent } from '#domain/risk/approval';
import { type Cash, cash } from '#domain/values/cash';
import type { SymbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';

type Engagement = {
  readonly symbol: SymbolIndex;
  readonly risk: Cash;
  readonly limit: number;
  /** Shares that the entry may still buy; 0 once it has ended. */
  unfilled: number;
  order: OrderId | null;
};

/** What has been approved and is not over: an entry that works or the position that came of it. Keeps capital and risk reserved. */
export class Engagements {
  readonly #byIntent = new Map<number, Engagement>();
  readonly #intentOf = new Map<OrderId, number>();

  clear(): void {
    this.#byIntent.clear();
    this.#intentOf.clear();
  }

  approve(intent: number, { symbol, risk, limit, shares }: Approved<SizedIntent>): void {
    this.#byIntent.set(intent, { symbol, risk, limit, unfilled: shares, order: null });
  }

  release(intent: number): void {
    this.#byIntent.delete(intent);
  }

  /** Follows entries to their end; what is over and flat is let go. `book` has already taken the event in. */
  evolve(event: Event, book: Book): void {
    switch (event.kind) {
      case 'order_requested':
        if (event.order.role === 'entry') this.#intentOf.set(event.order.id, event.order.intent);
        return;
      case 'order_filled':
        this.#entry(event.order, (engagement) => Math.max(0, engagement.unfilled - event.shares));
        return this.#letGo(book);
      case 'order_rejected':
      case 'order_cancelled':
        this.#entry(event.order, () => 0);
        return this.#letGo(book);
      default:
        return;
    }
  }

  get symbols(): readonly SymbolIndex[] {
    return [...this.#byIntent.values()].map(({ symbol }) => symbol);
  }

  get risk(): Cash {
    return cash([...this.#byIntent.values()].reduce((sum, { risk }) => sum + risk, 0));
  }

  /** Cash that working entries may still take. */
  get reserved(): Cash {
    return cash([...this.#byIntent.values()].reduce((sum, { unfilled, limit }) => sum + unfilled * limit, 0));
  }

  hashInto(sink: StateSink): void {
    for (const [intent, { symbol, risk, unfilled }] of this.#byIntent) sink.text(`${intent} ${symbol} ${risk} ${unfilled}`);
  }

  #entry(order: OrderId, unfilled: (engagement: Engagement) => number): void {
    const engagement = this.#byIntent.get(this.#intentOf.get(order) ?? -1);
    if (engagement !== undefined) engagement.unfilled = unfilled(engagement);
  }

  #letGo(book: Book): void {
    for (const [intent, { symbol, unfilled }] of this.#byIntent) {
      if (unfilled === 0 && positionIn(book, symbol) === undefined) this.#byIntent.delete(intent);
    }
  }
}
