import type { BrokerAccount, BrokerOrder, BrokerOrderId, Execution } from '#domain/brokerage/broker-order';
import type { Book } from '#domain/brokerage/client-order-id';
import type { AccountEvent, Difference, Fill } from '#domain/events/account';
import type { Event } from '#domain/events/event';
import type { Request } from '#domain/events/request';
import type { OrderId, Side } from '#domain/orders/order';
import type { Cash } from '#domain/values/cash';
import { type Instant, instant } from '#domain/values/instant';
import type { SymbolIndex, Ticker } from '#domain/values/symbol';
import { Breaker } from '#engine/execution/breaker';
import type { Correction } from '#engine/execution/corrections';
import { Holdings } from '#engine/execution/holdings';
import { Line } from '#engine/execution/line';
import type { Lost } from '#engine/execution/lost-orders';
import { Outbox } from '#engine/execution/outbox';
import { type Patience, waitOf } from '#engine/execution/patience';
import { Roll } from '#engine/execution/roll';
import type { Again, Tracked } from '#engine/execution/tracked';

/** Names at the broker are tickers; inside they are columns. Null for a name that the house does not know. */
export type Names = { tickerOf(symbol: SymbolIndex): Ticker; indexOf(ticker: Ticker): SymbolIndex | null };

/** What a fill costs by the fee schedule of its day. */
export type FeesOf = (fill: Omit<Fill, 'fees'>) => Cash;

export type Options = { readonly book: Book; readonly names: Names; readonly feesOf: FeesOf; readonly patience: Patience };

/** A way out of one name: what it waits for, and how often it has begun again. */
export type WayOut = {
  readonly order: OrderId;
  since: Instant;
  available: number | null;
  isReading: boolean;
  unread: number;
  tries: number;
  notBefore: Instant;
  /** An account that is restricted has not refused it for that. */
  isTaken: boolean;
};

/** What goes on in one name: one thing that changes something at a time. */
export type Lane = {
  readonly symbol: SymbolIndex;
  readonly ticker: Ticker;
  /** The ask that is under way. */
  busy: number | null;
  /** Counts everything that moves shares or orders: a comparison across a change compares nothing. */
  touched: number;
  out: WayOut | null;
  /** When there is something to do here again; null when only news can bring it. */
  wake: Instant | null;
  /** Its bracket came without the legs that were asked for: no grace. */
  isBare: boolean;
  /** More was given back than was held; told once a reading has not explained it. */
  flippedBy: Side | null;
  /** Since when shares are without a stop, and when that was told last. */
  bareSince: Instant | null;
  toldAt: Instant | null;
};

/** What the account is worth by the broker's word. */
type Reported = Pick<BrokerAccount, 'cash' | 'equity'>;

/** Something that was told of an order that nobody here knows yet. */
type Kept = { readonly since: Instant; view: BrokerOrder | null; readonly executions: Execution[] };

/** What the parts of the execution share. Time is what was told last. */
export class Desk {
  readonly book: Book;
  readonly names: Names;
  readonly feesOf: FeesOf;
  readonly patience: Patience;
  readonly roll: Roll;
  readonly outbox = new Outbox();
  readonly holdings = new Holdings();
  readonly line: Line;
  readonly breakers: { readonly entry: Breaker; readonly exit: Breaker };
  readonly quarantined = new Set<SymbolIndex>();
  readonly lost = new Map<BrokerOrderId, Lost>();
  /** Trades that were taken back, by their names; null for one that has explained a difference. */
  readonly busts = new Map<string, Execution | null>();
  /** Trades that were corrected, by the names of the rows that say so. */
  readonly corrections = new Map<string, Correction>();
  /** When the journal last took over shares of a name for a correction: rows up to then have explained what they can. */
  readonly corrected = new Map<SymbolIndex, Instant>();
  /** Trades by others of a name up to then have explained what they can. */
  readonly explained = new Map<SymbolIndex, Instant>();
  /** Rows of the broker's activities whose money is in the book. */
  readonly moved = new Set<string>();
  readonly kept = new Map<BrokerOrderId, Kept>();
  readonly #lanes = new Map<SymbolIndex, Lane>();
  /** The same as a list: it is gone through after everything that happens, and only grows. */
  readonly #allLanes: Lane[] = [];
  /** What this execution has told itself: it comes back as an entry and says nothing new then. */
  readonly #own = new WeakSet<Event>();
  #events: AccountEvent[] = [];
  #requests: Request[] = [];
  now: Instant = instant(0);
  /** When the book began with its cash. */
  begunAt: Instant = instant(0);
  started = false;
  /** The first comparison is over, or has failed too often to be waited for. */
  hasCompared = false;
  /** Executions are to be listed: some are known to be missing. */
  missing: Again | null = null;
  isListing = false;
  /** Where the comparison is wanted at once. */
  compareSoon = false;
  /** The account of this book; null until it is known. */
  account: string | null = null;
  /** When the session of today closes; null before one has opened. */
  close: Instant | null = null;
  /** One session is over and the next has not been opened. */
  isBetween = false;
  /** Cash and equity as they were told last. */
  reported: Reported | null = null;
  /** That the account is suspended is our own doing up to then. */
  suspendedByUsUntil = Number.NEGATIVE_INFINITY;
  /** The newest execution that a list has shown. */
  watermark: Instant = instant(0);

