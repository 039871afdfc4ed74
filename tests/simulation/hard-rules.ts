import type { Entry, Event, EventKind, EventOf } from '#domain/events/event';
import type { Service } from '#domain/events/service';
import type { Order } from '#domain/orders/order';
import type { Settings } from '#domain/settings';
import type { Cash } from '#domain/values/cash';
import type { Origin } from '#engine/journal/problems';
import type { Recorder } from '#engine/journal/recorder';
import type { SessionReport } from '#production/reporting/session-report';
import { AccountSums } from './account-sums.js';
import { ApprovalRules } from './approval-rules.js';
import { BrokenRule } from './broken-rule.js';
import { CauseRules } from './cause-rules.js';
import { DayVolumeSums } from './day-volume-sums.js';
import { FillRules } from './fill-rules.js';
import { FunnelRules } from './funnel-rules.js';
import type { Occurrences } from './occurrences.js';
import { OrderRules } from './order-rules.js';
import { StopRules } from './stop-rules.js';

type Working = { readonly order: Order; left: number; cancelled: boolean };

/**
 * The hard rules of the mission, held against every entry that the house writes. All sums are made here again, from fills
 * and bars alone, and none is taken from the house. Breaking a rule throws, with the entry at which it was broken.
 */
export class HardRules implements Recorder {
  #settings: Settings;
  readonly #causes: CauseRules;
  readonly #seen: Occurrences;
  readonly #also: Recorder | null;
  readonly #funnel = new FunnelRules();
  #sequence = 0;
  #committed = 0;
  #entry: Entry | null = null;
  #door: EventKind | null = null;
  readonly #sums: AccountSums;
  readonly #volumes = new DayVolumeSums();
  readonly #stops: StopRules;
  readonly #orders: OrderRules;
  readonly #approvals: ApprovalRules;
  readonly #fills = new FillRules();
  readonly #whys = new Map<number, Event>();
  // The session.
  #session: EventOf<'session_opened'> | null = null;
  #haltedToday = false;
  /** Since when nothing may be bought any more. */
  #stoppedAt: number | null = null;
  #closedPnl = 0;
  #closed = 0;
  // Orders.
  readonly #requested = new Map<string, { readonly order: Order; readonly at: number; readonly sequence: number }>();
  readonly #working = new Map<string, Working>();
  #entriesOfInstant: Order[] = [];

  constructor(settings: Settings, services: readonly Service[], seen: Occurrences, also: Recorder | null = null) {
    this.#settings = settings;
    this.#sums = new AccountSums(settings.capital);
    this.#stops = new StopRules(this.#sums, seen);
    this.#orders = new OrderRules(this.#sums, seen);
    this.#seen = seen;
    this.#also = also;
    this.#approvals = new ApprovalRules({ sums: this.#sums, volumes: this.#volumes, stops: this.#stops, seen });
    this.#causes = new CauseRules(services);
  }

