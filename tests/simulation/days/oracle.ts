import type { Book } from '#domain/brokerage/client-order-id';
import { orderOfClientId } from '#domain/brokerage/client-order-id';
import type { Entry } from '#domain/events/event';
import { isEnded } from '#domain/orders/life-cycle';
import type { OrderId } from '#domain/orders/order';
import { MINUTE_MS } from '#domain/values/instant';
import { textIn } from '#domain/values/json-field';
import type { WireRequest } from '#engine/ports/wire';
import type { ServedReply } from '#simulation/broker/served';
import type { SimulatedBroker } from '#simulation/broker/simulated-broker';
import { BrokerTruth } from '#tests/simulation/days/broker-truth';
import { JournalView } from '#tests/simulation/days/journal-view';
import { Occurrences } from '#tests/simulation/occurrences';

/** An invariant that does not hold: its id in the catalogue, and what was seen. */
export class Violation extends Error {
  readonly invariant: string;

  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`);
    this.invariant = invariant;
  }
}

/** How it stands with what is around the house at this moment. */
export type Surroundings = {
  readonly now: number;
  /** Whether a healthy house could act: it lives, is not held up, and the broker can be reached and answers. */
  readonly isAble: boolean;
  readonly isOpen: boolean;
  /** Names in which nothing can be traded now, whoever wants it. */
  readonly shut: ReadonlySet<number>;
  /** Names in which somebody else has moved shares. */
  readonly disturbed: ReadonlySet<number>;
};

const DETECTION_MS = 60_000 + 4 * 5_000;
const BARE_MS_MAX = 60_000;
/** The end of a halt may be told to nobody: the first whole minute with a bar tells it, and two seconds are allowed for that. */
const HALT_ENDS_MS = 2 * 60_000 + 2_000;
/** An order of unknown fate has no successor before its absence is proven; and the successor may get lost as well. */
const QUARANTINE_MS = 60_000;
const DOUBT_MS = 150_000;
const EXIT_MS_MAX = 30_000;
/** From the first order for the way out of a name, over all that is tried, to the last share; a thin name has no trade for minutes. */
const OUT_MS_MAX = 300_000;
const POSITIONS_MAX = 5;
const ENTRIES_A_DAY_MAX = 6_000;

type Clocked = Map<number | string, number>;

/** Compares the journal with the broker's own ledger, all the time: the invariants of the failure catalogue. */
export class Oracle {
  readonly seen = new Occurrences();
  readonly truth: BrokerTruth;
  view = new JournalView();
  /** Orders and cancels of which the disk holds the wish. */
  readonly #durable = new Set<string>();
  readonly #durableExits = new Set<number>();
  readonly #book: Book;
  readonly #names: readonly string[];
  readonly #broker: SimulatedBroker;
  readonly #bareFor: Clocked = new Map();
  readonly #stuckFor: Clocked = new Map();
  readonly #haltOverFor: Clocked = new Map();
  readonly #differsFor: Clocked = new Map();
  readonly #exitsFor: Clocked = new Map();
  readonly #outFor: Clocked = new Map();
  /** Names that the house wants to be out of at the market, with its newest order for it. */
  readonly #leaving = new Map<number, OrderId>();
  readonly #longest = new Map<string, number>();
  readonly #accepted = new Map<string, string[]>();
  /** Orders that the broker has no money for: asked again they would be refused again (A10). */
  readonly #refused = new Set<OrderId>();
  #last = 0;
  #entriesToday = 0;

  constructor(broker: SimulatedBroker, book: Book, names: readonly string[]) {
    this.#broker = broker;
    this.#book = book;
    this.#names = names;
    this.truth = new BrokerTruth(broker, `cat1-s-${book.name}-`);
  }

  /** The longest that something lasted that should pass, in milliseconds. */
  get longest(): ReadonlyMap<string, number> {
    return this.#longest;
  }

  /** A process begins anew: what it knows is what the disk holds. */
  restarted(): void {
    this.view = new JournalView();
    this.#exitsFor.clear();
    this.#leaving.clear();
  }

  synced({ event }: Pick<Entry, 'event'>): void {
    if (event.kind === 'order_requested') {
      this.#durable.add(event.order.id);
      if (event.order.role !== 'entry') this.#durableExits.add(event.order.symbol);
    }
    if (event.kind === 'cancel_requested') this.#durable.add(`cancel ${event.order}`);
    // What the broker's words made necessary is a reason of its own.
    if (event.kind === 'difference_found' && event.symbol !== null) this.#durableExits.add(event.symbol);
  }

  entry(entry: Entry, isNew: boolean): void {
    const { event } = entry;
    if (event.kind === 'order_requested' && event.order.role === 'exit' && event.order.type === 'market')
      this.#leaving.set(event.order.symbol, event.order.id);
    // A new day begins with a stop for what is held, unless the way out of the day before still rests at the broker.
    if (event.kind === 'session_opened')
      for (const [name, order] of this.#leaving) if (this.view.orders.get(order)?.isOver !== false) this.#leaving.delete(name);
    if (isNew && event.kind === 'order_requested' && event.order.role === 'entry') this.#entryWanted(event.order.symbol, entry);
    if (isNew) this.#count(entry);
    if (isNew && event.kind === 'position_adjusted') this.#adjusted(event.symbol, event.shares);
    this.view.see(entry);
    if ((event.kind === 'order_filled' || event.kind === 'position_adjusted') && (this.view.shares.get(event.symbol) ?? 0) === 0)
      this.#leaving.delete(event.symbol);
    if (event.kind === 'order_requested' && event.order.role === 'exit' && event.order.type === 'market')
      this.#exitsFor.set(event.order.id, 0);
    // It is at the broker, and may wait there for the open.
    if (event.kind === 'order_accepted') this.#exitsFor.delete(event.order);
  }

  /** A mutation leaves the process. */
  leaving({ method, path, body }: WireRequest): void {
    if (method === 'GET') return;
    const raw: unknown = body === '' ? null : JSON.parse(body);
    const clientId = textIn(raw, 'client_order_id');
    if (clientId !== null) {
      const order = orderOfClientId(this.#book, clientId);
      if (order === null || !this.#durable.has(order)) throw new Violation('I2', `${method} of ${clientId}, which the disk does not hold`);
      if (this.#refused.has(order)) throw new Violation('I13', `${clientId} leaves after a plain no`);
      const known = this.view.orders.get(order);
      if (known !== undefined) this.#acted(known.order.symbol);
      if (known?.order.role === 'entry' && method === 'POST') {
        if (this.view.reaches('cancel_entries')) throw new Violation('I7', `${clientId} leaves while a halt is in force`);
        for (const { sequence } of this.view.halts.values())
          if (sequence < known.sequence) throw new Violation('I7', `${clientId} was wanted after a halt`);
      }
    }
    if (method === 'DELETE' && path.startsWith('/v2/orders/')) this.#cancelling(path.slice('/v2/orders/'.length));
  }

  /** The broker has been asked, and has answered in this way. */
  served({ method, path, body }: WireRequest, reply: ServedReply): void {
    if (method !== 'POST' || path !== '/v2/orders') return;
    const clientId = textIn(JSON.parse(body) as unknown, 'client_order_id') ?? '';
    const order = orderOfClientId(this.#book, clientId);
    if (order === null) return;
    const had = this.#accepted.get(order) ?? [];
    const live = this.truth.all().filter(({ clientId: id }) => had.includes(id) && id !== clientId);
    const made = this.truth.all().find(({ clientId: id }) => id === clientId);
    if (reply.kind === 'answer' && reply.status === 403 && reply.body.includes('insufficient buying power')) this.#refused.add(order);
    if (made === undefined) return;
    if (had.includes(clientId)) throw new Violation('I1', `${clientId} was sent twice`);
    if (live.some(({ status }) => !isEnded(status))) throw new Violation('I1', `${clientId} beside a live ${had.join(' ')}`);
    if (order.endsWith('-entry') && live.some(({ status }) => status !== 'rejected'))
      throw new Violation('I1', `two entries of one intent: ${order}`);
    this.#accepted.set(order, [...had, clientId]);
  }

  /** Told each second or so of what is around. */
  look({ now, isAble, isOpen, shut, disturbed }: Surroundings): void {
    const ms = Math.min(now - this.#last, MINUTE_MS);
    this.#last = now;
    this.truth.update();
    const live = this.truth.held.length === 0 ? [] : this.truth.live();
    const stuck = new Set<number>();
    const byId = new Map(live.map((order) => [order.id, order]));
    for (const [name, ticker] of this.#names.entries()) {
      const bare = this.truth.bare(ticker, live);
      // The broker ends nothing that it has not ended: while a cancel is under way the shares are not free.
      const isTold = this.view.coverTold.has(name) || this.view.doubts(name, now - DOUBT_MS) > 0;
      const isStuck = isTold && live.some((order) => order.ticker === ticker && order.status === 'pending_cancel');
      // Nor does a second exit leave beside one that is there already and waits for a price.
      if (isStuck || live.some((order) => order.ticker === ticker && order.type === 'market' && this.truth.isOurs(order, byId)))
        stuck.add(name);
      // An order of somebody else reserves the shares, or would make a wash trade of ours; it is not ours to end (D5).
      const isKept = isTold && live.some((order) => order.ticker === ticker && !this.truth.isOurs(order, byId));
      const trades = isOpen && !shut.has(name);
      this.#clock(this.#haltOverFor, name, { runs: trades && this.view.halted.has(name), ms: isAble ? ms : 0, what: 'halt over' });
      const seemsHalted = this.view.halted.has(name) && (this.#haltOverFor.get(name) ?? 0) <= HALT_ENDS_MS;
      const mayAct = isAble && trades && !seemsHalted && !isStuck && !isKept && !this.view.isSuspended;
      // A minute begins anew when the broker, after longer than that, lets go of the shares: how it ended has to be found out first.
      this.#clock(this.#stuckFor, name, { runs: isStuck, ms, what: 'stuck' });
      const wasHeldBack = (this.#stuckFor.get(name) ?? 0) > BARE_MS_MAX;
      this.#clock(this.#bareFor, name, { runs: bare > 0 && !wasHeldBack, ms: mayAct ? ms : 0, what: 'bare' });
      const bareMsMax = BARE_MS_MAX + (disturbed.has(name) ? DETECTION_MS : 0) + this.view.doubts(name, now - 2 * DOUBT_MS) * QUARANTINE_MS;
      if ((this.#bareFor.get(name) ?? 0) > bareMsMax)
        throw new Violation(
          'I5',
          `${bare} of ${this.truth.shares(ticker)} shares of ${ticker} are without a stop for more than a minute; told: ${this.view.coverTold.has(name)}`,
        );
      const mayEnd = isAble && isOpen && !shut.has(name) && !isStuck && !isKept && !this.view.isSuspended && !this.view.isUnknownIn(name);
      this.#out(name, { ms: mayEnd ? ms : 0, extra: disturbed.has(name) ? DETECTION_MS : 0 });
      const [ours, theirs] = [this.view.shares.get(name) ?? 0, this.truth.shares(ticker)];
      const isKnown = this.view.quarantined.has(name) || this.view.line !== 'ready';
      // Between two sessions another number of shares may be a split, which is told when the next one opens (D7).
      const isOwed = this.view.isInSession || ours * theirs <= 0;
      this.#clock(this.#differsFor, name, { runs: ours !== theirs && !isKnown, ms: isAble && isOwed ? ms : 0, what: 'differs' });
      if ((this.#differsFor.get(name) ?? 0) > DETECTION_MS)
        throw new Violation('I3', `${ticker}: the book has ${ours}, the broker ${theirs}`);
      if (!disturbed.has(name) && theirs < 0) this.seen.add('short');
    }
    for (const [order, waited] of this.#exitsFor) {
      const known = this.view.orders.get(order as OrderId);
      if (known === undefined || known.isOver || (this.view.shares.get(known.order.symbol) ?? 0) === 0) this.#exitsFor.delete(order);
      else {
        this.#exitsFor.set(
          order,
          waited + (this.#mayLeave(known.order.symbol, order as OrderId, { isAble, isOpen, shut, stuck }) ? ms : 0),
        );
        this.#note('exit', waited);
        if (waited > EXIT_MS_MAX) throw new Violation('I16', `${order} has not left for ${waited} ms`);
      }
    }
  }

  /** Whatever the way out waits for, and be it another one of ours: some minutes of an open market end it. */
  #out(name: number, { ms, extra }: { ms: number; extra: number }): void {
    const order = this.#leaving.get(name);
    const ticker = this.#names[name] ?? '';
    this.#clock(this.#outFor, name, { runs: order !== undefined && this.truth.shares(ticker) !== 0, ms, what: 'out' });
    const waited = this.#outFor.get(name) ?? 0;
    if (waited > OUT_MS_MAX + extra)
      throw new Violation('I16', `${order} has not brought ${ticker} out for ${waited} ms of an open market`);
  }

  #mayLeave(
    symbol: number,
    order: OrderId,
    { isAble, isOpen, shut, stuck }: Pick<Surroundings, 'isAble' | 'isOpen' | 'shut'> & { stuck: ReadonlySet<number> },
  ): boolean {
    return isAble && isOpen && !shut.has(symbol) && !stuck.has(symbol) && !this.view.unknown.has(order) && !this.view.isSuspended;
  }

  /** The day is over and everything has had its time: nothing is left to be explained. */
  endOfDay({ isAble, disturbed }: Pick<Surroundings, 'isAble' | 'disturbed'>): void {
    this.truth.update();
    for (const fault of this.#broker.invariants()) throw new Violation('broker', fault);
    if (this.#entriesToday > ENTRIES_A_DAY_MAX) throw new Violation('I13', `${this.#entriesToday} entries in a day`);
    this.#entriesToday = 0;
    if (!isAble) return;
    const all = this.truth.all();
    const byId = new Map(all.map((order) => [order.id, order]));
    const ours = new Map<string, { bought: number; sold: number }>();
    for (const [id, { ticker, bought, sold }] of this.truth.moved) {
      const order = byId.get(id);
      if (order === undefined || !this.truth.isOurs(order, byId)) continue;
      const sum = ours.get(ticker) ?? { bought: 0, sold: 0 };
      ours.set(ticker, { bought: sum.bought + bought, sold: sum.sold + sold });
    }
    for (const [name, ticker] of this.#names.entries()) {
      const { bought, sold } = ours.get(ticker) ?? { bought: 0, sold: 0 };
      const told = { bought: this.view.bought.get(name) ?? 0, sold: this.view.sold.get(name) ?? 0 };
      if (told.bought !== bought || told.sold !== sold)
        throw new Violation('I4', `${ticker}: told ${told.bought} bought and ${told.sold} sold, at the broker ${bought} and ${sold}`);
      this.#pnl(name, { isKnown: !disturbed.has(name) });
      if (this.truth.shares(ticker) !== (this.view.shares.get(name) ?? 0) && !disturbed.has(name))
        throw new Violation(
          'I3',
          `${ticker} at the end of the day: ${this.view.shares.get(name) ?? 0}, at the broker ${this.truth.shares(ticker)}`,
        );
    }
    for (const order of all) {
      const id = orderOfClientId(this.#book, order.clientId);
      if (id === null) continue;
      if (this.view.notAccepted.has(id)) throw new Violation('I9', `${order.clientId} was told not to be accepted, and is ${order.status}`);
      const known = this.view.orders.get(id);
      if (known === undefined) throw new Violation('I2', `${order.clientId} stands in no journal`);
      // An order that already is what is wanted next only changes its name.
      const isRenamed = [...this.view.orders.values()].some(
        (other) => !other.isOver && other.order.symbol === known.order.symbol && other.order.type === known.order.type,
      );
      if (known.isOver && !isEnded(order.status) && !isRenamed && !this.view.unknown.has(id))
        throw new Violation('I9', `${order.clientId} is over for the house, and ${order.status}`);
    }
  }

  /** What the book says that a name has made is what the broker's ledger says, also across a split that was told. */
  #pnl(name: number, { isKnown }: { isKnown: boolean }): void {
    const ticker = this.#names[name] ?? '';
    const isFlat = this.truth.shares(ticker) === 0 && (this.view.shares.get(name) ?? 0) === 0;
    if (!isKnown || !isFlat) return;
    const told = this.view.pnl.get(name) ?? 0;
    const made = this.truth.money(ticker);
    this.seen.add('pnl compared');
    if (this.view.split.has(name) && made !== 0) this.seen.add('pnl compared after a split');
    if (told !== made) throw new Violation('I3', `${ticker} has made ${made} at the broker, and ${told} in the book`);
  }

