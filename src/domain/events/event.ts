import type { AccountEvent } from '#domain/events/account';
import type { DecisionEvent } from '#domain/events/decision';
import type { FunnelEvent } from '#domain/events/funnel';
import type { MarketEvent } from '#domain/events/market';
import type { NewsEvent } from '#domain/events/news';
import type { RunEvent } from '#domain/events/run';
import type { Instant } from '#domain/values/instant';

/** Everything that has happened. Past tense, immutable, journaled before anyone acts on it. */
export type Event = RunEvent | MarketEvent | NewsEvent | AccountEvent | FunnelEvent | DecisionEvent;

export type EventKind = Event['kind'];

export type EventOf<Kind extends EventKind> = Extract<Event, { readonly kind: Kind }>;

/** What the journal adds. `at` is the only clock the house ever sees; `cause` is an earlier sequence, 0 for the world. */
export type Entry<Kind extends EventKind = EventKind> = {
  readonly sequence: number;
  readonly at: Instant;
  readonly cause: number;
  readonly event: EventOf<Kind>;
};
