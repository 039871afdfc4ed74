import type { BrokerAccount, BrokerOrder, BrokerOrderId } from '#domain/brokerage/broker-order';
import { isOfCatalyst, orderOfClientId } from '#domain/brokerage/client-order-id';
import { isEnded } from '#domain/orders/life-cycle';
import type { OrderId } from '#domain/orders/order';
import { type Instant, instant } from '#domain/values/instant';
import { CashComparison } from '#engine/execution/cash-comparison';
import { Comparison } from '#engine/execution/comparison';
import { Cycle, isVanished } from '#engine/execution/cycle';
import type { Desk } from '#engine/execution/desk';
import { absent } from '#engine/execution/look-ups';
import { forgetLost, noteLost } from '#engine/execution/lost-orders';
import { follow } from '#engine/execution/reads';
import { tellUnknown } from '#engine/execution/telling';
import type { Answer } from '#engine/ports/brokerage';

/** Reads everything that the broker has, again and again, and makes the two sides agree. */
export class Reconciliation {
  readonly #desk: Desk;
  readonly #comparison: Comparison;
  readonly #cash: CashComparison;
  readonly #foreign = new Set<BrokerOrderId>();
  #cycle: Cycle | null = null;
  #cycles = 0;
  #began: Instant | null = null;
  #failures = 0;
  #due: Instant | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#comparison = new Comparison(desk);
    this.#cash = new CashComparison(desk);
  }

  /** Begins anew; what an earlier reading still brings counts for nothing. */
  begin(): void {
    this.#desk.compareSoon = false;
    this.#began = this.#desk.now;
    this.#due = null;
    this.#cycle = new Cycle(this.#desk, ++this.#cycles);
  }

  /** When it begins again; null while it is under way. */
  get due(): Instant | null {
    if (this.#cycle !== null || this.#due === null || this.#began === null) return null;
    let due = this.#due;
    const sooner = (at: number): void => {
      if (at < due) due = instant(at);
    };
    const { patience, roll, compareSoon, lanes } = this.#desk;
    if (compareSoon) sooner(this.#began + patience.settleMs);
    // An order of unknown fate is not left so for longer than its absence takes to prove.
    for (const { stage, sentAt, order } of roll.open) {
      if (stage === 'unknown' && sentAt + patience.quarantineMs > this.#began) sooner(sentAt + patience.quarantineMs);
      if (stage === 'live' && order.role === 'entry') sooner(this.#began + patience.exposedMs);
    }
    if (lanes.some(({ bareSince }) => bareSince !== null)) sooner(this.#began + patience.exposedMs);
    return due;
  }

  tick(): void {
    const { due } = this;
    if (due !== null && due <= this.#desk.now) this.begin();
  }

  answered({ cycle, of }: { readonly cycle: number; readonly of: OrderId | BrokerOrderId | null }, answer: Answer): void {
    if (this.#cycle === null || this.#cycle.id !== cycle) return;
    this.#cycle.answered(of, answer);
    if (this.#cycle.isOver) this.#finish(this.#cycle);
  }

  /** What the account's activities say of its cash. */
  activitiesListed(answer: Answer): void {
    this.#cash.listed(answer);
  }

  #finish(cycle: Cycle): void {
    const desk = this.#desk;
    this.#cycle = null;
    this.#due = desk.in(desk.patience.settleMs);
    const { positions, account } = cycle;
    // No row at all, while something is held: that is only believed of an account whose whole worth is cash.
    const isEmpty = positions?.length === 0 && desk.holdings.held.length > 0 && account?.equity !== account?.cash;
    if (cycle.hasFailed || positions === null || account === null || isEmpty) return this.#fail();
    this.#failures = 0;
    const takesOrders = this.#account(account, cycle.began);
    if (takesOrders) this.#tryExits();
    if (account.id !== desk.account) {
      this.#due = desk.in(desk.patience.reconcileMs);
      return;
    }
    for (const tracked of cycle.proven) absent(desk, tracked);
    this.#vanished();
    this.#strangers(cycle);
    this.#flipped();
    const isClean = this.#comparison.compare(cycle, positions);
    if (isClean) this.#cash.compare(cycle, account);
    else desk.report(account, { hasMoved: false });
    this.#forgetKept(cycle.began);
    desk.hasCompared = true;
    if (isClean) this.#due = desk.in(desk.patience.reconcileMs);
    if (isClean && takesOrders) desk.line.clean(cycle.began);
    else if (desk.line.isUp && desk.line.state === 'lost') desk.line.become('reconciling', 'compared');
  }

  /** A reading that failed is not an account without anything. */
  #fail(): void {
    const { line, patience } = this.#desk;
    this.#failures++;
    if (this.#failures < patience.failuresMax) return;
    // What takes risk away cannot wait for a broker that does not tell what it has.
    this.#desk.hasCompared = true;
    line.become('lost', 'its lists cannot be read');
  }

  /** Whether the account takes orders of this book. */
  #account({ id, blocked, suspended }: BrokerAccount, began: Instant): boolean {
    const desk = this.#desk;
    desk.account ??= id;
    if (desk.account !== id) {
      if (!desk.line.isRefused)
        desk.tell({ kind: 'difference_found', difference: 'account', symbol: null, ours: 0, theirs: 0, detail: 'another account' });
      desk.line.refuse('another account', 'never', desk.now);
      return false;
    }
    const byOthers = suspended && began > desk.suspendedByUsUntil ? 'suspended by its owner' : null;
    const why = blocked ?? byOthers;
    if (why !== null) desk.line.refuse(`the account is restricted (${why}): nothing is entered, exits are tried`, 'unblocked', desk.now);
    // Suspended by ourselves it is no news, and still takes nothing: an order that was refused for it has shown that.
    return why === null && !(suspended && desk.line.isRestricted);
  }

  /** What the account refused while it was restricted has waited longer and longer; now it takes orders again. */
  #tryExits(): void {
    const { line, roll, now } = this.#desk;
    if (!line.refusesExits) return;
    line.refusesExits = false;
    for (const tracked of roll.open) if (tracked.order.role !== 'entry' && tracked.stage === 'waiting') tracked.notBefore = now;
  }

  /** The broker has had it and does not know it any more. */
  #vanished(): void {
    const desk = this.#desk;
    for (const link of desk.roll.links) {
      if (!isVanished(link) || link.unclear) continue;
      link.unclear = true;
      follow(desk, link);
      const { order } = link.owner;
      desk.differ('missing_order', order.symbol, { ours: link.view.shares - link.view.filled, theirs: 0, detail: order.id });
      tellUnknown(desk, link.owner, 'the broker does not know it any more');
    }
  }

  /** Both legs of a bracket have filled, and no purchase has turned up that would explain it. */
  #flipped(): void {
    for (const lane of this.#desk.lanes) {
      const { symbol, flippedBy } = lane;
      lane.flippedBy = null;
      const theirs = this.#desk.holdings.of(symbol);
      if ((flippedBy === 'sell' && theirs < 0) || (flippedBy === 'buy' && theirs > 0))
        this.#desk.differ('shares', symbol, { ours: 0, theirs, detail: 'more was given back than was held' });
    }
  }

  /** Orders that are not ours, from a list or from news that nothing has explained since. */
  #strangers(cycle: Cycle): void {
    const desk = this.#desk;
    this.#lost(cycle);
    const told = [...desk.kept.values()].filter(({ since }) => since < cycle.began).flatMap(({ view }) => view ?? []);
    for (const order of [...cycle.open, ...told]) {
      if (desk.roll.link(order.id) === undefined && !desk.lost.has(order.id) && (order.status === 'unknown' || !isEnded(order.status)))
        this.#stranger(order);
    }
  }

  /** What nobody has claimed in that time; not before it could explain a difference, and the next list shows again what still can. */
  #forgetKept(began: Instant): void {
    const { kept, patience } = this.#desk;
    for (const [id, { since }] of kept) if (since < began - patience.marginMs) kept.delete(id);
  }

  /** Orders of this book that the journal does not know, each group with its legs, whose names the broker has made. */
  #lost(cycle: Cycle): void {
    const desk = this.#desk;
    const isLive = ({ status }: BrokerOrder): boolean => status === 'unknown' || !isEnded(status);
    forgetLost(desk, new Set(cycle.open.filter(isLive).map(({ id }) => id)));
    for (const head of cycle.heads) {
      const isOfBook = orderOfClientId(desk.book, head.clientId) !== null && desk.roll.named(head) === undefined;
      const symbol = desk.names.indexOf(head.ticker);
      const live = [head, ...(head.legs ?? [])].find(isLive);
      if (!isOfBook || symbol === null || live === undefined || desk.roll.link(head.id) !== undefined) continue;
      noteLost(desk, head, symbol);
      this.#stranger(head, 'not in the journal');
    }
  }

  #stranger({ id, clientId, ticker, shares }: BrokerOrder, detail = isOfCatalyst(clientId) ? 'of another book' : 'of somebody else'): void {
    if (this.#foreign.has(id)) return;
    this.#foreign.add(id);
    const desk = this.#desk;
    const symbol = desk.names.indexOf(ticker);
    if (symbol !== null) return desk.differ('foreign_order', symbol, { ours: 0, theirs: shares, detail });
    desk.tell({ kind: 'difference_found', difference: 'foreign_order', symbol, ours: 0, theirs: shares, detail: ticker });
  }
}
