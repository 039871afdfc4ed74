import { Drops } from '#domain/events/drops';
import type { Entry, EventOf } from '#domain/events/event';
import { type Candidate, dropBit } from '#domain/events/funnel';
import type { Emit, Service } from '#domain/events/service';
import { HISTORY_SESSIONS_MIN } from '#domain/history';
import { VolumeRatio } from '#domain/indicators/volume-ratio';
import { SessionClock } from '#domain/market/session-clock';
import { defaultSettings, type Settings } from '#domain/settings';
import { Ranking } from '#domain/values/ranking';
import { symbolIndex } from '#domain/values/symbol';
import { type StateSink, SymbolColumns } from '#domain/values/symbol-columns';
import { DailyHistory } from '#production/scanner/daily-history';

const CANDIDATES_MAX = 100;
const NO_HISTORY = dropBit('no_history');
const NO_BAR_TODAY = dropBit('no_bar_today');
const PRICE_TOO_LOW = dropBit('price_too_low');
const ILLIQUID = dropBit('illiquid');
/** More than this counts no further. */
const RELATIVE_VOLUME_MAX = 10;

/** Finds the names that are liquid and on the move: the universe → 100, each with gap, move and relative volume. */
export function scanner(): Service {
  return new Scanner();
}

class Scanner implements Service {
  readonly name = 'scanner';
  readonly consumes = ['run_started', 'session_opened', 'split_took_effect', 'bars_closed', 'session_closed', 'mode_changed'] as const;
  readonly hears = [] as const;
  readonly emits = ['candidates_found'] as const;
  readonly #table = new SymbolColumns();
  readonly #history = new DailyHistory(this.#table);
  readonly #volume = new VolumeRatio(this.#table);
  readonly #ranking = new Ranking(CANDIDATES_MAX);
  #settings: Settings = defaultSettings;
  #mode = defaultSettings.mode;
  #clock: SessionClock | null = null;
  #listed = 0;
  #scans = 0;

  step({ event }: Entry, emit: Emit): void {
    switch (event.kind) {
      case 'run_started':
        this.#settings = event.settings;
        this.#mode = event.settings.mode;
        return;
      case 'mode_changed':
        this.#mode = event.mode;
        return;
      case 'session_opened':
        return this.#open(event);
      case 'split_took_effect':
        return this.#table.forget(event.symbol);
      case 'bars_closed':
        return this.#minute(event, emit);
      case 'session_closed':
        this.#history.endSession();
        return this.#volume.endSession();
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    this.#table.hashInto(sink);
    this.#volume.hashWritten(sink);
    sink.text(`${this.#listed} ${this.#scans} ${this.#mode}`);
  }

  #open(opened: EventOf<'session_opened'>): void {
    this.#clock = new SessionClock(opened);
    this.#listed += opened.listed.length;
    this.#table.ensure(this.#listed);
    this.#history.startSession();
    this.#volume.startSession();
    this.#scans = 0;
  }

  #minute({ frame }: EventOf<'bars_closed'>, emit: Emit): void {
    this.#history.update(frame);
    if (frame.regular) this.#volume.update(frame);
    const clock = this.#clock;
    const minute = frame.minute + 1;
    if (clock === null || clock.history || !clock.scanDue(minute, this.#mode)) return;
    this.#scans++;
    emit(this.#scan(minute));
  }

  #scan(minute: number): EventOf<'candidates_found'> {
    const drops = new Drops();
    const ranking = this.#ranking;
    const traded = this.#history.tradedToday.values;
    ranking.clear(this.#listed);
    let universe = 0;
    for (let s = 0; s < this.#listed; s++) {
      universe += traded[s] as number;
      const mask = this.#dropMask(s);
      if (mask === 0) ranking.add(s, this.#score(s));
      else drops.add(s, mask);
    }
    const { kept, rest } = ranking.split();
    drops.ranked(rest);
    const candidates = Array.from(kept, (s) => this.#candidate(s, ranking.score(s)));
    return { kind: 'candidates_found', scan: this.#scans, minute, universe, kept: candidates, dropped: drops.taken() };
  }

  #dropMask(s: number): number {
    const { priceMin, dollarVolumeMin } = this.#settings.scanner;
    let mask = this.#history.tradedToday.values[s] === 0 ? NO_BAR_TODAY : 0;
    if ((this.#history.sessions.values[s] as number) < HISTORY_SESSIONS_MIN) return mask | NO_HISTORY;
    if ((this.#history.lastPrice.values[s] as number) < priceMin) mask |= PRICE_TOO_LOW;
    if (this.#history.meanDollars(s) < dollarVolumeMin * 10_000) mask |= ILLIQUID;
    return mask;
  }

  /** Upward moves score; a fall scores nothing, since Stage 1 only buys. */
  #score(s: number): number {
    const { weights } = this.#settings.scanner;
    return (
      weights.gap * 100 * Math.max(0, this.#history.gap(s)) +
      weights.change * 100 * Math.max(0, this.#history.change(s)) +
      weights.relativeVolume * Math.min(this.#volume.relative(s), RELATIVE_VOLUME_MAX)
    );
  }

  #candidate(s: number, score: number): Candidate {
    const gap = this.#history.gap(s);
    const change = this.#history.change(s);
    return { symbol: symbolIndex(s), score, gap, change, relativeVolume: this.#volume.relative(s) };
  }
}
