import type { NamedCompany } from '#domain/events/news';
import { assert } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import { symbolIndex, type Ticker } from '#domain/values/symbol';
import type { BarSource, SessionBars } from '#engine/ports/bar-source';
import { type BadTick, drawBadTicks, writeBadTicks } from '#simulation/market/bad-ticks';
import { type Company, companiesOf } from '#simulation/market/company';
import { DailyPath } from '#simulation/market/daily-path';
import type { Catalyst, Halt } from '#simulation/market/day-plan';
import { macroHeadlines, type SimulatedHeadline, wordedHeadline } from '#simulation/market/headlines';
import { type BarGrid, WORDS_A_BAR, writeAbsence, writeMinutes } from '#simulation/market/minute-bars';
import { RandomStream } from '#simulation/market/seeded-random';

/** When a session is open, as the exchange's calendar says; minutes are local minutes of the day. */
export type SessionClock = { readonly open: Instant; readonly openMinute: number; readonly closeMinute: number };

export type SimulatedMarketOptions = {
  readonly seed: number;
  /** How many names; each trades from the first session on. */
  readonly symbols: number;
  readonly sessions: readonly SessionDate[];
  readonly clock: (date: SessionDate) => SessionClock;
  /** How much of the usual drift follows a headline: 1 unless told, 0 for a market in which known news is worth nothing. */
  readonly momentum?: number;
  /**
   * Write into two grids by turns, for runs of years: the arrays of a session hold until the second `load` after it.
   * Otherwise each session has arrays of its own.
   */
  readonly reuseGrids?: boolean;
};

/** What truly happened, for tests and for judging a strategy; nothing of it may reach the house. */
export type SessionTruth = {
  readonly catalysts: readonly (Catalyst & { readonly headline: string })[];
  readonly halts: readonly Halt[];
  readonly badTicks: readonly BadTick[];
  /** Columns that no longer trade. */
  readonly delisted: readonly number[];
};

export type SimulatedMarket = BarSource & {
  /** By column, in whichever session the loading begins. */
  readonly tickers: readonly Ticker[];
  readonly names: readonly NamedCompany[];
  /** By the moment they are known: from before the open to half an hour before the close. */
  headlines(date: SessionDate): readonly SimulatedHeadline[];
  truth(date: SessionDate): SessionTruth;
};

/**
 * A made-up US equity market. The same options give the same bars and headlines on every machine; a session is the same
 * whether or not those before it were loaded. Returns are moved by the market, ten sectors and the name itself, without drift:
 * apart from what is said next, no name is worth more tomorrow than today, and past prices foretell nothing but that trades
 * bounce between bid and ask.
 *
 * What is built in to be found: after 3 % of name-days' headlines the price jumps at once by a multiple of its volatility;
 * then 40 % go on (by 0.3 of the jump in the mean, half of it within 30 minutes), 40 % stay and 20 % turn back (by 0.4).
 * The mean of what follows is 0.04 of the jump, before spread and costs. Other headlines do nothing. Real news is neither
 * this regular nor this often worth so little; a profit here shows that a strategy runs, never that it earns.
 *
 * Left out: trades before the open and after the close, listings after the first session, dividends, days after the news.
 */
