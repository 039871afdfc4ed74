import type { FillFlag, Order, OrderId, Side } from '#domain/orders/order';
import { assert, unreachable } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';
import { type Price, price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Account } from '#simulation/exchange/account';
import { crossingPrice, type FillTerms, limitQuote, type MinuteBar, type Quote, shareOf, stopQuote } from '#simulation/exchange/fill-price';
import { type Bracket, limitOf, ordersOf, rankOf, stopOf, type WorkingOrder, workingOrder } from '#simulation/exchange/working-order';

/** A bar and how many of its shares we have had. */
type Tape = { readonly bar: MinuteBar; used: number };

/**
 * Our orders and our position in one symbol. A position has one direction: it is opened by entries, closed by legs and
 * exits, and never passes through zero. What closes shares takes them from the youngest bracket first, which leaves at
 * the end of the session to each bracket the bars that it has lived through.
 */
export class OrderBook {
  readonly symbol: SymbolIndex;
  readonly #account: Account;
  readonly #terms: FillTerms;
  /** Open orders by rank, then by arrival. */
  #orders: WorkingOrder[] = [];
  /** Brackets that hold shares or may come to, oldest first. */
  #brackets: Bracket[] = [];
  /** The traded bars since the position was opened. */
  #tape: Tape[] = [];
  #shares = 0;
  /** What a share is worth: the newest close, before it the price at which the position was opened. */
  #mark = 0;
  #dearestEntry = 0;

  constructor(symbol: SymbolIndex, account: Account, terms: FillTerms) {
    this.symbol = symbol;
    this.#account = account;
    this.#terms = terms;
  }

  /** Negative when short. */
  get shares(): number {
    return this.#shares;
  }

  /** What is held is worth so much at the newest mark. */
  get worth(): number {
    return this.#shares * this.#mark;
  }

  get openOrders(): number {
    return this.#orders.length;
  }

  get isIdle(): boolean {
    return this.#shares === 0 && this.#orders.length === 0;
  }

