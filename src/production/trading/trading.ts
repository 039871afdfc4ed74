import type { Fill } from '#domain/events/account';
import type { Entry, EventOf } from '#domain/events/event';
import type { Emit, Service } from '#domain/events/service';
import { SessionClock } from '#domain/market/session-clock';
import { ticksOf } from '#domain/market/session-ticks';
import { legalPrice } from '#domain/market/ticks';
import { EXITS_BEFORE_CLOSE, MARKET_EXITS_BEFORE_CLOSE } from '#domain/market/trading-day';
import type { Order, OrderId, OrderReason } from '#domain/orders/order';
import { type Book, evolveBook, hashBook, openBook, type Position, positionIn } from '#domain/portfolio/book';
import { bracketOf, exitOf } from '#domain/risk/approval';
import { defaultSettings } from '#domain/settings';
import { type Instant, MINUTE_MS } from '#domain/values/instant';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import type { StateSink } from '#domain/values/symbol-columns';
import { bracketIds, exitId, type Trade } from '#production/trading/trade';

/** An entry that has not filled by then is chasing a move that has gone. */
const ENTRY_MINUTES_MAX = 3;

/** Turns approvals into brackets, watches that every position keeps its stop, and takes everything off by the close. */
export function trading(): Service {
  return new Trading();
}

class Trading implements Service {
  readonly name = 'trading';
  readonly consumes = [
    'run_started',
    'session_opened',
    'bars_closed',
    'order_accepted',
    'order_rejected',
    'order_filled',
    'order_cancelled',
    'intent_approved',
    'halt_ordered',
  ] as const;
  readonly hears = [] as const;
  readonly emits = ['order_requested', 'cancel_requested', 'position_closed'] as const;
  readonly #trades = new Map<number, Trade>();
  #book: Book = openBook(defaultSettings.capital);
  #clock: SessionClock | null = null;
  #date: SessionDate | null = null;

