import type { Fill } from '#domain/events/account';
import type { Event } from '#domain/events/event';
import type { Order, OrderId } from '#domain/orders/order';
import { type Book, positionIn } from '#domain/portfolio/book';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';

/** `left` are the shares that it has not sold. */
type StopOrder = { readonly symbol: SymbolIndex; accepted: boolean; left: number };

/** Since when a position has had no stop that the broker has accepted. Only the broker's word covers, only it uncovers. */
export class ProtectionWatch {
  readonly #stops = new Map<OrderId, StopOrder>();
  readonly #bareSince = new Map<SymbolIndex, Instant>();

  /** Stops are orders of a day; what is held over night, though nothing should be, has none. */
  startSession(at: Instant, book: Book): void {
    this.#stops.clear();
    this.#bareSince.clear();
    for (const { symbol } of book.positions) this.#bareSince.set(symbol, at);
  }

  /** `book` has already taken the event in. */
  evolve(event: Event, at: Instant, book: Book): void {
    switch (event.kind) {
      case 'order_requested':
        return this.#sent(event.order);
      case 'order_accepted':
        return this.#accepted(event.order, at, book);
      case 'order_rejected':
      case 'order_cancelled':
        return this.#ended(event.order, at, book);
      case 'order_filled':
        return this.#filled(event, at, book);
      case 'position_adjusted':
        return this.#look(event.symbol, at, book);
      default:
        return;
    }
  }

  get longest(): { readonly symbol: SymbolIndex; readonly since: Instant } | null {
    // They stand in the order in which they became bare.
    for (const [symbol, since] of this.#bareSince) return { symbol, since };
    return null;
  }

  hashInto(sink: StateSink): void {
    for (const [id, { symbol, accepted, left }] of this.#stops) sink.text(`${id} ${symbol} ${accepted} ${left}`);
    for (const [symbol, since] of this.#bareSince) sink.text(`${symbol} ${since}`);
  }

  #sent({ id, role, symbol, shares }: Order): void {
    if (role === 'stop') this.#stops.set(id, { symbol, accepted: false, left: shares });
  }

  #accepted(id: OrderId, at: Instant, book: Book): void {
    const stop = this.#stops.get(id);
    if (stop === undefined) return;
    stop.accepted = true;
    this.#look(stop.symbol, at, book);
  }

  #ended(id: OrderId, at: Instant, book: Book): void {
    const stop = this.#stops.get(id);
    if (stop === undefined) return;
    this.#stops.delete(id);
    this.#look(stop.symbol, at, book);
  }

  /** A stop that has sold all its shares is none, and the stops of what is flat protect nothing that comes later. */
  #filled({ order, symbol, shares }: Fill, at: Instant, book: Book): void {
    const filled = this.#stops.get(order);
    if (filled !== undefined) filled.left -= shares;
    if (filled !== undefined && filled.left <= 0) this.#stops.delete(order);
    if (positionIn(book, symbol) === undefined) for (const [id, stop] of this.#stops) if (stop.symbol === symbol) this.#stops.delete(id);
    this.#look(symbol, at, book);
  }

  #look(symbol: SymbolIndex, at: Instant, book: Book): void {
    const isHeld = positionIn(book, symbol) !== undefined;
    const isCovered = [...this.#stops.values()].some((stop) => stop.symbol === symbol && stop.accepted);
    if (!isHeld || isCovered) this.#bareSince.delete(symbol);
    else if (!this.#bareSince.has(symbol)) this.#bareSince.set(symbol, at);
  }
}
