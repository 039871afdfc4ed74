import type { AlertFacts } from '#domain/alerts/alert';
import type { WatchSettings } from '#domain/alerts/alert-settings';
import { type Instant, MINUTE_MS } from '#domain/values/instant';

/** What the one who writes the database from the journal says of itself. */
export type ProjectorSaid = {
  readonly at: Instant;
  readonly pid: number;
  readonly isThere: boolean;
  readonly why: string;
  readonly entries: number;
  readonly behindMs: number;
  /** Somebody has ended it on purpose. */
  readonly hasEnded: boolean;
};

/** Catching up on what was there before, or after a pause, is nothing that anybody has to be told of. */
const PATIENCE_MS = MINUTE_MS;
/** Near again is half as far, or it would be told with each batch. */
const CALM = 0.5;

/** How a database keeps up with its journal, from what its writer says: what of it is worth telling, and that it is over. */
export class ProjectionWatch {
  readonly #watch: WatchSettings;
  #awaySince: Instant | null = null;
  #why = '';
  #isLost = false;
  #farSince: Instant | null = null;
  #behindSince: Instant | null = null;
  #silentSince: Instant | null = null;

  constructor(watch: WatchSettings) {
    this.#watch = watch;
  }

  /** Since when the database is away, and why, when that is long enough to be told. */
  get lost(): { readonly since: Instant; readonly detail: string } | null {
    return this.#isLost && this.#awaySince !== null ? { since: this.#awaySince, detail: this.#why } : null;
  }

  see(said: ProjectorSaid, now: Instant): readonly AlertFacts[] {
    const voice = this.#voice(said, now);
    // Of what is no longer said nothing is concluded; what was told stays told until somebody says otherwise.
    if (this.#silentSince !== null || said.hasEnded) return voice;
    this.#database(said, now);
    if (!said.isThere) return voice;
    return [...voice, ...this.#far(said, now)];
  }

  /** Told by somebody who knows: no patience. */
  lag({ entries, behindMs }: { readonly entries: number; readonly behindMs: number }, now: Instant): readonly AlertFacts[] {
    if (!this.#isFar(entries, behindMs, 1)) return this.#near(entries, behindMs, now);
    if (this.#behindSince !== null) return [];
    this.#behindSince = now;
    return [{ kind: 'projection_behind', entries, behindMs }];
  }

  #voice({ at, pid, hasEnded }: ProjectorSaid, now: Instant): readonly AlertFacts[] {
    const isSilent = !hasEnded && now - at >= this.#watch.projectorSilentMs;
    if (isSilent === (this.#silentSince !== null)) return [];
    const since = this.#silentSince;
    this.#silentSince = isSilent ? at : null;
    if (since === null) return [{ kind: 'projector_silent', pid, since: at }];
    return [{ kind: 'projector_back', pid, silentMs: Math.max(0, now - since) }];
  }

  #database({ isThere, why }: ProjectorSaid, now: Instant): void {
    if (isThere) {
      this.#awaySince = null;
      this.#isLost = false;
      return;
    }
    this.#awaySince ??= now;
    this.#why = why;
    this.#isLost = now - this.#awaySince >= this.#watch.databaseAwayMs;
  }

  #far({ entries, behindMs }: ProjectorSaid, now: Instant): readonly AlertFacts[] {
    if (!this.#isFar(entries, behindMs, 1)) {
      this.#farSince = null;
      return this.#near(entries, behindMs, now);
    }
    this.#farSince ??= now;
    return now - this.#farSince < PATIENCE_MS ? [] : this.lag({ entries, behindMs }, now);
  }

  #near(entries: number, behindMs: number, now: Instant): readonly AlertFacts[] {
    const since = this.#behindSince;
    if (since === null || this.#isFar(entries, behindMs, CALM)) return [];
    this.#behindSince = null;
    return [{ kind: 'projection_caught_up', behindForMs: Math.max(0, now - since) }];
  }

  #isFar(entries: number, behindMs: number, share: number): boolean {
    const { projectionEntries, projectionBehindMs } = this.#watch;
    return entries >= projectionEntries * share || behindMs >= projectionBehindMs * share;
  }
}
