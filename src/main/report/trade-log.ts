import { barsBetween } from '#domain/decisions/outcome';
import type { Fill } from '#domain/events/account';
import type { Entry, EventKind, EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { RunEvent } from '#domain/events/run';
import { SessionClock } from '#domain/market/session-clock';
import type { FillFlag, Order, OrderId } from '#domain/orders/order';
import type { Day, Trade, TradeNote, TradePlan } from '#domain/performance/trade';
import { type Book, equity, evolveBook, openBook, positionIn } from '#domain/portfolio/book';
import { defaultSettings, type Settings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { type Instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex } from '#domain/values/symbol';
import { SymbolTable } from '#main/day/symbol-table';
import { DecidedIntents } from '#main/report/decided-intents';
import { type Ended, Holding } from '#main/report/holding';
import { RunningDay } from '#main/report/running-day';

/** What trades and days are made of; no other entry changes them. */
export const tradeLogKinds = [
  'run_started',
  'account_opened',
  'session_opened',
  'session_closed',
  'split_took_effect',
  'bars_closed',
  'headline_published',
  'catalysts_confirmed',
  'indicators_agreed',
  'intent_formed',
  'intent_approved',
  'order_requested',
  'order_filled',
  'position_adjusted',
  'position_closed',
  'cash_moved',
  'question_settled',
  'close_requested',
  'halt_ordered',
] as const satisfies readonly EventKind[];

/** Whose trades these are, and how real. */
export type LogSource = {
  readonly source: Extract<RunEvent, { readonly kind: 'run_started' }>['source'];
  readonly environment: EventOf<'account_opened'>['environment'] | null;
  readonly account: string | null;
  readonly capital: Settings['capital'];
  readonly version: string;
};

type KnownOrder = Pick<Order, 'role' | 'intent' | 'limit' | 'stop' | 'reason'> & { readonly at: Instant };

/** A holding that is over; `isTold` once the house has said so too. */
type Ending = { readonly holding: Holding; ended: Ended; isTold: boolean };

/** The newest session, and where its minutes stand in the day. */
type Session = { readonly opened: EventOf<'session_opened'>; readonly clock: SessionClock };

/**
 * Folds a journal into finished trades and days: the one fold, for the reports and for the database. Give it every entry of
 * `tradeLogKinds` in order; take what is finished whenever you like. The arrays of a frame must hold until the next session begins; a
 * scan may be left out when no intent follows it, and an order may come as late as just before its first fill.
 */
export class TradeLog {
  readonly symbols = new SymbolTable();
  readonly #intents = new DecidedIntents();
  #source: LogSource | null = null;
  #book: Book = openBook(defaultSettings.capital);
  #day = new RunningDay(defaultSettings.capital);
  #session: Session | null = null;
  #orders = new Map<OrderId, KnownOrder>();
  #ordersBefore = new Map<OrderId, KnownOrder>();
  readonly #holdings = new Map<SymbolIndex, Holding>();
  /** Flat by our book: the minutes until then may still be on their way, and why it ended. */
  #ending: Ending[] = [];
  /** What was said of intents of this session, perhaps before anything was bought. */
  readonly #notes = new Map<number, TradeNote[]>();
  /** How often an intent was closed. */
  readonly #closings = new Map<string, number>();
  #trades: Trade[] = [];
  #days: Day[] = [];

  /** Null before the first entry of a run. */
  get source(): LogSource | null {
    return this.#source;
  }

  get book(): Book {
    return this.#book;
  }

  /** The trades that have ended since the last call, in the order in which they did. */
  takenTrades(): readonly Trade[] {
    const taken = this.#trades;
    this.#trades = [];
    return taken;
  }

  /** The days that have ended since the last call. */
  takenDays(): readonly Day[] {
    const taken = this.#days;
    this.#days = [];
    return taken;
  }

  /** The day that goes on as it stands now; null between sessions. */
  get openDay(): Day | null {
    return this.#day.date === null ? null : this.#day.ended(this.#day.date, false);
  }

  see(entry: Entry): void {
    const { event, at } = entry;
    // A session that nobody closed tells no more minutes: what ended in it has ended before the day does, by the minutes that there are.
    if (event.kind === 'session_opened' && !event.history && this.#day.date !== null) this.#endAll();
    const before = this.#book;
    this.#book = evolveBook(before, event);
    switch (event.kind) {
      case 'run_started':
        return this.#begin(event);
      case 'account_opened':
        if (this.#source !== null) this.#source = { ...this.#source, environment: event.environment, account: event.account };
        return;
      case 'session_opened':
        return this.#open(event, at);
      case 'session_closed':
        return this.#close(event);
      case 'split_took_effect':
        return this.#holdings.get(event.symbol)?.split(event.ratio);
      case 'bars_closed':
        return this.#minute(event.frame);
      case 'headline_published':
        return this.#intents.headline(event);
      case 'catalysts_confirmed':
        return this.#intents.confirm(event);
      case 'indicators_agreed':
        return this.#intents.agree(event);
      case 'intent_formed':
        return this.#intents.form({ ...entry, event });
      case 'intent_approved':
        return this.#intents.approve(event.intent, event.order);
      case 'order_requested':
        this.#orders.set(event.order.id, { ...event.order, at });
        return;
      case 'order_filled':
        return this.#fill(entry, event);
      case 'position_adjusted': {
        const { symbol, shares, price, bar } = event;
        const side = shares > 0 ? ('buy' as const) : ('sell' as const);
        return this.#changeHands(entry, { symbol, side, shares: Math.abs(shares), price, bar, fees: cash(0), flags: [], order: null });
      }
      case 'position_closed':
        return this.#told(event);
      case 'cash_moved': {
        const isCost = event.cause === 'correction' && event.symbol !== null && positionIn(before, event.symbol) !== undefined;
        this.#day.move(event.cause, event.amount, !isCost);
        return this.#day.mark(equity(this.#book));
      }
      case 'question_settled': {
        if (event.settlement !== 'answered') return;
        const { by, choice, override, because, code } = event;
        return this.#note(event.intent, { at, by, choice, override, because, code });
      }
      case 'close_requested': {
        const { by, because, code, symbol } = event;
        return this.#holdings.get(symbol)?.note({ at, by, choice: 'operator_close', override: true, because, code });
      }
      case 'halt_ordered':
        return this.#day.halt({ at, reason: event.reason, level: event.level });
      default:
        return;
    }
  }

  /** The journal has ended: nothing more is on its way. */
  finish(): void {
    this.#endAll();
  }

  #begin({ settings, source, version }: EventOf<'run_started'>): void {
    this.#source = { source, environment: null, account: null, capital: settings.capital, version };
    this.#day = new RunningDay(settings.capital);
  }

  #open(opened: EventOf<'session_opened'>, at: Instant): void {
    this.symbols.list(opened.listed);
    this.#session = { opened, clock: new SessionClock(opened) };
    if (opened.history) return;
    // A session that nobody closed ends where the next one begins.
    if (this.#day.date !== null) this.#endDay(false);
    this.#day.date = opened.date;
    this.#intents.open(at);
    this.#ordersBefore = this.#orders;
    this.#orders = new Map();
    this.#notes.clear();
  }

  #close({ complete }: EventOf<'session_closed'>): void {
    this.#endAll();
    if (this.#day.date === null) return;
    for (const [symbol, holding] of this.#holdings)
      holding.live(barsBetween(this.#book.minutes, symbol, holding.opened, Number.POSITIVE_INFINITY));
    this.#endDay(complete);
  }

  #endDay(complete: boolean): void {
    if (this.#day.date === null) return;
    this.#day.mark(equity(this.#book));
    this.#days.push(this.#day.ended(this.#day.date, complete));
    this.#day = new RunningDay(equity(this.#book));
  }

  #minute({ regular, start }: Frame): void {
    if (!regular) return;
    if (this.#day.date !== null) this.#day.minute(this.#book);
    if (this.#ending.length === 0) return;
    const ending = this.#ending;
    this.#ending = ending.filter(({ holding }) => holding.closed > start);
    for (const one of ending) if (one.holding.closed <= start) this.#end(one);
  }

  #fill(entry: Entry, { order, symbol, side, shares, price, fees, bar, flags }: Fill): void {
    this.#changeHands(entry, { order, symbol, side, shares, price, fees, bar, flags });
  }

  #changeHands({ sequence, at }: Entry, { order: id, symbol, ...fill }: Omit<Fill, 'order' | 'shares'> & Changed): void {
    const order = id === null ? undefined : (this.#orders.get(id) ?? this.#ordersBefore.get(id));
    const { shares, price, fees } = fill;
    this.#day.fill(shares, price, fees);
    this.#day.mark(equity(this.#book));
    const holding = this.#holdings.get(symbol) ?? this.#newHolding({ sequence, at }, symbol, { order, bar: fill.bar });
    holding.fill({ ...fill, against: this.#against(fill.flags, symbol, { order, plan: holding.begun.plan }) });
    const { closed } = this.#book;
    if (closed === null) return;
    this.#holdings.delete(symbol);
    this.#day.trade(closed.pnl);
    this.#ending.push({
      holding,
      isTold: false,
      ended: {
        session: this.#day.date ?? this.#session?.opened.date ?? ('' as SessionDate),
        closing: sequence,
        shares: closed.peakShares,
        pnl: closed.pnl,
        fees: closed.fees,
        reason: order?.reason ?? 'operator_close',
        noMarket: fill.flags.includes('no_market'),
        rMultiple: null,
      },
    });
  }

  /**
   * The price that a fill is measured against: an entry, the last close that its scan saw; a stop, its stop price; a target, its limit;
   * every other exit, the last close when it was asked for. What the end of the session closed was nobody's decision.
   */
  #against(
    flags: readonly FillFlag[],
    symbol: SymbolIndex,
    { order, plan }: { readonly order: KnownOrder | undefined; readonly plan: TradePlan | null },
  ): number | null {
    if (order === undefined || flags.includes('at_close') || flags.includes('no_market')) return null;
    if (order.role === 'entry') return plan?.price ?? null;
    if (order.role === 'exit' && order.stop === null) return lastClose(this.#book.minutes, symbol, order.at);
    return order.stop ?? order.limit;
  }

  #newHolding(
    { sequence, at }: Pick<Entry, 'sequence' | 'at'>,
    symbol: SymbolIndex,
    { order, bar }: { readonly order: KnownOrder | undefined; readonly bar: Instant },
  ): Holding {
    const decided = order === undefined ? null : this.#intents.of(order.intent);
    const clock = this.#session?.clock;
    const from = decided?.at ?? bar;
    const minute = clock?.minuteAt(from) ?? 0;
    const holding = new Holding({
      symbol,
      intent: decided === null ? null : (order?.intent ?? null),
      sequence,
      plan: decided?.plan ?? null,
      decided: decided?.at ?? at,
      minute,
      phase: clock?.phaseAt(minute)?.name ?? null,
    });
    for (const note of this.#notes.get(order?.intent ?? 0) ?? []) holding.note(note);
    this.#holdings.set(symbol, holding);
    return holding;
  }

  /** What the house says of a holding that our book has seen end. */
  #told({ symbol, reason, noMarket, rMultiple, intent }: EventOf<'position_closed'>): void {
    const one = this.#ending.find(({ holding, isTold }) => holding.begun.symbol === symbol && !isTold);
    if (one === undefined) return;
    one.isTold = true;
    // R of a position that was taken over in the meantime is of an assumed stop.
    const ownR = one.holding.begun.intent === intent ? rMultiple : null;
    one.ended = { ...one.ended, reason, noMarket, rMultiple: ownR };
  }

  #note(intent: number, note: TradeNote): void {
    if (intent === 0) for (const holding of this.#holdings.values()) holding.note(note);
    else {
      for (const holding of this.#holdings.values()) if (holding.begun.intent === intent) holding.note(note);
      this.#notes.set(intent, [...(this.#notes.get(intent) ?? []), note]);
    }
  }

  #endAll(): void {
    const ending = this.#ending;
    this.#ending = [];
    for (const one of ending) this.#end(one);
  }

  #end({ holding, ended }: Ending): void {
    const { symbol, intent, sequence } = holding.begun;
    const name = String(intent ?? sequence);
    const times = (this.#closings.get(name) ?? 0) + 1;
    this.#closings.set(name, times);
    const bars = barsBetween(this.#book.minutes, symbol, holding.opened, holding.closed);
    this.#trades.push(holding.tradeOf(ended, { id: times === 1 ? name : `${name}-${times}`, bars }));
  }
}

/** Shares that changed hands, by an order of ours or without one. */
type Changed = { readonly order: OrderId | null; readonly shares: number };

/** The close of the name's newest minute that had ended by then; null before the first of the session. */
function lastClose(minutes: readonly Frame[], symbol: SymbolIndex, at: Instant): number | null {
  for (let place = minutes.length - 1; place >= 0; place--) {
    const { start, width, volume, close } = minutes[place] as Frame;
    if (start + MINUTE_MS <= at && symbol < width && (volume[symbol] as number) >= 0) return close[symbol] as number;
  }
  return null;
}
