import type { BrokerState } from '#domain/events/account';
import type { SettingsStamp } from '#domain/events/decision';
import type { Entry, EventOf } from '#domain/events/event';
import type { Emit, Service } from '#domain/events/service';
import { SessionClock } from '#domain/market/session-clock';
import { ticksOf } from '#domain/market/session-ticks';
import type { TickRule } from '#domain/market/us/tick-rules';
import type { Intent } from '#domain/orders/intent';
import { type Book, equity, evolveBook, hashBook, openBook } from '#domain/portfolio/book';
import { ReturnHistory } from '#domain/portfolio/return-history';
import { type Approved, review, reviewAgain, type SizedIntent, type Verdict } from '#domain/risk/approval';
import type { Quote, RiskView } from '#domain/risk/risk-view';
import { MESSAGES_OF_AN_ENTRY } from '#domain/risk/rules/watch';
import { defaultSettings, type Settings } from '#domain/settings';
import { noStamp, stampOf } from '#domain/settings-stamp';
import { assert } from '#domain/values/assert';
import { type Cash, cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import { type StateSink, SymbolColumns } from '#domain/values/symbol-columns';
import { DayVolumes } from '#production/risk-manager/day-volumes';
import { type Account, EmergencyStop } from '#production/risk-manager/emergency-stop';
import { Engagements } from '#production/risk-manager/engagements';
import { EquityWatch } from '#production/risk-manager/equity-watch';
import { KnownNames } from '#production/risk-manager/known-names';
import { MessageWindow } from '#production/risk-manager/message-window';
import { closesOf } from '#production/risk-manager/newest-closes';
import { deskEmits, deskReads, ParameterDesk } from '#production/risk-manager/parameter-desk';
import { PhaseEntries } from '#production/risk-manager/phase-entries';
import { ProtectionWatch } from '#production/risk-manager/protection-watch';
import { RecentEntries } from '#production/risk-manager/recent-entries';

type Refused = Extract<Verdict, { readonly kind: 'refused' }>;

/** Looks at every intent before it can become an order, and at the losses after every minute. */
export function riskManager(): Service {
  return new RiskManager();
}

class RiskManager implements Service {
  readonly name = 'risk-manager';
  readonly consumes = [
    'run_started',
    'session_opened',
    'split_took_effect',
    'asset_status_changed',
    'sectors_listed',
    'stop_requested',
    'clear_requested',
    'bars_closed',
    'session_closed',
    'account_reported',
    'broker_line_changed',
    'difference_found',
    'position_adjusted',
    'cash_moved',
    'name_quarantined',
    'name_released',
    'order_accepted',
    'order_filled',
    'order_rejected',
    'order_cancelled',
    'intent_formed',
    'question_settled',
    ...deskReads,
  ] as const;
  readonly hears = ['order_requested', 'cancel_requested', 'parameters_changed', 'parameter_pending'] as const;
  readonly emits = [
    'approval_wanted',
    'intent_approved',
    'intent_refused',
    'loss_warned',
    'halt_ordered',
    'stop_cleared',
    ...deskEmits,
  ] as const;
  readonly #table = new SymbolColumns();
  readonly #returns = new ReturnHistory(this.#table);
  readonly #volumes = new DayVolumes(this.#table);
  readonly #names = new KnownNames();
  readonly #engagements = new Engagements();
  readonly #recent = new RecentEntries();
  readonly #phase = new PhaseEntries();
  readonly #messages = new MessageWindow();
  readonly #protection = new ProtectionWatch();
  readonly #equity = new EquityWatch();
  readonly #stop = new EmergencyStop(this.#equity);
  readonly #desk = new ParameterDesk();
  #settings: Settings = defaultSettings;
  #broker: BrokerState = 'ready';
  #skewMs = 0;
  #stamp: SettingsStamp = noStamp;
  #book: Book = openBook(defaultSettings.capital);
  #clock: SessionClock | null = null;
  #ticks: TickRule | null = null;

  step(entry: Entry, emit: Emit): void {
    const { at, event } = entry;
    this.#desk.step(entry, emit);
    this.#book = evolveBook(this.#book, event);
    this.#engagements.evolve(event, this.#book);
    this.#protection.evolve(event, at, this.#book);
    this.#names.evolve(event);
    switch (event.kind) {
      case 'run_started':
        this.#equity.begin(event.settings.capital);
        return this.#hold(event);
      case 'parameters_changed':
        return this.#hold(event);
      case 'session_opened':
        return this.#open(event, at, emit);
      case 'split_took_effect':
        return this.#returns.forget(event.symbol);
      case 'bars_closed':
        return this.#minute(event, emit);
      case 'cash_moved':
        if (event.cause === 'transfer') this.#equity.transferred(event.amount);
        return;
      case 'account_reported':
        this.#equity.reported(event.equity, this.#book);
        return this.#stop.watch(this.#account(emit));
      case 'difference_found':
        if (event.difference === 'clock') this.#skewMs = Math.abs(event.ours - event.theirs);
        return;
      case 'broker_line_changed':
        this.#broker = event.state;
        return;
      case 'order_filled':
      case 'position_adjusted':
        return this.#stop.watch(this.#account(emit));
      case 'session_closed':
        return this.#close();
      case 'order_requested':
      case 'cancel_requested':
        return this.#messages.sent(at);
      case 'stop_requested':
        return this.#stop.halt({ reason: 'requested', level: event.level }, this.#account(emit));
      case 'clear_requested':
        if (this.#stop.clear(event, entry.cause, this.#account(emit))) this.#recent.unlatch();
        return;
      case 'intent_formed':
        return this.#review(event.intent, entry, emit);
      case 'question_settled':
        return this.#settle(event, at, emit);
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    this.#table.hashInto(sink);
    this.#returns.hashInto(sink);
    this.#names.hashInto(sink);
    this.#engagements.hashInto(sink);
    this.#recent.hashInto(sink);
    this.#phase.hashInto(sink);
    this.#messages.hashInto(sink);
    this.#protection.hashInto(sink);
    this.#equity.hashInto(sink);
    this.#stop.hashInto(sink);
    hashBook(this.#book, sink);
    this.#desk.hashInto(sink);
    sink.text(`${this.#stamp.version} ${this.#stamp.hash}`);
    if (this.#broker !== 'ready' || this.#skewMs > 0) sink.text(`${this.#broker} ${this.#skewMs}`);
  }

  /** The one place where settings change: from here on every decision is made under them and says so. */
  #hold(event: EventOf<'run_started' | 'parameters_changed'>): void {
    this.#settings = event.settings;
    this.#stamp = stampOf(event);
  }

  #open(opened: EventOf<'session_opened'>, at: Instant, emit: Emit): void {
    this.#clock = new SessionClock(opened);
    this.#ticks = ticksOf(opened.date);
    this.#table.ensure(this.#names.count);
    this.#returns.startSession(opened.openMinute);
    this.#volumes.startSession();
    this.#engagements.startSession();
    this.#protection.startSession(at, this.#book);
    this.#phase.startSession();
    this.#stop.startSession(opened.date, this.#account(emit));
  }

  #close(): void {
    this.#returns.endSession();
    this.#volumes.endSession();
  }

  #minute({ frame }: EventOf<'bars_closed'>, emit: Emit): void {
    if (!frame.regular) return;
    this.#returns.update(frame);
    this.#volumes.update(frame);
    // Flat, and nothing was traded today: nothing can have been lost since the last look.
    if (this.#book.positions.length === 0 && this.#book.cash === this.#book.cashAtOpen) return;
    this.#stop.watch(this.#account(emit));
  }

  #account(emit: Emit): Account {
    return { book: this.#book, limits: this.#settings.limits, emit };
  }

  #review(intent: Intent, { sequence, at }: Entry, emit: Emit): void {
    assert(this.#ticks !== null, 'an intent comes within a session');
    const verdict = review(intent, this.#view(intent, at), this.#ticks);
    if (verdict.kind === 'refused') return this.#refuse(intent, sequence, verdict, emit);
    const { order } = verdict;
    const stamp = this.#stamp;
    const waiting = this.#settings.session.control === 'supervised';
    this.#reserve(sequence, order, { at, waiting });
    emit(
      waiting ? { kind: 'approval_wanted', intent: sequence, order, stamp } : { kind: 'intent_approved', intent: sequence, order, stamp },
    );
  }

  /** What waited is let go of first, so that it does not stand in its own way when it is looked at again. */
  #settle({ subject, intent, choice }: EventOf<'question_settled'>, at: Instant, emit: Emit): void {
    const held = subject === 'entry' ? this.#engagements.settle(intent) : null;
    if (held === null) return;
    this.#phase.giveBack(held.phase);
    this.#recent.remove(intent);
    if (choice !== 'enter') return;
    const verdict = reviewAgain(held.sized, this.#view(held.sized, at));
    if (verdict.kind === 'refused') return this.#refuse(held.sized, intent, verdict, emit);
    this.#reserve(intent, verdict.order, { at, waiting: false });
    emit({ kind: 'intent_approved', intent, order: verdict.order, stamp: this.#stamp });
  }

  /** Reserved now and not when the approval comes round: the next intent of the same scan must already see it. */
  #reserve(intent: number, order: Approved<SizedIntent>, { at, waiting }: { at: Instant; waiting: boolean }): void {
    const { symbol, side, pattern, limit } = order;
    this.#engagements.reserve(intent, order, { phase: this.#phase.phase, waiting });
    this.#recent.add({ intent, at, symbol, side, pattern, limit });
    this.#phase.use();
  }

  #refuse({ symbol, side, pattern }: Intent, intent: number, verdict: Refused, emit: Emit): void {
    const { refusals, stop, shares } = verdict;
    emit({ kind: 'intent_refused', intent, symbol, side, refusals, stop, shares, stamp: this.#stamp });
    if (!refusals.some(({ kind }) => kind === 'repeated_execution')) return;
    this.#recent.latch(pattern, symbol);
    this.#stop.halt({ reason: 'repeated_execution', level: 'pause_entries' }, this.#account(emit));
  }

  #view({ symbol, pattern }: Intent, at: Instant): RiskView {
    const { limits, sizing, permitted } = this.#settings;
    const book = this.#book;
    const minute = this.#clock?.minuteAt(at) ?? 0;
    const worse = this.#equity.worse(book, limits);
    // What is held counts whether an intent of today has brought it or not: what was held over night, or came from elsewhere.
    const engaged = [...new Set([...this.#engagements.symbols, ...book.positions.map(({ symbol: held }) => held)])];
    const { reserved } = this.#engagements;
    return {
      limits,
      sizing,
      at,
      minute,
      broker: this.#broker,
      skewMs: this.#skewMs,
      stop: this.#stop.strongest,
      equity: worse,
      pnl: cash(worse - book.cashAtOpen),
      week: this.#equity.week(worse, limits),
      peak: this.#equity.peak,
      account: { broker: this.#equity.broker(book), book: equity(book) },
      cashFree: cash(book.cash - reserved),
      openRisk: this.#engagements.risk,
      exposure: exposureOf(book, reserved),
      engaged,
      phase: this.#phase.at(minute, this.#clock, this.#settings),
      lossesInARow: book.lossesInARow,
      unprotected: this.#protection.longest,
      messages: this.#messages.count(at) + MESSAGES_OF_AN_ENTRY * this.#engagements.unsent,
      past: this.#recent.of(symbol, at, limits),
      isLatched: this.#recent.isLatched(pattern, symbol),
      quote: this.#quoteOf(symbol, minute),
      name: this.#names.view(symbol, engaged, permitted),
      correlationWith: (other) => ({
        ...this.#returns.correlation(symbol, other, limits.correlationPointsMin),
        sameSector: this.#names.shareSector(symbol, other),
      }),
    };
  }

  #quoteOf(symbol: SymbolIndex, minute: number): Quote {
    const { last, before, end } = closesOf(symbol, this.#book.minutes);
    const previousClose = this.#returns.closeBefore(symbol);
    return {
      last,
      before: before ?? previousClose,
      minutes: last === null ? null : minute - end,
      previousClose,
      dayShares: this.#volumes.usual(symbol),
    };
  }
}

/** Positions at their marks, and all that may still be bought, at its limit. */
function exposureOf({ positions }: Book, reserved: Cash): RiskView['exposure'] {
  let [gross, net] = [reserved as number, reserved as number];
  for (const { shares, mark } of positions) {
    gross += Math.abs(shares * mark);
    net += shares * mark;
  }
  return { gross: cash(gross), net: cash(net) };
}
