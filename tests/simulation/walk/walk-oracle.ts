import type { Entry, Event, EventOf } from '#domain/events/event';
import type { OrderId } from '#domain/orders/order';
import type { Settings } from '#domain/settings';
import { AccountSums } from '../account-sums.js';
import { BrokenRule, need } from '../broken-rule.js';
import { entriesAllowedAt } from '../mission-table.js';
import { Occurrences } from '../occurrences.js';
import { OrderRules } from '../order-rules.js';
import { StopRules } from '../stop-rules.js';
import { OracleEntries } from './oracle-entries.js';
import { isSame, OraclePeople } from './oracle-people.js';

/**
 * What must hold at every entry, whatever happens. Its sums are made of fills and bars alone, its tables are written down a
 * second time, and nothing is taken from the house. Breaking a rule throws.
 */
export class WalkOracle {
  readonly seen = new Occurrences();
  readonly #sums: AccountSums;
  readonly #stops: StopRules;
  readonly #entries: OracleEntries;
  readonly #orders: OrderRules;
  readonly people = new OraclePeople(this.seen);
  readonly #events = new Map<number, Event>();
  #settings: Settings;
  #entry: Entry | null = null;
  /** What came from the world last. */
  #door: Event['kind'] | null = null;
  #session: EventOf<'session_opened'> | null = null;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#sums = new AccountSums(settings.capital);
    this.#stops = new StopRules(this.#sums, this.seen);
    this.#entries = new OracleEntries(this.#sums, this.seen);
    this.#orders = new OrderRules(this.#sums, this.seen);
  }

  get cash(): number {
    return this.#sums.cash;
  }

  get held(): ReadonlyMap<number, { readonly shares: number }> {
    return this.#sums.held;
  }

  /** Told of what comes from the world, before it is written. */
  door(kind: Event['kind']): void {
    this.#door = kind;
  }

  see(entry: Entry): void {
    this.#entry = entry;
    const { event, sequence } = entry;
    if (event.kind !== 'bars_closed') this.#events.set(sequence, event);
    this.#asBroken(() => {
      this.#account(entry);
      this.#limits(entry);
      this.#people(entry);
      this.#trade(entry);
    });
  }

  /** All that follows from an entry of the world has been written. */
  settled(): void {
    this.#asBroken(() => {
      this.#stops.settled();
      this.#orders.settled();
      if (this.#stops.reaches('cancel_entries')) this.#orders.needNoEntry();
      const at = this.#entry?.at ?? 0;
      if (this.#door === 'bars_closed') this.#orders.needProtection(at, this.#minutesLeft(at), this.#settings, this.#stops.flattened);
      if (this.#door === 'bars_closed') this.people.needNoneStale(at);
      if (this.#door === 'session_closed') this.people.needNoneStale(Number.POSITIVE_INFINITY);
    });
  }

  #account(entry: Entry): void {
    const { event } = entry;
    switch (event.kind) {
      case 'session_opened':
        this.#session = event;
        this.#stops.open(this.#sums.open(event), entry.sequence);
        this.#entries.open();
        return this.#orders.open();
      case 'bars_closed':
        this.#sums.bars(event.frame);
        break;
      case 'order_filled':
        this.#filled(event);
        break;
      case 'account_reported':
        this.#reported(event);
        break;
      case 'session_closed':
        need(this.#sums.held.size === 0, `${this.#sums.held.size} positions stay open over night`);
        return this.seen.add('session');
      default:
        return;
    }
    this.#stops.watch(entry, this.#settings.limits);
  }

  #limits({ event, cause, sequence }: Entry & { readonly cause: number }): void {
    const { limits } = this.#settings;
    const why = this.#events.get(cause);
    switch (event.kind) {
      case 'stop_requested':
        return this.#stops.asked(event.level, sequence);
      case 'loss_warned':
        return this.#stops.warned(event, limits);
      case 'halt_ordered':
        if (!this.#stops.halt(event, this.#entry as Entry, why, limits)) return;
        for (const symbol of this.held.keys()) this.#orders.leaves(symbol);
        if (this.held.size > 0) this.seen.add('flatten with open positions');
        return;
      case 'stop_cleared':
        return this.#stops.cleared(event, why, limits);
      case 'suspend_requested':
      case 'resume_requested':
        return this.#stops.suspension(event.kind, why);
      default:
        return;
    }
  }

  #people({ event, sequence, at, cause }: Entry): void {
    switch (event.kind) {
      case 'question_asked':
        return this.people.ask(event, sequence, this.#entries.orderOf(event.question.intent));
      case 'question_settled':
        return this.#settled(event, at, this.#events.get(cause));
      case 'parameter_pending':
        return this.people.waits(event, sequence);
      case 'parameter_confirmed':
        return this.people.confirmed(event, this.#settings.session);
      case 'parameters_changed':
        this.people.changed(event, this.#events.get(cause) as Event, this.#settings);
        this.#settings = event.settings;
        return;
      case 'close_requested':
        if (event.because.trim() !== '' && this.held.has(event.symbol)) this.#orders.leaves(event.symbol);
        return;
      case 'request_refused':
        return this.seen.add(`refused: ${event.fault}`);
      default:
        return;
    }
  }

  #trade({ event, sequence, at }: Entry): void {
    switch (event.kind) {
      case 'intent_formed':
        return this.#entries.formed(event, sequence);
      case 'approval_wanted':
        this.#needOpen(at);
        return this.#entries.reserve(event.intent, event.order, this.#now(at));
      case 'intent_approved':
        return this.#approve(event, at);
      case 'intent_refused':
        need(event.refusals.length > 0, 'a refusal has a reason');
        for (const { kind } of event.refusals) this.seen.add(kind);
        if (event.refusals.some(({ kind }) => kind === 'repeated_execution')) this.#stops.repeated();
        return this.#entries.letGo(event.intent);
      case 'order_requested':
        return this.#order(event, at);
      case 'cancel_requested':
        return this.#orders.cancelled(event.order);
      case 'order_rejected':
      case 'order_cancelled':
        return this.#ended(event.order);
      case 'asset_status_changed':
        return this.#orders.trades(event);
      default:
        return;
    }
  }

  #filled(fill: EventOf<'order_filled'>): void {
    const order = this.#orders.get(fill.order);
    if (order === undefined) return need(false, `${fill.order} fills and was never requested`);
    const held = this.#sums.fill(fill, order.intent);
    need(this.cash >= -this.#settings.capital / 1000, `cash of ${this.cash}: there is no margin`);
    this.#orders.filled(fill);
    if (held.shares === 0) {
      this.#sums.held.delete(fill.symbol);
      this.seen.add(held.cost + held.fees < 0 ? 'win' : 'loss');
    } else if (order.role === 'entry' && this.#stops.flattened) this.#orders.follows(fill.symbol);
    this.#entries.filled(order, fill.shares);
  }

  #reported({ equity }: EventOf<'account_reported'>): void {
    const { accountGapMax } = this.#settings.limits;
    this.#sums.report(equity);
    const isWorse = this.#sums.worse(accountGapMax) < this.#sums.own;
    this.seen.add(this.#sums.disagrees(accountGapMax) ? 'a report too far off' : isWorse ? 'a worse report' : 'a report');
  }

  #ended(id: OrderId): void {
    const order = this.#orders.get(id);
    this.#orders.ended(id);
    if (order !== undefined) this.#entries.ended(order);
  }

  #approve({ intent, order }: EventOf<'intent_approved'>, at: number): void {
    if (this.#settings.session.control === 'supervised') {
      const shown = this.#entries.orderOf(intent);
      need(shown !== undefined && isSame(shown, order), `${intent} is approved as it was shown`);
      need(this.people.consume(intent), `${intent} is approved without an answer`);
      this.seen.add('entered by an answer');
    }
    this.#needOpen(at);
    this.#entries.approve(intent, order, this.#now(at));
  }

  #order({ order }: EventOf<'order_requested'>, at: number): void {
    this.#orders.requested(order);
    if (order.role !== 'entry') return;
    // What was approved a moment before a pause leaves; nothing goes out against a stop that cancels.
    need(!this.#stops.reaches('cancel_entries'), `an entry leaves while ${this.#stops.reasons.join(' ')} is latched`);
    this.#needRoom(at);
    this.#entries.enter(order);
    this.seen.add(`entry in ${this.#now(at).phase.name}`);
  }

  #settled(event: EventOf<'question_settled'>, at: number, why: Event | undefined): void {
    const { subject, whenSilent } = this.people.settle(event, at, why, this.#settings);
    const { choice, intent } = event;
    if (subject === 'entry' && choice !== 'enter') this.#entries.letGo(intent);
    if (subject === 'time_stop' && choice === 'keep') this.#orders.keeps(intent);
    if (choice === 'close_all') for (const symbol of this.held.keys()) this.#orders.leaves(symbol);
    if (choice !== whenSilent) this.seen.add(`a person chose ${choice}`);
  }

  /** The first hard rule, and every other reason for which nothing may be entered now. */
  #needOpen(at: number): void {
    this.#needRoom(at);
    need(this.#stops.reasons.length === 0, `entering while ${this.#stops.reasons.join(' ')} is latched`);
  }

  #needRoom(at: number): void {
    const { lossTodayMax, accountGapMax } = this.#settings.limits;
    const pnl = this.#sums.pnl(accountGapMax);
    need(-pnl <= lossTodayMax, `entering at a P&L of ${pnl}`);
    need(!this.#sums.disagrees(accountGapMax), 'entering while the broker disagrees');
    const { phase } = this.#now(at);
    need(phase.entries > 0, `entering in the phase ${phase.name}`);
  }

  #now(at: number): { readonly settings: Settings; readonly phase: ReturnType<typeof entriesAllowedAt> } {
    const session = this.#session;
    const minute = this.#minuteAt(at);
    const phase =
      session === null ? { name: 'outside', entries: 0, risk: 0 } : entriesAllowedAt(minute, session.closeMinute, this.#settings.mode);
    return { settings: this.#settings, phase };
  }

  #minuteAt(at: number): number {
    return this.#session === null ? 0 : this.#session.openMinute + Math.floor((at - this.#session.open) / 60_000);
  }

  #minutesLeft(at: number): number {
    return (this.#session?.closeMinute ?? 0) - this.#minuteAt(at);
  }

  #asBroken(look: () => void): void {
    try {
      look();
    } catch (error) {
      if (!(error instanceof BrokenRule)) throw error;
      throw new Error(`entry ${this.#entry?.sequence} (${this.#session?.date}, ${this.#entry?.event.kind}): ${error.message}`);
    }
  }
}
