import type { Entry, EventOf } from '#domain/events/event';
import type { NearbyLevel } from '#domain/events/funnel';
import { type Book, evolveBook, openBook, type Position, pnlToday } from '#domain/portfolio/book';
import { defaultSettings } from '#domain/settings';
import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import { type SymbolIndex, ticker } from '#domain/values/symbol';
import { type HeldNow, heldNow } from '#main/day/held-now';
import { SymbolTable } from '#main/day/symbol-table';

/** A position as a person wants to see it. Prices in 1e-4; what nobody has told is null. */
export type PositionContext = { readonly symbol: SymbolIndex; readonly name: string } & HeldNow & NameContext;

/** What the funnel last said of a name in this session: sentiment −1..1, levels from the lowest price to the highest. */
export type NameContext = Told & {
  /** The level in whose zone the last price lies; null for none. */
  readonly atLevel: NearbyLevel | null;
};

type Told = { readonly sentiment: number | null; readonly headline: string | null; readonly levels: readonly NearbyLevel[] };

/** What is known at an instant, and nothing later. Source: mission, section 3. */
export type DecisionContext = {
  readonly at: Instant;
  readonly pnl: Cash;
  readonly positions: readonly PositionContext[];
  /** The move of SPY since the close of the session before, as a fraction; null without SPY. */
  readonly spyToday: number | null;
  /** No source of it is connected. */
  readonly vix: null;
};

const spyTicker = ticker('SPY');

/** Folds a run into the context of its decisions; ask it when an entry has been seen, and it knows no more than that. */
export class Context {
  readonly #symbols = new SymbolTable();
  readonly #told = new Map<SymbolIndex, Told>();
  /** Texts of the headlines that said something of a name, by their ids. */
  readonly #texts = new Map<string, string>();
  #newest: EventOf<'headline_published'> | null = null;
  /** The last regular close of SPY, and that of the session before. */
  #last: number | null = null;
  #before: number | null = null;
  #book: Book = openBook(defaultSettings.capital);

  see({ event }: Entry): void {
    this.#book = evolveBook(this.#book, event);
    switch (event.kind) {
      case 'session_opened':
        return this.#open(event);
      case 'split_took_effect':
        return this.#split(event);
      case 'bars_closed':
        return this.#mark(event);
      case 'headline_published':
        this.#newest = event;
        return;
      case 'catalyst_detected':
        if (this.#newest?.id === event.headline) this.#texts.set(event.headline, this.#newest.text);
        return;
      case 'catalysts_confirmed':
        for (const { symbol, sentiment, headline } of event.kept) {
          const text = this.#texts.get(headline) ?? null;
          this.#told.set(symbol, { ...this.#toldOf(symbol), sentiment: text === null ? null : sentiment, headline: text });
        }
        return;
      case 'indicators_agreed':
        for (const { symbol, levels } of event.kept) this.#told.set(symbol, { ...this.#toldOf(symbol), levels });
        return;
      default:
        return;
    }
  }

  nameOf(symbol: SymbolIndex): string {
    return this.#symbols.nameOf(symbol);
  }

  at(at: Instant): DecisionContext {
    return {
      at,
      pnl: pnlToday(this.#book),
      positions: this.#book.positions.map((position) => this.#positionAt(position, at)),
      spyToday: this.#spyToday(),
      vix: null,
    };
  }

  /** Of a name at a price in 1e-4, held or not. */
  ofName(symbol: SymbolIndex, price: number): NameContext {
    const told = this.#toldOf(symbol);
    const atLevel = told.levels.find((level) => Math.abs(level.price - price) <= level.halfWidth) ?? null;
    return { ...told, atLevel };
  }

  #positionAt(position: Position, at: Instant): PositionContext {
    const { symbol, mark } = position;
    return { symbol, name: this.nameOf(symbol), ...heldNow(position, at), ...this.ofName(symbol, mark) };
  }

  #toldOf(symbol: SymbolIndex): Told {
    return this.#told.get(symbol) ?? { sentiment: null, headline: null, levels: [] };
  }

  #open({ listed }: EventOf<'session_opened'>): void {
    this.#symbols.list(listed);
    this.#told.clear();
    this.#before = this.#last;
    this.#last = null;
  }

  #split({ symbol, ratio }: EventOf<'split_took_effect'>): void {
    if (symbol === this.#spy() && this.#before !== null) this.#before /= ratio;
  }

  #mark({ frame }: EventOf<'bars_closed'>): void {
    const spy = this.#spy();
    if (spy === null || !frame.regular || spy >= frame.width || (frame.volume[spy] as number) < 0) return;
    this.#last = frame.close[spy] as number;
  }

  #spy(): SymbolIndex | null {
    return this.#symbols.indexOf(spyTicker);
  }

  #spyToday(): number | null {
    return this.#last === null || this.#before === null ? null : this.#last / this.#before - 1;
  }
}
