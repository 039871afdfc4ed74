import type { Entry, EventOf } from '#domain/events/event';
import type { Emit, Service } from '#domain/events/service';
import { SessionClock } from '#domain/market/session-clock';
import { defaultSettings, type Settings } from '#domain/settings';
import { MarketScan } from '#domain/universe/market-scan';
import type { StateSink } from '#domain/values/symbol-columns';

const CANDIDATES_MAX = 100;

/** Chooses the names of the day by the days before, and finds those of them that are on the move: the universe → 100. */
export function scanner(): Service {
  return new Scanner();
}

class Scanner implements Service {
  readonly name = 'scanner';
  readonly consumes = ['run_started', 'session_opened', 'split_took_effect', 'bars_closed', 'session_closed'] as const;
  readonly hears = ['parameters_changed'] as const;
  readonly emits = ['universe_selected', 'candidates_found'] as const;
  readonly #market = new MarketScan(CANDIDATES_MAX);
  #settings: Settings = defaultSettings;
  #mode = defaultSettings.mode;
  #clock: SessionClock | null = null;
  #scans = 0;

  step({ event }: Entry, emit: Emit): void {
    switch (event.kind) {
      case 'run_started':
      case 'parameters_changed':
        this.#settings = event.settings;
        this.#mode = event.settings.mode;
        return;
      case 'session_opened':
        return this.#open(event, emit);
      case 'split_took_effect':
        return this.#market.forget(event.symbol);
      case 'bars_closed':
        return this.#minute(event, emit);
      case 'session_closed':
        return this.#market.endSession();
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    this.#market.hashInto(sink);
    sink.text(`${this.#scans} ${this.#mode}`);
  }

  #open(opened: EventOf<'session_opened'>, emit: Emit): void {
    this.#clock = new SessionClock(opened);
    this.#market.startSession(opened.listed.length);
    this.#scans = 0;
    if (!opened.history) emit(this.#market.select(this.#settings.scanner));
  }

  #minute({ frame }: EventOf<'bars_closed'>, emit: Emit): void {
    this.#market.update(frame);
    const clock = this.#clock;
    const minute = frame.minute + 1;
    if (clock === null || clock.history || !clock.scanDue(minute, this.#mode)) return;
    this.#scans++;
    emit(this.#market.scan({ scan: this.#scans, minute }, this.#settings.scanner));
  }
}
