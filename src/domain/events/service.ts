import type { Entry, Event, EventKind } from '#domain/events/event';
import type { StateSink } from '#domain/values/symbol-columns';

/** How a service adds an event: it is journaled, with the entry that the service is looking at as its cause. */
export type Emit = (event: Event) => void;

/**
 * One service of the house. It owns its state, updates it in place inside `step`, and speaks only by what it emits.
 * `consumes` flows forward along the plan. `hears` names what a later service, or itself, has decided: that enters as
 * the next entry of the same instant, so that the arrows of one step never point back.
 */
export type Service = {
  readonly name: string;
  readonly consumes: readonly EventKind[];
  readonly hears: readonly EventKind[];
  readonly emits: readonly EventKind[];
  step(entry: Entry, emit: Emit): void;
  /** Feeds everything that a later decision depends on, in a fixed order, without NaN or −0. */
  hashInto(sink: StateSink): void;
};
