import type { Rate } from '#adapters/alpaca/request-budget';
import { RateNear } from '#domain/alerts/rate-near';
import type { AlarmNotes } from '#main/alerts/alarm-notes';
import type { Say } from '#main/paper/say';

type Watched = {
  readonly rate: () => Rate;
  readonly notes: Pick<AlarmNotes, 'observe'>;
  readonly say: Say;
  /** Milliseconds of the machine, which nobody sets back. */
  readonly machine?: () => number;
};

/** Of a limit that others use as well, and that comes and goes with them, nobody wants to hear each minute. */
const AGAIN_MS = 600_000;

/**
 * Tells when the broker's limit on requests is nearly used. From three quarters on entries and readings wait already, so that it is
 * exits and covers that use what is left, or somebody else at the same account.
 */
export class RateWatch {
  readonly #watched: Watched;
  readonly #machine: () => number;
  readonly #near = new RateNear();
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#machine = watched.machine ?? (() => performance.now());
  }

  look(): void {
    const { rate, notes, say } = this.#watched;
    if (!this.#near.isNear && this.#machine() - this.#toldAt < AGAIN_MS) return;
    const { used, limit } = rate();
    if (!this.#near.turns(used, limit)) return;
    notes.observe({ kind: 'rate_seen', service: 'alpaca', used, limit });
    if (this.#near.isNear) this.#toldAt = this.#machine();
    say(
      this.#near.isNear
        ? `ALARM    ${used} of ${limit} requests of this minute are used at the broker: entries and readings wait, exits go on`
        : `note     ${used} of ${limit} requests of this minute are used at the broker: nothing waits any more`,
    );
  }
}