  constructor({ book, names, feesOf, patience }: Options) {
    this.book = book;
    this.names = names;
    this.feesOf = feesOf;
    this.patience = patience;
    this.roll = new Roll(book);
    this.line = new Line((event) => this.tell(event));
    const { doubtsMax, entriesShutMs, againMs } = patience;
    this.breakers = {
      entry: new Breaker({ doubtsMax, waits: entriesShutMs, alone: true }),
      exit: new Breaker({ doubtsMax, waits: againMs, alone: false }),
    };
  }

  /** Whom an order of the broker stands for is in the journal, or a restart would take its fills for another's. */
  rename(broker: BrokerOrderId, before: Tracked, to: Tracked): void {
    this.roll.rename(broker, { order: to.order.id, before: before.order.id });
    this.tell({ kind: 'order_renamed', order: to.order.id, before: before.order.id, broker });
  }

  tell(event: AccountEvent): void {
    this.#own.add(event);
    this.#events.push(event);
  }

  isOwn(event: Event): boolean {
    return this.#own.has(event);
  }

  takeEvents(): readonly AccountEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Nothing is entered in any name until a person has looked; what is held is looked after as always. */
  pauseEntries(because: string): void {
    this.#requests.push({ kind: 'stop_trading', level: 'pause_entries', because, by: 'the broker', from: 'program' });
  }

  takeRequests(): readonly Request[] {
    const requests = this.#requests;
    this.#requests = [];
    return requests;
  }

  /** Money came or went by a row of the activities. What the broker says of the account has to be told after it. */
  moveCash(event: Omit<Extract<AccountEvent, { readonly kind: 'cash_moved' }>, 'kind'>): void {
    this.moved.add(event.activity);
    this.holdings.moveCash(event.amount);
    this.tell({ kind: 'cash_moved', ...event });
  }

  /** What the broker says of the account, where it is new, or where our own money has moved since. */
  report({ cash, equity }: Reported, { hasMoved }: { readonly hasMoved: boolean }): void {
    if (!hasMoved && this.reported?.cash === cash && this.reported.equity === equity) return;
    this.reported = { cash, equity };
    this.tell({ kind: 'account_reported', cash, equity });
  }

  lane(symbol: SymbolIndex): Lane {
    let lane = this.#lanes.get(symbol);
    if (lane === undefined) {
      lane = {
        symbol,
        ticker: this.names.tickerOf(symbol),
        busy: null,
        touched: 0,
        out: null,
        wake: null,
        isBare: false,
        flippedBy: null,
        bareSince: null,
        toldAt: null,
      };
      this.#lanes.set(symbol, lane);
      this.#allLanes.push(lane);
    }
    return lane;
  }

  get lanes(): readonly Lane[] {
    return this.#allLanes;
  }

  quarantine(symbol: SymbolIndex, why: string): void {
    if (this.quarantined.has(symbol)) return;
    this.quarantined.add(symbol);
    this.tell({ kind: 'name_quarantined', symbol, why });
  }

  /** The broker's lists and ours differ in this name: it is told, and nothing is bought in it until somebody has looked. */
  differ(difference: Difference, symbol: SymbolIndex, { ours, theirs, detail }: { ours: number; theirs: number; detail: string }): void {
    this.tell({ kind: 'difference_found', difference, symbol, ours, theirs, detail });
    this.quarantine(symbol, difference);
  }

  /** Whether something in this lane has to wait until then; if so, that is when it is looked at again. */
  mustWait(lane: Lane, until: Instant): boolean {
    if (until <= this.now) return false;
    if (lane.wake === null || until < lane.wake) lane.wake = until;
    return true;
  }

  /** The breaker of what this order does: opens something, or takes it out. */
  breakerOf({ order }: Tracked): Breaker {
    return order.role === 'entry' ? this.breakers.entry : this.breakers.exit;
  }

  /** The instant so many milliseconds from now. */
  in(ms: number): Instant {
    return instant(this.now + ms);
  }

  first(waits: readonly number[]): Again {
    return { step: 0, due: this.in(waitOf(waits, 0)) };
  }

  /** The next of growing waits; null when they are used up. */
  next({ step }: Again, waits: readonly number[]): Again | null {
    return step + 1 < waits.length ? { step: step + 1, due: this.in(waitOf(waits, step + 1)) } : null;
  }

  wantExecutions(): void {
    this.missing ??= { step: 0, due: this.now };
  }
}
