import type { Entry, EventOf } from '#domain/events/event';
import type { Service } from '#domain/events/service';
import { SessionClock } from '#domain/market/session-clock';
import type { CatalystType } from '#domain/news/catalyst';
import type { PatternKind } from '#domain/patterns/setup';
import { type Book, evolveBook, openBook } from '#domain/portfolio/book';
import { Halts } from '#domain/risk/halts';
import type { RefusalKind } from '#domain/risk/refusal';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { StateSink } from '#domain/values/symbol-columns';
import type { SessionReport, TradeReport } from '#production/reporting/session-report';
import { WidestScan } from '#production/reporting/widest-scan';

/** The only service that others may look into: it adds nothing, it is a view. */
export type Reporting = Service & {
  /** The report of the session that is open, or that closed last; null before the first. */
  report(): SessionReport | null;
};

export function reporting(): Reporting {
  return new DayReporting();
}

type Wanted = { readonly pattern: PatternKind; readonly at: Instant; readonly catalyst: CatalystType };

class DayReporting implements Reporting {
  readonly name = 'reporting';
  readonly consumes = [
    'run_started',
    'session_opened',
    'split_took_effect',
    'bars_closed',
    'session_closed',
    'headline_published',
    'candidates_found',
    'catalysts_confirmed',
    'indicators_agreed',
    'setups_found',
    'intents_chosen',
    'intent_formed',
    'intent_approved',
    'intent_refused',
    'halt_ordered',
    'stop_cleared',
    'order_requested',
    'order_filled',
    'position_adjusted',
    'cash_moved',
    'position_closed',
  ] as const;
  readonly hears = [] as const;
  readonly emits = [] as const;
  readonly #scan = new WidestScan();
  readonly #refused = new Map<RefusalKind, number>();
  readonly #wanted = new Map<number, Wanted>();
  readonly #catalysts = new Map<number, CatalystType>();
  #trades: TradeReport[] = [];
  #book: Book = openBook(defaultSettings.capital);
  #clock: SessionClock | null = null;
  #date: SessionDate | null = null;
  #bars = 0;
  #approved = 0;
  #orders = 0;
  #headlines = 0;
  /** Which stops hold; the workflow's part of the hash tells it, too. */
  readonly #halts = new Halts();
  #halted = false;
  #closing: Pick<EventOf<'session_closed'>, 'lastBar' | 'complete'> = { lastBar: null, complete: false };
  #entered = new Map<number, Instant>();

  step(entry: Entry): void {
    const { sequence, at, event } = entry;
    this.#halts.see(entry);
    // A report tells of cash and fees, which no bar changes.
    if (event.kind !== 'bars_closed') this.#book = evolveBook(this.#book, event);
    switch (event.kind) {
      case 'session_opened':
        return this.#open(event);
      case 'bars_closed':
        this.#bars += event.frame.present;
        return;
      case 'session_closed':
        this.#closing = event;
        return;
      case 'headline_published':
        this.#headlines++;
        return;
      case 'catalysts_confirmed':
        for (const { symbol, catalyst } of event.kept) this.#catalysts.set(symbol, catalyst);
        return this.#scan.see(event);
      case 'candidates_found':
      case 'indicators_agreed':
      case 'setups_found':
      case 'intents_chosen':
        return this.#scan.see(event);
      case 'intent_formed':
        this.#wanted.set(sequence, {
          pattern: event.intent.pattern,
          at,
          catalyst: this.#catalysts.get(event.intent.symbol) ?? 'other_news',
        });
        return;
      case 'intent_approved':
        this.#approved++;
        return;
      case 'intent_refused': {
        const kind = event.refusals[0]?.kind;
        if (kind !== undefined) this.#refused.set(kind, (this.#refused.get(kind) ?? 0) + 1);
        return;
      }
      case 'halt_ordered':
        this.#halted = true;
        return;
      case 'order_requested':
        this.#orders++;
        return;
      case 'order_filled':
        if (!this.#entered.has(event.symbol)) this.#entered.set(event.symbol, event.bar);
        return;
      case 'position_closed':
        return this.#close(event, at);
      default:
        return;
    }
  }

  report(): SessionReport | null {
    if (this.#date === null) return null;
    return {
      date: this.#date,
      bars: this.#bars,
      scans: this.#scan.scans,
      widest: this.#scan.widest,
      intents: this.#wanted.size,
      approved: this.#approved,
      refused: [...this.#refused].map(([kind, count]) => ({ kind, count })),
      orders: this.#orders,
      trades: this.#trades,
      pnl: cash(this.#trades.reduce((sum, { pnl }) => sum + pnl, 0)),
      fees: this.#book.feesToday,
      equity: this.#book.cash,
      headlines: this.#headlines,
      halted: this.#halted,
      lastBar: this.#closing.lastBar,
      complete: this.#closing.complete,
    };
  }

  hashInto(sink: StateSink): void {
    sink.text(JSON.stringify(this.report()));
  }

  #open(opened: EventOf<'session_opened'>): void {
    this.#clock = new SessionClock(opened);
    this.#date = opened.date;
    this.#scan.clear();
    this.#refused.clear();
    this.#wanted.clear();
    this.#catalysts.clear();
    this.#entered.clear();
    this.#trades = [];
    this.#bars = 0;
    this.#approved = 0;
    this.#orders = 0;
    this.#headlines = 0;
    this.#halted = this.#halts.any;
    this.#closing = { lastBar: null, complete: false };
  }

  #close(closed: EventOf<'position_closed'>, at: Instant): void {
    const wanted = this.#wanted.get(closed.intent);
    if (wanted === undefined) return;
    const { symbol, shares, pnl, fees, rMultiple, reason, noMarket } = closed;
    const { pattern, catalyst } = wanted;
    const phase = this.#clock?.phaseAt(this.#clock.minuteAt(wanted.at))?.name ?? null;
    const opened = this.#entered.get(symbol) ?? wanted.at;
    this.#entered.delete(symbol);
    this.#trades.push({ symbol, pattern, catalyst, phase, opened, closed: at, shares, pnl, fees, rMultiple, reason, noMarket });
  }
}
