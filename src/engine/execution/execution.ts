import type { AccountEvent, BrokerState } from '#domain/events/account';
import type { Entry, Event, EventKind } from '#domain/events/event';
import type { Request } from '#domain/events/request';
import type { Order, OrderId } from '#domain/orders/order';
import type { Approved } from '#domain/risk/approval';
import { type Instant, instant } from '#domain/values/instant';
import { answerTo } from '#engine/execution/answers';
import { coverDue, watchCover } from '#engine/execution/cover-watch';
import { executionsSince } from '#engine/execution/cycle';
import { Desk, type Options } from '#engine/execution/desk';
import { hear, learn } from '#engine/execution/intake';
import { goOn, isTrusted } from '#engine/execution/lane-plan';
import { lookUpDue } from '#engine/execution/look-ups';
import { remember, takeStock } from '#engine/execution/memory';
import type { Asking } from '#engine/execution/outbox';
import { waitOf } from '#engine/execution/patience';
import { readDue } from '#engine/execution/reads';
import { Reconciliation } from '#engine/execution/reconciliation';
import { type ExecutionReport, reportOf } from '#engine/execution/report';
import { rejectGroup } from '#engine/execution/submission';
import { Suspending } from '#engine/execution/suspending';
import { tellUnknown } from '#engine/execution/telling';
import { hasGap, isOpen } from '#engine/execution/tracked';
import type { Broker } from '#engine/ports/broker';
import type { Answer, BrokerNews } from '#engine/ports/brokerage';

const ofOrders: readonly EventKind[] = ['order_accepted', 'order_rejected', 'order_filled', 'order_cancelled', 'order_unknown'];

/**
 * Between the house and a broker: what is wanted on one side, what is true on the other. It is told the time and everything
 * that happens, and is asked what to send and what to record; it does nothing by itself.
 */
export class Execution implements Broker {
  readonly #desk: Desk;
  readonly #reconciliation: Reconciliation;
  readonly #suspending: Suspending;
  #lastEntry: Instant = instant(0);
  #isPlanned = true;

  constructor(options: Options) {
    this.#desk = new Desk(options);
    this.#reconciliation = new Reconciliation(this.#desk);
    this.#suspending = new Suspending(this.#desk);
  }

  /** From the house, after the journal was synced: orders that stand or fall together. */
  submit(orders: readonly Approved<Order>[]): void {
    for (const order of orders) {
      const tracked = this.#desk.roll.enter(order, { ticker: this.#desk.names.tickerOf(order.symbol), at: this.#desk.now });
      if (tracked.stage === 'waiting') tracked.isHanded = true;
    }
    this.#isPlanned = false;
  }

  cancel(order: OrderId): void {
    const tracked = this.#desk.roll.get(order);
    if (tracked !== undefined) tracked.cancelWanted = true;
    this.#isPlanned = false;
  }

  /** Entries that have not left yet were wanted on prices that are over: they do not leave any more. */
  dropEntries(): void {
    const desk = this.#desk;
    if (!desk.started) return;
    for (const tracked of desk.roll.open)
      if (tracked.order.role === 'entry' && tracked.stage === 'waiting' && tracked.isHanded) rejectGroup(desk, tracked, 'stale');
  }

  suspend(): void {
    this.#suspending.want(true);
  }

  resume(): void {
    this.#suspending.want(false);
  }

