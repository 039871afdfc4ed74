import type { AccountEvent } from '#domain/events/account';
import type { Frame } from '#domain/events/frame';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { Broker } from '#engine/ports/broker';

/** An exchange and broker that live inside the run: told what the market did, they say what became of our orders. */
export type Venue = Broker & {
  openSession(session: { readonly date: SessionDate; readonly open: Instant; readonly close: Instant; readonly symbols: number }): void;
  /** The time goes on within a minute: what is submitted from here on meets no bar that began before it. */
  timeIs(at: Instant): void;
  /** Matches the working orders against a minute that has closed, before the house sees it. */
  advance(frame: Frame): void;
  /** Closes what is left at the last close of each name. */
  closeSession(): void;
  /** What has happened since the last call, oldest first. */
  takeNews(): readonly AccountEvent[];
};
