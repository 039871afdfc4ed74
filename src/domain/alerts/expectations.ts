import type { AlertFacts, Schedule } from '#domain/alerts/alert';
import type { WatchSettings } from '#domain/alerts/alert-settings';
import type { Entry } from '#domain/events/event';
import { usCalendar } from '#domain/market/calendar';
import { newYork } from '#domain/market/new-york';
import { SessionClock } from '#domain/market/session-clock';
import type { Session } from '#domain/market/session-table';
import { defaultSettings, type Settings } from '#domain/settings';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';

/**
 * What should be happening and is not: bars, scans, the opening and the end of a day. It is told the entries of the journal
 * and, apart from them, what time it is. Each lack is told once, until what was missing has come.
 */
export class Expectations {
  readonly #watch: WatchSettings;
  readonly #told = new Set<string>();
  #settings: Settings = defaultSettings;
  #clock: SessionClock | null = null;
  #date: SessionDate | null = null;
  #open: Instant = instant(0);
  #close: Instant = instant(0);
  #closed: SessionDate | null = null;
  #lastBar: Instant | null = null;
  /** The end of the newest minute that was told: scans follow the bars, and bars that come late make no scan late. */
  #barClock: Instant = instant(0);
  #lastScan: Instant | null = null;
  #staleSince: Instant | null = null;

  constructor(watch: WatchSettings) {
    this.#watch = watch;
  }

  /** What is missing just now, in words; the ping to the outside is withheld for it. */
  get troubles(): readonly string[] {
    return [
      ...(this.#staleSince === null ? [] : ['no bars come in']),
      ...[...this.#told].map((key) => `missed: ${key.replaceAll('_', ' ')}`),
    ];
  }

  /** Whether a session is open by the journal, and its market by the clock. */
  inSession(now: Instant): boolean {
    return this.#date !== null && this.#closed !== this.#date && this.#open <= now && now < this.#close;
  }

  see({ event, at }: Entry): readonly AlertFacts[] {
    switch (event.kind) {
      case 'run_started':
      case 'parameters_changed':
        this.#settings = event.settings;
        return [];
      case 'session_opened':
        if (event.history) return [];
        this.#clock = new SessionClock(event);
        this.#date = event.date;
        this.#open = event.open;
        this.#close = event.close;
        this.#lastBar = null;
        this.#lastScan = null;
        this.#barClock = event.open;
        this.#told.clear();
        return [];
      case 'bars_closed':
        this.#barClock = instant(event.frame.start + MINUTE_MS);
        return this.#bars(at);
      case 'candidates_found':
        this.#lastScan = this.#barClock;
        this.#came('scan');
        return [];
      case 'session_closed':
        if (event.date === this.#date) this.#closed = event.date;
        this.#came('daily_summary');
        this.#staleSince = null;
        return [];
      default:
        return [];
    }
  }

  /** What is missing at that time, and was not told yet. `byCalendar`: whether the days of the market are followed as they come. */
  missing(now: Instant, { held, byCalendar }: { readonly held: number; readonly byCalendar: boolean }): readonly AlertFacts[] {
    return [...this.#stale(now, held), ...this.#scanMissed(now), ...(byCalendar ? this.#dayMissed(now) : []), ...this.#summaryMissed(now)];
  }

  #came(what: Schedule): void {
    for (const key of this.#told) if (key.startsWith(`${what}:`)) this.#told.delete(key);
  }

  #bars(at: Instant): readonly AlertFacts[] {
    if (this.#date === null || this.#closed === this.#date) return [];
    const since = this.#staleSince;
    this.#lastBar = at;
    this.#staleSince = null;
    return since === null ? [] : [{ kind: 'data_back', date: this.#date, silentMs: at - since }];
  }

  #stale(now: Instant, held: number): readonly AlertFacts[] {
    if (this.#date === null || !this.inSession(now) || this.#staleSince !== null) return [];
    const since = instant(Math.max(this.#lastBar ?? 0, this.#open));
    const silentMs = now - since;
    // The first bar of a session closes a minute after its open.
    if (silentMs < this.#watch.barsMissingMs + (this.#lastBar === null ? MINUTE_MS : 0)) return [];
    this.#staleSince = since;
    return [{ kind: 'data_stale', date: this.#date, last: this.#lastBar, silentMs, held }];
  }

  #scanMissed(now: Instant): readonly AlertFacts[] {
    const clock = this.#clock;
    // Without bars nothing can be scanned: that is told by itself.
    if (this.#date === null || clock === null || !this.inSession(now) || this.#staleSince !== null || this.#lastBar === null) return [];
    const due = this.#lastDue(clock, instant(this.#barClock - this.#watch.scanLateMs));
    if (due === null || (this.#lastScan !== null && this.#lastScan >= due)) return [];
    return this.#once('scan', this.#date, due);
  }

  /** The newest minute up to then at which the cadence of the phase asked for a scan, in market hours. */
  #lastDue(clock: SessionClock, until: Instant): Instant | null {
    for (let minute = clock.minuteAt(until); minute > clock.openMinute; minute--)
      if (clock.scanDue(minute, this.#settings.mode)) return instant(this.#open + (minute - clock.openMinute) * MINUTE_MS);
    return null;
  }

  #dayMissed(now: Instant): readonly AlertFacts[] {
    const session = sessionOn(now);
    if (session === null || this.#date === session.date) return [];
    const due = instant(session.open - this.#watch.openBeforeMs);
    return now < due || now >= session.close ? [] : this.#once('session_open', session.date, due);
  }

  #summaryMissed(now: Instant): readonly AlertFacts[] {
    if (this.#date === null || this.#closed === this.#date) return [];
    const due = instant(this.#close + this.#watch.summaryAfterMs);
    return now < due ? [] : this.#once('daily_summary', this.#date, due);
  }

  #once(what: Schedule, date: SessionDate, due: Instant): readonly AlertFacts[] {
    const key = `${what}:${date}`;
    if (this.#told.has(key)) return [];
    this.#told.add(key);
    return [{ kind: 'schedule_missed', what, date, due }];
  }
}

function sessionOn(now: Instant): Session | null {
  const found = usCalendar.session(newYork(now).date);
  return found.ok ? found.value : null;
}
