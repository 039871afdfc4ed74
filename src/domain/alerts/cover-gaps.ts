import type { Entry } from '#domain/events/event';
import type { Book } from '#domain/portfolio/book';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';

/** Shares that were told of as bare and are not any more; `held` is 0 when they were sold. */
export type CoverBack = { readonly symbol: SymbolIndex; readonly held: number; readonly bareMs: number };

type Gap = { readonly since: Instant; covered: number };
type Stop = { readonly symbol: SymbolIndex; readonly shares: number };

/**
 * When a gap in the protection is over. The journal tells only that it is there, so that its end is believed on proof alone: nothing is
 * held, or the broker has taken a stop of its own for what was bare. A leg of a bracket proves nothing, for it may be asleep.
 */
export class CoverGaps {
  readonly #gaps = new Map<SymbolIndex, Gap>();
  readonly #stops = new Map<string, Stop>();

  see({ event, at }: Entry, book: Book): readonly CoverBack[] {
    switch (event.kind) {
      case 'cover_missing':
        this.#gaps.set(event.symbol, { since: event.since, covered: event.covered });
        return [];
      case 'order_requested': {
        const { id, role, parent, symbol, shares } = event.order;
        if (role === 'stop' && parent === null) this.#stops.set(id, { symbol, shares });
        return [];
      }
      case 'order_accepted': {
        const stop = this.#stops.get(event.order);
        const gap = stop === undefined ? undefined : this.#gaps.get(stop.symbol);
        if (stop === undefined || gap === undefined) return [];
        gap.covered += stop.shares;
        return this.#over(stop.symbol, gap, { book, at });
      }
      case 'order_rejected':
      case 'order_cancelled':
        this.#stops.delete(event.order);
        return [];
      case 'order_filled':
      case 'position_adjusted': {
        const gap = this.#gaps.get(event.symbol);
        return gap === undefined ? [] : this.#over(event.symbol, gap, { book, at });
      }
      default:
        return [];
    }
  }

  #over(symbol: SymbolIndex, { since, covered }: Gap, { book, at }: { readonly book: Book; readonly at: Instant }): readonly CoverBack[] {
    const held = Math.abs(book.positions.find((position) => position.symbol === symbol)?.shares ?? 0);
    if (held > covered) return [];
    this.#gaps.delete(symbol);
    return [{ symbol, held, bareMs: Math.max(0, at - since) }];
  }
}
