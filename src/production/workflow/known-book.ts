import type { Entry } from '#domain/events/event';
import { type Book, evolveBook, hashBook, openBook, type Position, positionIn } from '#domain/portfolio/book';
import type { Bracket, Held } from '#domain/session/consequences';
import { defaultSettings } from '#domain/settings';
import type { SymbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';

const noBracket: Bracket = { stop: null, target: null };

/** What is held, and where its stops and targets stand: as far as the fills, the approvals and the orders tell. */
export class KnownBook {
  #book: Book = openBook(defaultSettings.capital);
  readonly #brackets = new Map<SymbolIndex, Bracket>();

  see({ event }: Entry): void {
    this.#book = evolveBook(this.#book, event);
    switch (event.kind) {
      case 'session_opened':
        return this.#brackets.clear();
      case 'intent_approved':
        this.#brackets.set(event.order.symbol, { stop: event.order.stop, target: event.order.target });
        return;
      case 'order_requested': {
        const { role, symbol, stop, limit } = event.order;
        const bracket = this.#brackets.get(symbol) ?? noBracket;
        if (role === 'stop' && stop !== null) this.#brackets.set(symbol, { ...bracket, stop });
        if (role === 'target' && limit !== null) this.#brackets.set(symbol, { ...bracket, target: limit });
        return;
      }
      default:
        return;
    }
  }

  get held(): readonly Held[] {
    return this.#book.positions.map((position) => this.#withBracket(position));
  }

  heldIn(symbol: SymbolIndex): Held | null {
    const position = positionIn(this.#book, symbol);
    return position === undefined ? null : this.#withBracket(position);
  }

  hashInto(sink: StateSink): void {
    hashBook(this.#book, sink);
    for (const [symbol, { stop, target }] of this.#brackets) sink.text(`${symbol} ${stop} ${target}`);
  }

  #withBracket(position: Position): Held {
    return { position, bracket: this.#brackets.get(position.symbol) ?? noBracket };
  }
}
