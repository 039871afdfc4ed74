import type { Entry, Event, EventKind } from '#domain/events/event';
import type { Emit, Service } from '#domain/events/service';
import type { Order } from '#domain/orders/order';
import type { Approved } from '#domain/risk/approval';
import { assert } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { Recorder } from '#engine/journal/recorder';
import type { Broker } from '#engine/ports/broker';
import { hashOfState } from '#engine/state-hash';

type Pending = { readonly event: Event; readonly cause: number };

/** What the house is made of: its services in the order of the plan, where it records, and its way to the market. */
export type Furnishing = {
  readonly plan: readonly Service[];
  readonly recorder: Recorder;
  readonly broker: Broker;
  /** Called after each entry has been recorded and thought about; for views only. */
  readonly watch?: (entry: Entry) => void;
};

/**
 * The only loop. Record, think, record, act: in that order, for every event. Live, paper, backtest and replay differ
 * only in the door that calls `accept`, in the recorder and in the broker.
 */
export class House {
  readonly #plan: readonly Service[];
  readonly #recorder: Recorder;
  readonly #broker: Broker;
  readonly #watch: ((entry: Entry) => void) | undefined;
  readonly #readers = new Map<EventKind, readonly Service[]>();
  readonly #queue: Pending[] = [];
  #commands: Event[] = [];
  #at = 0;
  #sequence = 0;
  #speaker: Service | null = null;
  readonly #emit: Emit;

  constructor({ plan, recorder, broker, watch }: Furnishing) {
    this.#plan = plan;
    this.#recorder = recorder;
    this.#broker = broker;
    this.#watch = watch;
    this.#emit = (event) => {
      assert(this.#speaker?.emits.includes(event.kind) === true, `${this.#speaker?.name} may not emit ${event.kind}`);
      this.#queue.push({ event, cause: this.#sequence });
    };
  }

  /** An event from the world: recorded, thought about with everything that follows from it, then acted on. */
  accept(event: Event, at: Instant): void {
    assert(at >= this.#at, `time runs forward: ${at} after ${this.#at}`);
    this.#at = at;
    this.#think(this.#recorder.append(event, at, 0, 'door'), at, 0, event);
    // A queue and not recursion: what a service decides is the next entry, after everyone has seen this one.
    for (let next = 0; next < this.#queue.length; next++) {
      const { event: derived, cause } = this.#queue[next] as Pending;
      this.#think(this.#recorder.append(derived, at, cause, 'derived'), at, cause, derived);
      if (isCommand(derived)) this.#commands.push(derived);
    }
    this.#queue.length = 0;
    if (this.#commands.length > 0) this.#act();
  }

  /** Writes down what the state of all services is worth; equal journals give equal hashes. */
  hashState(date: SessionDate, at: Instant): string {
    const hash = hashOfState(this.#plan);
    this.#recorder.append({ kind: 'state_hashed', date, hash }, at, this.#sequence, 'derived');
    return hash;
  }

  #think(sequence: number, at: Instant, cause: number, event: Event): void {
    this.#sequence = sequence;
    const entry: Entry = { sequence, at, cause, event };
    for (const service of this.#readersOf(event.kind)) {
      this.#speaker = service;
      service.step(entry, this.#emit);
    }
    this.#speaker = null;
    this.#watch?.(entry);
  }

  #readersOf(kind: EventKind): readonly Service[] {
    let readers = this.#readers.get(kind);
    if (readers === undefined) {
      readers = this.#plan.filter((service) => service.consumes.includes(kind) || service.hears.includes(kind));
      this.#readers.set(kind, readers);
    }
    return readers;
  }

  /** Journal before effect: nothing leaves before the entry that wants it is on the disk. */
  #act(): void {
    this.#recorder.commit();
    const commands = this.#commands;
    this.#commands = [];
    const orders: Approved<Order>[] = [];
    for (const command of commands) {
      if (command.kind === 'cancel_requested') this.#broker.cancel(command.order);
      if (command.kind === 'order_requested') orders.push(command.order);
      if (command.kind === 'suspend_requested') this.#broker.suspend();
      if (command.kind === 'resume_requested') this.#broker.resume();
    }
    for (const order of orders) {
      if (order.role === 'stop' || order.role === 'target') {
        if (orders.some(({ id }) => id === order.parent)) continue;
      }
      this.#broker.submit([order, ...orders.filter(({ role, parent }) => parent === order.id && (role === 'stop' || role === 'target'))]);
    }
  }
}

/** What the broker is told of, once it is on the disk. */
const isCommand = ({ kind }: Event): boolean =>
  kind === 'order_requested' || kind === 'cancel_requested' || kind === 'suspend_requested' || kind === 'resume_requested';
