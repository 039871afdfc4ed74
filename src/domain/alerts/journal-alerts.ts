import type { AlertFacts, NamedTrade, Place } from '#domain/alerts/alert';
import { CoverGaps } from '#domain/alerts/cover-gaps';
import { UnknownOrders } from '#domain/alerts/unknown-orders';
import { WeekTally } from '#domain/alerts/week-tally';
import { WinRate } from '#domain/alerts/win-rate';
import type { Entry, EventOf } from '#domain/events/event';
import { type Book, evolveBook, openBook } from '#domain/portfolio/book';
import type { HaltReason } from '#domain/risk/stop-level';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { firstWords } from '#domain/values/first-words';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex } from '#domain/values/symbol';

/** Entries that the broker refuses one after another are worth a word at each fifth. Source: A10. */
const REFUSED_EVERY = 5;
/** What is repeated of a text from outside. */
const TEXT_MAX = 160;

const losses: ReadonlySet<HaltReason> = new Set(['daily_loss', 'weekly_loss', 'drawdown']);

const short = (text: string): string => firstWords(text, TEXT_MAX);

/** What the entries of a journal are worth telling somebody. It sees every entry from the first on, and tells what each one says. */
export class JournalAlerts {
  readonly #tickers: string[] = [];
  readonly #winRate: WinRate;
  readonly #week = new WeekTally();
  readonly #entries = new Set<string>();
  readonly #gaps = new CoverGaps();
  readonly #unknown = new UnknownOrders();
  #book: Book = openBook(defaultSettings.capital);
  #place: Place = 'recorded';
  #date: SessionDate = '1970-01-01' as SessionDate;
  #history = true;
  #refusedInARow = 0;
  #lostAt: Instant | null = null;
  #stopAsked: Pick<EventOf<'stop_requested'>, 'by' | 'because'> = { by: '', because: '' };
  #trades: EventOf<'position_closed'>[] = [];
  #refused = 0;
  #halted = false;

  /** `newestTrades` is how many trades the win rate is watched over. */
  constructor(newestTrades: number) {
    this.#winRate = new WinRate(newestTrades);
  }

  get place(): Place {
    return this.#place;
  }

  /** Names that are held now. */
  get held(): readonly string[] {
    return this.#book.positions.map(({ symbol }) => this.#nameOf(symbol));
  }

