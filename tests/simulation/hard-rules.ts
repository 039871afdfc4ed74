import type { Entry, Event, EventKind, EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { Service } from '#domain/events/service';
import type { Order } from '#domain/orders/order';
import type { Settings } from '#domain/settings';
import type { Cash } from '#domain/values/cash';
import type { Origin } from '#engine/journal/problems';
import type { Recorder } from '#engine/journal/recorder';
import type { SessionReport } from '#production/reporting/session-report';
import { AccountSums } from './account-sums.js';
import { BrokenRule } from './broken-rule.js';
import { DayVolumeSums } from './day-volume-sums.js';
import { FunnelRules } from './funnel-rules.js';
import { entriesAllowedAt } from './mission-table.js';
import type { Occurrences } from './occurrences.js';
import { OrderRules } from './order-rules.js';
import { StopRules } from './stop-rules.js';

type Working = { readonly order: Order; left: number; cancelled: boolean };
type Approval = { readonly order: EventOf<'intent_approved'>['order']; unfilled: number; ended: boolean };

/**
 * The hard rules of the mission, held against every entry that the house writes. All sums are made here again, from fills
 * and bars alone, and none is taken from the house. Breaking a rule throws, with the entry at which it was broken.
 */
export class HardRules implements Recorder {
  #settings: Settings;
  readonly #makers: ReadonlyMap<EventKind, readonly Service[]>;
  readonly #seen: Occurrences;
  readonly #also: Recorder | null;
  readonly #kinds: EventKind[] = [];
  readonly #funnel = new FunnelRules();
  #sequence = 0;
  #committed = 0;
  #entry: Entry | null = null;
  #door: EventKind | null = null;
  readonly #sums: AccountSums;
  readonly #volumes = new DayVolumeSums();
  readonly #stops: StopRules;
  readonly #orders: OrderRules;
  readonly #whys = new Map<number, Event>();
  // The session.
  #session: EventOf<'session_opened'> | null = null;
  #frames = new Map<number, Frame>();
  #taken = new Map<string, number>();
  #early: EventOf<'order_filled'>[] = [];
  #haltedToday = false;
  /** Since when nothing may be bought any more. */
  #stoppedAt: number | null = null;
  #phaseEntries = new Map<string, number>();
  #formed = new Map<number, EventOf<'intent_formed'>['intent']>();
  #judged = 0;
  #refused = 0;
  #closedPnl = 0;
  #closed = 0;
  // Orders.
  readonly #requested = new Map<string, { readonly order: Order; readonly at: number; readonly sequence: number }>();
  readonly #working = new Map<string, Working>();
  readonly #approvals = new Map<number, Approval>();
  #entriesOfInstant: Order[] = [];

  constructor(settings: Settings, services: readonly Service[], seen: Occurrences, also: Recorder | null = null) {
    this.#settings = settings;
    this.#sums = new AccountSums(settings.capital);
    this.#stops = new StopRules(this.#sums, seen);
    this.#orders = new OrderRules(this.#sums, seen);
    this.#seen = seen;
    this.#also = also;
    const makers = new Map<EventKind, Service[]>();
    for (const service of services) for (const kind of service.emits) makers.set(kind, [...(makers.get(kind) ?? []), service]);
    this.#makers = makers;
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
    this.#kinds[this.#sequence] = event.kind;
    this.#declared(entry, origin);
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
    this.#need(report.intents === this.#formed.size && this.#judged === this.#formed.size, 'each intent is judged once');
    const refused = report.refused.reduce((sum, { count }) => sum + count, 0);
    this.#need(refused === this.#refused && report.approved + refused === report.intents, 'approved and refused are all intents');
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
        return this.#bars(event.frame, entry);
      case 'intent_formed':
        this.#formed.set(entry.sequence, event.intent);
        return;
      case 'intent_approved':
        return this.#approved(event, entry);
      case 'intent_refused':
        this.#judged++;
        this.#refused++;
        this.#need(event.refusals.length > 0, 'a refusal has a reason');
        for (const { kind } of event.refusals) this.#seen.add(kind);
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

  #declared({ sequence, cause, event }: Entry, origin: Origin): void {
    if (event.kind === 'state_hashed') return;
    if (origin === 'door') return this.#need(cause === 0, 'what comes from the door has no cause');
    this.#need(cause > 0 && cause < sequence, `entry ${sequence} names an earlier cause, named ${cause}`);
    const why = this.#kinds[cause] as EventKind;
    const able = (this.#makers.get(event.kind) ?? []).filter((maker) => maker.consumes.includes(why) || maker.hears.includes(why));
    this.#need(able.length > 0, `no service declares that it makes ${event.kind} of ${why}`);
  }

  #open(opened: EventOf<'session_opened'>, entry: Entry): void {
    this.#whys.set(entry.sequence, opened);
    this.#session = opened;
    this.#stops.open(this.#sums.open(opened), entry.sequence);
    this.#orders.open();
    if (!this.#stops.reaches('cancel_entries')) this.#stoppedAt = null;
    this.#frames = new Map();
    this.#taken = new Map();
    this.#haltedToday = false;
    this.#requested.clear();
    this.#approvals.clear();
    this.#phaseEntries = new Map();
    this.#formed = new Map();
    this.#judged = 0;
    this.#refused = 0;
    this.#closedPnl = 0;
    this.#closed = 0;
  }

  #bars(frame: Frame, entry: Entry): void {
    this.#frames.set(frame.start, frame);
    this.#sums.bars(frame);
    this.#volumes.bars(frame);
    if (frame.regular) this.#stops.watch(entry, this.#settings.limits);
  }

  #approved({ intent: sequence, order }: EventOf<'intent_approved'>, { at }: Entry): void {
    const { limits } = this.#settings;
    const intent = this.#formed.get(sequence);
    this.#judged++;
    this.#need(intent !== undefined && intent.symbol === order.symbol && order.side === 'buy', 'an approval is of an intent to buy');
    this.#need(this.#stops.reasons.length === 0, `approved while ${this.#stops.reasons.join(' ')} holds`);
    this.#need(-this.#pnl() <= limits.lossTodayMax, `approved at a P&L of ${this.#pnl()}`);
    this.#need(!this.#sums.disagrees(limits.accountGapMax), 'approved while the broker disagrees');
    const { name, entries, risk } = this.#phaseAt(at);
    const before = this.#phaseEntries.get(name) ?? 0;
    this.#need(before < entries, `entry ${before + 1} of ${entries} in the phase ${name}`);
    this.#phaseEntries.set(name, before + 1);
    this.#seen.add(`entry in ${name}`);
    const engaged = this.#engaged();
    this.#need(engaged.length < 5 && engaged.length < limits.openPositionsMax, 'a sixth position');
    this.#need(!engaged.includes(order.symbol), 'a second position in a symbol');
    this.#needSize(order, risk);
    this.#approvals.set(sequence, { order, unfilled: order.shares, ended: false });
  }

  /** Integer sums throughout; shares are rounded down, never up, and no further than to the next whole one. */
  #needSize(
    { symbol, limit, stop, target, shares, risk: told, liquidShares }: EventOf<'intent_approved'>['order'],
    phaseRisk: number,
  ): void {
    const distance = limit - stop;
    this.#need(distance * 100 >= limit, `the stop ${stop} of ${limit} is nearer than 1 %`);
    this.#need(distance * 20 <= limit, `the stop ${stop} of ${limit} is farther than 5 %`);
    this.#need((target - limit) * 2 >= distance * 3, `reward ${target - limit} for a risk of ${distance}`);
    this.#need(told === distance * shares && shares > 0, `risk ${told} of ${shares} shares`);
    const { limits } = this.#settings;
    const equity = this.#sums.worse(limits.accountGapMax);
    const openRisk = this.#liveApprovals().reduce((sum, { order }) => sum + order.risk, 0);
    const reserved = this.#reserved();
    const caps = [
      (equity * Math.min(phaseRisk, 0.02)) / distance,
      (equity * Math.min(0.05, limits.openRiskMax) - openRisk) / distance,
      (equity * 0.2) / limit,
      (this.#sums.cash - reserved) / limit,
      // No margin, whatever the marks say.
      (equity - this.#sums.exposure - reserved) / limit,
      liquidShares,
      this.#volumes.usual(symbol) * 0.01,
      // Fat fingers: 50,000 dollars and 20,000 shares, whatever the account.
      500_000_000 / limit,
      20_000,
    ];
    const factor = this.#sums.losses >= 3 ? 0.5 : 1;
    if (factor < 1) this.#seen.add('halved after three losses');
    const most = Math.min(...caps) * factor;
    this.#need(shares <= most + 1e-6, `${shares} shares where ${most} may be had`);
    this.#need(shares > most - 1 - 1e-6, `${shares} shares where ${most} may be had: smaller than the rules ask`);
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
    const approval = this.#approvals.get(order.intent);
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
    this.#needPrice(fill);
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
    const approval = this.#approvals.get(order.intent);
    // An entry may have filled in the minute in which the limit was passed.
    this.#need(this.#stoppedAt === null || bar < this.#stoppedAt, `${id} fills in a bar that began after the halt`);
    if (this.#stoppedAt !== null) this.#seen.add('an entry filled in the minute of the halt');
    if (this.#stops.flattened) this.#orders.follows(order.symbol);
    if (approval !== undefined) approval.unfilled -= shares;
    this.#need((approval?.unfilled ?? -1) >= 0, `${id} fills more than was approved`);
    this.#left(id, shares);
    const count = [...this.#sums.held.values()].filter((held) => held.shares > 0).length;
    this.#need(count <= 5, `${count} positions`);
    if (count === 5) this.#seen.add('five positions');
  }

  /** The minute that has just closed is matched before the house sees its bars: its fills are checked when they are known. */
  #needPrice(fill: EventOf<'order_filled'>): void {
    if (this.#frames.has(fill.bar)) this.#needBar(fill);
    else this.#early.push(fill);
  }

  /** A closing fill is at the close of its bar; every other lies within the reach of the bar. No more is had than traded. */
  #needBar({ order: id, symbol, shares, price, bar: start, flags }: EventOf<'order_filled'>): void {
    const frame = this.#frames.get(start);
    if (frame === undefined) return this.#broken(`${id} fills in a minute that never was`);
    const { low, high, close, volume } = frame;
    const of = (column: Int32Array): number => column[symbol] as number;
    const reach = Math.max(200, of(close) / 1000);
    const closing = flags.includes('at_close') || flags.includes('no_market');
    const within = price >= of(low) - reach && price <= of(high) + reach;
    this.#need(closing ? price === of(close) : within, `${id} fills at ${price} in the bar ${of(low)} to ${of(high)}`);
    if (closing)
      this.#need(flags.includes('at_close') === (start === (this.#session?.close ?? 0) - 60_000), `${id} is flagged ${flags.join(' ')}`);
    const cell = `${start} ${symbol}`;
    const taken = (this.#taken.get(cell) ?? 0) + shares;
    this.#taken.set(cell, taken);
    this.#need(taken <= of(volume), `${taken} shares had of ${of(volume)} that traded`);
  }

  #positionClosed({ symbol, pnl, fees, intent, rMultiple }: EventOf<'position_closed'>): void {
    const held = this.#sums.held.get(symbol);
    this.#need(held?.shares === 0 && held.intent === intent, `position ${symbol} is flat when it is said to be closed`);
    if (held === undefined) return;
    this.#need(pnl === -held.cost - held.fees && fees === held.fees, `closed with ${pnl}, the fills give ${-held.cost - held.fees}`);
    const planned = this.#approvals.get(intent)?.order;
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
    this.#need(this.#liveApprovals().length === 0, 'an approval outlives its session');
    this.#volumes.close();
    this.#seen.add('session');
  }

  /** Called when all that followed from an entry of the world has been written: before the next one. */
  #settled(): void {
    this.#asBroken(() => this.#followed());
    for (const { id } of this.#entriesOfInstant)
      this.#need(this.#requested.get(id)?.at === this.#entry?.at, `${id} and its legs are of one instant`);
    this.#entriesOfInstant = [];
    if (this.#door !== 'bars_closed') return;
    for (const fill of this.#early) this.#needBar(fill);
    this.#early = [];
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
    if (working?.order.role !== 'entry') return;
    const approval = this.#approvals.get(working.order.intent);
    if (approval !== undefined) approval.ended = true;
  }

  #workingOf(id: string): Working {
    const working = this.#working.get(id);
    if (working === undefined) return this.#broken(`${id} does not work`);
    return working;
  }

  /** Approvals whose entry may still fill or whose position is open. */
  #liveApprovals(): readonly Approval[] {
    return [...this.#approvals].filter(([intent, { ended }]) => !ended || this.#holds(intent)).map(([, approval]) => approval);
  }

  #holds(intent: number): boolean {
    return [...this.#sums.held.values()].some((held) => held.intent === intent && held.shares > 0);
  }

  #engaged(): readonly number[] {
    return this.#liveApprovals().map(({ order }) => order.symbol);
  }

  #reserved(): number {
    return this.#liveApprovals().reduce((sum, { order, unfilled, ended }) => sum + (ended ? 0 : unfilled * order.limit), 0);
  }

  #pnl(): number {
    return this.#sums.pnl(this.#settings.limits.accountGapMax);
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

  #phaseAt(at: number): { readonly name: string; readonly entries: number; readonly risk: number } {
    const session = this.#session;
    if (session === null) return this.#broken('an approval outside of a session');
    const minute = session.openMinute + Math.floor((at - session.open) / 60_000);
    return entriesAllowedAt(minute, session.closeMinute, this.#settings.mode);
  }

  #need(holds: boolean, what: string): void {
    if (!holds) this.#broken(what);
  }

  #broken(what: string): never {
    throw new Error(`entry ${this.#sequence} (${this.#session?.date} ${this.#entry?.event.kind}): ${what}`);
  }
}
