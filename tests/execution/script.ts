import type {
  BrokerAccount,
  BrokerOrder,
  BrokerOrderId,
  BrokerPosition,
  CashActivity,
  ClientOrderId,
  Execution as Fill,
} from '#domain/brokerage/broker-order';
import { type Book, clientOrderId } from '#domain/brokerage/client-order-id';
import type { Entry, Event } from '#domain/events/event';
import { isEnded } from '#domain/orders/life-cycle';
import type { Order, OrderId, OrderReason } from '#domain/orders/order';
import { type Approved, bracketOf, exitOf } from '#domain/risk/approval';
import { cash } from '#domain/values/cash';
import { type Instant, instant } from '#domain/values/instant';
import { type Price, price } from '#domain/values/price';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { Execution } from '#engine/execution/execution';
import type { Asking } from '#engine/execution/outbox';
import { patience } from '#engine/execution/patience';
import type { Answer, Ask, BrokerNews, BrokerRefusal } from '#engine/ports/brokerage';
import { approved, id } from '../one-trade.js';

const book: Book = { environment: 'paper', name: 'k3v9x2' };
const tickers = ['AAA', 'BBB'].map(ticker);

/** 2026-11-30, 10:00 in New York. */
export const opening = instant(Date.UTC(2026, 10, 30, 15, 0, 0));

export const e4 = (dollars: number): Price => price(Math.round(dollars * 10_000));

/** What the made-up broker has; its looks are answered from here, its mutations by the test. */
type World = { orders: BrokerOrder[]; positions: BrokerPosition[]; executions: Fill[]; activities: CashActivity[]; account: BrokerAccount };

type Kind = Ask['kind'];

/** A house that only records, an execution, and a broker whose every word the test decides; in virtual time. */
export class Script {
  readonly execution = new Execution({
    book,
    names: {
      tickerOf: (symbol) => tickers[symbol] ?? ticker(`N${symbol}`),
      indexOf: (name) => (tickers.includes(name) ? symbolIndex(tickers.indexOf(name)) : null),
    },
    feesOf: () => cash(0),
    patience,
  });
  readonly journal: Entry[] = [];
  readonly world: World = {
    orders: [],
    positions: [],
    executions: [],
    activities: [],
    account: { id: 'account-1', cash: cash(0), equity: cash(0), blocked: null, suspended: false },
  };
  /** Asks that nobody has answered, and all that were ever made. */
  readonly open: Asking[] = [];
  readonly asked: Asking[] = [];
  readonly #said: string[] = [];
  #now = opening;
  /** Looks are answered by themselves, unless the test wants to. */
  looks: ((ask: Ask) => Answer | null) | null = null;
  #brokerIds = 0;
  #ids = 0;

  get now(): Instant {
    return this.#now;
  }

  /** From an empty journal to a broker that is ready. */
  static ready(): Script {
    const script = new Script();
    script.execution.start(script.now);
    script.news({ kind: 'line_ready' });
    script.takeSaid();
    return script;
  }

  /** The same journal, told to an execution that knows nothing; the same broker. */
  static again(before: Script, { upTo = before.journal.length }: { upTo?: number } = {}): Script {
    const script = new Script();
    Object.assign(script.world, before.world);
    script.#now = before.now;
    script.#brokerIds = before.#brokerIds;
    for (const entry of before.journal.slice(0, upTo)) {
      script.journal.push(entry);
      script.execution.see(structuredClone(entry));
    }
    return script;
  }

  record(event: Event): void {
    const entry: Entry = { sequence: this.journal.length + 1, at: this.#now, cause: 0, event };
    this.journal.push(entry);
    this.execution.see(entry);
  }

  /** One act of the house: cancels first, then orders, as it does. */
  act({ cancels = [], orders = [] }: { cancels?: readonly OrderId[]; orders?: readonly (readonly Approved<Order>[])[] }): void {
    for (const order of cancels) this.record({ kind: 'cancel_requested', order, reason: 'break_even' });
    for (const order of orders.flat()) this.record({ kind: 'order_requested', order });
    for (const order of cancels) this.execution.cancel(order);
    for (const group of orders) this.execution.submit(group);
    this.drain();
  }

