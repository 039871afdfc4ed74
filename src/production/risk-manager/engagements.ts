import type { Event } from '#domain/events/event';
import type { PhaseName } from '#domain/market/trading-day';
import type { OrderId } from '#domain/orders/order';
import { type Book, positionIn } from '#domain/portfolio/book';
import type { SizedIntent } from '#domain/risk/approval';
import { type Cash, cash } from '#domain/values/cash';
import type { SymbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';

type Engagement = {
  readonly sized: SizedIntent;
  /** The phase that it was counted in. */
  readonly phase: PhaseName | null;
  /** Whether a person is asked: then nothing can have been sent yet. */
  readonly waiting: boolean;
  /** Shares that the entry may still buy; 0 once it has ended. */
  unfilled: number;
  order: OrderId | null;
};

/**
 * What has been approved or put before a person and is not over: a question, an entry that works, or the position that
 * came of it. Keeps capital and risk reserved; an order of unknown fate counts in full, since only the broker's word ends it.
 */
export class Engagements {
  readonly #byIntent = new Map<number, Engagement>();
  readonly #intentOf = new Map<OrderId, number>();

  /** A new session begins: what the broker may still fill of the one before goes on to count, until it says otherwise. */
  startSession(): void {
    for (const [intent, { order, unfilled }] of this.#byIntent) {
      if (order !== null && unfilled > 0) continue;
      this.#byIntent.delete(intent);
      if (order !== null) this.#intentOf.delete(order);
    }
  }

  reserve(intent: number, sized: SizedIntent, { phase, waiting }: Pick<Engagement, 'phase' | 'waiting'>): void {
    this.#byIntent.set(intent, { sized, phase, waiting, unfilled: sized.shares, order: null });
  }

  /** Lets go of what waited for a person, and gives it back. */
  settle(intent: number): { readonly sized: SizedIntent; readonly phase: PhaseName | null } | null {
    const engagement = this.#byIntent.get(intent);
    if (engagement === undefined || !engagement.waiting) return null;
    this.#byIntent.delete(intent);
    return engagement;
  }

  /** Follows entries to their end; what is over and flat is let go. `book` has already taken the event in. */
  evolve(event: Event, book: Book): void {
    switch (event.kind) {
      case 'order_requested':
        if (event.order.role === 'entry') this.#sent(event.order.id, event.order.intent);
        return;
      case 'order_filled':
        this.#entry(event.order, (engagement) => Math.max(0, engagement.unfilled - event.shares));
        return this.#letGo(book);
      case 'position_adjusted':
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
    return [...this.#byIntent.values()].map(({ sized }) => sized.symbol);
  }

  get risk(): Cash {
    return cash([...this.#byIntent.values()].reduce((sum, { sized }) => sum + sized.risk, 0));
  }

  /** Cash that working entries and open questions may still take. */
  get reserved(): Cash {
    return cash([...this.#byIntent.values()].reduce((sum, { unfilled, sized }) => sum + unfilled * sized.limit, 0));
  }

  /** Approvals whose orders have not left yet, but will before anything else happens. What a person is asked about is none. */
  get unsent(): number {
    return [...this.#byIntent.values()].filter(({ order, waiting }) => order === null && !waiting).length;
  }

  hashInto(sink: StateSink): void {
    for (const [intent, { sized, phase, waiting, unfilled, order }] of this.#byIntent)
      sink.text(`${intent} ${sized.symbol} ${sized.shares} ${sized.limit} ${sized.risk} ${phase} ${waiting} ${unfilled} ${order}`);
  }

  #sent(order: OrderId, intent: number): void {
    this.#intentOf.set(order, intent);
    const engagement = this.#byIntent.get(intent);
    if (engagement !== undefined) engagement.order = order;
  }

  #entry(order: OrderId, unfilled: (engagement: Engagement) => number): void {
    const engagement = this.#byIntent.get(this.#intentOf.get(order) ?? -1);
    if (engagement !== undefined) engagement.unfilled = unfilled(engagement);
  }

  #letGo(book: Book): void {
    for (const [intent, { sized, unfilled }] of this.#byIntent) {
      if (unfilled === 0 && positionIn(book, sized.symbol) === undefined) this.#byIntent.delete(intent);
    }
  }
}
