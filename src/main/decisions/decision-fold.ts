import type { ChosenBy, DecisionCause, DecisionKind, DecisionRecord, RefusedAnswer, Snapshot } from '#domain/decisions/decision-record';
import { judge } from '#domain/decisions/judgement';
import type { SettingsStamp } from '#domain/events/decision';
import type { Entry, EventOf } from '#domain/events/event';
import { type DropReason, dropReasonsOf, type StageEvent } from '#domain/events/funnel';
import type { Service } from '#domain/events/service';
import { SessionClock } from '#domain/market/session-clock';
import { ticksOf } from '#domain/market/session-ticks';
import type { Intent } from '#domain/orders/intent';
import { type Book, equity, evolveBook, openBook } from '#domain/portfolio/book';
import type { SizedIntent } from '#domain/risk/approval';
import { reaches } from '#domain/risk/stop-level';
import type { Choice, Question } from '#domain/session/question';
import { defaultSettings, type Settings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { type Instant, instant } from '#domain/values/instant';
import { type SymbolIndex, ticker } from '#domain/values/symbol';
import { SymbolTable } from '#main/day/symbol-table';
import { enteringRoad, intentOfSetup, plainIntent, type ShadowTerms } from '#main/decisions/plan-of-shadow';
import { notEntering, type RoadPart, type RoadPlan, RoadResolver, roadPlan } from '#main/decisions/road-plan';
import { ScanMemory } from '#main/decisions/scan-memory';
import { SessionTape } from '#main/decisions/session-tape';
import { contextOf, featuresOf, type Known } from '#main/decisions/snapshot';
import { type HeldTrade, TradedDay } from '#main/decisions/traded-day';
import { shadowSymbol, type Told } from '#simulation/shadow/shadow-trade';

/** A decision whose roads have not been followed to their ends yet. */
type OpenDecision = {
  readonly sequence: number;
  readonly id: string;
  readonly at: Instant;
  readonly minute: number;
  readonly kind: DecisionKind;
  readonly symbol: SymbolIndex | null;
  readonly intent: number | null;
  readonly stamp: SettingsStamp;
  readonly snapshot: Snapshot;
  cause: DecisionCause;
  readonly recommended: Choice;
  chosen: Choice | null;
  chosenBy: ChosenBy | null;
  override: boolean;
  readonly refusedAnswers: RefusedAnswer[];
  repeats: number;
  roads: readonly RoadPlan[];
};

type Asked = { readonly question: Question; readonly decision: OpenDecision; readonly held: readonly HeldTrade[] };
/** What a shadow has to be told so that it is closed at once. */
type WayOut = 'close_requested' | 'halt_ordered';

/** Folds a journal into its decisions. What a session decided is handed out once it has closed, or when the journal ends. */
export class DecisionFold {
  readonly symbols = new SymbolTable();
  readonly #serviceOf: () => Service;
  readonly #wayOut: WayOut;
  readonly #hasTimeStops: boolean;
  readonly #tape = new SessionTape();
  readonly #scans = new ScanMemory();
  #settings: Settings = defaultSettings;
  #stamp: SettingsStamp = firstStamp(defaultSettings);
  #book: Book = openBook(defaultSettings.capital);
  #bookAt: Instant = instant(0);
  #opened: EventOf<'session_opened'> | null = null;
  #clock: SessionClock | null = null;
  #open: OpenDecision[] = [];
  #done: DecisionRecord[] = [];
  readonly #dropped = new Map<string, OpenDecision>();
  readonly #intents = new Map<number, { readonly intent: Intent; readonly snapshot: Snapshot }>();
  readonly #wanted = new Map<number, SizedIntent>();
  readonly #asked = new Map<number, Asked>();
  readonly #day = new TradedDay();
  #context: { readonly at: Instant; readonly of: Book; readonly context: Omit<Snapshot, 'features'> } | null = null;

  /** `serviceOf` makes the trading service, by which the roads that were not taken are traded too. */
  constructor(serviceOf: () => Service) {
    this.#serviceOf = serviceOf;
    const { consumes, hears, emits } = serviceOf();
    this.#wayOut = [...consumes, ...hears].includes('close_requested') ? 'close_requested' : 'halt_ordered';
    this.#hasTimeStops = emits.includes('time_stop_near');
  }

  /** The settings in force where the fold has come to. */
  get settings(): Settings {
    return this.#settings;
  }

  see(entry: Entry): void {
    const { event, at } = entry;
    const before = this.#book;
    this.#book = evolveBook(this.#book, event);
    if (this.#book !== before) this.#bookAt = at;
    switch (event.kind) {
      case 'run_started':
        this.#settings = event.settings;
        this.#stamp = firstStamp(event.settings);
        this.#book = openBook(event.settings.capital);
        return;
      case 'session_opened':
        return this.#begin(event, at);
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
        this.#scans.see({ ...entry, event });
        return this.#judgeDropped(entry, event);
      case 'session_closed':
        return this.#end(event);
      default:
        return this.#decide(entry);
    }
  }

  /** What has been decided and resolved since the last call, in the order of the journal. */
  taken(): readonly DecisionRecord[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }

  /** The journal has ended: what is open then stays unresolved. */
  finish(): void {
    this.#resolve(null);
  }

  #decide(entry: Entry): void {
    const { event, at, sequence } = entry;
    switch (event.kind) {
      case 'parameters_changed':
        this.#settings = event.settings;
        this.#stamp = event.stamp;
        return this.#day.say(entry);
      case 'intent_formed':
        this.#intents.set(sequence, { intent: event.intent, snapshot: this.#snapshot(event.intent.symbol, at) });
        return;
      case 'approval_wanted':
        this.#wanted.set(event.intent, event.order);
        return;
      case 'intent_approved':
        return this.#approve(entry, event);
      case 'intent_refused':
        return this.#refuse(entry, event);
      case 'question_asked':
        return this.#ask(entry, event);
      case 'question_settled':
        return this.#settle(entry, event);
      case 'request_refused':
        this.#asked.get(event.subject)?.decision.refusedAnswers.push({ at, by: event.by, fault: event.fault, detail: event.detail });
        return;
      case 'loss_warned':
        return this.#warn(entry, event);
      case 'halt_ordered':
        return this.#halt(entry, event);
      case 'close_requested':
        return this.#close(entry, event);
      default:
        return this.#day.see(entry);
    }
  }

  #begin(opened: EventOf<'session_opened'>, at: Instant): void {
    this.#resolve(null);
    this.symbols.list(opened.listed);
    this.#tape.open(opened);
    this.#scans.open(at);
    this.#opened = opened;
    this.#clock = new SessionClock(opened);
    for (const memory of [this.#dropped, this.#intents, this.#wanted, this.#asked]) memory.clear();
    this.#day.open();
    this.#context = null;
  }

  #end(closed: EventOf<'session_closed'>): void {
    this.#resolve(closed);
    this.#tape.close();
  }

  #resolve(closed: EventOf<'session_closed'> | null): void {
    const opened = this.#opened;
    if (opened === null || this.#open.length === 0) return;
    const { frames } = this.#tape;
    const session = closed === null ? null : { opened, closed, frames, serviceOf: this.#serviceOf };
    const resolver = new RoadResolver({ session, frames, trades: this.#day.trades, facts: this.#day.facts });
    for (const { roads: plans, ...decision } of this.#open) {
      const roads = plans.map((plan) => resolver.roadOf(plan));
      const { chosen, recommended } = decision;
      const unsettled = { grade: 'unresolved', advantage: null, avoidedLoss: null, missedGain: null } as const;
      const judgement = chosen === null ? unsettled : judge({ chosen, recommended, roads });
      this.#done.push({ ...decision, session: opened.date, roads, judgement });
    }
    this.#open = [];
  }

  #judgeDropped(entry: Entry, { kind: stage, dropped }: StageEvent): void {
    for (const [place, symbol] of dropped.symbols.entries()) {
      const mask = dropped.reasons[place] ?? 0;
      const key = `${symbol} ${stage} ${mask}`;
      const again = this.#dropped.get(key);
      if (again !== undefined) again.repeats++;
      else this.#dropped.set(key, this.#drop(entry, { stage, symbol: symbol as SymbolIndex, reasons: dropReasonsOf(mask) }));
    }
  }

  #drop(
    entry: Entry,
    { stage, symbol, reasons }: { stage: StageEvent['kind']; symbol: SymbolIndex; reasons: readonly DropReason[] },
  ): OpenDecision {
    const decision = this.#add(entry, {
      id: `${entry.sequence}-${this.symbols.nameOf(symbol)}`,
      kind: 'candidate',
      symbol,
      cause: { kind: 'dropped', stage, reasons },
      recommended: 'decline',
      chosen: 'decline',
    });
    decision.roads = [notEntering, this.#enteringDropped(entry, symbol)];
    return decision;
  }

  #enteringDropped({ at, sequence }: Entry, symbol: SymbolIndex): RoadPlan {
    const terms = this.#terms(at);
    const { setup, agreed } = this.#scans.nowOf(symbol);
    if (setup !== null) return enteringRoad(intentOfSetup(setup.item, terms), null, sequence, terms);
    const last = this.#tape.last(symbol);
    if (last === null) return roadPlan('enter', null);
    const bare = {
      close: last.price,
      atr: agreed?.item.atr ?? this.#tape.atr(symbol),
      minuteShares: agreed?.item.minuteShares ?? this.#tape.minuteShares(symbol),
    };
    return enteringRoad(plainIntent(symbol, bare, terms), null, sequence, terms);
  }

  #approve(entry: Entry, { intent, order, stamp }: EventOf<'intent_approved'>): void {
    const { at, sequence } = entry;
    this.#day.trades.set(intent, { intent, order, at, sequence, settings: this.#settings, stamp, fills: [], reason: null });
    if ([...this.#asked.values()].some(({ question }) => question.subject === 'entry' && question.intent === intent)) return;
    const snapshot = this.#intents.get(intent)?.snapshot;
    const decision = this.#add(entry, {
      kind: 'entry',
      symbol: order.symbol,
      intent,
      stamp,
      ...(snapshot && { snapshot }),
      cause: { kind: 'approved' },
      recommended: 'enter',
      chosen: 'enter',
    });
    decision.roads = [roadPlan('enter', [{ kind: 'real', intent }]), notEntering];
  }

  #refuse(entry: Entry, { intent, symbol, refusals, shares, stamp }: EventOf<'intent_refused'>): void {
    const formed = this.#intents.get(intent);
    const decision = this.#add(entry, {
      kind: 'entry',
      symbol,
      intent,
      stamp,
      ...(formed && { snapshot: formed.snapshot }),
      cause: { kind: 'refused', refusals },
      recommended: 'decline',
      chosen: 'decline',
    });
    const entering = formed === undefined ? roadPlan('enter', null) : enteringRoad(formed.intent, shares, intent, this.#terms(entry.at));
    decision.roads = [notEntering, entering];
  }

  #ask(entry: Entry, { question, stamp }: EventOf<'question_asked'>): void {
    const { subject, intent, symbol, deadline, terms, recommended } = question;
    const held = subject === 'entry' ? [] : this.#day.heldIn(this.#book, subject === 'time_stop' ? symbol : null);
    const decision = this.#add(entry, {
      kind: subject,
      symbol,
      intent: intent === 0 ? null : intent,
      stamp,
      cause: { kind: 'asked', deadline, terms, settlement: null },
      recommended,
      chosen: null,
    });
    // The warning of the same instant is what is asked about: one decision, not two.
    if (subject === 'loss_warning')
      this.#open = this.#open.filter(({ kind, cause, at }) => !(kind === subject && cause.kind === 'warned' && at === entry.at));
    this.#asked.set(entry.sequence, { question, decision, held });
    decision.roads = question.options.map(({ choice }) => (choice === 'decline' ? notEntering : roadPlan(choice, null)));
  }

  #settle(entry: Entry, settled: EventOf<'question_settled'>): void {
    const asked = this.#asked.get(settled.question);
    if (settled.subject !== 'entry') this.#day.say(entry, settled.intent === 0 ? {} : { intent: settled.intent });
    if (asked === undefined) return;
    const { decision, question } = asked;
    const { choice, settlement, override, by, because, code } = settled;
    decision.chosen = choice;
    decision.override = override;
    decision.chosenBy = { by: by === '' ? 'rules' : by, at: entry.at, because, code };
    decision.cause = { kind: 'asked', deadline: question.deadline, terms: question.terms, settlement };
    decision.roads = question.options.map((option) => this.#answerRoad(option.choice, asked, settled, entry));
  }

  #answerRoad(choice: Choice, { question, held, decision }: Asked, settled: EventOf<'question_settled'>, { at }: Entry): RoadPlan {
    if (choice === 'decline') return notEntering;
    if (choice === 'enter') {
      if (settled.choice === 'enter') return roadPlan('enter', [{ kind: 'real', intent: question.intent }]);
      const order = this.#wanted.get(question.intent) ?? null;
      return order === null ? roadPlan('enter', null) : enteringRoad(order, order.shares, question.intent, this.#terms(at));
    }
    if (choice === settled.choice)
      return roadPlan(
        choice,
        held.map(({ trade }) => ({ kind: 'real', intent: trade.intent })),
      );
    if (question.subject === 'time_stop') return this.#timeStopRoad(choice, { question, held, decision }, settled);
    return this.#lossRoad(choice, held, at);
  }

  /** Kept: the rule is told to let it be. Closed: the rule's own clock does it, or where there is none, its deadline. */
  #timeStopRoad(choice: Choice, { question, held, decision }: Asked, settled: EventOf<'question_settled'>): RoadPlan {
    const said: Told[] =
      choice === 'keep'
        ? [{ at: decision.at, event: { ...settled, choice, override: true } }]
        : this.#hasTimeStops
          ? []
          : [this.#closing(question.deadline)];
    return roadPlan(
      choice,
      held.map((one) => shadowOf(one, said)),
    );
  }

  #lossRoad(choice: Choice, held: readonly HeldTrade[], at: Instant): RoadPlan {
    const closes = ({ unrealised }: HeldTrade): boolean => choice === 'close_all' || (choice === 'close_losers' && unrealised < 0);
    return roadPlan(
      choice,
      held.map((one) => shadowOf(one, closes(one) ? [this.#closing(at)] : [])),
    );
  }

  #warn(entry: Entry, { share, limit }: EventOf<'loss_warned'>): void {
    const held = this.#day.heldIn(this.#book, null);
    const decision = this.#add(entry, {
      kind: 'loss_warning',
      symbol: null,
      cause: { kind: 'warned', share, limit },
      recommended: 'hold',
      chosen: 'hold',
    });
    const real = roadPlan(
      'hold',
      held.map(({ trade }) => ({ kind: 'real', intent: trade.intent })),
    );
    decision.roads = [real, this.#lossRoad('close_losers', held, entry.at), this.#lossRoad('close_all', held, entry.at)];
  }

  /** What a halt does to the entries that follow stands in their own records: they are refused. */
  #halt(entry: Entry, { reason, level }: EventOf<'halt_ordered'>): void {
    const flattens = reaches(level, 'flatten');
    const held = this.#day.heldIn(this.#book, null);
    const choice: Choice = flattens ? 'close_all' : 'hold';
    const decision = this.#add(entry, {
      kind: 'halt',
      symbol: null,
      cause: { kind: 'halted', reason, level },
      recommended: choice,
      chosen: choice,
    });
    const real = roadPlan(
      choice,
      held.map(({ trade }) => ({ kind: 'real', intent: trade.intent })),
    );
    decision.roads = flattens
      ? [
          real,
          roadPlan(
            'hold',
            held.map((one) => shadowOf(one, [])),
          ),
        ]
      : [real];
    this.#day.say(entry);
  }

  #close(entry: Entry, { symbol, by, because, code }: EventOf<'close_requested'>): void {
    const held = this.#day.heldIn(this.#book, symbol);
    const [only] = held;
    if (only === undefined) return;
    const decision = this.#add(entry, {
      kind: 'close',
      symbol,
      intent: only.trade.intent,
      cause: { kind: 'requested' },
      recommended: 'keep',
      chosen: 'close',
    });
    decision.override = true;
    decision.chosenBy = { by, at: entry.at, because, code };
    decision.roads = [roadPlan('close', [{ kind: 'real', intent: only.trade.intent }]), roadPlan('keep', [shadowOf(only, [])])];
    this.#day.say(entry, { symbol });
  }

  #add(
    { sequence, at }: Entry,
    told: Pick<OpenDecision, 'kind' | 'symbol' | 'cause' | 'recommended' | 'chosen'> &
      Partial<Pick<OpenDecision, 'id' | 'intent' | 'stamp' | 'snapshot'>>,
  ): OpenDecision {
    const decision: OpenDecision = {
      sequence,
      at,
      id: told.id ?? String(sequence),
      minute: this.#clock?.minuteAt(at) ?? 0,
      kind: told.kind,
      symbol: told.symbol,
      intent: told.intent ?? null,
      stamp: told.stamp ?? this.#stamp,
      snapshot: told.snapshot ?? this.#snapshot(told.symbol, at),
      cause: told.cause,
      recommended: told.recommended,
      chosen: told.chosen,
      chosenBy: told.chosen === null ? null : { by: 'rules', at, because: '', code: null },
      override: false,
      refusedAnswers: [],
      repeats: 0,
      roads: [],
    };
    this.#open.push(decision);
    return decision;
  }

  #snapshot(symbol: SymbolIndex | null, at: Instant): Snapshot {
    const known = this.#known(at);
    if (this.#context?.at !== at || this.#context.of !== this.#book) this.#context = { at, of: this.#book, context: contextOf(known) };
    return { features: symbol === null ? [] : featuresOf(symbol, known), ...this.#context.context };
  }

  #known(at: Instant): Known {
    const clock = this.#clock;
    if (clock === null) throw new Error('assertion failed: a decision is made within a session');
    const spy = this.symbols.indexOf(ticker('SPY'));
    return { at, clock, tape: this.#tape, scans: this.#scans, book: this.#book, bookAt: this.#bookAt, spy };
  }

  #terms(at: Instant): ShadowTerms {
    const { clock } = this.#known(at);
    const opened = this.#opened as EventOf<'session_opened'>;
    const { date, open: opens } = opened;
    return { settings: this.#settings, stamp: this.#stamp, ticks: ticksOf(date), clock, opens, equity: equity(this.#book), at };
  }

  #closing(at: Instant): Told {
    const asked = { by: 'shadow', from: 'program', because: 'the road that was not taken' } as const;
    if (this.#wayOut === 'close_requested') return { at, event: { kind: 'close_requested', symbol: shadowSymbol, code: null, ...asked } };
    const { cash: pnl } = this.#book;
    return { at, event: { kind: 'halt_ordered', reason: 'requested', level: 'flatten', pnl, limit: this.#settings.limits.lossTodayMax } };
  }
}

/** The trade once more, from its own entry, told what was said by then and then something else. */
function shadowOf({ trade, before }: HeldTrade, said: readonly Told[]): RoadPart {
  const { order, intent, at, settings, stamp } = trade;
  return { kind: 'shadow', plan: { order, intent, symbol: order.symbol, at, settings, stamp, told: [...before, ...said] } };
}