  news(news: BrokerNews): void {
    this.execution.news(news, this.#now);
    this.drain();
  }

  told(order: BrokerOrder, fill: Fill | null = null): void {
    this.put(order);
    if (fill !== null && !this.world.executions.includes(fill)) this.world.executions.push(fill);
    this.news({ kind: 'order_news', order, execution: fill });
  }

  /** The newest word that the broker's own lists have of an order, also as a leg of another. */
  put(order: BrokerOrder): void {
    const { orders } = this.world;
    const place = orders.findIndex(({ id: other }) => other === order.id);
    if (place >= 0) orders[place] = { ...order, legs: order.legs ?? orders[place]?.legs ?? null };
    else if (!orders.some(({ legs }) => legs?.some((leg) => leg.id === order.id))) orders.push(order);
    this.world.orders = orders.map((other) => ({ ...other, legs: other.legs?.map((leg) => (leg.id === order.id ? order : leg)) ?? null }));
  }

  /** Answers the oldest open ask of a kind. */
  answer(kind: Kind, answer: Answer): void {
    const asking = this.open.find(({ ask }) => ask.kind === kind);
    if (asking === undefined) throw new Error(`nobody asked for ${kind}; open: ${this.open.map(({ ask }) => ask.kind).join(' ')}`);
    if (answer.kind === 'order') this.put(answer.order);
    this.answerTo(asking, answer);
  }

  answerTo(asking: Asking, answer: Answer): void {
    this.open.splice(this.open.indexOf(asking), 1);
    this.execution.answered(asking.id, answer, this.#now);
    this.drain();
  }

  /** Time goes on, stopping at whatever is due. */
  wait(ms: number): void {
    const until = instant(this.#now + ms);
    for (;;) {
      const due = this.execution.nextDue();
      if (due === null || due > until) break;
      this.#now = due > this.#now ? due : instant(this.#now + 1);
      this.execution.tick(this.#now);
      this.drain();
    }
    this.#now = until;
    this.execution.tick(this.#now);
    this.drain();
  }

  drain(): void {
    for (let going = true; going; ) {
      going = false;
      for (const request of this.execution.takeRequests()) {
        going = true;
        this.#said.push(`asked ${'level' in request ? request.level : request.kind}`);
        this.record({ kind: 'request_received', request });
      }
      for (const event of this.execution.takeEvents()) {
        going = true;
        this.#said.push(...words(event));
        this.record(event);
      }
      for (const asking of this.execution.takeAsks()) {
        going = true;
        this.open.push(asking);
        this.asked.push(asking);
      }
      for (const asking of [...this.open]) {
        const answer = this.looks === null ? this.look(asking.ask) : this.looks(asking.ask);
        if (answer === null) continue;
        going = true;
        this.open.splice(this.open.indexOf(asking), 1);
        this.execution.answered(asking.id, answer, this.#now);
      }
    }
  }

  /** What the made-up broker's lists say; null for what is no look. */
  look(ask: Ask): Answer | null {
    const { orders, positions, executions, account } = this.world;
    const all = orders.flatMap((order) => [order, ...(order.legs ?? [])]);
    const one = (order: BrokerOrder | undefined): Answer => (order === undefined ? { kind: 'not_found' } : { kind: 'order', order });
    switch (ask.kind) {
      case 'find_order':
        return one(all.find(({ clientId }) => clientId === ask.clientId));
      case 'read_order':
        return one(all.find((order) => order.id === ask.order));
      case 'list_open_orders':
        return {
          kind: 'orders',
          // A group is listed as long as one of it is open.
          orders: orders.filter((order) => [order, ...(order.legs ?? [])].some(({ status }) => status === 'unknown' || !isEnded(status))),
        };
      case 'list_orders':
        return { kind: 'orders', orders: orders.filter(({ createdAt }) => createdAt > ask.after) };
      case 'list_positions':
        return { kind: 'positions', positions };
      case 'list_executions':
        return { kind: 'executions', executions: executions.filter(({ at }) => at > ask.after) };
      case 'list_cash_activities':
        return { kind: 'cash_activities', activities: this.world.activities };
      case 'read_account':
        return { kind: 'account', account };
      case 'read_clock':
        return { kind: 'clock', clock: { now: this.#now, isOpen: true, nextOpen: this.#now, nextClose: this.#now } };
      default:
        return null;
    }
  }

  /** Mutations that have left since the last call, in words. */
  takeSent(): readonly string[] {
    return this.asked.splice(0).flatMap(({ ask, priority }) => sentence(ask, priority));
  }

  /** What was told to the house since the last call, in words; states of the line and of the account left out. */
  takeSaid(): readonly string[] {
    return this.#said.splice(0);
  }

  brokerId(): BrokerOrderId {
    return `b${++this.#brokerIds}` as BrokerOrderId;
  }

  /** 200 shares of a name at 100.00, with a stop at 98.00 and a target at 104.00. */
  bracket(symbol = 0): readonly Approved<Order>[] {
    return bracketOf(approved(symbol).order, 7 + symbol, {
      entry: id('entry', symbol),
      stop: id('stop', symbol),
      target: id('target', symbol),
    });
  }

  /** An exit or a stop for what is held. */
  exit(
    shares: number,
    { stop = null, limit = null, reason = 'break_even', symbol = 0, name = `exit-${++this.#ids}` }: ExitTerms = {},
  ): Approved<Order> {
    const position = {
      symbol: symbolIndex(symbol),
      shares,
      peakShares: shares,
      cost: cash(0),
      openedShares: shares,
      openedCost: cash(0),
      fees: cash(0),
      since: this.#now,
      mark: 1,
      doubted: null,
    };
    return exitOf(position, {
      id: id(name, symbol),
      role: stop === null ? 'exit' : 'stop',
      limit: limit === null ? null : e4(limit),
      stop: stop === null ? null : e4(stop),
      parent: id('entry', symbol),
      intent: 7 + symbol,
      reason,
    });
  }

  /** An order as the broker would show it. */
  view(changes: Partial<BrokerOrder> & { readonly clientId: ClientOrderId }): BrokerOrder {
    return {
      id: changes.id ?? this.brokerId(),
      ticker: ticker('AAA'),
      side: 'sell',
      shape: 'simple',
      type: 'market',
      timeInForce: 'gtc',
      shares: 200,
      filled: 0,
      meanPrice: null,
      limit: null,
      stop: null,
      status: 'new',
      replacedBy: null,
      replaces: null,
      createdAt: this.#now,
      updatedAt: this.#now,
      legs: null,
      ...changes,
    };
  }

  bracketView(changes: Partial<BrokerOrder> = {}, attempt = 1): BrokerOrder {
    return this.view({
      clientId: clientOrderId(book, id('entry'), attempt),
      side: 'buy',
      shape: 'bracket',
      type: 'limit',
      limit: e4(100),
      legs: [
        this.view({ clientId: 'leg-1' as ClientOrderId, shape: 'bracket', type: 'limit', limit: e4(104), status: 'held' }),
        this.view({ clientId: 'leg-2' as ClientOrderId, shape: 'bracket', type: 'stop', stop: e4(98), status: 'held' }),
      ],
      ...changes,
    });
  }

  position(shares: number, available = shares, name = 'AAA'): BrokerPosition {
    return { ticker: ticker(name), shares, available, meanCost: 1_000_000, price: e4(100) };
  }

  /** So many shares of an order have been executed, that many in all. */
  fill(order: BrokerOrder, shares: number, { cumulative = shares, dollars = 100 }: { cumulative?: number; dollars?: number } = {}): Fill {
    const { id: of, ticker: name, side } = order;
    return {
      id: `x-${of}-${cumulative}`,
      order: of,
      ticker: name,
      side,
      shares,
      cumulative,
      price: e4(dollars),
      at: this.#now,
      busts: null,
      corrects: null,
    };
  }
}

type ExitTerms = { stop?: number | null; limit?: number | null; reason?: OrderReason; symbol?: number; name?: string };

export const clientId = (name: string, attempt = 1, symbol = 0): ClientOrderId => clientOrderId(book, id(name, symbol), attempt);

/** An order with other words. */
export const now = (order: BrokerOrder, changes: Partial<BrokerOrder>, ms = 1): BrokerOrder => ({
  ...order,
  updatedAt: instant(order.updatedAt + ms),
  ...changes,
});

export const refused = (reason: BrokerRefusal['reason'], available: number | null = null): BrokerRefusal => ({
  kind: 'refused',
  reason,
  available,
  status: 403,
  said: 'no',
});
export const ambiguous: Answer = { kind: 'ambiguous', why: 'timeout', said: '' };
export const notSent: Answer = { kind: 'not_sent', why: 'no_connection', waitMs: 0 };

const short = (order: OrderId): string => order.slice(11).replace(/^7-/, '');
const money = (at: Price | null): string => (at === null ? '' : ` ${at / 10_000}`);

function words(event: Event): readonly string[] {
  switch (event.kind) {
    case 'order_accepted':
      return [`accepted ${short(event.order)}`];
    case 'order_rejected':
      return [`rejected ${short(event.order)} (${event.reason})`];
    case 'order_cancelled':
      return [`cancelled ${short(event.order)} ${event.unfilled}`];
    case 'order_filled':
      return [`filled ${short(event.order)} ${event.shares} at ${event.price / 10_000}`];
    case 'order_renamed':
      return [`renamed ${short(event.before)} to ${short(event.order)} ${event.broker}`];
    case 'order_unknown':
      return [`unknown ${short(event.order)}`];
    case 'broker_line_changed':
      return [`line ${event.state}`];
    case 'cover_missing':
      return [`uncovered ${event.held - event.covered} of ${event.held}`];
    case 'difference_found':
      return [`difference ${event.difference} ${event.ours} ${event.theirs}`];
    case 'position_adjusted':
      return [
        `adjusted ${event.shares}${event.cause === 'bust' || event.cause === 'correction' ? ` at ${event.price / 10_000}` : ''} (${event.cause})`,
      ];
    case 'cash_moved':
      return [`cash ${event.amount / 10_000} (${event.cause})`];
    case 'name_quarantined':
      return [`quarantined ${event.symbol}`];
    default:
      return [];
  }
}

function sentence(ask: Ask, priority: string): readonly string[] {
  switch (ask.kind) {
    case 'submit_bracket':
      return [
        `bracket ${ask.shares} ${ask.clientId.split('-').slice(-2).join('-')} at${money(ask.limit)} stop${money(ask.stop)} target${money(ask.target)} (${priority})`,
      ];
    case 'submit_exit': {
      const terms = ask.stop !== null ? ` stop${money(ask.stop)}` : ask.limit !== null ? ` at${money(ask.limit)}` : ' at market';
      return [`${ask.side} ${ask.shares}${terms} ${ask.clientId.split('-').slice(7).join('-')} (${priority})`];
    }
    case 'replace_order':
      return [
        `replace ${ask.order}${ask.shares === null ? '' : ` ${ask.shares}`}${ask.limit === null ? '' : ` at${money(ask.limit)}`}${ask.stop === null ? '' : ` stop${money(ask.stop)}`} (${priority})`,
      ];
    case 'cancel_order':
      return [`cancel ${ask.order} (${priority})`];
    case 'suspend_account':
      return [ask.on ? 'suspend' : 'resume'];
    default:
      return [];
  }
}