  #entryWanted(symbol: number, { at, event }: Entry): void {
    const { view } = this;
    const engaged = view.engaged();
    const most = Math.min(POSITIONS_MAX, view.settings?.limits.openPositionsMax ?? 0);
    if (engaged.has(symbol)) throw new Violation('I6', `a second entry in ${this.#names[symbol]} at ${at}`);
    if (engaged.size >= most) throw new Violation('I6', `position ${engaged.size + 1} of ${most}`);
    const { limits } = view.settings ?? { limits: null };
    if (limits === null || event.kind !== 'order_requested') return;
    if (view.quarantined.has(symbol)) throw new Violation('I8', `an entry in ${this.#names[symbol]}, which is set apart`);
    const ageMs = at - (view.barAt.get(symbol) ?? 0);
    if (ageMs > (limits.quoteMinutesMax + 2) * MINUTE_MS)
      throw new Violation('I14', `an entry in ${this.#names[symbol]} on a bar that is ${ageMs} ms old`);
    const worth = (event.order.limit ?? 0) * event.order.shares;
    if (worth > view.equity * limits.positionMax * 1.001)
      throw new Violation('I6', `an entry of ${worth} with an equity of ${view.equity}`);
    const pnl = view.equity - view.equityAtOpen;
    if (pnl < -limits.lossTodayMax * 1.1) throw new Violation('I6', `an entry at a loss of ${pnl}`);
  }

  /** What the broker's lists told late is no difference. */
  #adjusted(symbol: number, shares: number): void {
    const ticker = this.#names[symbol] ?? '';
    this.truth.update();
    if (this.truth.shares(ticker) === (this.view.shares.get(symbol) ?? 0))
      throw new Violation('I3', `${ticker} is adjusted by ${shares} shares, and the broker has what the book had`);
  }

  /** A cancel is the house's wish, or makes room for one. */
  #cancelling(id: string): void {
    const order = this.truth.all().find((each) => each.id === id);
    if (order === undefined) return;
    const name = this.#names.indexOf(order.ticker);
    this.#acted(name);
    const ours = orderOfClientId(this.#book, order.clientId);
    const isWanted = ours !== null && this.#durable.has(`cancel ${ours}`);
    this.seen.add(isWanted ? 'cancel as wanted' : this.#durableExits.has(name) ? 'cancel to make room' : 'cancel without a wish');
  }

  #acted(symbol: number): void {
    for (const [order] of this.#exitsFor) if (this.view.orders.get(order as OrderId)?.order.symbol === symbol) this.#exitsFor.delete(order);
  }

  #count({ event }: Entry): void {
    if (event.kind !== 'bars_closed') this.#entriesToday++;
    this.seen.add(event.kind);
    if (event.kind === 'order_rejected') this.seen.add(`rejected: ${event.reason}`);
    if (event.kind === 'difference_found') this.seen.add(`difference: ${event.difference}`);
    if (event.kind === 'position_adjusted') this.seen.add(`adjusted: ${event.cause}`);
    if (event.kind === 'order_requested') this.seen.add(`order: ${event.order.role} ${event.order.type} ${event.order.reason}`);
  }

  #clock(clock: Clocked, key: number, { runs, ms, what }: { runs: boolean; ms: number; what: string }): void {
    if (!runs) {
      clock.delete(key);
      return;
    }
    const lasted = (clock.get(key) ?? 0) + (clock.has(key) ? ms : 0);
    clock.set(key, lasted);
    this.#note(what, lasted);
  }

  #note(what: string, ms: number): void {
    if (ms > (this.#longest.get(what) ?? 0)) this.#longest.set(what, ms);
  }
}
