import type { Fill } from '#domain/events/account';
import type { Entry, EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { Emit, Service } from '#domain/events/service';
import { ladderStep } from '#domain/exits/close-ladder';
import { SessionClock } from '#domain/market/session-clock';
import { ticksOf } from '#domain/market/session-ticks';
import type { OrderId } from '#domain/orders/order';
import { type Book, evolveBook, hashBook, openBook, positionIn } from '#domain/portfolio/book';
import { reaches } from '#domain/risk/stop-level';
import { defaultSettings, type Settings } from '#domain/settings';
import { canonicalJson } from '#domain/values/canonical-json';
import type { Instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import type { SymbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';
import { adopt, coverMissing, stopLost } from '#production/trading/cover';
import { type Desk, positionOf } from '#production/trading/desk';
import { finish, finishElsewhere, followEntry, noteFill } from '#production/trading/fills';
import { comeBack, leave, leaveIfPassed, takeOut } from '#production/trading/leaving';
import { cancel, sendBracket, sendStop } from '#production/trading/orders';
import { dropStaleEntry, watchTime } from '#production/trading/patience';
import { closeAsked, settle } from '#production/trading/people';
import { protect, raiseStop } from '#production/trading/protection';
import { Suspension } from '#production/trading/suspension';
import { hashTrade, isSelling, newTrade, type Trade, workingStops } from '#production/trading/trade';

/** Turns approvals into brackets, moves and guards the stop of every position, and takes everything off by the close. */
export function trading(): Service {
  return new Trading();
}

type Day = Pick<Desk, 'date' | 'clock' | 'ticks'>;

class Trading implements Service {
  readonly name = 'trading';
  readonly consumes = [
    'run_started',
    'session_opened',
    'split_took_effect',
    'bars_closed',
    'asset_status_changed',
    'order_accepted',
    'order_rejected',
    'order_filled',
    'order_cancelled',
    'cover_missing',
    'position_adjusted',
    'cash_moved',
    'close_requested',
    'question_settled',
    'intent_approved',
    'halt_ordered',
    'stop_cleared',
    'parameters_changed',
  ] as const;
  readonly hears = [] as const;
  readonly emits = [
    'order_requested',
    'cancel_requested',
    'position_closed',
    'time_stop_near',
    'request_refused',
    'suspend_requested',
    'resume_requested',
  ] as const;
  readonly #trades = new Map<SymbolIndex, Trade>();
  readonly #halted = new Set<SymbolIndex>();
  readonly #suspension = new Suspension();
  #settings: Settings = defaultSettings;
  #book: Book = openBook(defaultSettings.capital);
  #day: Day | null = null;

  step(entry: Entry, emit: Emit): void {
    this.#book = evolveBook(this.#book, entry.event);
    this.#see(entry, emit);
    this.#suspension.settle(this.#trades.size === 0, emit);
  }

  hashInto(sink: StateSink): void {
    for (const trade of this.#trades.values()) hashTrade(trade, sink);
    this.#suspension.hashInto(sink);
    sink.text(`${[...this.#halted].join(' ')} ${canonicalJson(this.#settings.exits)} ${this.#settings.session.answerMinutes}`);
    hashBook(this.#book, sink);
  }

  #see({ sequence, at, cause, event }: Entry, emit: Emit): void {
    switch (event.kind) {
      case 'run_started':
      case 'parameters_changed':
        this.#settings = event.settings;
        return;
      case 'session_opened':
        return this.#open(event, sequence, { at, emit });
      case 'split_took_effect':
        return this.#split(event.symbol, sequence, this.#desk(at, emit));
      case 'bars_closed':
        if (this.#trades.size > 0) this.#minute(event.frame, this.#desk(at, emit));
        return;
      case 'asset_status_changed':
        return this.#status(event, this.#desk(at, emit));
      case 'intent_approved':
        return this.#enter(event, this.#desk(at, emit));
      case 'halt_ordered':
        return this.#stop(event, this.#desk(at, emit));
      case 'stop_cleared':
        return this.#suspension.clear(emit);
      case 'close_requested':
        return closeAsked(this.#trades.get(event.symbol), event, { request: cause, desk: this.#desk(at, emit), emit });
      case 'question_settled':
        return settle(this.#trades.values(), event, this.#desk(at, emit));
      case 'order_filled':
        return this.#filled(event, sequence, this.#desk(at, emit));
      case 'order_accepted':
        return this.#accepted(event.order);
      case 'cover_missing': {
        const trade = this.#trades.get(event.symbol);
        const desk = this.#desk(at, emit);
        if (trade !== undefined && desk !== null) coverMissing(trade, desk);
        else this.#adoptLeft(event.symbol, sequence, desk);
        return;
      }
      case 'position_adjusted':
        return this.#adjusted(event, sequence, this.#desk(at, emit));
      case 'order_rejected':
      case 'order_cancelled':
        return this.#ended(event.order, this.#desk(at, emit));
      default:
        return;
    }
  }

  /** Null before the first session: nothing can be held then. */
  #desk(at: Instant, emit: Emit): Desk | null {
    if (this.#day === null) return null;
    return { at, ...this.#day, settings: this.#settings, book: this.#book, halted: this.#halted, emit };
  }

  #open(opened: EventOf<'session_opened'>, sequence: number, { at, emit }: Pick<Desk, 'at' | 'emit'>): void {
    this.#day = { date: opened.date, clock: new SessionClock(opened), ticks: ticksOf(opened.date) };
    const desk = this.#desk(at, emit);
    // An entry that nobody could end yesterday, since nobody was there, would buy on yesterday's reasons.
    if (desk !== null) for (const trade of this.#trades.values()) cancel(trade, trade.ids.entry, { reason: 'entry_stale', desk });
    this.#trades.clear();
    // Nothing should be held over night; what is, has a stop before anything else happens.
    if (desk !== null)
      for (const position of this.#book.positions)
        this.#trades.set(position.symbol, adopt(position, price(position.mark), { sequence, desk }));
  }

  /** The stop of the old shares is for another number at another price: it would sell at the open, or never (D7). */
  #split(symbol: SymbolIndex, sequence: number, desk: Desk | null): void {
    const trade = this.#trades.get(symbol);
    const position = positionIn(this.#book, symbol);
    if (desk === null || trade === undefined || position === undefined) return;
    for (const id of workingStops(trade)) cancel(trade, id, { reason: 'protection_missing', desk });
    this.#trades.set(symbol, adopt(position, price(position.mark), { sequence, desk }));
  }

  #enter({ intent, order }: EventOf<'intent_approved'>, desk: Desk | null): void {
    if (desk === null) return;
    const trade = newTrade(order, { intent, date: desk.date, at: desk.at, reason: order.pattern });
    this.#trades.set(order.symbol, trade);
    sendBracket(trade, order, desk);
  }

  #minute(frame: Frame, desk: Desk | null): void {
    if (desk === null || !frame.regular) return;
    const step = ladderStep(desk.clock.closeMinute - (frame.minute + 1), this.#settings.exits);
    for (const trade of this.#trades.values()) {
      const { symbol } = trade.order;
      if (trade.returned && symbol < frame.width && (frame.volume[symbol] as number) >= 0) {
        trade.returned = false;
        leaveIfPassed(trade, desk);
      }
      if (step !== 'no') leave(trade, { way: step, reason: 'flat_by_close', desk });
      dropStaleEntry(trade, desk);
      this.#watch(trade, desk);
    }
  }

  #watch(trade: Trade, desk: Desk): void {
    const position = positionOf(trade, desk);
    if (position === undefined) return;
    trade.highestClose = Math.max(trade.highestClose, position.mark);
    watchTime(trade, position, desk);
    if (!raiseStop(trade, position, desk)) protect(trade, position, desk);
  }

  #status({ symbol, status }: EventOf<'asset_status_changed'>, desk: Desk | null): void {
    const returned = status === 'trading' && this.#halted.delete(symbol);
    if (status !== 'trading') this.#halted.add(symbol);
    const trade = this.#trades.get(symbol);
    if (desk === null || trade === undefined) return;
    if (returned) comeBack(trade, desk);
    // What is bought while nobody can sell is not wanted.
    else if (status !== 'trading') cancel(trade, trade.ids.entry, { reason: 'entry_stale', desk });
  }

  #stop({ level }: EventOf<'halt_ordered'>, desk: Desk | null): void {
    if (level === 'suspend') this.#suspension.want();
    if (desk === null) return;
    for (const trade of this.#trades.values()) {
      if (reaches(level, 'flatten')) leave(trade, { way: 'market', reason: 'emergency_stop', desk });
      else if (reaches(level, 'cancel_entries')) cancel(trade, trade.ids.entry, { reason: 'emergency_stop', desk });
    }
  }

  #filled(fill: Fill, sequence: number, desk: Desk | null): void {
    const trade = this.#trades.get(fill.symbol);
    if (trade === undefined || desk === null) return this.#adoptLeft(fill.symbol, sequence, desk);
    noteFill(trade, fill);
    const { closed } = this.#book;
    if (closed === null) {
      if (fill.order === trade.ids.entry) followEntry(trade, desk);
      return;
    }
    finish(trade, fill, { closed, desk });
    if (trade.entryOver) this.#trades.delete(fill.symbol);
    this.#adoptLeft(fill.symbol, sequence, desk);
  }

  /** Shares that no trade answers for: both legs of a bracket have filled, or an order that was thought to be over (B5, B9). */
  #adoptLeft(symbol: SymbolIndex, sequence: number, desk: Desk | null): void {
    const position = positionIn(this.#book, symbol);
    if (desk === null || position === undefined || this.#trades.has(symbol)) return;
    this.#trades.set(symbol, adopt(position, price(position.mark), { sequence, desk }));
  }

  #accepted(order: OrderId): void {
    for (const { sent } of this.#trades.values()) {
      const known = sent.get(order);
      if (known === undefined) continue;
      known.accepted = true;
    }
  }

  #ended(order: OrderId, desk: Desk | null): void {
    for (const [symbol, trade] of this.#trades) {
      if (!trade.sent.has(order)) continue;
      trade.working.delete(order);
      // Only the broker's word ends an entry: until then a fill can still cross the cancel that we asked for.
      if (order === trade.ids.entry) trade.entryOver = true;
      if (trade.entryOver && order === trade.ids.entry && positionIn(this.#book, symbol) === undefined) this.#trades.delete(symbol);
      else if (desk !== null) stopLost(trade, desk);
    }
  }

  /** The broker holds more or fewer shares than our orders have brought. */
  #adjusted(event: EventOf<'position_adjusted'>, sequence: number, desk: Desk | null): void {
    if (desk === null) return;
    const trade = this.#trades.get(event.symbol);
    const position = positionIn(this.#book, event.symbol);
    const { closed } = this.#book;
    if (trade !== undefined && closed !== null) {
      finishElsewhere(trade, { closed, desk, side: event.shares > 0 ? 'buy' : 'sell' });
      if (trade.entryOver) this.#trades.delete(event.symbol);
      this.#adoptLeft(event.symbol, sequence, desk);
    } else if (position !== undefined && trade === undefined) {
      this.#trades.set(event.symbol, adopt(position, event.price, { sequence, desk }));
    } else if (position !== undefined && trade !== undefined) {
      if (isSelling(trade)) takeOut(trade, desk);
      else if (position.shares < 0) leave(trade, { way: 'market', reason: 'protection_missing', desk });
      else if (trade.entryOver) sendStop(trade, 'protection_missing', desk);
    }
  }
}
