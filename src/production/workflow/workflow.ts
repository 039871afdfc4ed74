import { Drops } from '#domain/events/drops';
import type { Entry, EventOf } from '#domain/events/event';
import type { ChosenCandidate, FoundSetup } from '#domain/events/funnel';
import type { Emit, Service } from '#domain/events/service';
import { isClosing } from '#domain/exits/close-ladder';
import { SessionClock } from '#domain/market/session-clock';
import { intentOf } from '#domain/orders/intent';
import { ReturnHistory } from '#domain/portfolio/return-history';
import { Halts } from '#domain/risk/halts';
import { defaultSettings, type Settings } from '#domain/settings';
import { type StateSink, SymbolColumns } from '#domain/values/symbol-columns';
import { best } from '#domain/values/top';
import { Questions } from '#production/workflow/questions';

const INTENTS_MAX = 5;

/** The trading day: in which phase something may be wanted, and what is wanted: 10 → 5 intents a scan. */
export function workflow(): Service {
  return new Workflow();
}

class Workflow implements Service {
  readonly name = 'workflow';
  readonly consumes = [
    'run_started',
    'session_opened',
    'split_took_effect',
    'bars_closed',
    'session_closed',
    'order_filled',
    'position_adjusted',
    'cash_moved',
    'answer_given',
    'setups_found',
  ] as const;
  readonly hears = [
    'parameters_changed',
    'halt_ordered',
    'stop_cleared',
    'approval_wanted',
    'intent_approved',
    'intent_refused',
    'loss_warned',
    'time_stop_near',
    'order_requested',
    'question_asked',
  ] as const;
  readonly emits = ['intents_chosen', 'intent_formed', 'question_asked', 'question_settled', 'request_refused'] as const;
  readonly #table = new SymbolColumns();
  readonly #returns = new ReturnHistory(this.#table);
  #listed = 0;
  #settings: Settings = defaultSettings;
  #clock: SessionClock | null = null;
  readonly #halts = new Halts();
  readonly #questions = new Questions(this.#halts);
  /** Setups that were approved or asked about today, or refused for what they are: one shape is tried once. */
  readonly #tried = new Set<string>();
  /** The newest intent of each symbol. */
  readonly #asked = new Map<number, string>();

  step(entry: Entry, emit: Emit): void {
    const { event } = entry;
    this.#halts.see(entry);
    this.#questions.see(entry, emit);
    switch (event.kind) {
      case 'run_started':
      case 'parameters_changed':
        this.#settings = event.settings;
        return;
      case 'session_opened':
        return this.#open(event);
      case 'split_took_effect':
        return this.#returns.forget(event.symbol);
      case 'bars_closed':
        if (event.frame.regular) this.#returns.update(event.frame);
        return;
      case 'session_closed':
        return this.#returns.endSession();
      case 'approval_wanted':
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
    this.#halts.hashInto(sink);
    this.#questions.hashInto(sink);
    sink.text(this.#settings.mode);
    for (const setup of this.#tried) sink.text(setup);
    for (const [symbol, setup] of this.#asked) sink.text(`${symbol} ${setup}`);
  }

  #open(opened: EventOf<'session_opened'>): void {
    this.#clock = new SessionClock(opened);
    this.#listed += opened.listed.length;
    this.#table.ensure(this.#listed);
    this.#returns.startSession(opened.openMinute);
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
    const closed = this.#halts.any || !this.#mayEnter(minute);
    for (const setup of kept) {
      if (closed) drops.because(setup.symbol, 'entries_closed');
      else if (this.#tried.has(keyOf(setup)) || this.#questions.asksOf(setup.symbol)) drops.because(setup.symbol, 'already_tried');
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

  #mayEnter(minute: number): boolean {
    const { exits, mode } = this.#settings;
    if (this.#clock === null || isClosing(this.#clock.closeMinute - minute, exits)) return false;
    return this.#clock.planAt(minute, mode).entriesMax > 0;
  }

  /** The highest with one that was chosen before it: a name that fell out itself keeps nobody else out. Unknown is 0 here. */
  #correlationWith({ symbol }: FoundSetup, better: readonly ChosenCandidate[]): number {
    const { correlationPointsMin } = this.#settings.limits;
    const all = better.map((other) => this.#returns.correlation(symbol, other.symbol, correlationPointsMin).value);
    const known = all.filter((value) => value !== null);
    return known.length === 0 ? 0 : Math.max(...known);
  }

  #form(setup: FoundSetup, emit: Emit): void {
    this.#asked.set(setup.symbol, keyOf(setup));
    emit({ kind: 'intent_formed', intent: intentOf(setup, this.#settings.limits) });
  }
}

const keyOf = ({ symbol, pattern }: FoundSetup): string => `${symbol} ${pattern}`;
