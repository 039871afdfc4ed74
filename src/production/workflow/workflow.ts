import { Drops } from '#domain/events/drops';
import type { Entry, EventOf } from '#domain/events/event';
import type { ChosenCandidate, FoundSetup } from '#domain/events/funnel';
import type { Emit, Service } from '#domain/events/service';
import { SessionClock } from '#domain/market/session-clock';
import type { Mode } from '#domain/market/trading-day';
import { ReturnHistory } from '#domain/portfolio/return-history';
import type { HaltReason } from '#domain/risk/stop-level';
import { defaultSettings, type Settings } from '#domain/settings';
import { type StateSink, SymbolColumns } from '#domain/values/symbol-columns';
import { best } from '#domain/values/top';

const INTENTS_MAX = 5;

/** The trading day: in which phase something may be wanted, and what is wanted: 10 → 5 intents a scan. */
export function workflow(): Service {
  return new Workflow();
}

class Workflow implements Service {
  readonly name = 'workflow';
  readonly consumes = ['run_started', 'session_opened', 'split_took_effect', 'bars_closed', 'session_closed', 'setups_found'] as const;
  readonly hears = ['parameters_changed', 'halt_ordered', 'intent_approved', 'intent_refused'] as const;
  readonly emits = ['intents_chosen', 'intent_formed'] as const;
  readonly #table = new SymbolColumns();
  readonly #returns = new ReturnHistory(this.#table);
  #listed = 0;
  #settings: Settings = defaultSettings;
  #mode: Mode = defaultSettings.mode;
  #clock: SessionClock | null = null;
  #halted: 'no' | HaltReason = 'no';
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
        return this.#open(event);
      case 'split_took_effect':
        return this.#table.forget(event.symbol);
      case 'bars_closed':
        if (event.frame.regular) this.#returns.update(event.frame);
        return;
      case 'session_closed':
        return this.#returns.endSession();
      case 'parameters_changed':
        this.#settings = event.settings;
        this.#mode = event.settings.mode;
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
    this.#table.hashInto(sink);
    this.#returns.hashInto(sink);
    sink.text(`${this.#mode} ${this.#halted}`);
    for (const setup of this.#tried) sink.text(setup);
  }

  #open(opened: EventOf<'session_opened'>): void {
    this.#clock = new SessionClock(opened);
    this.#listed += opened.listed.length;
    this.#table.ensure(this.#listed);
    this.#returns.startSession(opened.openMinute);
    if (this.#halted === 'daily_loss') this.#halted = 'no';
    this.#asked.clear();
    this.#tried.clear();
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
    const chosen: FoundSetup[] = [];
    const picks: ChosenCandidate[] = [];
    for (const setup of best(wanted, wanted.length).kept) {
      if (picks.length === INTENTS_MAX) {
        drops.because(setup.symbol, 'ranked_below');
        continue;
      }
      const correlation = this.#correlationWith(setup, picks);
      if (correlation > this.#settings.limits.correlationMax) {
        drops.because(setup.symbol, 'correlated_with_better');
        continue;
      }
      chosen.push(setup);
      picks.push({ symbol: setup.symbol, score: setup.score, correlation });
    }
    emit({ kind: 'intents_chosen', scan, minute, kept: picks, dropped: drops.taken() });
    for (const setup of chosen) this.#form(setup, emit);
  }

  /** The highest with one that was chosen before it: a name that fell out itself keeps nobody else out. Unknown is 0 here. */
  #correlationWith({ symbol }: FoundSetup, better: readonly ChosenCandidate[]): number {
    let highest: number | null = null;
    for (const other of better) {
      const { value } = this.#returns.correlation(symbol, other.symbol, this.#settings.limits.correlationPointsMin);
      if (value !== null && (highest === null || value > highest)) highest = value;
    }
    return highest ?? 0;
  }

  #form(setup: FoundSetup, emit: Emit): void {
    this.#asked.set(setup.symbol, keyOf(setup));
    const { symbol, entry: limit, atr, support, target, pattern, confidence, record } = setup;
    const liquidShares = Math.floor(setup.minuteShares * this.#settings.limits.minuteShareMax);
    emit({
      kind: 'intent_formed',
      intent: { symbol, side: 'buy', limit, atr, support, target, pattern, confidence, liquidShares, record },
    });
  }
}

const keyOf = ({ symbol, pattern }: FoundSetup): string => `${symbol} ${pattern}`;