export function simulatedMarket(options: SimulatedMarketOptions): SimulatedMarket {
  const { seed, sessions, clock } = options;
  const companies = companiesOf(seed, options.symbols);
  const rowsOf = (date: SessionDate): number => clock(date).closeMinute - clock(date).openMinute;
  const path = new DailyPath({ seed, sessions, companies, momentum: options.momentum ?? 1, rowsOf });
  const order = new Map(sessions.map((date, index) => [date, index]));
  const texts = new RandomStream(seed, 'headline');
  const macros = new RandomStream(seed, 'macro');
  const minutes = new RandomStream(seed, 'minute');
  const errors = new RandomStream(seed, 'bad tick');
  const grids = new Grids(options.reuseGrids === true);
  const tickers = companies.map((company) => company.ticker);
  let words = new Int32Array(0);
  let begun = false;

  const indexOf = (date: SessionDate): number => {
    const index = order.get(date);
    assert(index !== undefined, `${date} is a session of this market`);
    return index;
  };

  const listedCatalysts = (index: number): readonly Catalyst[] =>
    path.day(index).plan.catalysts.filter(({ symbol }) => path.isListed(symbol, index));

  const headlineOf = (date: SessionDate, catalyst: Catalyst): SimulatedHeadline =>
    wordedHeadline(texts, date, clock(date).open, companies[catalyst.symbol] as Company, catalyst);

  const load = (date: SessionDate): SessionBars => {
    const index = indexOf(date);
    const day = path.day(index);
    const dayNumber = dayOf(date);
    const width = companies.length;
    const rows = day.shape.rows;
    const grid = grids.next(rows * width);
    if (words.length !== rows * WORDS_A_BAR) words = new Int32Array(rows * WORDS_A_BAR);
    let bars = 0;
    for (let symbol = 0; symbol < width; symbol++) {
      if (path.isListed(symbol, index)) {
        minutes.restart(dayNumber, symbol).fill(words);
        bars += writeMinutes(grid, width, symbol, companies[symbol] as Company, day, words);
      } else writeAbsence(grid, width, symbol, rows);
    }
    writeBadTicks(grid, width, drawBadTicks(errors, date, width, rows));
    const listed = begun ? [] : tickers;
    begun = true;
    const splits = day.splits.map(({ symbol, ratio }) => ({ symbol: symbolIndex(symbol), ratio }));
    return { date, minutes: consecutive(clock(date).openMinute, rows), width, bars, ...grid, listed, splits };
  };

  return {
    sessions,
    tickers,
    names: companies.map(({ names }, column) => ({ symbol: symbolIndex(column), names })),
    load: async (date) => load(date),
    close: async () => {},
    headlines(date) {
      const worded = listedCatalysts(indexOf(date)).map((catalyst) => headlineOf(date, catalyst));
      const all = [...worded, ...macroHeadlines(macros, date, clock(date).open)];
      return all.sort((a, b) => a.knownAt - b.knownAt || (a.id < b.id ? -1 : 1));
    },
    truth(date) {
      const index = indexOf(date);
      const { plan, shape } = path.day(index);
      const columns = companies.map((_, column) => column);
      return {
        catalysts: listedCatalysts(index).map((catalyst) => ({ ...catalyst, headline: headlineOf(date, catalyst).id })),
        halts: plan.halts.filter(({ symbol }) => path.isListed(symbol, index)),
        badTicks: drawBadTicks(errors, date, companies.length, shape.rows),
        delisted: columns.filter((column) => !path.isListed(column, index)),
      };
    },
  };
}

function consecutive(first: number, count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = first + i;
  return numbers;
}

/** Arrays for one session after another: new ones each time, or two sets by turns. */
class Grids {
  readonly #reuse: boolean;
  #one: BarGrid | null = null;
  #other: BarGrid | null = null;

  constructor(reuse: boolean) {
    this.#reuse = reuse;
  }

  next(cells: number): BarGrid {
    if (!this.#reuse) return gridOf(cells);
    const due = this.#one;
    this.#one = this.#other;
    this.#other = due !== null && due.open.length >= cells ? due : gridOf(cells);
    const { open, high, low, close, volume } = this.#other;
    return {
      open: open.subarray(0, cells),
      high: high.subarray(0, cells),
      low: low.subarray(0, cells),
      close: close.subarray(0, cells),
      volume: volume.subarray(0, cells),
    };
  }
}

const gridOf = (cells: number): BarGrid => ({
  open: new Int32Array(cells),
  high: new Int32Array(cells),
  low: new Int32Array(cells),
  close: new Int32Array(cells),
  volume: new Int32Array(cells),
});
