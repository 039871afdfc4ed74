import type { Session } from '#domain/market/session-table';
import { assert } from '#domain/values/assert';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';
import type { BarSource } from '#engine/ports/bar-source';
import type { BarHistory } from '#simulation/broker-market/bar-history';
import type { MarketMoment, MomentOf, NewsStory } from '#simulation/broker-market/market-moment';
import { PriceBands } from '#simulation/broker-market/price-bands';
import { cellOf, momentsOfRow, rowStart, type SessionExtras, type TapedSession } from '#simulation/broker-market/session-tape';
import { quotedOvernight } from '#simulation/broker-market/spread';
import { RandomStream } from '#simulation/market/seeded-random';

/** What a tape is made from. */
export type TapeOptions = {
  readonly seed: number;
  /** Oldest first; the source has bars for each. */
  readonly sessions: readonly Session[];
  readonly source: BarSource;
  readonly extras: (date: SessionDate) => SessionExtras;
  /** Of all sessions, by when they were touched last. */
  readonly stories: readonly NewsStory[];
  readonly history: BarHistory;
};

/** Splits take effect so long before the pre-market, when nobody trades. */
const SPLIT_BEFORE_MS = 3_600_000;

/** When a session's day begins on the tape. */
export const dayBegins = ({ preOpen }: Session): Instant => instant(preOpen - SPLIT_BEFORE_MS);

/**
 * What the market does, one moment after another, out of bars: recorded or made up. A session is loaded before its day begins,
 * one ahead, and is then known to the history, which tells of it only what is over.
 */
export class MarketTape {
  readonly #options: TapeOptions;
  readonly #tickers: Ticker[] = [];
  readonly #bands = new PriceBands();
  readonly #lastClose = new Map<Ticker, number>();
  /** Sessions that are loaded and not yet over. */
  #ahead: TapedSession[] = [];
  #loaded = 0;
  #row = -1;
  /** Sorted; what is due next comes first. */
  #queue: MarketMoment[] = [];

  constructor(options: TapeOptions) {
    this.#options = options;
    this.#queue = options.stories.map((story) => ({ kind: 'news', at: story.updatedAt, story }));
  }

  get tickers(): readonly Ticker[] {
    return this.#tickers;
  }

  /** The time may not go beyond this before `prepare` was asked again; null once everything is loaded. */
  get preparedUntil(): Instant | null {
    if (this.#loaded >= this.#options.sessions.length) return null;
    return (this.#options.sessions[this.#loaded - 1] as Session | undefined)?.preOpen ?? instant(0);
  }

  /** Whether the session under way at that time and the next one are loaded, so that nobody has to wait. */
  isPrepared(at: Instant): boolean {
    const last = this.#options.sessions[this.#loaded - 2];
    return this.#next === undefined || (last !== undefined && last.preOpen > at);
  }

  async prepare(until: Instant): Promise<void> {
    for (let next = this.#next; next !== undefined && !this.isPrepared(until); next = this.#next) await this.#load(next);
  }

  /**
   * Leaves out the sessions that are over by then, whose bars are history. What is told of them: their stories, and the last
   * print of each name.
   */
  skipTo(at: Instant): readonly MarketMoment[] {
    const prints = new Map<Ticker, MarketMoment>();
    for (let taped = this.#ahead[0]; taped !== undefined && taped.session.postClose <= at; taped = this.#ahead[0]) {
      for (const print of lastPrints(taped)) {
        prints.set(print.ticker, print);
        this.#lastClose.set(print.ticker, print.price);
      }
      this.#ahead.shift();
    }
    const stories = this.#queue.filter((moment) => moment.at < at);
    this.#queue = this.#queue.slice(stories.length);
    return [...stories, ...prints.values()];
  }

  nextDue(): Instant | null {
    this.#fill();
    return this.#queue[0]?.at ?? null;
  }

  /** The moments of the next instant at which anything happens; none when nothing will. */
  takeNext(): readonly MarketMoment[] {
    const at = this.nextDue();
    const count = this.#queue.findIndex((moment) => moment.at !== at);
    return this.#queue.splice(0, count === -1 ? this.#queue.length : count);
  }

  get #next(): Session | undefined {
    return this.#options.sessions[this.#loaded];
  }

  async #load(session: Session): Promise<void> {
    const { source, extras, history } = this.#options;
    assert(source.sessions.includes(session.date), `the source has bars of ${session.date}`);
    const bars = await source.load(session.date);
    this.#tickers.push(...bars.listed);
    const taped = { session, bars, tickers: [...this.#tickers], extras: extras(session.date) };
    history.add(taped);
    this.#ahead.push(taped);
    this.#loaded++;
  }

  /** A row is made into moments when all before it were told; late ones of the row before are sorted in. */
  #fill(): void {
    for (let taped = this.#ahead[0]; taped !== undefined; taped = this.#ahead[0]) {
      const next = this.#row < 0 ? dayBegins(taped.session) : this.#row < taped.bars.minutes.length ? rowStart(taped, this.#row) : null;
      const first = this.#queue[0];
      if (next !== null && first !== undefined && first.at < next) return;
      if (next === null) {
        this.#ahead.shift();
        this.#row = -1;
        continue;
      }
      this.#merge(this.#row < 0 ? this.#morning(taped, next) : this.#rowMoments(taped));
      this.#row++;
    }
  }

  /** Before the first print of a day: splits, and a quote around each last close. */
  #morning(taped: TapedSession, at: Instant): readonly MarketMoment[] {
    const { session, bars } = taped;
    const moments: MarketMoment[] = bars.splits.map(({ symbol, ratio }) => {
      const ticker = taped.tickers[symbol] as Ticker;
      const last = this.#lastClose.get(ticker);
      if (last !== undefined) this.#lastClose.set(ticker, Math.max(1, Math.round(last / ratio)));
      return { kind: 'split', at, ticker, ratio };
    });
    const stream = new RandomStream(this.#options.seed, 'overnight quote');
    taped.tickers.forEach((ticker, symbol) => {
      const close = this.#lastClose.get(ticker);
      stream.restart(dayOf(session.date), symbol);
      if (close !== undefined) moments.push({ kind: 'quote', at: session.preOpen, ticker, ...quotedOvernight(price(close), stream) });
    });
    return moments;
  }

  #rowMoments(taped: TapedSession): readonly MarketMoment[] {
    const moments = momentsOfRow(taped, this.#row, this.#options.seed);
    const end = instant(rowStart(taped, this.#row) + MINUTE_MS);
    const bands: MarketMoment[] = [];
    taped.tickers.forEach((ticker, symbol) => {
      const bar = cellOf(taped, this.#row, symbol);
      if (bar === null) return;
      this.#lastClose.set(ticker, bar.close);
      const band = this.#bands.see(ticker, bar.close, end);
      if (band !== null) bands.push(band);
    });
    return [...moments, ...bands];
  }

  #merge(moments: readonly MarketMoment[]): void {
    this.#queue = [...this.#queue, ...moments].sort((a, b) => a.at - b.at);
  }
}

/** The last close of each name that was traded that day, told as a print. */
function lastPrints(taped: TapedSession): readonly MomentOf<'trade'>[] {
  return taped.tickers.flatMap((ticker, symbol) => {
    for (let row = taped.bars.minutes.length - 1; row >= 0; row--) {
      const bar = cellOf(taped, row, symbol);
      if (bar === null) continue;
      const at = instant(rowStart(taped, row) + MINUTE_MS - 1);
      return [{ kind: 'trade', at, ticker, price: price(bar.close), size: Math.min(bar.volume, 100) }];
    }
    return [];
  });
}
