import type { Entry, Event, EventOf } from '#domain/events/event';
import type { Mode } from '#domain/market/trading-day';
import type { Order, OrderId } from '#domain/orders/order';
import type { HaltReason, StopLevel } from '#domain/risk/stop-level';
import type { Settings } from '#domain/settings';
import { Occurrences } from '../hard-rules.js';
import { entriesAllowedAt } from '../mission-table.js';
import { abilities } from './abilities.js';

type Sized = EventOf<'approval_wanted'>['order'];
type Engaged = { readonly symbol: number; readonly order: Sized; entry: OrderId | null; unfilled: number; reserved: boolean };
type Live = { readonly order: Order; left: number; cancelled: boolean };
type Held = { shares: number; cost: number; fees: number; intent: number; mark: number };
type Asked = { readonly terms: string; readonly deadline: number; readonly intent: number; readonly subject: string; settled: boolean };

const levels: readonly StopLevel[] = ['pause_entries', 'cancel_entries', 'flatten', 'suspend'];
const HALF = 0.5;

/**
 * What must hold at every entry, whatever happens. Its sums are made of fills and bars alone, its tables are written down a
 * second time, and nothing is taken from the house. Breaking a rule throws.
 */
export class WalkOracle {
  readonly seen = new Occurrences();
  #settings: Settings;
  #entry: Entry | null = null;
  #last: Event['kind'] | null = null;
  #session: EventOf<'session_opened'> | null = null;
  #week = '';
  // The account.
  #cash: number;
  #cashAtOpen: number;
  #losses = 0;
  readonly #held = new Map<number, Held>();
  readonly #closes = new Map<number, { readonly close: number; readonly start: number }>();
  /** Equity as the broker has told it last; a fill since makes it a word on another account. */
  #reported: number | null = null;
  readonly #idle = new Set<number>();
  // The limits.
  #passed = false;
  /** Whether everything has been told to leave. */
  #flattened = false;
  #haltDue: number | null = null;
  readonly #latched = new Map<HaltReason, StopLevel>();
  #stopDue: number | null = null;
  readonly #entriesOfPhase = new Map<string, number>();
  // Orders, from the wish to the end.
  readonly #intents = new Map<number, EventOf<'intent_formed'>['intent']>();
  readonly #engaged = new Map<number, Engaged>();
  readonly #approved = new Map<number, Sized>();
  readonly #live = new Map<OrderId, Live>();
  readonly #ids = new Map<OrderId, Order>();
  readonly #stops = new Map<number, number>();
  #entries: Order[] = [];
  #leaving: number[] = [];
  // People.
  readonly #events = new Map<number, Event>();
  readonly questions = new Map<number, Asked>();
  readonly pending = new Map<number, { readonly name: string; readonly after: string }>();
  readonly #wanted = new Set<string>();
  readonly #consent = new Map<number, number>();

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#cash = settings.capital;
    this.#cashAtOpen = settings.capital;
  }

  get cash(): number {
    return this.#cash;
  }

  get held(): ReadonlyMap<number, { readonly shares: number }> {
    return this.#held;
  }

  /** The day's P&L by the worse measure: the fills and the newest closes, or the broker's word where the two nearly agree. */
  get pnl(): number {
    let own = this.#cash;
    for (const { shares, mark } of this.#held.values()) own += shares * mark;
    const told = this.#reported;
    const believed = told !== null && Math.abs(own - told) <= Math.abs(own) * this.#settings.limits.accountGapMax;
    return (believed ? Math.min(own, told) : own) - this.#cashAtOpen;
  }

  see(entry: Entry): void {
    this.#entry = entry;
    const { event, sequence } = entry;
    if (event.kind !== 'bars_closed') this.#events.set(sequence, event);
    this.#look(entry);
    if (event.kind === 'bars_closed' || event.kind === 'order_filled' || event.kind === 'account_reported') this.#watchLoss(entry);
  }

  /** All that follows from an entry of the world has been written. */
  settled(): void {
    this.#need(this.#haltDue === null, `the loss of ${this.pnl} passed the limit at entry ${this.#haltDue} and nothing halted there`);
    this.#need(this.#stopDue === null, `the stop that was asked for at ${this.#stopDue} was not ordered`);
    for (const order of this.#entries) this.#needLegs(order);
    this.#entries = [];
    for (const symbol of this.#leaving) this.#needWayOut(symbol);
    this.#leaving = [];
    if (this.#last === 'bars_closed') this.#needProtection();
    if (this.#last === 'bars_closed' || this.#last === 'session_closed') this.#needNoStaleQuestion();
  }

  /** Told of what comes from the world, before it is written. */
  door(kind: Event['kind']): void {
    this.#last = kind;
  }

  #look(entry: Entry): void {
    const { event, sequence, at } = entry;
    switch (event.kind) {
      case 'session_opened':
        return this.#open(event);
      case 'bars_closed':
        return this.#bars(event);
      case 'order_filled':
        return this.#filled(event);
      case 'order_rejected':
      case 'order_cancelled':
        return this.#ended(event.order);
      case 'account_reported':
        this.#reported = event.equity;
        return;
      case 'asset_status_changed':
        if (event.status === 'trading') this.#idle.delete(event.symbol);
        else this.#idle.add(event.symbol);
        return;
      case 'parameter_confirmed':
        return this.#confirmed(event);
      case 'parameters_changed':
        return this.#changed(event, entry);
      case 'parameter_pending':
        this.pending.set(sequence, { name: event.name, after: event.after });
        return;
      case 'intent_formed':
        this.#intents.set(sequence, event.intent);
        return;
      case 'approval_wanted':
        return this.#reserve(event.intent, event.order, at);
      case 'intent_approved':
        return this.#approve(event, at);
      case 'intent_refused':
        this.#need(event.refusals.length > 0, 'a refusal has a reason');
        for (const { kind } of event.refusals) this.seen.add(kind);
        return this.#letGo(event.intent);
      case 'stop_requested':
        return this.#stopAsked(event.level, sequence);
      case 'halt_ordered':
        return this.#halt(event, entry);
      case 'stop_cleared':
        return this.#cleared(event, entry);
      case 'question_asked':
        return this.#ask(event, sequence);
      case 'question_settled':
        return this.#settle(event, entry);
      case 'order_requested':
        return this.#order(event.order, at);
      case 'cancel_requested':
        return this.#cancel(event.order);
      case 'session_closed':
        return this.#close();
      default:
        return;
    }
  }

  /** It holds from here on, whether or not something stronger makes it needless to tell. */
  #stopAsked(level: StopLevel, sequence: number): void {
    const told = abilities.levels ? level : 'flatten';
    this.#stopDue = this.#reaches(told) ? null : sequence;
    const before = this.#latched.get('requested');
    if (before === undefined || levels.indexOf(before) < levels.indexOf(told)) this.#latched.set('requested', told);
  }

  /** Whether what is latched does all that this level asks for. */
  #reaches(level: StopLevel): boolean {
    return [...this.#latched.values()].some((held) => levels.indexOf(held) >= levels.indexOf(level));
  }

  #open(opened: EventOf<'session_opened'>): void {
    this.#session = opened;
    this.#cashAtOpen = this.#cash;
    this.#reported = null;
    this.#passed = false;
    this.#latched.delete('daily_loss');
    this.#flattened = this.#reaches('flatten');
    const week = weekOf(opened.date);
    if (week !== this.#week) this.#latched.delete('weekly_loss');
    this.#week = week;
    this.#entriesOfPhase.clear();
    this.#intents.clear();
    this.#approved.clear();
    this.#stops.clear();
    this.#need(this.#engaged.size === 0, `${[...this.#engaged.keys()].join(' ')} outlive their session`);
  }

  #bars({ frame }: EventOf<'bars_closed'>): void {
    if (!frame.regular) return;
    for (let name = 0; name < frame.width; name++) {
      if ((frame.volume[name] as number) < 0) continue;
      const close = frame.close[name] as number;
      this.#closes.set(name, { close, start: frame.start });
      const held = this.#held.get(name);
      if (held !== undefined) held.mark = close;
    }
  }

  #watchLoss({ sequence, event }: Entry): void {
    if (event.kind === 'order_filled' && !abilities.haltsAtFills) return;
    if (this.#passed || -this.pnl <= this.#settings.limits.lossTodayMax) return;
    this.#passed = true;
    this.seen.add('the loss passed its limit');
    this.#haltDue = this.#reaches('flatten') ? null : sequence;
    this.#latched.set('daily_loss', 'flatten');
  }

  #filled({ order: id, symbol, side, shares, price, fees, bar }: EventOf<'order_filled'>): void {
    const order = this.#ids.get(id);
    if (order === undefined) return this.#broken(`${id} fills and was never requested`);
    const known = this.#closes.get(symbol);
    const mark = abilities.marksAtKnownCloses && known !== undefined && known.start >= bar ? known.close : price;
    const held = this.#held.get(symbol) ?? { shares: 0, cost: 0, fees: 0, intent: order.intent, mark };
    const signed = side === 'buy' ? shares : -shares;
    held.shares += signed;
    held.cost += signed * price;
    held.fees += fees;
    this.#held.set(symbol, held);
    this.#cash -= signed * price + fees;
    this.#reported = null;
    this.#need(this.#cash >= -this.#settings.capital / 1000, `cash of ${this.#cash}: there is no margin`);
    this.#spend(order, shares);
    if (held.shares > 0) {
      if (order.role === 'entry' && this.#flattened) this.#leaving.push(symbol);
      return;
    }
    this.#held.delete(symbol);
    const pnl = -held.cost - held.fees;
    if (pnl < 0) this.#losses++;
    if (pnl > 0) this.#losses = 0;
    this.seen.add(pnl > 0 ? 'win' : 'loss');
    this.#tidy();
  }

  #spend(order: Order, shares: number): void {
    const live = this.#live.get(order.id);
    if (live !== undefined) live.left -= shares;
    if (live?.left === 0) this.#live.delete(order.id);
    const engaged = this.#engaged.get(order.intent);
    if (order.role !== 'entry') return;
    if (engaged === undefined) return this.#broken(`${order.id} fills after its end`);
    engaged.unfilled -= shares;
    this.#need(engaged.unfilled >= 0, `${order.id} fills more than was asked`);
    this.seen.add(engaged.unfilled > 0 ? 'partial entry' : 'whole entry');
  }

  #ended(id: OrderId): void {
    const order = this.#ids.get(id);
    this.#live.delete(id);
    const engaged = order?.role === 'entry' ? this.#engaged.get(order.intent) : undefined;
    if (engaged !== undefined) engaged.unfilled = 0;
    this.#tidy();
  }

  /** What is over and flat frees its place. */
  #tidy(): void {
    for (const [intent, { symbol, unfilled }] of this.#engaged) {
      if (unfilled === 0 && !this.#held.has(symbol)) this.#engaged.delete(intent);
    }
  }

  #letGo(intent: number): void {
    const engaged = this.#engaged.get(intent);
    if (engaged === undefined) return;
    this.#need(engaged.reserved, `${intent} is refused after it was approved`);
    this.#engaged.delete(intent);
  }

  /** The second hard rule, and what an order may be at most by the account as it is. */
  #reserve(intent: number, order: Sized, at: number): void {
    const formed = this.#intents.get(intent);
    this.#need(formed !== undefined && formed.symbol === order.symbol && formed.limit === order.limit, `${intent} is what was wanted`);
    this.#needOpen(at);
    const others = [...this.#engaged].filter(([other]) => other !== intent).map(([, one]) => one);
    const most = Math.min(5, this.#settings.limits.openPositionsMax);
    this.#need(others.length < most, `position ${others.length + 1} of ${most}`);
    if (others.length === 4) this.seen.add('five at once');
    this.#need(!others.some(({ symbol }) => symbol === order.symbol), `two positions in ${order.symbol}`);
    this.#needSize(order, others, at);
    this.#engaged.set(intent, { symbol: order.symbol, order, entry: null, unfilled: order.shares, reserved: true });
  }

  #needSize({ limit, stop, target, shares }: Sized, others: readonly Engaged[], at: number): void {
    const { limits } = this.#settings;
    const distance = limit - stop;
    this.#need(stop > 0 && distance * 100 >= limit && distance * 20 <= limit, `a stop at ${stop} for ${limit}`);
    this.#need((target - limit) * 2 >= distance * 3, `reward ${target - limit} for a risk of ${distance}`);
    const equity = this.#cashAtOpen + this.pnl;
    const open = others.reduce((sum, { order }) => sum + order.shares * (order.limit - order.stop), 0);
    const taken = others.reduce((sum, { order, unfilled }) => sum + unfilled * order.limit, 0);
    const most = Math.min(
      (equity * Math.min(0.02, limits.riskPerTradeMax, this.#phase(at).risk)) / distance,
      (equity * Math.min(0.05, limits.openRiskMax) - open) / distance,
      (equity * limits.positionMax) / limit,
      (this.#cash - taken) / limit,
    );
    const halved = this.#losses >= 3;
    this.#need(shares > 0 && shares <= most * (halved ? HALF : 1) + 1e-6, `${shares} shares of ${most} after ${this.#losses} losses`);
    if (halved) this.seen.add('halved after three losses');
  }

  #approve({ intent, order }: EventOf<'intent_approved'>, at: number): void {
    this.#need(!this.#approved.has(intent), `${intent} is approved twice`);
    const wanted = this.#engaged.get(intent);
    if (this.#settings.session.control === 'supervised') {
      this.#need(wanted !== undefined && same(wanted.order, order), `${intent} is approved as it was shown`);
      this.#need(this.#consent.delete(intent), `${intent} is approved without an answer`);
      this.seen.add('entered by an answer');
    }
    this.#reserve(intent, order, at);
    const engaged = this.#engaged.get(intent) as Engaged;
    engaged.reserved = false;
    const phase = this.#phase(at);
    const before = this.#entriesOfPhase.get(phase.name) ?? 0;
    this.#need(before < phase.entries, `entry ${before + 1} of ${phase.entries} in ${phase.name}`);
    this.#entriesOfPhase.set(phase.name, before + 1);
    this.#approved.set(intent, order);
  }

  /** The first hard rule, and every other reason for which nothing may be entered now. */
  #needOpen(at: number): void {
    this.#need(!this.#passed && -this.pnl <= this.#settings.limits.lossTodayMax, `entering at a P&L of ${this.pnl}`);
    this.#need(this.#latched.size === 0, `entering while ${[...this.#latched.keys()].join(' ')} is latched`);
    this.#need(this.#phase(at).entries > 0, `entering in the phase ${this.#phase(at).name}`);
  }

  #order(order: Order, at: number): void {
    this.#need(!this.#ids.has(order.id), `${order.id} is named twice`);
    this.#ids.set(order.id, order);
    this.#live.set(order.id, { order, left: order.shares, cancelled: false });
    if (order.role === 'entry') return this.#enter(order, at);
    this.#need(order.side === 'sell', `${order.id} only gives back`);
    if (order.stop === null) return;
    const before = this.#stops.get(order.intent) ?? 0;
    this.#need(order.stop >= before, `the stop of ${order.intent} moves from ${before} to ${order.stop}`);
    if (order.stop > before && before > 0) this.seen.add('a stop was raised');
    this.#stops.set(order.intent, order.stop);
  }

  #enter(order: Order, at: number): void {
    this.#needOpen(at);
    const approved = this.#approved.get(order.intent);
    const engaged = this.#engaged.get(order.intent);
    if (approved === undefined || engaged === undefined) return this.#broken(`${order.id} was never approved`);
    this.#need(engaged.entry === null, `${order.intent} is entered twice`);
    engaged.entry = order.id;
    const terms = order.type === 'limit' && order.side === 'buy' && order.symbol === approved.symbol;
    this.#need(terms && order.shares === approved.shares && order.limit === approved.limit, `${order.id} is what was approved`);
    const symbols = [...this.#engaged.values()].map(({ symbol }) => symbol);
    this.#need(symbols.length <= 5 && new Set(symbols).size === symbols.length, `${symbols.length} positions`);
    this.#entries.push(order);
    this.seen.add(`entry in ${this.#phase(at).name}`);
  }

  #needLegs({ id, shares, limit }: Order): void {
    const stop = [...this.#ids.values()].find(({ parent, role }) => parent === id && role === 'stop');
    const below = (stop?.stop ?? 0) > 0 && (stop?.stop ?? 0) < (limit ?? 0);
    this.#need(stop !== undefined && stop.shares === shares && below, `${id} leaves without a stop`);
  }

  #cancel(id: OrderId): void {
    const live = this.#live.get(id);
    if (live !== undefined) live.cancelled = true;
  }

  /** Positions keep a stop, or are on their way out, for all of their shares. */
  #needProtection(): void {
    for (const [symbol, { shares }] of this.#held) {
      const orders = this.#workingFor(symbol);
      const covered = orders.reduce((most, { order, left }) => (order.type === 'limit' ? most : Math.max(most, left)), 0);
      if (covered < shares) this.seen.add('a position without a stop');
      this.#need(covered >= shares || !abilities.stopsGrow, `${shares} shares of ${symbol} with a stop for ${covered}`);
      if (this.#flattened) this.#needWayOut(symbol);
    }
  }

  /** A question ends by its deadline, and with its session. */
  #needNoStaleQuestion(): void {
    const now = this.#last === 'session_closed' ? Number.POSITIVE_INFINITY : (this.#entry?.at ?? 0);
    for (const [question, { settled, deadline }] of this.questions)
      this.#need(settled || deadline > now, `question ${question} of ${deadline} is still open at ${now}`);
  }

  #needWayOut(symbol: number): void {
    // Nobody can sell what does not trade: it keeps its stop until it does.
    if (!this.#held.has(symbol) || this.#idle.has(symbol)) return;
    this.#need(
      this.#workingFor(symbol).some(({ order }) => order.type === 'market'),
      `${symbol} is not on its way out`,
    );
  }

  #workingFor(symbol: number): readonly Live[] {
    return [...this.#live.values()].filter(({ order, cancelled }) => order.symbol === symbol && order.side === 'sell' && !cancelled);
  }

  #halt({ reason, level, pnl }: EventOf<'halt_ordered'>, { cause }: Entry): void {
    const flat = this.#flattened;
    if (reason === 'daily_loss') {
      this.#need(this.#passed && level === 'flatten', `the day is halted at a P&L of ${this.pnl}`);
      this.#need(this.#haltDue === null || this.#haltDue === cause, `halted at ${cause}, the loss passed at ${this.#haltDue}`);
      this.#need(pnl === this.pnl, `halted at ${pnl}, the fills give ${this.pnl}`);
      this.#haltDue = null;
    }
    if (reason === 'requested') {
      this.#need(this.#events.get(cause)?.kind === 'stop_requested', 'a requested stop was requested');
      this.#stopDue = null;
    }
    const before = this.#latched.get(reason);
    if (before === undefined || levels.indexOf(before) < levels.indexOf(level)) this.#latched.set(reason, level);
    this.seen.add(`halt: ${reason} ${level}`);
    this.#flattened = flat || this.#reaches('flatten');
    // What is on its way out already may wait for the next minute with a refused exit.
    if (flat || !this.#flattened) return;
    for (const symbol of this.#held.keys()) this.#leaving.push(symbol);
    if (this.#held.size > 0) this.seen.add('flatten with open positions');
  }

  #cleared({ by, because }: EventOf<'stop_cleared'>, { cause }: Entry): void {
    const asked = this.#events.get(cause);
    this.#need(asked?.kind === 'clear_requested' && asked.from === 'person' && asked.by === by, 'a person clears a stop');
    this.#need(because.trim() !== '', 'a stop is cleared for a reason');
    for (const reason of [...this.#latched.keys()]) {
      if (reason !== 'daily_loss' && reason !== 'weekly_loss') this.#latched.delete(reason);
    }
    this.#flattened = this.#reaches('flatten');
    this.seen.add('stop cleared');
  }

  #confirmed({ change, from }: EventOf<'parameter_confirmed'>): void {
    const pending = this.pending.get(change);
    if (from === 'person' && pending !== undefined) this.#wanted.add(`${pending.name} ${pending.after}`);
  }

  /** Whoever asks may make a rule tighter; a looser one takes a person who confirms it, and the next session. */
  #changed({ settings, name, after }: EventOf<'parameters_changed'>, { cause }: Entry): void {
    const why = this.#events.get(cause)?.kind;
    const looser = loosened(this.#settings, settings);
    if (looser.length === 0) this.#need(why === 'parameter_requested' || why === 'session_opened', 'a change was asked for');
    else this.#need(why === 'session_opened' && this.#wanted.has(`${name} ${after}`), `${why} loosened ${looser.join(' ')} by ${name}`);
    this.seen.add(looser.length > 0 ? 'loosened by a person' : 'tightened');
    this.#settings = settings;
  }

  #ask({ question }: EventOf<'question_asked'>, sequence: number): void {
    const { terms, deadline, intent, subject } = question;
    this.#need(!question.options.some(({ choice }) => choice === question.whenSilent && choice === 'enter'), 'silence is never new risk');
    this.questions.set(sequence, { terms, deadline, intent, subject, settled: false });
    this.seen.add(`asked: ${subject}`);
  }

  #settle({ question, settlement, choice, intent }: EventOf<'question_settled'>, { cause, at }: Entry): void {
    const asked = this.questions.get(question);
    if (asked === undefined) return this.#broken(`${question} was never asked`);
    this.#need(!asked.settled, `${question} is settled twice`);
    asked.settled = true;
    this.seen.add(`settled: ${settlement} ${choice}`);
    if (choice !== 'enter') {
      if (asked.subject === 'entry') this.#letGo(intent);
      return;
    }
    const answer = this.#events.get(cause);
    if (answer?.kind !== 'answer_given') return this.#broken(`${question} is settled with enter by ${answer?.kind}`);
    const { operators } = this.#settings.session;
    this.#need(answer.question === question && answer.terms === asked.terms && answer.choice === 'enter', 'the answer is to these terms');
    this.#need(at < asked.deadline, `an answer at ${at} is late for ${asked.deadline}`);
    this.#need(answer.from === 'person' && (operators.length === 0 || operators.includes(answer.by)), `${answer.by} may not answer`);
    this.#need(settlement === 'answered' && asked.intent === intent && !this.#consent.has(intent), 'one answer, one entry');
    this.#consent.set(intent, question);
  }

  #close(): void {
    this.#need(this.#held.size === 0, `${this.#held.size} positions stay open over night`);
    this.seen.add('session');
  }

  #phase(at: number): { readonly name: string; readonly entries: number; readonly risk: number } {
    const session = this.#session;
    if (session === null) return { name: 'outside', entries: 0, risk: 0 };
    const minute = session.openMinute + Math.floor((at - session.open) / 60_000);
    return entriesAllowedAt(minute, session.closeMinute, this.#settings.mode);
  }

  #need(holds: boolean, what: string): void {
    if (!holds) this.#broken(what);
  }

  #broken(what: string): never {
    throw new Error(`entry ${this.#entry?.sequence} (${this.#session?.date}, ${this.#entry?.event.kind}): ${what}`);
  }
}

const same = (a: Sized, b: Sized): boolean =>
  a.symbol === b.symbol && a.side === b.side && a.shares === b.shares && a.limit === b.limit && a.stop === b.stop && a.target === b.target;

type Limit = keyof Settings['limits'];
/** A larger value of these allows more; of the others that the walk asks for, a smaller one does. */
const looserWhenLarger: readonly Limit[] = ['lossTodayMax', 'openPositionsMax', 'positionMax', 'riskPerTradeMax', 'openRiskMax'];
const looserWhenSmaller: readonly Limit[] = ['rewardToRiskMin'];

const eagerness: readonly Mode[] = ['conservative', 'normal', 'aggressive'];

/** What allows more than before. */
function loosened({ limits: before, mode }: Settings, { limits: after, mode: next }: Settings): readonly string[] {
  const eager = eagerness.indexOf(next) > eagerness.indexOf(mode) ? ['mode'] : [];
  const larger = looserWhenLarger.filter((name) => after[name] > before[name]);
  return [...larger, ...looserWhenSmaller.filter((name) => after[name] < before[name]), ...eager];
}

/** Monday of the week, so that two dates of one ISO week have one name. */
function weekOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}
