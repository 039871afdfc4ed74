import { Drops } from '#domain/events/drops';
import type { Entry, EventOf } from '#domain/events/event';
import type { FoundSetup } from '#domain/events/funnel';
import type { Emit, Service } from '#domain/events/service';
import { SessionClock } from '#domain/market/session-clock';
import type { Mode } from '#domain/market/trading-day';
import { defaultSettings, type Settings } from '#domain/settings';
import type { StateSink } from '#domain/values/symbol-columns';
import { best } from '#domain/values/top';

const INTENTS_MAX = 5;

/** The trading day: in which phase something may be wanted, and what is wanted: 10 → 5 intents a scan. */
export function workflow(): Service {
  return new Workflow();
}

class Workflow implements Service {
  readonly name = 'workflow';
  readonly consumes = ['run_started', 'session_opened', 'mode_changed', 'setups_found'] as const;
  readonly hears = ['halt_ordered', 'intent_approved', 'intent_refused'] as const;
  readonly emits = ['intents_chosen', 'intent_formed'] as const;
  #settings: Settings = defaultSettings;
  #mode: Mode = defaultSettings.mode;
  #clock: SessionClock | null = null;
  #halted: 'no' | 'daily_loss' | 'requested' = 'no';
  /** Setups that were approved today, or refused for what they are: one shape is tried once. */
  readonly #tried = new Set<string>();
  /** The newest intent of each symbol. */
  readonly #asked = new Map<number, string>();

  step({ event }: Entry, emit: Emit): void {
    switch (event.kind) {
      case 'run_started':
        this.#settings = event.settings;
        this.#mode = event.settings.mode;
        return;
      case 'session_opened':
        this.#clock = new SessionClock(event);
        if (this.#halted === 'daily_loss') this.#halted = 'no';
        this.#asked.clear();
        return this.#tried.clear();
      case 'mode_changed':
        this.#mode = event.mode;
        return;
      case 'halt_ordered':
        this.#halted = event.reason;
        return;
      case 'intent_approved':
        return this.#try(event.order.symbol);
      case 'intent_refused':
        // What refused it may pass, such as a full book; a target too near or a stop too far won't.
        if (event.refusals.some(({ kind }) => kind === 'reward_too_small' || kind === 'stop_too_far')) this.#try(event.symbol);
        return;
      case 'setups_found':
        return this.#choose(event, emit);
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    sink.text(`${this.#mode} ${this.#halted}`);
    for (const setup of this.#tried) sink.text(setup);
  }

  #try(symbol: number): void {
    const setup = this.#asked.get(symbol);
    if (setup !== undefined) this.#tried.add(setup);
  }

  #choose({ scan, minute, kept }: EventOf<'setups_found'>, emit: Emit): void {
    const drops = new Drops();
    const wanted: FoundSetup[] = [];
    const closed = this.#halted !== 'no' || this.#clock === null || this.#clock.planAt(minute, this.#mode).entriesMax === 0;
    for (const setup of kept) {
      if (closed) drops.because(setup.symbol, 'entries_closed');
      else if (this.#tried.has(keyOf(setup))) drops.because(setup.symbol, 'already_tried');
      else wanted.push(setup);
    }
    const { kept: chosen, rest } = best(wanted, INTENTS_MAX);
    drops.ranked(rest);
    const picks = chosen.map(({ symbol, score }) => ({ symbol, score, correlation: 0 }));
    emit({ kind: 'intents_chosen', scan, minute, kept: picks, dropped: drops.taken() });
    for (const setup of chosen) this.#form(setup, emit);
  }

  #form(setup: FoundSetup, emit: Emit): void {
    this.#asked.set(setup.symbol, keyOf(setup));
    const { symbol, entry: limit, atr, support, target, pattern, confidence } = setup;
    const liquidShares = Math.floor(setup.minuteShares * this.#settings.limits.minuteShareMax);
    emit({ kind: 'intent_formed', intent: { symbol, side: 'buy', limit, atr, support, target, pattern, confidence, liquidShares } });
  }
}

const keyOf = ({ symbol, pattern }: FoundSetup): string => `${symbol} ${pattern}`;
