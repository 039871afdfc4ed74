import type { AccountEvent, OrderRejection } from '#domain/events/account';
import type { Frame } from '#domain/events/frame';
import { tickRuleOn } from '#domain/market/ticks';
import type { TickRule } from '#domain/market/us/tick-rules';
import type { Order, OrderId } from '#domain/orders/order';
import type { Approved } from '#domain/risk/approval';
import { assert } from '#domain/values/assert';
import { type Cash, cash } from '#domain/values/cash';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Broker } from '#engine/ports/broker';
import { Account, type ChargeFees } from '#simulation/exchange/account';
import { defaultFillModel, type FillModel } from '#simulation/exchange/fill-model';
import type { MinuteBar } from '#simulation/exchange/fill-price';
import { OrderBook } from '#simulation/exchange/order-book';
import { type Group, limitOf, openBracket, readGroup } from '#simulation/exchange/working-order';

/** With what an exchange is made. */
export type ExchangeOptions = {
  /** The cash with which the account begins. */
  readonly capital: Cash;
  /** The charge of a day: made anew for each session, so that what it remembers ends with the day. */
  readonly feesOf: (date: SessionDate) => ChargeFees;
  readonly model?: FillModel;
};

/** What the exchange must know of a session before it opens. */
export type ExchangeSession = {
  readonly date: SessionDate;
  readonly open: Instant;
  readonly close: Instant;
  /** How many symbols are known: the width of the session's frames. */
  readonly symbols: number;
};

/**
 * Exchange and broker over minute bars, simulated or real. It answers nothing at once: what it has to say waits in
 * `takeNews` for the door. Without chance and without a clock of its own, so the same calls give the same news.
 */
export class SimulatedExchange implements Broker {
  readonly #account: Account;
  readonly #feesOf: (date: SessionDate) => ChargeFees;
  readonly #model: FillModel;
  readonly #known = new Set<OrderId>();
  /** Symbols with an open order or a position, in the order in which they became so. */
  #books: OrderBook[] = [];
  #session: (ExchangeSession & { readonly ticks: TickRule }) | null = null;
  #now: Instant = instant(0);
  #suspended = false;

  constructor({ capital, feesOf, model = defaultFillModel }: ExchangeOptions) {
    const { limitShareBp, marketShareBp } = model;
    assert(limitShareBp + marketShareBp <= 10_000, 'each bar can take back at the close what it gave to the entries');
    this.#account = new Account(capital);
    this.#feesOf = feesOf;
    this.#model = model;
  }

  get cash(): Cash {
    return this.#account.cash;
  }