  see(entry: Entry): readonly AlertFacts[] {
    const { event } = entry;
    // Marks need every bar of every name and change no count: what is held and what was paid is enough here.
    if (event.kind !== 'bars_closed') this.#book = evolveBook(this.#book, event);
    const covered = this.#gaps
      .see(entry, this.#book)
      .map(({ symbol, ...rest }) => ({ kind: 'cover_back' as const, ticker: this.#nameOf(symbol), ...rest }));
    return [...this.#unknown.see(entry), ...covered, ...this.#said(entry)];
  }

  #said(entry: Entry): readonly AlertFacts[] {
    const { event, at } = entry;
    switch (event.kind) {
      case 'run_started':
        this.#place = event.source === 'recorded_market' ? 'recorded' : 'simulated';
        return [];
      case 'account_opened':
        this.#place = event.environment;
        return [];
      case 'session_opened':
        return this.#open(event);
      case 'session_closed':
        return this.#history ? [] : this.#summaries(event);
      case 'loss_warned':
        return [{ kind: 'loss_limit_near', date: this.#date, share: event.share, pnl: event.pnl, limit: event.limit }];
      case 'stop_requested':
        this.#stopAsked = { by: short(event.by), because: short(event.because) };
        return [];
      case 'halt_ordered':
        return [this.#halt(event)];
      case 'stop_cleared':
        return [{ kind: 'stop_cleared', by: short(event.by), because: short(event.because) }];
      case 'cover_missing': {
        const { held, covered, since } = event;
        return [{ kind: 'protection_gap', ticker: this.#nameOf(event.symbol), held, covered, since }];
      }
      case 'difference_found': {
        const { difference, symbol, ours, theirs, detail } = event;
        const ticker = symbol === null ? null : this.#nameOf(symbol);
        return [{ kind: 'books_differ', difference, ticker, ours, theirs, detail: short(detail) }];
      }
      case 'name_quarantined':
        return [{ kind: 'name_quarantined', ticker: this.#nameOf(event.symbol), why: short(event.why) }];
      case 'broker_line_changed':
        return this.#line(event, at);
      case 'question_asked':
        return [this.#question(entry.sequence, event)];
      case 'order_requested':
        if (event.order.role === 'entry') this.#entries.add(event.order.id);
        return [];
      case 'order_accepted':
        if (this.#entries.delete(event.order)) this.#refusedInARow = 0;
        return [];
      case 'order_rejected':
        return this.#rejected(event);
      case 'intent_refused':
        this.#refused++;
        return [];
      case 'position_closed':
        return this.#closed(event);
      default:
        return [];
    }
  }

  #nameOf(symbol: SymbolIndex): string {
    return this.#tickers[symbol] ?? `#${symbol}`;
  }

  #open({ date, history, listed }: EventOf<'session_opened'>): readonly AlertFacts[] {
    this.#tickers.push(...listed);
    this.#date = date;
    this.#history = history;
    this.#trades = [];
    this.#refused = 0;
    this.#halted = false;
    const week = history ? null : this.#week.open(date);
    return week === null ? [] : [week];
  }

  #halt({ reason, level, pnl, limit }: EventOf<'halt_ordered'>): AlertFacts {
    this.#halted = true;
    const date = this.#date;
    if (losses.has(reason)) return { kind: 'loss_limit_reached', date, reason, level, pnl, limit };
    const asked = reason === 'requested' ? this.#stopAsked : { by: 'Catalyst', because: 'the same entries were sent again and again' };
    return { kind: 'trading_stopped', date, reason, level, ...asked };
  }

  #line({ state, why }: EventOf<'broker_line_changed'>, at: Instant): readonly AlertFacts[] {
    if (state === 'reconciling') return [];
    if (state === 'ready') {
      const lostAt = this.#lostAt;
      this.#lostAt = null;
      return lostAt === null ? [] : [{ kind: 'broker_back', downMs: at - lostAt }];
    }
    this.#lostAt ??= at;
    return [{ kind: 'broker_unreachable', state, why: short(why), held: this.#book.positions.length }];
  }

  #question(sequence: number, { question }: EventOf<'question_asked'>): AlertFacts {
    const { subject, symbol, shares, deadline, recommended, whenSilent } = question;
    const ticker = symbol === null ? null : this.#nameOf(symbol);
    return { kind: 'answer_wanted', question: sequence, subject, ticker, shares, deadline, recommended, whenSilent };
  }

  #rejected({ order, reason }: EventOf<'order_rejected'>): readonly AlertFacts[] {
    // What the house itself has not sent was refused by nobody.
    const isOurs = reason === 'not_sent' || reason === 'stale' || reason === 'suspended';
    if (!this.#entries.delete(order) || isOurs) return [];
    this.#refusedInARow++;
    return this.#refusedInARow % REFUSED_EVERY > 0 ? [] : [{ kind: 'entries_refused', count: this.#refusedInARow, reason }];
  }

  #closed(event: EventOf<'position_closed'>): readonly AlertFacts[] {
    if (this.#history) return [];
    this.#trades.push(event);
    const falling = this.#winRate.see(event);
    return falling === null ? [] : [falling];
  }

  #summaries({ date, complete }: EventOf<'session_closed'>): readonly AlertFacts[] {
    const { cash: inCash, cashAtOpen, feesToday } = this.#book;
    const byPnl = this.#trades.toSorted((one, other) => other.pnl - one.pnl).map((trade) => this.#named(trade));
    const day = {
      date,
      pnl: cash(inCash - cashAtOpen),
      fees: feesToday,
      trades: { won: this.#trades.filter(({ pnl }) => pnl > 0).length, count: this.#trades.length },
      sumR: this.#trades.reduce((sum, { rMultiple }) => sum + rMultiple, 0),
      halted: this.#halted,
    };
    const { pnl, fees, trades, halted } = day;
    const summary: AlertFacts = {
      kind: 'daily_summary',
      date,
      pnl,
      fees,
      cash: inCash,
      trades,
      best: byPnl[0] ?? null,
      worst: byPnl.length > 1 ? (byPnl.at(-1) ?? null) : null,
      refused: this.#refused,
      halted,
      complete,
      held: this.held,
    };
    const week = this.#week.add(day);
    return week === null ? [summary] : [summary, week];
  }

  #named({ symbol, pnl }: EventOf<'position_closed'>): NamedTrade {
    return { ticker: this.#nameOf(symbol), pnl };
  }
}