  append(event: Event, at: Entry['at'], cause: number, origin: Origin): number {
    if (origin === 'door') {
      this.#settled();
      this.#door = event.kind;
    }
    this.#sequence++;
    this.#also?.append(event, at, cause, origin);
    const entry: Entry = { sequence: this.#sequence, at, cause, event };
    this.#entry = entry;
    this.#asBroken(() => this.#causes.see(entry, origin));
    const broken = this.#funnel.broken(event);
    this.#need(broken === null, broken ?? '');
    this.#asBroken(() => this.#see(entry));
    return this.#sequence;
  }

  commit(): void {
    this.#also?.commit();
    this.#committed = this.#sequence;
  }

  flush(): void {
    this.#also?.flush();
  }

  uncommitted(): number {
    return this.#also?.uncommitted() ?? this.#sequence - this.#committed;
  }

  headHash(): string | null {
    return this.#also?.headHash() ?? null;
  }

  close(): void {
    this.#also?.close();
  }

  /** Journal before effect: told of all that goes out. */
  sent(orders: readonly Order[]): void {
    for (const { id } of orders) {
      const requested = this.#requested.get(id);
      if (requested === undefined || requested.sequence > this.#committed) this.#broken(`${id} left before its entry was on the disk`);
    }
  }

  /** The books of a session that has been run agree to the last 1e-4. */
  agrees({ report, exchangeCash }: { readonly report: SessionReport; readonly exchangeCash: Cash }): void {
    this.#settled();
    const { cash, cashAtOpen, feesToday } = this.#sums;
    const pnl = cash - cashAtOpen;
    this.#need(report.equity === cash && exchangeCash === cash, `cash ${cash}, exchange ${exchangeCash}, report ${report.equity}`);
    this.#need(
      report.pnl === pnl && this.#closedPnl === pnl,
      `P&L of the fills ${pnl}, of the positions ${this.#closedPnl}, of the report ${report.pnl}`,
    );
    this.#need(report.fees === feesToday, `fees ${feesToday}, report ${report.fees}`);
    this.#need(report.trades.length === this.#closed, `${this.#closed} positions closed, ${report.trades.length} reported`);
    const { formed, allJudgedOnce } = this.#approvals;
    this.#need(report.intents === formed && allJudgedOnce, 'each intent is judged once');
    const refused = report.refused.reduce((sum, { count }) => sum + count, 0);
    this.#need(refused === this.#approvals.refused && report.approved + refused === report.intents, 'approved and refused are all intents');
    this.#need(report.halted === this.#haltedToday, 'the report says whether the day was halted');
  }

  #see(entry: Entry): void {
    const { event } = entry;
    switch (event.kind) {
      case 'session_opened':
        return this.#open(event, entry);
      case 'parameters_changed':
        this.#settings = event.settings;
        return;
      case 'bars_closed':
        return this.#bars(event, entry);
      case 'intent_formed':
        return this.#approvals.intended(entry, event);
      case 'intent_approved':
        return this.#approvals.approve(event, entry, this.#settings);
      case 'intent_refused':
        this.#approvals.refuse(event);
        if (event.refusals.some(({ kind }) => kind === 'repeated_execution')) this.#stops.repeated();
        return;
      case 'loss_warned':
        this.#seen.add('loss_warned');
        return this.#stops.warned(event, this.#settings.limits);
      case 'account_reported':
        this.#sums.report(event.equity);
        return this.#stops.watch(entry, this.#settings.limits);
      case 'stop_requested':
        this.#whys.set(entry.sequence, event);
        return this.#stops.asked(event.level, entry.sequence);
      case 'halt_ordered':
        return this.#halt(event, entry);
      case 'order_requested':
        return this.#order(event.order, entry);
      case 'cancel_requested':
        return this.#cancel(event);
      case 'order_rejected': {
        const { role } = this.#workingOf(event.order).order;
        this.#need(role !== 'entry', `${event.order} was rejected (${event.reason}): risk let pass what the broker refuses`);
        this.#seen.add('exit rejected');
        this.#orders.ended(event.order);
        return this.#ended(event.order);
      }
      case 'order_cancelled':
        this.#orders.ended(event.order);
        return this.#ended(event.order);
      case 'order_filled':
        this.#filled(event);
        return this.#stops.watch(entry, this.#settings.limits);
      case 'position_closed':
        return this.#positionClosed(event);
      case 'session_closed':
        return this.#close();
      default:
        return;
    }
  }

  #open(opened: EventOf<'session_opened'>, entry: Entry): void {
    this.#whys.set(entry.sequence, opened);
    this.#session = opened;
    this.#stops.open(this.#sums.open(opened), entry.sequence);
    this.#orders.open();
    if (!this.#stops.reaches('cancel_entries')) this.#stoppedAt = null;
    this.#fills.open(opened);
    this.#approvals.open(opened);
    this.#haltedToday = this.#stops.reasons.length > 0;
    this.#requested.clear();
    this.#closedPnl = 0;
    this.#closed = 0;
  }

