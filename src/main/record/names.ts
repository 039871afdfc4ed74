import type { Entry, EventOf } from '#domain/events/event';
import { assert } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex, Ticker } from '#domain/values/symbol';
import { type Market, marketOf, securityKey, sessionKey } from '#main/record/record-keys';
import { Remembered } from '#main/record/remembered';

/** A row of `securities` that facts of a journal refer to. */
export type NamedSecurity = { readonly id: number; readonly symbol: Ticker };
/** A row of `sessions`. */
export type NamedSession = { readonly id: number; readonly date: SessionDate; readonly opens: Instant; readonly closes: Instant };

/** What a journal tells an entry that names something by a column, a text or nothing at all, because it is the newest. */
export class Names {
  #market: Market | null = null;
  #started: EventOf<'run_started'> | null = null;
  readonly #securities: number[] = [];
  #session: number | null = null;
  /** The newest scan of the session. */
  #cycle: { readonly sequence: number; readonly at: Instant } | null = null;
  readonly #headlines = new Remembered();
  readonly #orders = new Remembered();
  readonly #intents = new Remembered();
  readonly #look: LookBack;
  #securitiesMet: NamedSecurity[] = [];
  #sessionsMet: NamedSession[] = [];

  /** `look` finds in the journal what has been forgotten. */
  constructor(look: LookBack) {
    this.#look = look;
  }

  get market(): Market {
    assert(this.#market !== null, 'a journal begins with a run');
    return this.#market;
  }

  get started(): EventOf<'run_started'> {
    assert(this.#started !== null, 'a journal begins with a run');
    return this.#started;
  }

  see({ sequence, at, event }: Entry): void {
    switch (event.kind) {
      case 'run_started':
        this.#started = event;
        this.#market = marketOf(event.source);
        return;
      case 'session_opened':
        return this.#open(event);
      case 'headline_published':
        return this.#headlines.add(event.id, sequence);
      case 'order_requested':
        this.#intents.add(event.order.id, event.order.intent);
        return this.#orders.add(event.order.id, sequence);
      case 'candidates_found':
        this.#cycle = { sequence, at };
        return;
      default:
        return;
    }
  }

  /** Securities and sessions that have been met since the last call: they must be there before the rows that name them. */
  taken(): { readonly securities: readonly NamedSecurity[]; readonly sessions: readonly NamedSession[] } {
    const taken = { securities: this.#securitiesMet, sessions: this.#sessionsMet };
    this.#securitiesMet = [];
    this.#sessionsMet = [];
    return taken;
  }

  security(symbol: SymbolIndex): number {
    const id = this.#securities[symbol];
    assert(id !== undefined, `column ${symbol} is listed`);
    return id;
  }

  securityOrNull(symbol: SymbolIndex | null): number | null {
    return symbol === null ? null : this.security(symbol);
  }

  get session(): number {
    assert(this.#session !== null, 'it happens within a session, or after one');
    return this.#session;
  }

  sessionOf(date: SessionDate): number {
    return sessionKey(this.market, date);
  }

  /** The scan whose stages are being told. */
  get cycle(): number {
    assert(this.#cycle !== null, 'a stage belongs to a scan');
    return this.#cycle.sequence;
  }

  /** The scan that an entry comes from; null when none led to it. */
  cycleOf({ at, cause }: Entry): number | null {
    return this.#cycle !== null && cause >= this.#cycle.sequence && at === this.#cycle.at ? this.#cycle.sequence : null;
  }

  headline(id: string): number {
    return this.#headlines.sequenceOf(id) ?? this.#found(this.#headlines, 'headline_published', id);
  }

  order(id: string): number {
    return this.#orders.sequenceOf(id) ?? this.#found(this.#orders, 'order_requested', id);
  }

  /** What the order was sent for; null when no intent of this journal stands behind it. */
  intentOf(order: string): number | null {
    return this.#intents.sequenceOf(order) || null;
  }

  #found(among: Remembered, kind: 'headline_published' | 'order_requested', id: string): number {
    const sequence = this.#look(kind, id);
    assert(sequence !== null, `the journal has told of ${kind} ${id} before it speaks of it`);
    among.add(id, sequence);
    return sequence;
  }

  #open({ date, open, close, listed }: EventOf<'session_opened'>): void {
    const { market } = this;
    for (const symbol of listed) {
      const id = securityKey(market, symbol);
      this.#securities.push(id);
      this.#securitiesMet.push({ id, symbol });
    }
    this.#session = sessionKey(market, date);
    this.#sessionsMet.push({ id: this.#session, date, opens: open, closes: close });
    this.#cycle = null;
    this.#headlines.open();
    this.#orders.open();
    this.#intents.open();
  }
}

/** The entry of that kind with that name, from the journal itself; null when there is none. */
export type LookBack = (kind: 'headline_published' | 'order_requested', id: string) => number | null;
