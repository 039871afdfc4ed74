import type { Snapshot } from '#domain/decisions/decision-record';
import type { SettingsStamp } from '#domain/events/decision';
import type { Entry, EventOf } from '#domain/events/event';
import type { FoundSetup } from '#domain/events/funnel';
import { SessionClock } from '#domain/market/session-clock';
import { ticksOf } from '#domain/market/session-ticks';
import { type Book, equity, evolveBook, openBook } from '#domain/portfolio/book';
import { defaultSettings, type Settings } from '#domain/settings';
import { firstStamp, noStamp } from '#domain/settings-stamp';
import { assert } from '#domain/values/assert';
import { type Instant, instant } from '#domain/values/instant';
import { type SymbolIndex, ticker } from '#domain/values/symbol';
import { SymbolTable } from '#main/day/symbol-table';
import type { BareName, ShadowTerms } from '#main/decisions/plan-of-shadow';
import { ScanMemory } from '#main/decisions/scan-memory';
import { SessionTape } from '#main/decisions/session-tape';
import { contextOf, featuresOf, type Known } from '#main/decisions/snapshot';

/** All that the journal has told by now: the names, the bars, the scans, our books and the settings. It decides nothing. */
export class KnownNow {
  readonly symbols = new SymbolTable();
  readonly #tape = new SessionTape();
  readonly #scans = new ScanMemory();
  #settings: Settings = defaultSettings;
  #stamp: SettingsStamp = noStamp;
  readonly #underHash = new Map<string, Settings>();
  #book: Book = openBook(defaultSettings.capital);
  #bookAt: Instant = instant(0);
  #session: { readonly opened: EventOf<'session_opened'>; readonly clock: SessionClock } | null = null;
  /** Worked out once for all that is decided in the same entry. */
  #context: Omit<Snapshot, 'features'> | null = null;

  get settings(): Settings {
    return this.#settings;
  }

  get stamp(): SettingsStamp {
    return this.#stamp;
  }

  /** The settings that a stamp stands for; those in force when no run began under them. */
  settingsUnder({ hash }: SettingsStamp): Settings {
    return this.#underHash.get(hash) ?? this.#settings;
  }

  /** The session that was opened last; null before the first. */
  get opened(): EventOf<'session_opened'> | null {
    return this.#session?.opened ?? null;
  }

  get frames() {
    return this.#tape.frames;
  }

  see(entry: Entry): void {
    const { event, at } = entry;
    this.#context = null;
    const before = this.#book;
    this.#book = evolveBook(this.#book, event);
    if (this.#book !== before) this.#bookAt = at;
    switch (event.kind) {
      case 'run_started':
        return this.#hold(event.settings, firstStamp(event.settings));
      case 'parameters_changed':
        return this.#hold(event.settings, event.stamp);
      case 'session_opened':
        return this.#open(event, at);
      case 'split_took_effect':
        return this.#tape.split(event);
      case 'sectors_listed':
        return this.#tape.list(event);
      case 'headline_published':
        return this.#scans.headline(event);
      case 'catalyst_detected':
        return this.#scans.catalyst({ ...entry, event });
      case 'bars_closed':
        return this.#tape.update(event.frame);
      case 'candidates_found':
      case 'catalysts_confirmed':
      case 'indicators_agreed':
      case 'setups_found':
      case 'intents_chosen':
        return this.#scans.see({ ...entry, event });
      case 'session_closed':
        return this.#tape.close();
      default:
        return;
    }
  }

  /** What was known at that instant of one name, or of the whole book. */
  snapshot(symbol: SymbolIndex | null, at: Instant): Snapshot {
    const known = this.#known(at);
    this.#context ??= contextOf(known);
    return { features: featuresOf(symbol, known), ...this.#context };
  }

  minuteAt(at: Instant): number {
    return this.#session?.clock.minuteAt(at) ?? 0;
  }

  /** Under what an entry that was not made is reckoned. */
  terms({ at, sequence }: Entry): ShadowTerms {
    const { opened, clock } = this.#sessionNow();
    const { settings, stamp } = this;
    return { settings, stamp, ticks: ticksOf(opened.date), clock, opens: opened.open, equity: equity(this.#book), at, sequence };
  }

  /** The plan that the scan going on has for the name; null when it has none. */
  setupOf(symbol: SymbolIndex): FoundSetup | null {
    return this.#scans.nowOf(symbol).setup?.item ?? null;
  }

  /** What a plan can be made of without a setup; null before the name's first bar of the session. */
  bareOf(symbol: SymbolIndex): BareName | null {
    const last = this.#tape.last(symbol);
    if (last === null) return null;
    const agreed = this.#scans.nowOf(symbol).agreed?.item;
    return {
      close: last.price,
      atr: agreed?.atr ?? this.#tape.atr(symbol),
      minuteShares: agreed?.minuteShares ?? this.#tape.minuteShares(symbol),
    };
  }

  #hold(settings: Settings, stamp: SettingsStamp): void {
    this.#settings = settings;
    this.#stamp = stamp;
    this.#underHash.set(stamp.hash, settings);
  }

  #open(opened: EventOf<'session_opened'>, at: Instant): void {
    this.symbols.list(opened.listed);
    this.#tape.open(opened);
    this.#scans.open(at);
    this.#session = { opened, clock: new SessionClock(opened) };
  }

  #known(at: Instant): Known {
    const { clock } = this.#sessionNow();
    const spy = this.symbols.indexOf(ticker('SPY'));
    return { at, clock, tape: this.#tape, scans: this.#scans, book: this.#book, bookAt: this.#bookAt, spy };
  }

  #sessionNow(): { readonly opened: EventOf<'session_opened'>; readonly clock: SessionClock } {
    assert(this.#session !== null, 'a decision is made within a session');
    return this.#session;
  }
}