  #bars({ frame }: EventOf<'bars_closed'>, entry: Entry): void {
    this.#fills.bars(frame);
    this.#sums.bars(frame);
    this.#volumes.bars(frame);
    if (frame.regular) this.#stops.watch(entry, this.#settings.limits);
  }

  #halt(event: EventOf<'halt_ordered'>, entry: Entry): void {
    const leaves = this.#stops.halt(event, entry, this.#whys.get(entry.cause), this.#settings.limits);
    if (this.#stops.reaches('cancel_entries')) this.#stoppedAt ??= entry.at;
    this.#haltedToday = true;
    this.#seen.add(`halt: ${event.reason}`);
    if (!leaves) return;
    for (const symbol of this.#sums.held.keys()) this.#orders.leaves(symbol);
    if (this.#sums.held.size > 0) this.#seen.add('halt with open positions');
  }

  #order(order: Order, { sequence, at }: Entry): void {
    this.#need(!this.#requested.has(order.id), `${order.id} is named twice`);
    this.#requested.set(order.id, { order, at, sequence });
    this.#working.set(order.id, { order, left: order.shares, cancelled: false });
    this.#orders.requested(order);
    if (order.role !== 'entry') {
      this.#need(order.parent !== null && order.side === 'sell', `${order.id} only gives back`);
      if (order.role === 'exit') this.#seen.add(`exit: ${order.type}`);
      if (order.reason === 'protection_missing') this.#seen.add('protection_missing');
      return;
    }
    const approval = this.#approvals.of(order.intent);
    this.#need(!this.#stops.reaches('cancel_entries'), 'an entry is requested after the halt');
    this.#need(
      approval !== undefined && order.shares === approval.order.shares && order.limit === approval.order.limit && order.type === 'limit',
      `${order.id} is what was approved`,
    );
    this.#entriesOfInstant.push(order);
  }

  #cancel({ order, reason }: EventOf<'cancel_requested'>): void {
    this.#orders.cancelled(order);
    const working = this.#working.get(order);
    if (working === undefined) return;
    working.cancelled = true;
    this.#seen.add(`cancel: ${reason}`);
  }

  #filled(fill: EventOf<'order_filled'>): void {
    const { order: id, symbol, side, shares, bar: start, flags } = fill;
    const requested = this.#requested.get(id);
    this.#need(requested !== undefined, `${id} was never requested`);
    if (requested === undefined) return;
    const { order, at } = requested;
    this.#need(order.symbol === symbol && order.side === side && shares > 0, `${id} fills as it was asked`);
    this.#need(start >= at, `${id} of ${at} fills in the bar of ${start}`);
    this.#fills.filled(fill);
    for (const flag of flags) this.#seen.add(flag);
    if (shares < order.shares) this.#seen.add(`partial fill of ${order.role}`);
    const held = this.#sums.fill(fill, order.intent);
    this.#orders.filled(fill);
    this.#need(held.shares >= 0, `${id} sells what is not held`);
    this.#need(this.#sums.cash >= 0, `cash of ${this.#sums.cash}: there is no margin`);
    if (order.role === 'entry') this.#entered(fill, order);
    else if (this.#working.has(id)) this.#left(id, shares);
    else {
      // A closing fill may cross our cancel: then it carries the name of the leg that was cancelled.
      this.#need(flags.includes('at_close') || flags.includes('no_market'), `${id} fills and does not work any more`);
      this.#seen.add('a closing fill crossed our cancel');
    }
  }

  #entered({ order: id, shares, bar }: EventOf<'order_filled'>, order: Order): void {
    // An entry may have filled in the minute in which the limit was passed.
    this.#need(this.#stoppedAt === null || bar < this.#stoppedAt, `${id} fills in a bar that began after the halt`);
    if (this.#stoppedAt !== null) this.#seen.add('an entry filled in the minute of the halt');
    if (this.#stops.flattened) this.#orders.follows(order.symbol);
    this.#approvals.entered(order.intent, shares, id);
    this.#left(id, shares);
    const count = [...this.#sums.held.values()].filter((held) => held.shares > 0).length;
    this.#need(count <= 5, `${count} positions`);
    if (count === 5) this.#seen.add('five positions');
  }

  #positionClosed({ symbol, pnl, fees, intent, rMultiple }: EventOf<'position_closed'>): void {
    const held = this.#sums.held.get(symbol);
    this.#need(held?.shares === 0 && held.intent === intent, `position ${symbol} is flat when it is said to be closed`);
    if (held === undefined) return;
    this.#need(pnl === -held.cost - held.fees && fees === held.fees, `closed with ${pnl}, the fills give ${-held.cost - held.fees}`);
    const planned = this.#approvals.of(intent)?.order;
    const risk = held.peak * ((planned?.limit ?? 0) - (planned?.stop ?? 0));
    this.#need(Math.abs(rMultiple * risk - pnl) < 1e-3 * Math.max(1, Math.abs(pnl)), `${rMultiple} R for ${pnl} of ${risk}`);
    this.#sums.held.delete(symbol);
    this.#closedPnl += pnl;
    this.#closed++;
    this.#seen.add(pnl > 0 ? 'win' : 'loss');
  }

  #close(): void {
    this.#need(this.#sums.held.size === 0, `${this.#sums.held.size} positions stay open over night`);
    this.#need(this.#working.size === 0, `${[...this.#working.keys()].join(' ')} work over night`);
    this.#approvals.close();
    this.#volumes.close();
    this.#seen.add('session');
  }

  /** Called when all that followed from an entry of the world has been written: before the next one. */
  #settled(): void {
    this.#asBroken(() => this.#followed());
    for (const { id } of this.#entriesOfInstant)
      this.#need(this.#requested.get(id)?.at === this.#entry?.at, `${id} and its legs are of one instant`);
    this.#entriesOfInstant = [];
    if (this.#door === 'bars_closed') this.#asBroken(() => this.#fills.settled());
  }

  /** Every position has a stop or a way out for all of its shares once a minute is over; after a halt, a way out. */
  #followed(): void {
    this.#stops.settled();
    this.#orders.settled();
    if (this.#stops.reaches('cancel_entries')) this.#orders.needNoEntry();
    const at = this.#entry?.at ?? 0;
    if (this.#door === 'bars_closed') this.#orders.needProtection(at, this.#minutesLeft(at), this.#settings, this.#stops.flattened);
  }

  #left(id: string, shares: number): void {
    const working = this.#workingOf(id);
    working.left -= shares;
    this.#need(working.left >= 0, `${id} fills more than was asked`);
    if (working.left === 0) this.#ended(id);
  }

  #ended(id: string): void {
    const working = this.#working.get(id);
    this.#working.delete(id);
    if (working?.order.role === 'entry') this.#approvals.ended(working.order.intent);
  }

  #workingOf(id: string): Working {
    const working = this.#working.get(id);
    if (working === undefined) return this.#broken(`${id} does not work`);
    return working;
  }

  #minutesLeft(at: number): number {
    return this.#session === null ? 0 : Math.floor((this.#session.close - at) / 60_000);
  }

  #asBroken(look: () => void): void {
    try {
      look();
    } catch (error) {
      if (!(error instanceof BrokenRule)) throw error;
      this.#broken(error.message);
    }
  }

  #need(holds: boolean, what: string): void {
    if (!holds) this.#broken(what);
  }

  #broken(what: string): never {
    throw new Error(`entry ${this.#sequence} (${this.#session?.date} ${this.#entry?.event.kind}): ${what}`);
  }
}
