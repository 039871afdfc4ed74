import type { Entry, Event } from '#domain/events/event';
import type { Service } from '#domain/events/service';
import type { OrderId } from '#domain/orders/order';
import { type Instant, instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { Execution } from '#engine/execution/execution';
import { House } from '#engine/house';
import type { Recorder, Replaying } from '#engine/journal/recorder';
import type { Answer, BrokerNews } from '#engine/ports/brokerage';

export type LiveFurnishing = {
  readonly plan: readonly Service[];
  readonly recorder: Recorder;
  /** The journal that was there; null for a new one. */
  readonly past: Replaying | null;
  readonly execution: Execution;
  readonly watch?: (entry: Entry) => void;
};

/**
 * A house whose orders go to a broker that is not part of the run. What the world says enters in the order in which it is
 * learnt; what the execution makes of the broker's words enters right behind. Start, restart and crash are one path: the
 * journal is made again, then the broker is read.
 */
export class LiveHouse {
  readonly #house: House;
  readonly #recorder: Recorder;
  readonly #past: Replaying | null;
  readonly #execution: Execution;
  /** Orders and cancels that the journal held already: they may have left before the process ended. */
  readonly #recorded = new Set<string>();
  #isMadeAgain = false;
  #at: Instant = instant(0);

  constructor({ plan, recorder, past, execution, watch }: LiveFurnishing) {
    this.#past = past;
    this.#execution = execution;
    this.#recorder = { ...recorder, append: (event, at, cause, origin) => this.#append(recorder, event, { at, cause, origin }) };
    this.#house = new House({
      plan,
      recorder: this.#recorder,
      broker: {
        // What the journal held is asked after at the broker, never sent a second time.
        submit: (orders) => {
          if (!orders.some(({ id }) => this.#recorded.has(sent(id)))) execution.submit(orders);
        },
        cancel: (order) => {
          if (!this.#recorded.has(cancelled(order))) execution.cancel(order);
        },
        suspend: () => execution.suspend(),
        resume: () => execution.resume(),
      },
      watch: (entry) => {
        execution.see(entry);
        watch?.(entry);
      },
    });
  }

  /** When the newest entry was. */
  get at(): Instant {
    return this.#at;
  }

  /** Makes the whole journal again; yields after each entry from the door, so that the process stays responsive. */
  *makeAgain(): Generator<Event, void> {
    for (let door = this.#past?.nextDoor() ?? null; door !== null; door = this.#past?.nextDoor() ?? null) {
      this.#at = instant(door.at);
      this.#house.accept(door.event, this.#at);
      if (door.event.kind === 'session_closed') this.#house.hashState(door.event.date, this.#at);
      yield door.event;
    }
    this.#isMadeAgain = true;
  }

  /** The journal has been made again: from here on the broker is asked, and what it says enters. */
  start(at: Instant): void {
    this.#execution.start(this.#forward(at));
    this.#settle();
  }

  /** Something that happened in the market, or that somebody asks. */
  accept(event: Event, at: Instant): void {
    this.#house.accept(event, this.#forward(at));
    this.#settle();
  }

  /** A minute that should have been told long ago: what is held is looked after, and nothing is bought on it (E7, I14). */
  acceptLate(event: Event, at: Instant): void {
    this.#house.accept(event, this.#forward(at));
    this.#execution.dropEntries();
    this.#settle();
  }

  /** A person's word is on the disk before anything else comes. */
  acceptDurably(event: Event, at: Instant): void {
    this.accept(event, at);
    this.#recorder.commit();
  }

  answered(id: number, answer: Answer, at: Instant): void {
    this.#execution.answered(id, answer, this.#forward(at));
    this.#settle();
  }

  hear(news: BrokerNews, at: Instant): void {
    this.#execution.news(news, this.#forward(at));
    this.#settle();
  }

  /** Whoever runs this house does not keep up: nothing is entered until `trust`, and a comparison with the broker after that. */
  doubt(why: string, at: Instant): void {
    this.#execution.doubt(why, this.#forward(at));
    this.#settle();
  }

  trust(at: Instant): void {
    this.#execution.trust(this.#forward(at));
    this.#settle();
  }

  tick(at: Instant): void {
    this.#execution.tick(this.#forward(at));
    this.#settle();
  }

  /** The session is over: what the state is worth stands in the journal. */
  closeSession(event: Extract<Event, { readonly kind: 'session_closed' }>, at: Instant): string {
    this.accept(event, at);
    const hash = this.#hash(event.date);
    this.#recorder.commit();
    return hash;
  }

  commit(): void {
    this.#recorder.commit();
  }

  #hash(date: SessionDate): string {
    return this.#house.hashState(date, this.#at);
  }

  /** What the broker's words mean enters at the door, and may bring on more. */
  #settle(): void {
    for (;;) {
      const requests = this.#execution.takeRequests();
      const events = this.#execution.takeEvents();
      if (requests.length === 0 && events.length === 0) return;
      for (const request of requests) this.#house.accept({ kind: 'request_received', request }, this.#at);
      for (const event of events) this.#house.accept(event, this.#at);
    }
  }

  /** The clock of a machine may be set back; the house's never runs backward. */
  #forward(at: Instant): Instant {
    if (at > this.#at) this.#at = at;
    return this.#at;
  }

  #append(recorder: Recorder, event: Event, { at, cause, origin }: { at: Instant; cause: number; origin: 'door' | 'derived' }): number {
    const wasThere = !this.#isMadeAgain && this.#past?.caughtUp() === false;
    if (wasThere && event.kind === 'order_requested') this.#recorded.add(sent(event.order.id));
    if (wasThere && event.kind === 'cancel_requested') this.#recorded.add(cancelled(event.order));
    return recorder.append(event, at, cause, origin);
  }
}

const sent = (id: OrderId): string => `order ${id}`;
const cancelled = (id: OrderId): string => `cancel ${id}`;
