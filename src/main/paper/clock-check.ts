import type { EventOf } from '#domain/events/event';
import type { Session } from '#domain/market/session-table';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { Brokerage } from '#engine/ports/brokerage';
import type { Clock } from '#engine/ports/clock';

/** How often the broker is asked what time it is. Source: E1. */
const EVERY_MS = MINUTE_MS;
/** Less is no difference worth an entry. */
const WORTH_MS = 1_000;

type ClockDifference = EventOf<'difference_found'>;

/**
 * Our clock beside the broker's, and our calendar beside what the broker says is open. What a question takes on its way is
 * not held against anybody: a difference counts beyond it.
 */
export class ClockCheck {
  readonly #brokerage: Brokerage;
  readonly #clock: Clock;
  #asked: Instant = instant(0);
  /** What was told last. */
  #toldMs = 0;

  constructor(brokerage: Brokerage, clock: Clock) {
    this.#brokerage = brokerage;
    this.#clock = clock;
  }

  get isDue(): boolean {
    return this.#clock.now() >= this.#asked + EVERY_MS;
  }

  /** What has changed, or null; null as well when nobody answers, which others notice. */
  async ask(session: Session): Promise<ClockDifference | null> {
    const sent = this.#clock.now();
    this.#asked = sent;
    const answer = await this.#brokerage.ask({ kind: 'read_clock' }, 'read');
    const came = this.#clock.now();
    if (answer.kind !== 'clock') return null;
    const { now, isOpen, nextOpen } = answer.clock;
    const isInside = came > session.open + MINUTE_MS && came < session.close - MINUTE_MS;
    // A market that is closed when it should be open is as far away as its next opening.
    const theirs = isInside && !isOpen ? nextOpen : now;
    const apart = Math.max(0, sent - theirs, theirs - came);
    if (apart < WORTH_MS && this.#toldMs < WORTH_MS) return null;
    this.#toldMs = apart;
    const ours = apart === 0 ? theirs : theirs < sent ? sent : came;
    const detail = isInside && !isOpen ? 'the broker says that the market is closed' : `${apart} ms`;
    return { kind: 'difference_found', difference: 'clock', symbol: null, ours, theirs, detail };
  }
}