  /** Every entry of the house in order, whether it is made again or new. */
  see(entry: Entry): void {
    this.#at(entry.at);
    if (!this.#desk.started) {
      this.#lastEntry = entry.at;
      if (entry.event.kind === 'suspend_requested') this.#suspending.recall(true);
      if (entry.event.kind === 'resume_requested') this.#suspending.recall(false);
    }
    if (!this.#isKnown(entry.event)) remember(this.#desk, entry);
    if (entry.event.kind === 'bars_closed') this.#isPlanned = false;
  }

  /** The journal is used up: from here on everything is new, and the broker is asked what it has. */
  start(at: Instant): void {
    this.#at(at);
    const desk = this.#desk;
    desk.started = true;
    if (desk.watermark === 0) desk.watermark = this.#lastEntry;
    desk.line.become('reconciling', 'started');
    for (const tracked of takeStock(desk, this.#lastEntry)) rejectGroup(desk, tracked, 'stale');
    for (const tracked of desk.roll.open)
      if (tracked.stage === 'unknown' && !tracked.accepted && tracked.lookUp !== null)
        tellUnknown(desk, tracked, 'not known after a restart');
    this.#suspending.start();
    this.#reconciliation.begin();
    this.#isPlanned = false;
  }

  /** What became of an ask. */
  answered(id: number, answer: Answer, at: Instant): void {
    this.#at(at);
    const purpose = this.#desk.outbox.settle(id);
    if (purpose === null) return;
    for (const lane of this.#desk.lanes) if (lane.busy === id) lane.busy = null;
    if (answer.kind === 'refused' && answer.reason === 'not_authorized') this.#desk.line.refuse('not_authorized', 'line_ready', at);
    if (purpose.kind === 'cycle') this.#reconciliation.answered(purpose, answer);
    else if (purpose.kind === 'suspend') this.#suspending.answered(purpose.on, answer);
    else if (purpose.kind === 'cash') this.#reconciliation.activitiesListed(answer);
    else answerTo(this.#desk, purpose, answer);
    this.#isPlanned = false;
  }

  /** What the broker tells by itself. */
  news(news: BrokerNews, at: Instant): void {
    this.#at(at);
    this.#hear(news);
    this.#isPlanned = false;
  }

  /** What is known here may be old: nothing is entered until `trust`, and a comparison after that. */
  doubt(why: string, at: Instant): void {
    this.#at(at);
    this.#desk.line.doubt(why);
    this.#isPlanned = false;
  }

  trust(at: Instant): void {
    this.#at(at);
    this.#desk.line.trust();
    this.#reconciliation.begin();
    this.#isPlanned = false;
  }

  /** The time goes on: whatever waited for it is done. */
  tick(at: Instant): void {
    this.#at(at);
    const desk = this.#desk;
    if (!desk.started) return;
    lookUpDue(desk);
    readDue(desk);
    this.#listDue();
    this.#suspending.tick();
    this.#reconciliation.tick();
    this.#isPlanned = false;
  }

  /** When `tick` has something to do next; null while only the broker can bring it. */
  nextDue(): Instant | null {
    this.#plan();
    const desk = this.#desk;
    if (!desk.started) return null;
    let first = Number.POSITIVE_INFINITY;
    const by = (due: Instant | null | undefined): void => {
      if (due != null && due < first) first = due;
    };
    by(this.#reconciliation.due);
    by(this.#suspending.due);
    if (!desk.isListing) by(desk.missing?.due);
    for (const tracked of desk.roll.all) if (tracked.lookUp !== null && isOpen(tracked)) by(tracked.lookUp.due);
    for (const { read } of desk.roll.links) by(read?.due);
    for (const lane of desk.lanes) {
      if (lane.busy === null) by(lane.wake);
      by(coverDue(desk, lane));
    }
    return first === Number.POSITIVE_INFINITY ? null : instant(Math.max(desk.now, first));
  }

  /** What is to be asked of the broker, in the order in which it came up; more urgent asks go first. */
  takeAsks(): readonly Asking[] {
    this.#plan();
    return this.#desk.outbox.take();
  }

  /**
   * Whether an ask that was taken still makes sense when it is about to leave. An entry waits for its place in the budget, and what
   * is ordered meanwhile, a halt above all, comes before it (I7).
   */
  isWanted(id: number): boolean {
    const purpose = this.#desk.outbox.purposeOf(id);
    if (purpose?.kind !== 'submit') return true;
    const tracked = this.#desk.roll.get(purpose.order);
    return tracked === undefined || tracked.order.role !== 'entry' || (!tracked.cancelWanted && isTrusted(this.#desk, tracked));
  }

  /** What has become true of our orders, to be accepted at the door in this order. */
  takeEvents(): readonly AccountEvent[] {
    this.#plan();
    // While the journal is made again nothing new is told.
    return this.#desk.started ? this.#desk.takeEvents() : [];
  }

  /** What is asked of the house, to be accepted before the events that it comes with: a stop must not be lost between the two. */
  takeRequests(): readonly Request[] {
    this.#plan();
    return this.#desk.started ? this.#desk.takeRequests() : [];
  }

  get state(): BrokerState {
    return this.#desk.line.state;
  }

  report(): ExecutionReport {
    return reportOf(this.#desk);
  }

  /** What has been told from here; of our orders nobody else tells anything. */
  #isKnown(event: Event): boolean {
    if (this.#desk.started && ofOrders.some((kind) => kind === event.kind)) return true;
    return this.#desk.isOwn(event);
  }

  #at(at: Instant): void {
    if (at > this.#desk.now) this.#desk.now = at;
  }

  /** Only once the house has said all that it wants: a stop is moved by a cancel and an order of one act. */
  #plan(): void {
    if (this.#isPlanned || !this.#desk.started) return;
    this.#isPlanned = true;
    for (const lane of this.#desk.lanes) goOn(this.#desk, lane);
    watchCover(this.#desk);
  }

  #hear(news: BrokerNews): void {
    const desk = this.#desk;
    switch (news.kind) {
      case 'line_ready':
        desk.line.up();
        if (desk.started) this.#reconciliation.begin();
        return;
      case 'line_lost':
        return desk.line.down(news.why);
      case 'line_refused':
        desk.line.isUp = false;
        return desk.line.refuse('not_authorized', 'line_ready', desk.now);
      case 'unreadable_news':
        desk.compareSoon = true;
        return;
      case 'order_news': {
        // Before the start the journal is still being told; the lists have it all after that.
        if (!desk.started) return;
        const link = learn(desk, news.order, 'news');
        if (link === null) desk.compareSoon = true;
        if (news.execution !== null) hear(desk, news.execution, 'news');
        else if (link !== null && hasGap(link)) desk.wantExecutions();
        return;
      }
    }
  }

  /** Fills that are known to be missing are looked for in the list of executions. */
  #listDue(): void {
    const desk = this.#desk;
    if (desk.missing === null || desk.isListing || desk.missing.due > desk.now) return;
    if (!desk.roll.links.some(hasGap)) {
      desk.missing = null;
      return;
    }
    desk.missing = { step: desk.missing.step + 1, due: desk.in(waitOf(desk.patience.lookUpMs, desk.missing.step)) };
    desk.isListing = true;
    desk.outbox.ask({ kind: 'list_executions', after: executionsSince(desk) }, 'reconcile', { kind: 'executions' });
  }
}
