import type { Entry, EventKind, EventOf } from '#domain/events/event';
import { type DropReason, dropReasonsOf } from '#domain/events/funnel';
import { SessionClock } from '#domain/market/session-clock';
import type { Order, OrderId } from '#domain/orders/order';
import type { Settings } from '#domain/settings';
import type { SymbolIndex } from '#domain/values/symbol';
import { type ScanRecord, stageKinds, stageRecordOf } from '#main/explain/scan-record';

const outcomeKinds = [
  'intent_formed',
  'intent_approved',
  'intent_refused',
  'order_requested',
  'order_accepted',
  'order_rejected',
  'order_filled',
  'order_cancelled',
  'cancel_requested',
  'position_closed',
] as const satisfies readonly EventKind[];

/** All that an explanation is made of, besides the texts of headlines. */
export const dayKinds = [
  'universe_selected',
  'parameters_changed',
  ...stageKinds,
  'setup_resolved',
  'halt_ordered',
  'session_closed',
  ...outcomeKinds,
] as const satisfies readonly EventKind[];

type DayEntry = Entry<(typeof dayKinds)[number]>;
/** What was wanted of the name, and what became of it; `intent` is the sequence of the intent, null before one was known. */
export type Outcome = {
  readonly intent: number | null;
  /** Which order it is about; null for what is about none. */
  readonly order: Order | null;
  readonly entry: Entry<(typeof outcomeKinds)[number] | 'setup_resolved'>;
};

/** Everything that the journal says of one name on one day. */
export class DayRecord {
  readonly opened: EventOf<'session_opened'>;
  readonly clock: SessionClock;
  universe: { readonly size: number; readonly reasons: readonly DropReason[]; readonly settings: Settings } | null = null;
  readonly scans: ScanRecord[] = [];
  readonly outcomes: Outcome[] = [];
  readonly halts: Entry<'halt_ordered'>[] = [];
  /** Whether the journal goes on to the end of the day: one that a run still writes, or that was torn, does not. */
  closed = false;
  readonly #symbol: SymbolIndex;
  readonly #orders = new Map<OrderId, Order>();
  #settings: Settings;

  /** `settings` are those in force when the day begins. */
  constructor(opened: EventOf<'session_opened'>, symbol: SymbolIndex, settings: Settings) {
    this.opened = opened;
    this.clock = new SessionClock(opened);
    this.#symbol = symbol;
    this.#settings = settings;
  }

  see(entry: DayEntry): void {
    const { event, sequence, at } = entry;
    switch (event.kind) {
      case 'universe_selected': {
        const place = event.dropped.symbols.indexOf(this.#symbol);
        const reasons = place < 0 ? [] : dropReasonsOf(event.dropped.reasons[place] ?? 0);
        this.universe = { size: event.size, reasons, settings: this.#settings };
        return;
      }
      case 'parameters_changed':
        this.#settings = event.settings;
        return;
      case 'candidates_found':
        this.scans.push({ scan: event.scan, minute: event.minute, at, stages: [] });
        return this.#judge(entry as Entry<(typeof stageKinds)[number]>);
      case 'catalysts_confirmed':
      case 'indicators_agreed':
      case 'setups_found':
      case 'intents_chosen':
        return this.#judge(entry as Entry<(typeof stageKinds)[number]>);
      case 'session_closed':
        this.closed = true;
        return;
      case 'halt_ordered':
        this.halts.push(entry as Entry<'halt_ordered'>);
        return;
      case 'intent_formed':
        if (event.intent.symbol === this.#symbol) this.#tell(sequence, entry);
        return;
      case 'intent_approved':
        if (event.order.symbol === this.#symbol) this.#tell(event.intent, entry);
        return;
      case 'intent_refused':
      case 'position_closed':
        if (event.symbol === this.#symbol) this.#tell(event.intent, entry);
        return;
      case 'setup_resolved':
        if (event.symbol === this.#symbol) this.#tell(null, entry);
        return;
      case 'order_requested':
        if (event.order.symbol !== this.#symbol) return;
        this.#orders.set(event.order.id, event.order);
        return this.#tell(event.order.intent, entry);
      case 'order_accepted':
      case 'order_rejected':
      case 'order_filled':
      case 'order_cancelled':
      case 'cancel_requested': {
        const order = this.#orders.get(event.order);
        if (order !== undefined) this.#tell(order.intent, entry, order);
        return;
      }
      default:
        return;
    }
  }

  #judge(entry: Entry<(typeof stageKinds)[number]>): void {
    const record = stageRecordOf(entry, this.#symbol, this.#settings);
    if (record !== null) this.scans.at(-1)?.stages.push(record);
  }

  #tell(intent: number | null, entry: DayEntry, order: Order | null = null): void {
    this.outcomes.push({ intent, order, entry: entry as Outcome['entry'] });
  }
}