  step({ at, event }: Entry, emit: Emit): void {
    this.#book = evolveBook(this.#book, event);
    switch (event.kind) {
      case 'run_started':
        this.#book = openBook(event.settings.capital);
        return;
      case 'session_opened':
        return this.#open(event);
      case 'bars_closed':
        return this.#minute(event, at, emit);
      case 'intent_approved':
        return this.#enter(event, at, emit);
      case 'halt_ordered':
        return this.#leaveAll('market', 'emergency_stop', emit);
      case 'order_filled':
        return this.#filled(event, emit);
      case 'order_accepted':
        return this.#accepted(event.order);
      case 'order_rejected':
      case 'order_cancelled':
        return this.#ended(event.order);
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    for (const { intent, working, accepted, leaving, exits, entryLeft } of this.#trades.values())
      sink.text(`${intent} ${[...working.keys()].join(' ')} ${[...accepted].join(' ')} ${leaving} ${exits} ${entryLeft}`);
    hashBook(this.#book, sink);
  }

  #open(opened: EventOf<'session_opened'>): void {
    this.#clock = new SessionClock(opened);
    this.#date = opened.date;
    this.#trades.clear();
  }

  #enter({ intent, order }: EventOf<'intent_approved'>, at: Instant, emit: Emit): void {
    if (this.#date === null) return;
    const ids = bracketIds(this.#date, intent);
    const trade: Trade = {
      intent,
      order,
      ids,
      since: at,
      working: new Map(),
      accepted: new Set(),
      reasons: new Map(),
      entryLeft: order.shares,
      leaving: 'no',
      leavingBecause: 'flat_by_close',
      exits: 0,
      lastReason: order.pattern,
    };
    this.#trades.set(order.symbol, trade);
    for (const part of bracketOf(order, intent, ids)) {
      this.#expect(trade, part.id, part.reason);
      emit({ kind: 'order_requested', order: part });
    }
  }

  #minute({ frame }: EventOf<'bars_closed'>, at: Instant, emit: Emit): void {
    if (!frame.regular) return;
    if (this.#clock === null || this.#trades.size === 0) return;
    const left = this.#clock.closeMinute - (frame.minute + 1);
    if (left <= MARKET_EXITS_BEFORE_CLOSE) this.#leaveAll('market', 'flat_by_close', emit);
    else if (left <= EXITS_BEFORE_CLOSE) this.#leaveAll('limit', 'flat_by_close', emit);
    for (const trade of this.#trades.values()) {
      if (at - trade.since >= ENTRY_MINUTES_MAX * MINUTE_MS) this.#cancel(trade, trade.ids.entry, 'entry_stale', emit);
      this.#protect(trade, emit);
    }
  }

  #leaveAll(way: 'limit' | 'market', reason: OrderReason, emit: Emit): void {
    for (const trade of this.#trades.values()) {
      this.#cancel(trade, trade.ids.entry, reason, emit);
      if (trade.leaving === 'market' || trade.leaving === way) continue;
      trade.leaving = way;
      trade.leavingBecause = reason;
      this.#takeOut(trade, { way, reason }, emit);
    }
  }

  /**
   * A limit exit takes the target's place in the bracket (at a broker: the leg is replaced), so the stop stays; a market
   * exit needs the shares that the legs hold.
   */
  #takeOut(trade: Trade, { way, reason }: { way: 'limit' | 'market'; reason: OrderReason }, emit: Emit): void {
    const position = positionIn(this.#book, trade.order.symbol);
    if (position === undefined) return;
    for (const [id, purpose] of [...trade.working]) if (way === 'market' || !protects(purpose)) this.#cancel(trade, id, reason, emit);
    this.#exit(trade, position, { way, reason }, emit);
  }

  #exit(trade: Trade, position: Position, { way, reason }: { way: 'limit' | 'market'; reason: OrderReason }, emit: Emit): void {
    if (this.#date === null) return;
    const limit = way === 'limit' ? legalPrice(ticksOf(this.#date), 'limit_sell', position.mark) : null;
    this.#request(trade, position, { role: 'exit', limit, stop: null, reason }, emit);
  }

  /** A position whose stop the broker does not hold gets one again; one on its way out keeps an order that takes it out. */
  #protect(trade: Trade, emit: Emit): void {
    const position = positionIn(this.#book, trade.order.symbol);
    if (position === undefined) return;
    if (trade.leaving === 'market') {
      // A fill that crossed the way out: nothing works for these shares any more.
      if (trade.working.size === 0) this.#exit(trade, position, { way: 'market', reason: 'protection_missing' }, emit);
      return;
    }
    const stops = [...trade.working].filter(([, purpose]) => protects(purpose)).map(([id]) => id);
    if (stops.some((id) => trade.accepted.has(id))) return;
    // The bracket is verified leg by leg: a stop that the broker has not confirmed after a minute is none.
    for (const id of stops) this.#cancel(trade, id, 'protection_missing', emit);
    this.#request(trade, position, { role: 'stop', limit: null, stop: trade.order.stop, reason: 'protection_missing' }, emit);
  }

  #request(
    trade: Trade,
    position: Position,
    terms: Pick<Order, 'limit' | 'stop' | 'reason'> & { role: 'exit' | 'stop' },
    emit: Emit,
  ): void {
    if (this.#date === null) return;
    trade.exits++;
    const id = exitId(this.#date, trade.intent, trade.exits);
    this.#expect(trade, id, terms.reason);
    emit({ kind: 'order_requested', order: exitOf(position, { ...terms, id, parent: trade.ids.entry, intent: trade.intent }) });
  }

  #expect(trade: Trade, order: OrderId, reason: OrderReason): void {
    trade.working.set(order, reason);
    trade.reasons.set(order, reason);
  }

  #cancel(trade: Trade, order: OrderId, reason: OrderReason | 'entry_stale', emit: Emit): void {
    if (!trade.working.delete(order)) return;
    emit({ kind: 'cancel_requested', order, reason });
  }

  #filled(fill: Fill, emit: Emit): void {
    const trade = this.#trades.get(fill.symbol);
    if (trade === undefined) return;
    trade.lastReason = endedBySession(fill) ? 'flat_by_close' : (trade.reasons.get(fill.order) ?? trade.lastReason);
    if (fill.order === trade.ids.entry) {
      trade.entryLeft -= fill.shares;
      if (trade.entryLeft === 0) trade.working.delete(fill.order);
    }
    const { closed } = this.#book;
    if (closed === null) {
      // An entry that filled before our cancel reached it: what it brought has to go the same way.
      if (fill.order === trade.ids.entry && trade.leaving !== 'no')
        this.#takeOut(trade, { way: trade.leaving, reason: trade.leavingBecause }, emit);
      return;
    }
    this.#trades.delete(fill.symbol);
    emit({
      kind: 'position_closed',
      symbol: fill.symbol,
      side: fill.side,
      shares: quantity(closed.peakShares),
      pnl: closed.pnl,
      fees: closed.fees,
      reason: trade.lastReason,
      noMarket: fill.flags.includes('no_market'),
      intent: trade.intent,
      rMultiple: closed.pnl / (closed.peakShares * (trade.order.limit - trade.order.stop)),
    });
  }

  #accepted(order: OrderId): void {
    for (const trade of this.#trades.values()) if (trade.working.has(order)) trade.accepted.add(order);
  }

  #ended(order: OrderId): void {
    for (const [symbol, trade] of this.#trades) {
      trade.working.delete(order);
      // Only the broker's word ends an entry: until then a fill can still cross the cancel that we asked for.
      if (order === trade.ids.entry && positionIn(this.#book, trade.order.symbol) === undefined) this.#trades.delete(symbol);
    }
  }
}

const protects = (purpose: OrderReason): boolean => purpose === 'protective_stop' || purpose === 'protection_missing';

/** What the end of the session closed, whichever order the broker books it on. */
const endedBySession = ({ flags }: Fill): boolean => flags.includes('at_close') || flags.includes('no_market');
