import type { Entry, Event, EventOf } from '#domain/events/event';
import type { Book } from '#domain/portfolio/book';
import type { Settings } from '#domain/settings';
import type { SymbolIndex } from '#domain/values/symbol';
import type { MarketFact, RealTrade } from '#main/decisions/road-plan';
import { shadowSymbol, type Told } from '#simulation/shadow/shadow-trade';

/** A position that a decision is about, as it stood then, and what its trade had been told by then. */
export type HeldTrade = { readonly trade: RealTrade; readonly unrealised: number; readonly before: readonly Told[] };

/** What somebody or a rule said that trading hears, and of which trade; null for all of them. */
type Control = Told & { readonly sequence: number; readonly symbol: SymbolIndex | null; readonly intent: number | null };

/** The trades of one session as the journal tells them, and all that was said to them on their way. */
export class TradedDay {
  readonly trades = new Map<number, RealTrade>();
  facts: MarketFact[] = [];
  readonly #intentOf = new Map<string, number>();
  #controls: Control[] = [];

  open(): void {
    this.trades.clear();
    this.#intentOf.clear();
    this.facts = [];
    this.#controls = [];
  }

  approve({ at, sequence }: Entry, { intent, order, stamp }: EventOf<'intent_approved'>, settings: Settings): void {
    this.trades.set(intent, { intent, order, at, sequence, settings, stamp, fills: [], reason: null });
  }

  see({ at, event }: Entry): void {
    switch (event.kind) {
      case 'order_requested':
        this.#intentOf.set(event.order.id, event.order.intent);
        return;
      case 'order_filled':
        this.trades.get(this.#intentOf.get(event.order) ?? -1)?.fills.push(event);
        return;
      case 'position_closed': {
        const trade = this.trades.get(event.intent);
        if (trade !== undefined) trade.reason = event.reason;
        return;
      }
      case 'asset_status_changed':
        this.facts.push({ at, symbol: event.symbol, event: { ...event, symbol: shadowSymbol } });
        return;
      default:
        return;
    }
  }

  say({ sequence, at, event }: Entry, about: { readonly symbol?: SymbolIndex; readonly intent?: number } = {}): void {
    const heard: Event = event.kind === 'close_requested' ? { ...event, symbol: shadowSymbol } : event;
    this.#controls.push({ sequence, at, event: heard, symbol: about.symbol ?? null, intent: about.intent ?? null });
  }

  /** Positions and the trades they came of; all of them, or that in one name. */
  heldIn(book: Book, symbol: SymbolIndex | null): readonly HeldTrade[] {
    return book.positions.flatMap((position) => {
      if (symbol !== null && position.symbol !== symbol) return [];
      const trade = [...this.trades.values()].findLast(({ order, reason }) => order.symbol === position.symbol && reason === null);
      if (trade === undefined) return [];
      const { shares, mark, cost } = position;
      return [{ trade, unrealised: shares * mark - cost, before: this.#saidOf(trade) }];
    });
  }

  #saidOf(trade: RealTrade): readonly Told[] {
    const concerns = ({ sequence, symbol, intent }: Control): boolean =>
      sequence > trade.sequence && (symbol ?? trade.order.symbol) === trade.order.symbol && (intent ?? trade.intent) === trade.intent;
    return this.#controls.filter(concerns);
  }
}