  /** Whether a position or an open entry faces the other way. */
  opposes(side: Side): boolean {
    if (side === 'buy' ? this.#shares < 0 : this.#shares > 0) return true;
    return this.#brackets.some(({ entry }) => entry.isOpen && entry.order.side !== side);
  }

  /** Cash that may not be spent twice: open entries at their limit; for a short its proceeds and as much again. */
  get reserved(): number {
    let sum = this.#shares < 0 ? -2 * this.#shares * this.#dearestEntry : 0;
    for (const { entry } of this.#brackets) if (entry.isOpen) sum += entry.remaining * limitOf(entry.order);
    return sum;
  }

  addBracket(bracket: Bracket): void {
    this.#brackets.push(bracket);
    this.#add(ordersOf(bracket));
  }

  /** An exit that finds nothing to reduce is accepted and cancelled at once. */
  addExit(order: Order, submitted: Instant): void {
    const exit = workingOrder(order, submitted);
    this.#add([exit]);
    if (this.#reducible(order.side) > 0) return;
    this.#finish(exit);
    this.#tidy();
  }

  /** Whether the order was open here. */
  cancel(id: OrderId): boolean {
    const working = this.#orders.find(({ order }) => order.id === id);
    if (working === undefined) return false;
    this.#finish(working);
    if (working.bracket !== null) this.#dropIdleLegs(working.bracket);
    this.#tidy();
    return true;
  }

  /** Matches the orders against a bar that has closed. */
  meet(bar: MinuteBar): void {
    if (bar.volume <= 0) return;
    const tape: Tape = { bar, used: 0 };
    for (const working of [...this.#orders]) this.#match(working, tape);
    for (const working of this.#orders) {
      if (this.#available(working) > 0 && working.submitted <= bar.start) working.rested = true;
    }
    if (this.#shares !== 0) this.#tape.push(tape);
    this.#tidy();
  }

  /** The minute is over: its close is what a share is worth from here on. A minute without a bar changes nothing. */
  mark({ close, volume }: MinuteBar): void {
    if (volume >= 0) this.#mark = close;
  }

  /**
   * Ends the session: what is held goes at the closes of the newest bars that can take it, every order ends. A leg that
   * was cancelled may fill here when no open order is old enough: a fill can cross our cancel, and it needs a name.
   */
  close(lastMinute: Instant): void {
    for (let i = this.#tape.length - 1; i >= 0 && this.#shares !== 0; i--) {
      const tape = this.#tape[i];
      if (tape !== undefined) this.#closeInto(tape, tape.bar.start === lastMinute ? 'at_close' : 'no_market');
    }
    assert(this.#shares === 0, 'the bars since the entry can take what the entry took from them');
    for (const bracket of this.#brackets) for (const member of ordersOf(bracket)) this.#finish(member);
    for (const exit of this.#orders) this.#finish(exit);
    this.#tidy();
  }

  #add(orders: readonly WorkingOrder[]): void {
    this.#orders.push(...orders);
    this.#orders.sort((a, b) => rankOf(a.order) - rankOf(b.order));
    for (const { order } of orders) this.#account.accepted(order.id);
  }

  #match(working: WorkingOrder, tape: Tape): void {
    const available = this.#available(working);
    if (available === 0 || working.submitted > tape.bar.start) return;
    const quote = this.#quote(working, tape.bar);
    if (quote === null) return;
    const { order, bracket } = working;
    if (order.type === 'stop') working.triggered = true;
    const { model } = this.#terms;
    const share = order.type === 'limit' ? model.limitShareBp : model.marketShareBp;
    const shares = Math.min(available, shareOf(tape.bar.volume, share) - tape.used);
    if (shares <= 0) return;
    this.#fill(working, shares, quote.price, tape, this.#flags(working, quote, tape.bar));
    if (order.role === 'entry' && bracket?.stop.isOpen) this.#match(bracket.stop, tape);
  }

  #quote({ order, triggered, rested }: WorkingOrder, bar: MinuteBar): Quote | null {
    switch (order.type) {
      case 'limit':
        return limitQuote(order.side, limitOf(order), bar, rested, this.#terms);
      case 'stop':
        return stopQuote(order.side, stopOf(order), bar, triggered, this.#terms);
      case 'market':
        return { price: crossingPrice(order.side, bar.open, bar, this.#terms), gap: false };
      default:
        return unreachable(order.type);
    }
  }

  /** A stop that took the place of a bracket's own names the same entry. */
  #flags({ order, bracket: own }: WorkingOrder, { gap }: Quote, bar: MinuteBar): readonly FillFlag[] {
    const flags: FillFlag[] = [];
    const bracket = own ?? this.#brackets.find(({ entry }) => entry.order.id === order.parent);
    if (order.type === 'stop' && bracket !== undefined) {
      if (bracket.enteredIn === bar.start) flags.push('same_bar');
      const { target } = bracket;
      if (target?.isOpen && this.#quote(target, bar) !== null) flags.push('stop_first');
    }
    if (gap) flags.push('gap');
    return flags;
  }

  #fill(working: WorkingOrder, shares: number, at: Price, tape: Tape, flags: readonly FillFlag[]): void {
    const { id, symbol, side } = working.order;
    assert(working.submitted <= tape.bar.start, `${id} fills in no bar that began before it`);
    tape.used += shares;
    working.filled += shares;
    working.remaining -= shares;
    if (this.#shares === 0) this.#mark = at;
    this.#shares += side === 'buy' ? shares : -shares;
    this.#account.filled({ order: id, symbol, side, shares: quantity(shares), price: at, bar: tape.bar.start, flags });
    if (working.order.role === 'entry') this.#entered(working, shares, at, tape.bar.start);
    else this.#reduced(working, shares);
  }

  #entered(working: WorkingOrder, shares: number, at: Price, bar: Instant): void {
    const { bracket } = working;
    assert(bracket !== null, 'an entry has a bracket');
    bracket.held += shares;
    bracket.enteredIn = bar;
    this.#dearestEntry = Math.max(this.#dearestEntry, at);
    if (working.remaining === 0) working.isOpen = false;
  }

  #reduced(working: WorkingOrder, shares: number): void {
    let left = shares;
    const from = working.bracket === null ? [...this.#brackets].reverse() : [working.bracket];
    for (const bracket of from) {
      const taken = Math.min(left, bracket.held);
      if (taken > 0) this.#giveBack(bracket, taken);
      left -= taken;
    }
    assert(left === 0, 'what is sold was held');
    if (working.bracket === null && working.remaining === 0) this.#finish(working);
    for (const exit of this.#orders) if (exit.bracket === null) this.#limitToPosition(exit);
  }

  /** One leg's fill takes the same shares from the other, and ends the entry: a bracket opens only once. */
  #giveBack(bracket: Bracket, shares: number): void {
    bracket.held -= shares;
    this.#finish(bracket.entry);
    this.#dropIdleLegs(bracket);
  }

  #dropIdleLegs(bracket: Bracket): void {
    if (bracket.entry.isOpen || bracket.held > 0) return;
    for (const leg of ordersOf(bracket)) this.#finish(leg);
  }

  #limitToPosition(exit: WorkingOrder): void {
    if (!exit.isOpen) return;
    exit.remaining = Math.min(exit.remaining, this.#reducible(exit.order.side));
    if (exit.remaining === 0) this.#finish(exit);
  }

  /** Shares that an order of that side could close. */
  #reducible(side: Side): number {
    return Math.max(0, side === 'sell' ? this.#shares : -this.#shares);
  }

  #available({ isOpen, order, bracket, remaining }: WorkingOrder): number {
    if (!isOpen) return 0;
    if (order.role === 'entry') return remaining;
    return bracket === null ? Math.min(remaining, this.#reducible(order.side)) : bracket.held;
  }

  /** Ends an order that is still open; says what it leaves. */
  #finish(working: WorkingOrder): void {
    if (!working.isOpen) return;
    const unfilled = working.order.shares - working.filled;
    working.isOpen = false;
    if (unfilled > 0) this.#account.cancelled(working.order.id, unfilled);
  }

  #closeInto(tape: Tape, flag: FillFlag): void {
    const { start } = tape.bar;
    for (const working of [...this.#orders]) {
      if (working.bracket === null && working.submitted <= start) this.#closeWith(working, this.#available(working), tape, flag);
    }
    for (const bracket of [...this.#brackets].reverse()) this.#closeWith(closerOf(bracket), bracket.held, tape, flag);
  }

  #closeWith(working: WorkingOrder, most: number, tape: Tape, flag: FillFlag): void {
    const shares = Math.min(most, tape.bar.volume - tape.used);
    if (shares > 0) this.#fill(working, shares, price(tape.bar.close), tape, [flag]);
  }

  #tidy(): void {
    this.#orders = this.#orders.filter(({ isOpen }) => isOpen);
    this.#brackets = this.#brackets.filter(({ entry, held }) => entry.isOpen || held > 0);
    if (this.#shares !== 0) return;
    this.#tape = [];
    this.#dearestEntry = 0;
  }
}

const closerOf = ({ stop, target }: Bracket): WorkingOrder => (!stop.isOpen && target?.isOpen ? target : stop);
