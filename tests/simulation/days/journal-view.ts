import type { Entry, Event, EventOf } from '#domain/events/event';
import type { Order, OrderId } from '#domain/orders/order';
import type { HaltReason } from '#domain/risk/stop-level';
import { haltEnds, reaches, type StopLevel } from '#domain/risk/stop-level';
import type { Settings } from '#domain/settings';

type Known = { readonly order: Order; readonly sequence: number; readonly at: number; isOver: boolean; filled: number };

/** What the journal says, added up a second time: nothing is taken from the house. */
export class JournalView {
  settings: Settings | null = null;
  readonly shares = new Map<number, number>();
  readonly bought = new Map<number, number>();
  readonly sold = new Map<number, number>();
  /** What positions that are closed have made, before fees. */
  readonly pnl = new Map<number, number>();
  /** Names of which a split was told. */
  readonly split = new Set<number>();
  isInSession = false;
  /** When the newest bar of a name began. */
  readonly barAt = new Map<number, number>();
  readonly closes = new Map<number, number>();
  readonly quarantined = new Set<number>();
  /** Names that do not trade, as far as was told. */
  readonly halted = new Set<number>();
  readonly orders = new Map<OrderId, Known>();
  readonly cancelled = new Set<OrderId>();
  readonly notAccepted = new Set<OrderId>();
  readonly halts = new Map<HaltReason, { readonly level: StopLevel; readonly sequence: number }>();
  readonly coverTold = new Map<number, number>();
  /** Orders of which nobody knows what became, and when that was told of a way out or a stop in a name. */
  readonly unknown = new Set<OrderId>();
  readonly #doubts = new Map<number, number[]>();
  cash = 0;
  equityAtOpen = 0;
  line = 'reconciling';
  lineSince = 0;
  /** The broker was told to take no orders: what it then refuses is beyond the house. */
  isSuspended = false;
  entries = 0;
  sequence = 0;

  see({ event, sequence, at }: Entry): void {
    this.entries++;
    this.sequence = sequence;
    this.#see(event, sequence, at);
  }

  get equity(): number {
    let worth = this.cash;
    for (const [symbol, shares] of this.shares) worth += shares * (this.closes.get(symbol) ?? 0);
    return worth;
  }

  /** How often it was told in the name, from then on, that nobody knows what became of a way out or a stop. */
  doubts(symbol: number, since: number): number {
    return this.#doubts.get(symbol)?.filter((at) => at > since).length ?? 0;
  }

  /** Whether nobody knows what became of an order in this name: that is told, and a person has to look. */
  isUnknownIn(symbol: number): boolean {
    return [...this.unknown].some((order) => this.orders.get(order)?.order.symbol === symbol);
  }

  reaches(level: StopLevel): boolean {
    return [...this.halts.values()].some((halt) => reaches(halt.level, level));
  }

  /** Names in which something is held or may come to be. */
  engaged(): ReadonlySet<number> {
    const names = new Set([...this.shares].filter(([, shares]) => shares !== 0).map(([symbol]) => symbol));
    for (const { order, isOver } of this.orders.values()) if (!isOver && order.role === 'entry') names.add(order.symbol);
    return names;
  }

  #see(event: Event, sequence: number, at: number): void {
    switch (event.kind) {
      case 'run_started':
        this.settings = event.settings;
        this.cash = event.settings.capital;
        return;
      case 'parameters_changed':
        this.settings = event.settings;
        return;
      case 'split_took_effect':
        return this.#split(event);
      case 'position_closed':
        this.pnl.set(event.symbol, (this.pnl.get(event.symbol) ?? 0) + event.pnl + event.fees);
        return;
      case 'session_opened':
        this.isInSession = true;
        for (const reason of this.halts.keys()) if (haltEnds[reason] !== 'cleared') this.halts.delete(reason);
        this.equityAtOpen = this.equity;
        return;
      case 'bars_closed':
        for (let name = 0; name < event.frame.width; name++)
          if ((event.frame.volume[name] as number) >= 0) {
            this.closes.set(name, event.frame.close[name] as number);
            this.barAt.set(name, event.frame.start);
          }
        return;
      case 'session_closed':
        this.isInSession = false;
        return;
      case 'asset_status_changed':
        if (event.status === 'trading') this.halted.delete(event.symbol);
        else this.halted.add(event.symbol);
        return;
      case 'order_requested':
        this.orders.set(event.order.id, { order: event.order, sequence, at, isOver: false, filled: 0 });
        return;
      case 'cancel_requested':
        this.cancelled.add(event.order);
        return;
      case 'order_filled':
        return this.#filled(event);
      case 'order_unknown': {
        this.unknown.add(event.order);
        const known = this.orders.get(event.order)?.order;
        if (known !== undefined && known.role !== 'entry') this.#doubts.set(known.symbol, [...(this.#doubts.get(known.symbol) ?? []), at]);
        return;
      }
      case 'order_accepted':
        this.unknown.delete(event.order);
        return;
      case 'order_rejected':
        if (event.reason === 'not_accepted') this.notAccepted.add(event.order);
        return this.#over(event.order);
      case 'order_cancelled':
        return this.#over(event.order);
      case 'position_adjusted':
        this.#move(event.symbol, event.shares, event.price);
        return;
      case 'name_quarantined':
        this.quarantined.add(event.symbol);
        return;
      case 'name_released':
        this.quarantined.delete(event.symbol);
        return;
      case 'broker_line_changed':
        this.line = event.state;
        this.lineSince = at;
        return;
      case 'suspend_requested':
      case 'resume_requested':
        this.isSuspended = event.kind === 'suspend_requested';
        return;
      case 'halt_ordered':
        this.halts.set(event.reason, { level: event.level, sequence });
        return;
      case 'stop_cleared':
        this.halts.clear();
        return;
      case 'cover_missing':
        this.coverTold.set(event.symbol, at);
        return;
      default:
        return;
    }
  }

  #filled({ order, symbol, side, shares, price, fees }: EventOf<'order_filled'>): void {
    const tally = side === 'buy' ? this.bought : this.sold;
    tally.set(symbol, (tally.get(symbol) ?? 0) + shares);
    this.#move(symbol, side === 'buy' ? shares : -shares, price);
    this.cash -= fees;
    const known = this.orders.get(order);
    if (known === undefined) return;
    known.filled += shares;
    if (known.filled >= known.order.shares) known.isOver = true;
  }

  #split({ symbol, ratio }: EventOf<'split_took_effect'>): void {
    this.split.add(symbol);
    this.shares.set(symbol, Math.trunc((this.shares.get(symbol) ?? 0) * ratio));
    const close = this.closes.get(symbol);
    if (close !== undefined) this.closes.set(symbol, close / ratio);
  }

  #move(symbol: number, shares: number, price: number): void {
    this.shares.set(symbol, (this.shares.get(symbol) ?? 0) + shares);
    this.cash -= shares * price;
    this.closes.set(symbol, price);
  }

  #over(order: OrderId): void {
    this.unknown.delete(order);
    const known = this.orders.get(order);
    if (known !== undefined) known.isOver = true;
  }
}
