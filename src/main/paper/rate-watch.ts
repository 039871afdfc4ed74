import { rateBounds } from '#domain/alerts/observation';
import type { AlarmNotes } from '#main/alerts/alarm-notes';
import type { Say } from '#main/paper/say';

type Watched = {
  /** Requests of the last minute, of those that the broker allows. */
  readonly rate: () => { readonly used: number; readonly limit: number };
  readonly notes: Pick<AlarmNotes, 'observe'>;
  readonly say: Say;
};

/**
 * Tells when the broker's limit on requests is nearly used. From three quarters on entries and readings wait already, so that it is
 * exits and covers that use what is left, or somebody else at the same account.
 */
export class RateWatch {
  readonly #watched: Watched;
  #isNear = false;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  look(): void {
    const { rate, notes, say } = this.#watched;
    const { used, limit } = rate();
    if (this.#isNear ? used >= limit * rateBounds.calm : used < limit * rateBounds.near) return;
    this.#isNear = !this.#isNear;
    notes.observe({ kind: 'rate_seen', service: 'alpaca', used, limit });
    say(
      this.#isNear
        ? `ALARM    ${used} of ${limit} requests of this minute are used at the broker: entries and readings wait, exits go on`
        : `note     ${used} of ${limit} requests of this minute are used at the broker: nothing waits any more`,
    );
  }
}
