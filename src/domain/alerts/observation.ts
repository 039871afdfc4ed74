import type { AlertFacts, RunAlarm } from '#domain/alerts/alert';
import type { WatchSettings } from '#domain/alerts/alert-settings';
import { ProjectionWatch, type ProjectorSaid } from '#domain/alerts/projection-watch';
import { RateNear } from '#domain/alerts/rate-near';
import { unreachable } from '#domain/values/assert';
import { type Instant, instant } from '#domain/values/instant';

/** What somebody has seen that stands in no journal. */
export type Observation =
  /** Who writes the journal; null for nobody. `hasEnded`: whoever wrote it last has said that it was over. */
  | { readonly kind: 'process_seen'; readonly pid: number | null; readonly hasEnded: boolean }
  | { readonly kind: 'database_seen'; readonly reachable: boolean; readonly detail: string }
  | { readonly kind: 'projection_seen'; readonly entries: number; readonly behindMs: number }
  /** What the one who writes the database says of itself, as of `at`; null for the numbers when it knows none yet. */
  | ({ readonly kind: 'projector_seen' } & ProjectorSaid)
  | { readonly kind: 'record_differs_from_broker'; readonly trades: number; readonly cash: number; readonly first: string }
  | { readonly kind: 'run_alarm'; readonly what: RunAlarm; readonly says: string }
  | { readonly kind: 'rate_seen'; readonly service: string; readonly used: number; readonly limit: number }
  | { readonly kind: 'disk_seen'; readonly folder: string; readonly freeBytes: number }
  | { readonly kind: 'ping_seen'; readonly reached: boolean; readonly why: string }
  | { readonly kind: 'journal_seen'; readonly readable: boolean; readonly what: string };

/** What has to be known of the run to say how bad something is. */
export type RunNow = { readonly held: number; readonly inSession: boolean };

/** A database that is not reached once is weather. */
const MISSES_MAX = 3;

/** What was seen outside of the journal, and what of it is worth telling: that something begins, and that it is over. */
export class Observed {
  readonly #watch: WatchSettings;
  readonly #missesMax: number;
  #pid: number | null = null;
  #seenAt: Instant | null = null;
  #isDown = false;
  #misses = 0;
  #missedSince: Instant = instant(0);
  #detail = '';
  #lostSince: Instant = instant(0);
  #isLost = false;
  readonly #projection: ProjectionWatch;
  readonly #rates = new Map<string, RateNear>();
  #isDiskLow = false;
  #pingMisses = 0;
  #isUnreadable = false;

  constructor(watch: WatchSettings, pingMissesMax: number) {
    this.#watch = watch;
    this.#projection = new ProjectionWatch(watch);
    this.#missesMax = pingMissesMax;
  }

  /** What is not well just now, for the ping that is withheld then. */
  get troubles(): readonly string[] {
    return [...(this.#isDown ? ['nobody writes the journal'] : []), ...(this.#isUnreadable ? ['the journal cannot be read'] : [])];
  }

  see(observation: Observation, now: Instant, run: RunNow): readonly AlertFacts[] {
    switch (observation.kind) {
      case 'process_seen':
        return this.#process(observation, now, run);
      case 'database_seen':
        return this.#database(observation, now);
      case 'projection_seen':
        return this.#projection.lag(observation, now);
      case 'projector_seen':
        return [...this.#projection.see(observation, now), ...this.#databaseNow(now)];
      case 'record_differs_from_broker':
      case 'run_alarm':
        return [observation];
      case 'rate_seen': {
        const { service, used, limit } = observation;
        const rate = this.#rates.get(service) ?? new RateNear();
        this.#rates.set(service, rate);
        return rate.turns(used, limit) && rate.isNear ? [{ kind: 'rate_limit_near', service, used, limit }] : [];
      }
      case 'disk_seen': {
        const { folder, freeBytes } = observation;
        const isLow = freeBytes < this.#watch.diskFreeBytes;
        const isNew = isLow && !this.#isDiskLow;
        // Some room more than the bound, or it would be told with every file that comes and goes.
        this.#isDiskLow = isLow || (this.#isDiskLow && freeBytes < this.#watch.diskFreeBytes * 1.2);
        return isNew ? [{ kind: 'disk_low', folder, freeBytes }] : [];
      }
      case 'ping_seen':
        this.#pingMisses = observation.reached ? 0 : this.#pingMisses + 1;
        return this.#pingMisses === this.#missesMax
          ? [{ kind: 'outside_ping_failing', misses: this.#pingMisses, why: observation.why }]
          : [];
      case 'journal_seen': {
        const isNew = !observation.readable && !this.#isUnreadable;
        this.#isUnreadable = !observation.readable;
        return isNew ? [{ kind: 'journal_unreadable', what: observation.what }] : [];
      }
      default:
        return unreachable(observation);
    }
  }

  #process(
    { pid, hasEnded }: Extract<Observation, { kind: 'process_seen' }>,
    now: Instant,
    { held, inSession }: RunNow,
  ): readonly AlertFacts[] {
    const before = this.#pid;
    // A watch that begins before the run does has seen nobody go.
    this.#seenAt ??= now;
    const silentMs = now - this.#seenAt;
    if (pid === null) {
      // Whoever ends a run on purpose, with nothing held and out of hours, is told nothing new.
      const isExpected = (before !== null && !hasEnded) || inSession || held > 0;
      if (this.#isDown || silentMs < this.#watch.serviceDownMs || !isExpected) return [];
      this.#isDown = true;
      return [{ kind: 'service_down', pid: before ?? 0, seen: this.#seenAt, held, inSession }];
    }
    // Another process may have ended while it was near a limit, and cannot say any more that it is not.
    if (before !== pid) this.#rates.clear();
    this.#pid = pid;
    this.#seenAt = now;
    if (this.#isDown) {
      this.#isDown = false;
      return [{ kind: 'service_back', pid, downMs: silentMs }];
    }
    const isRestart = before !== null && before !== pid && (inSession || held > 0);
    return isRestart ? [{ kind: 'service_restarted', pid, held }] : [];
  }

  #database({ reachable, detail }: Extract<Observation, { kind: 'database_seen' }>, now: Instant): readonly AlertFacts[] {
    if (reachable) this.#misses = 0;
    else {
      if (this.#misses === 0) this.#missedSince = now;
      this.#misses++;
      this.#detail = detail;
    }
    return this.#databaseNow(now);
  }

  /** Two may know of it: whoever dials it, and whoever writes it. It is lost when one says so, and back when both are content. */
  #databaseNow(now: Instant): readonly AlertFacts[] {
    const dialled = this.#misses >= MISSES_MAX ? { since: this.#missedSince, detail: this.#detail } : null;
    const lost = dialled ?? this.#projection.lost;
    if ((lost !== null) === this.#isLost) return [];
    this.#isLost = lost !== null;
    if (lost === null) return [{ kind: 'database_back', downMs: Math.max(0, now - this.#lostSince) }];
    this.#lostSince = lost.since;
    return [{ kind: 'database_lost', ...lost }];
  }
}
