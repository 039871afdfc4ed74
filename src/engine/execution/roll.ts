import type { BrokerOrder, BrokerOrderId } from '#domain/brokerage/broker-order';
import { type Book, clientOrderId, orderOfClientId } from '#domain/brokerage/client-order-id';
import type { OrderStatus } from '#domain/orders/life-cycle';
import type { Order, OrderId } from '#domain/orders/order';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex, Ticker } from '#domain/values/symbol';
import { isLive, isOpen, type Link, type Tracked } from '#engine/execution/tracked';

/** Every order of the house that is not long over, and which orders of the broker stand for it. */
export class Roll {
  readonly #book: Book;
  readonly #tracked = new Map<OrderId, Tracked>();
  readonly #links = new Map<BrokerOrderId, Link>();
  readonly #renamed = new Map<BrokerOrderId, OrderId>();
  /** The same as lists, made once for as long as nothing comes or goes: they are gone through after everything that happens. */
  #all: readonly Tracked[] | null = null;
  #allLinks: readonly Link[] | null = null;
  readonly #bySymbol = new Map<SymbolIndex, readonly Tracked[]>();
  /** A day leaves hundreds of ended orders in a name, and what works there is asked for after everything that happens. */
  readonly #liveBySymbol = new Map<SymbolIndex, readonly Link[]>();

  constructor(book: Book) {
    this.#book = book;
  }

  enter(order: Order, { ticker, at }: { ticker: Ticker; at: Instant }): Tracked {
    const known = this.#tracked.get(order.id);
    if (known !== undefined) return known;
    // The legs of a bracket are requested with its entry, before anything else can happen.
    const parent = order.role === 'target' || order.role === 'stop' ? this.#tracked.get(order.parent ?? order.id) : undefined;
    const inBracket = parent !== undefined && parent.requestedAt === at && !this.#hasLeg(parent, order);
    const head = inBracket ? parent.order.id : order.id;
    const tracked: Tracked = {
      order,
      ticker,
      head,
      family: head,
      requestedAt: at,
      stage: 'waiting',
      attempt: 1,
      clientId: clientOrderId(this.#book, order.id, 1),
      sentAt: at,
      endedAt: at,
      accepted: false,
      filled: 0,
      credit: 0,
      isHanded: false,
      cancelWanted: false,
      notBefore: at,
      tries: 0,
      lookUp: null,
      links: [],
      replacing: null,
      verified: false,
      nestedLooks: 0,
      givenUp: false,
      takenOver: null,
      hasPassedOn: false,
    };
    this.#tracked.set(order.id, tracked);
    this.#changed();
    return tracked;
  }

  /** A new attempt has another name: the broker never takes one twice. */
  tryAgain(tracked: Tracked): void {
    tracked.attempt++;
    tracked.clientId = clientOrderId(this.#book, tracked.order.id, tracked.attempt);
    tracked.stage = 'waiting';
    tracked.lookUp = null;
    tracked.replacing = null;
    tracked.family = tracked.head;
    tracked.takenOver = null;
  }

  /** An order of the broker that stands for another of ours than its name there says; what has filled of it goes along. */
  rename(broker: BrokerOrderId, { order, before }: { readonly order: OrderId; readonly before: OrderId }): void {
    this.#renamed.set(broker, order);
    const [from, to] = [this.#tracked.get(before), this.#tracked.get(order)];
    if (to !== undefined) to.takenOver = broker;
    if (from === undefined) return;
    from.takenOver = null;
    from.hasPassedOn = true;
    if (to === undefined) return;
    to.credit += from.credit;
    from.credit = 0;
  }

  /** Whom an order of the broker stands for, also one that was forgotten by a restart and is known by its new owner only. */
  ownerOf(broker: BrokerOrderId): Tracked | undefined {
    const renamed = this.#renamed.get(broker);
    return this.#links.get(broker)?.owner ?? (renamed === undefined ? undefined : this.#tracked.get(renamed));
  }

  get(order: OrderId): Tracked | undefined {
    return this.#tracked.get(order);
  }

  link(id: BrokerOrderId): Link | undefined {
    return this.#links.get(id);
  }

  add(link: Link): void {
    this.#links.set(link.id, link);
    this.#allLinks = null;
    link.owner.links.push(link);
    this.#liveBySymbol.delete(link.owner.order.symbol);
  }

  /** What the broker says that has become of it. */
  become(link: Link, status: OrderStatus): void {
    (link as { status: OrderStatus }).status = status;
    if (!isLive(link)) this.#liveBySymbol.delete(link.owner.order.symbol);
  }

  /** The order passes from one of our names to another; what it has filled stays where it was told. */
  handOver(link: Link, to: Tracked): void {
    const { links } = link.owner;
    links.splice(links.indexOf(link), 1);
    to.family = link.owner.family;
    link.owner = to;
    to.links.push(link);
    this.#liveBySymbol.delete(to.order.symbol);
  }

  /** Whose order this is by the name that we gave it; undefined for a name that is not ours. */
  named(view: BrokerOrder): Tracked | undefined {
    const order = this.#renamed.get(view.id) ?? orderOfClientId(this.#book, view.clientId);
    return order === null ? undefined : this.#tracked.get(order);
  }

  legsOf(head: Tracked): readonly Tracked[] {
    return this.in(head.order.symbol).filter((tracked) => tracked.head === head.order.id && tracked !== head);
  }

  groupOf({ head, order }: Tracked): readonly Tracked[] {
    return this.in(order.symbol).filter((tracked) => tracked.head === head);
  }

  familyOf({ family, order }: Tracked): readonly Tracked[] {
    return this.in(order.symbol).filter((tracked) => tracked.family === family);
  }

  in(symbol: SymbolIndex): readonly Tracked[] {
    const known = this.#bySymbol.get(symbol);
    if (known !== undefined) return known;
    const found = this.all.filter(({ order }) => order.symbol === symbol);
    this.#bySymbol.set(symbol, found);
    return found;
  }

  /** The broker's orders of a name that can still fill, by the order of ours that they stand for. */
  liveIn(symbol: SymbolIndex): readonly Link[] {
    const known = this.#liveBySymbol.get(symbol);
    if (known !== undefined) return known;
    const found = this.in(symbol).flatMap(({ links }) => links.filter(isLive));
    this.#liveBySymbol.set(symbol, found);
    return found;
  }

  get all(): readonly Tracked[] {
    this.#all ??= [...this.#tracked.values()];
    return this.#all;
  }

  get open(): readonly Tracked[] {
    return this.all.filter(isOpen);
  }

  get links(): readonly Link[] {
    this.#allLinks ??= [...this.#links.values()];
    return this.#allLinks;
  }

  /**
   * What ended before then is forgotten, all of a name at once: while one of its orders is open, what another has filled must not be
   * put down to it.
   */
  forget(before: Instant): void {
    for (const symbol of new Set(this.all.map(({ order }) => order.symbol))) {
      const orders = this.in(symbol);
      if (!orders.every(({ stage, endedAt }) => stage === 'ended' && endedAt < before)) continue;
      for (const { order, links } of orders) {
        for (const { id } of links) this.#links.delete(id);
        this.#tracked.delete(order.id);
      }
      this.#changed();
    }
  }

  #changed(): void {
    this.#all = null;
    this.#allLinks = null;
    this.#bySymbol.clear();
    this.#liveBySymbol.clear();
  }

  #hasLeg(head: Tracked, { role }: Order): boolean {
    return this.legsOf(head).some(({ order }) => order.role === role);
  }
}
