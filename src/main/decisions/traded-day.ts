import type { Fill } from '#domain/events/account';
import type { SettingsStamp } from '#domain/events/decision';
import type { Entry, Event, EventOf } from '#domain/events/event';
import type { OrderId, OrderReason } from '#domain/orders/order';
import type { Approved, SizedIntent } from '#domain/risk/approval';
import type { Settings } from '#domain/settings';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import { shadowSymbol } from '#simulation/shadow/shadow-trade';

/** An order that was really approved, and what the journal tells of it so far. */
export type RealTrade = {
  readonly intent: number;
  readonly order: Approved<SizedIntent>;
  readonly at: Instant;
  readonly sequence: number;
  readonly settings: Settings;
  readonly stamp: SettingsStamp;
  readonly fills: Fill[];
  /** Signed shares as the fills tell them. */
  held: number;
  /** The entry can't fill any more: it is full, or the broker says so. */
  entryOver: boolean;
  /** Why it ended; null while something is held, or nothing was ever bought. */
  reason: OrderReason | null;
};

/** Whether it still holds something, or may come to. */
export const isOpen = ({ held, entryOver }: RealTrade): boolean => held !== 0 || !entryOver;

/** What trading heard of people, rules or the market; of a name or a trade, or when both are null of everything. */
export type Word = {
  readonly sequence: number;
  readonly at: Instant;
  /** As a shadow hears it: its only name is `shadowSymbol`. */
  readonly event: Event;
  readonly symbol: SymbolIndex | null;
  readonly intent: number | null;
};

/** The trades of one session as the journal tells them, and all that was said on their way. */
export class TradedDay {
  readonly trades = new Map<number, RealTrade>();
  /** Names that do not trade, over night too. */
  readonly #standing = new Map<SymbolIndex, Word>();
  readonly #tradeOf = new Map<string, RealTrade>();
  readonly #entries = new Set<OrderId>();
  #words: Word[] = [];

  get words(): readonly Word[] {
    return this.#words;
  }

  /** All that may still change hands, oldest first. */
  get open(): readonly RealTrade[] {
    return [...this.trades.values()].filter(isOpen);
  }

  begin(): void {
    this.trades.clear();
    this.#tradeOf.clear();
    this.#entries.clear();
    this.#words = [...this.#standing.values()];
  }

  approve({ at, sequence }: Entry, { intent, order, stamp }: EventOf<'intent_approved'>, settings: Settings): void {
    this.trades.set(intent, { intent, order, at, sequence, settings, stamp, fills: [], held: 0, entryOver: false, reason: null });
  }

  see(entry: Entry): void {
    const { event } = entry;
    switch (event.kind) {
      case 'order_requested':
        return this.#request(event);
      case 'order_filled':
        return this.#fill(event);
      case 'order_cancelled':
      case 'order_rejected': {
        const trade = this.#tradeOf.get(event.order);
        if (trade !== undefined && this.#entries.has(event.order)) trade.entryOver = true;
        return;
      }
      case 'position_closed': {
        const trade = this.trades.get(event.intent);
        if (trade !== undefined) trade.reason = event.reason;
        return;
      }
      case 'asset_status_changed':
        return this.#status({ ...entry, event });
      default:
        return;
    }
  }

  /** What everybody's trading hears, or when an intent is named, that trade alone. */
  say({ sequence, at, event }: Entry, intent: number | null = null): void {
    const heard: Event = event.kind === 'close_requested' ? { ...event, symbol: shadowSymbol } : event;
    this.#words.push({ sequence, at, event: heard, symbol: null, intent });
  }

  /** It was refused: nobody acted on it. */
  unsay(sequence: number): void {
    this.#words = this.#words.filter((word) => word.sequence !== sequence);
  }

  #request({ order }: EventOf<'order_requested'>): void {
    const trade = this.trades.get(order.intent);
    if (trade === undefined) return;
    this.#tradeOf.set(order.id, trade);
    if (order.role === 'entry') this.#entries.add(order.id);
  }

  #fill(fill: Fill): void {
    const trade = this.#tradeOf.get(fill.order);
    if (trade === undefined) return;
    trade.fills.push(fill);
    trade.held += fill.side === 'buy' ? fill.shares : -fill.shares;
    if (fill.side !== 'buy') return;
    // A fill that crossed the cancel opens it once more.
    trade.reason = null;
    const bought = trade.fills.reduce((sum, { side, shares }) => sum + (side === 'buy' ? shares : 0), 0);
    if (bought === trade.order.shares) trade.entryOver = true;
  }

  #status({ sequence, at, event }: Entry<'asset_status_changed'>): void {
    const { symbol, status } = event;
    const word = { sequence, at, event: { ...event, symbol: shadowSymbol }, symbol, intent: null };
    this.#words.push(word);
    if (status === 'trading') this.#standing.delete(symbol);
    else this.#standing.set(symbol, word);
  }
}
