import type { SettingsStamp } from '#domain/events/decision';
import type { Entry, EventOf } from '#domain/events/event';
import type { Emit, Service } from '#domain/events/service';
import { SessionClock } from '#domain/market/session-clock';
import { ticksOf } from '#domain/market/session-ticks';
import type { Mode } from '#domain/market/trading-day';
import type { TickRule } from '#domain/market/us/tick-rules';
import { type Book, equity, evolveBook, hashBook, openBook, pnlToday } from '#domain/portfolio/book';
import { ReturnHistory } from '#domain/portfolio/return-history';
import { review } from '#domain/risk/approval';
import type { RiskView } from '#domain/risk/rules';
import { defaultSettings, type Settings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { assert } from '#domain/values/assert';
import { cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import { type StateSink, SymbolColumns } from '#domain/values/symbol-columns';
import { Engagements } from '#production/risk-manager/engagements';
import { deskEmits, deskReads, ParameterDesk } from '#production/risk-manager/parameter-desk';

/** Looks at every intent before it can become an order, and at the day's loss after every minute. */
export function riskManager(): Service {
  return new RiskManager();
}

class RiskManager implements Service {
  readonly name = 'risk-manager';
  readonly consumes = [
    'run_started',
    'session_opened',
    'split_took_effect',
    'stop_requested',
    'bars_closed',
    'session_closed',
    'order_filled',
    'order_rejected',
    'order_cancelled',
    'intent_formed',
    ...deskReads,
  ] as const;
  readonly hears = ['order_requested', 'parameters_changed', 'parameter_pending'] as const;
  readonly emits = ['intent_approved', 'intent_refused', 'loss_warned', 'halt_ordered', ...deskEmits] as const;
  readonly #table = new SymbolColumns();
  readonly #returns = new ReturnHistory(this.#table);
  readonly #engagements = new Engagements();
  readonly #desk = new ParameterDesk();
  #settings: Settings = defaultSettings;
  #mode: Mode = defaultSettings.mode;
  #stamp: SettingsStamp = firstStamp(defaultSettings);
  #book: Book = openBook(defaultSettings.capital);
  #clock: SessionClock | null = null;
  #ticks: TickRule | null = null;
  #listed = 0;
  /** A stop that a person asked for outlasts the session; the daily loss is the day's. */
  #halted: 'no' | 'daily_loss' | 'requested' = 'no';
  #warned = false;
  #phase = '';
  #entriesUsed = 0;

  step(entry: Entry, emit: Emit): void {
    const { sequence, at, event } = entry;
    this.#desk.step(entry, emit);
    this.#book = evolveBook(this.#book, event);
    this.#engagements.evolve(event, this.#book);
    switch (event.kind) {
      case 'run_started':
        this.#settings = event.settings;
        this.#mode = event.settings.mode;
        this.#stamp = firstStamp(event.settings);
        this.#book = openBook(event.settings.capital);
        return;
      case 'session_opened':
        return this.#open(event);
      case 'split_took_effect':
        return this.#table.forget(event.symbol);
      case 'parameters_changed':
        this.#settings = event.settings;
        this.#stamp = event.stamp;
        this.#mode = event.settings.mode;
        return;
      case 'stop_requested':
        return this.#halt('requested', emit);
      case 'bars_closed':
        if (!event.frame.regular) return;
        this.#returns.update(event.frame);
        return this.#watchLoss(emit);
      case 'session_closed':
        return this.#returns.endSession();
      case 'intent_formed':
        return this.#review(event, sequence, at, emit);
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    this.#table.hashInto(sink);
    this.#returns.hashInto(sink);
    this.#engagements.hashInto(sink);
    hashBook(this.#book, sink);
    this.#desk.hashInto(sink);
    sink.text(`${this.#mode} ${this.#halted} ${this.#warned} ${this.#phase} ${this.#entriesUsed}`);
  }

  #open(opened: EventOf<'session_opened'>): void {
    this.#clock = new SessionClock(opened);
    this.#ticks = ticksOf(opened.date);
    this.#listed += opened.listed.length;
    this.#table.ensure(this.#listed);
    this.#returns.startSession(opened.openMinute);
    this.#engagements.clear();
    if (this.#halted === 'daily_loss') this.#halted = 'no';
    this.#warned = false;
    this.#phase = '';
    this.#entriesUsed = 0;
  }

  #watchLoss(emit: Emit): void {
    if (this.#book.positions.length === 0 && this.#book.cash === this.#book.cashAtOpen) return;
    const { lossTodayMax: limit, lossWarnAt } = this.#settings.limits;
    const pnl = pnlToday(this.#book);
    if (!this.#warned && -pnl >= limit * lossWarnAt) {
      this.#warned = true;
      emit({ kind: 'loss_warned', pnl, limit, share: lossWarnAt });
    }
    if (-pnl > limit) this.#halt('daily_loss', emit);
  }

  #halt(reason: 'daily_loss' | 'requested', emit: Emit): void {
    if (this.#halted === reason || this.#halted === 'requested') return;
    this.#halted = reason;
    emit({ kind: 'halt_ordered', reason, level: 'flatten', pnl: pnlToday(this.#book), limit: this.#settings.limits.lossTodayMax });
  }

  #review({ intent }: EventOf<'intent_formed'>, sequence: number, at: Instant, emit: Emit): void {
    assert(this.#ticks !== null, 'an intent comes within a session');
    const verdict = review(intent, this.#view(intent.symbol, at), this.#ticks);
    if (verdict.kind === 'refused') {
      const { refusals, stop, shares } = verdict;
      const { symbol, side } = intent;
      return emit({ kind: 'intent_refused', intent: sequence, symbol, side, refusals, stop, shares, stamp: this.#stamp });
    }
    // Reserved now and not when the approval comes round: the next intent of the same scan must already see it.
    this.#engagements.approve(sequence, verdict.order);
    this.#entriesUsed++;
    emit({ kind: 'intent_approved', intent: sequence, order: verdict.order, stamp: this.#stamp });
  }

  #view(symbol: SymbolIndex, at: Instant): RiskView {
    const minute = this.#clock?.minuteAt(at) ?? 0;
    const plan = this.#clock?.planAt(minute, this.#mode) ?? { entriesMax: 0, risk: 0 };
    const phase = this.#clock?.phaseAt(minute)?.name ?? '';
    if (phase !== this.#phase) {
      this.#phase = phase;
      this.#entriesUsed = 0;
    }
    return {
      limits: this.#settings.limits,
      halted: this.#halted !== 'no',
      minute,
      pnl: pnlToday(this.#book),
      equity: equity(this.#book),
      cashFree: cash(this.#book.cash - this.#engagements.reserved),
      openRisk: this.#engagements.risk,
      engaged: this.#engagements.symbols,
      phase: { entriesUsed: this.#entriesUsed, entriesMax: plan.entriesMax, riskShare: plan.risk },
      lossesInARow: this.#book.lossesInARow,
      correlationWith: (other) => this.#returns.correlation(symbol, other, this.#settings.limits.correlationPointsMin),
    };
  }
}