  /** Cash that neither an open entry nor a short has claimed. */
  get buyingPower(): Cash {
    return cash(this.#books.reduce((left: number, book) => left - book.reserved, this.cash));
  }

  get openOrders(): number {
    return this.#books.reduce((sum, book) => sum + book.openOrders, 0);
  }

  /** Shares held, negative when short. */
  position(symbol: SymbolIndex): number {
    return this.#bookOf(symbol)?.shares ?? 0;
  }

  /** Until the first frame, orders count as submitted at the open. */
  openSession(session: ExchangeSession): void {
    assert(this.#session === null, 'a session opens after the last one has closed');
    const ticks = tickRuleOn(session.date);
    assert(ticks.ok, `the tick of ${session.date} is known`);
    this.#session = { ...session, ticks: ticks.value };
    this.#now = session.open;
    this.#account.beginDay(this.#feesOf(session.date));
  }

  /** A group is accepted or rejected as a whole, each order with its own answer. */
  submit(orders: readonly Approved<Order>[]): void {
    const group = readGroup(orders);
    const reason = this.#rejection(orders, group);
    if (reason !== null) for (const { id } of orders) this.#account.rejected(id, reason);
    else this.#accept(orders, group);
  }

  /** An order that is not open any more stays as it is: the fill that crossed the cancel has been told already. */
  cancel(order: OrderId): void {
    if (this.#books.some((book) => book.cancel(order))) this.#dropIdleBooks();
  }

  suspend(): void {
    this.#suspended = true;
  }

  resume(): void {
    this.#suspended = false;
  }

  timeIs(at: Instant): void {
    if (at > this.#now) this.#now = at;
  }

  /** Matches what works against a minute that has closed, then says what the account is worth; only the regular session trades. */
  advance(frame: Frame): void {
    this.#now = (frame.start + MINUTE_MS) as Instant;
    if (this.#books.length === 0 || !frame.regular) return;
    const before = this.#account.fills;
    for (const book of this.#books) if (book.symbol < frame.width) book.meet(barOf(frame, book.symbol));
    this.#dropIdleBooks();
    this.#report(this.#account.fills > before);
    for (const book of this.#books) if (book.symbol < frame.width) book.mark(barOf(frame, book.symbol));
  }

  /** Leaves nothing behind: positions go at the last closes that could take them, open orders end. */
  closeSession(): void {
    assert(this.#session !== null, 'only an open session closes');
    const lastMinute = instant(this.#session.close - MINUTE_MS);
    for (const book of this.#books) book.close(lastMinute);
    this.#dropIdleBooks();
    this.#session = null;
  }

  /** What the broker has said since it was last asked, in order. */
  takeNews(): AccountEvent[] {
    return this.#account.takeNews();
  }

  /**
   * Says what the account is worth when anything is held or was filled just now. Positions count at the closes before this
   * minute, since nobody has been told of this one's yet: a house with the same fills comes to the same sum.
   */
  #report(filled: boolean): void {
    if (!filled && this.#books.every(({ shares }) => shares === 0)) return;
    this.#account.reported(this.#books.reduce((sum, { worth }) => sum + worth, 0));
  }

  #rejection(orders: readonly Order[], group: Group): OrderRejection | null {
    const session = this.#session;
    if (session === null || this.#now >= session.close) return 'session_closed';
    if (this.#suspended && group.kind === 'bracket') return 'suspended';
    const ids = new Set(orders.map(({ id }) => id));
    if (ids.size < orders.length || orders.some(({ id }) => this.#known.has(id))) return 'duplicate_order';
    if (orders.some(({ symbol }) => symbol >= session.symbols)) return 'unknown_symbol';
    return group.kind === 'bracket' && !this.#canOpen(group.entry) ? 'buying_power' : null;
  }

  #accept(orders: readonly Order[], group: Group): void {
    for (const { id } of orders) this.#known.add(id);
    if (group.kind === 'bracket') this.#openBook(group.entry.symbol).addBracket(openBracket(group, this.#now));
    else this.#openBook(group.exit.symbol).addExit(group.exit, this.#now);
    this.#dropIdleBooks();
  }

  /** No margin, and a symbol is held in one direction at a time: what would open the other one is not there to be sold. */
  #canOpen(entry: Order): boolean {
    if (this.#bookOf(entry.symbol)?.opposes(entry.side)) return false;
    return entry.shares * limitOf(entry) <= this.buyingPower;
  }

  #bookOf(symbol: SymbolIndex): OrderBook | undefined {
    return this.#books.find((book) => book.symbol === symbol);
  }

  #openBook(symbol: SymbolIndex): OrderBook {
    const known = this.#bookOf(symbol);
    if (known !== undefined) return known;
    assert(this.#session !== null, 'books are opened in a session');
    const book = new OrderBook(symbol, this.#account, { model: this.#model, ticks: this.#session.ticks });
    this.#books.push(book);
    return book;
  }

  #dropIdleBooks(): void {
    if (this.#books.some((book) => book.isIdle)) this.#books = this.#books.filter((book) => !book.isIdle);
  }
}

function barOf({ start, open, high, low, close, volume }: Frame, symbol: SymbolIndex): MinuteBar {
  const at = (column: Int32Array): number => column[symbol] as number;
  return { start, open: at(open), high: at(high), low: at(low), close: at(close), volume: at(volume) };
}
