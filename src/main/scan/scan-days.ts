import { type Dropped, type DropReason, dropReasonsOf } from '#domain/events/funnel';
import { usCalendar } from '#domain/market/calendar';
import { defaultSettings } from '#domain/settings';
import { MarketScan } from '#domain/universe/market-scan';
import { ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';
import type { BarProblem } from '#main/bars/bar-problem';
import type { Weights } from '#main/commands/weights';
import { withWeights } from '#main/commands/weights';
import type { DailyBars, DailySession } from '#main/scan/daily-bars';
import { type DoubtfulJump, DoubtfulJumps } from '#main/scan/doubtful-jumps';

export type ScannedName = {
  readonly symbol: Ticker;
  readonly score: number;
  readonly gap: number;
  readonly change: number;
  readonly relativeVolume: number;
  /** Prices in 1e-4. */
  readonly previousClose: number;
  readonly open: number;
  readonly close: number;
  readonly shares: number;
};

/** A day and its best names, as the scanner would have had them at the close. */
export type ScannedDay = {
  readonly date: SessionDate;
  /** Names ever seen up to this day, and those of them that had a bar. */
  readonly names: number;
  readonly bars: number;
  readonly universe: number;
  readonly outside: ReasonCounts;
  readonly ranked: number;
  readonly left: ReasonCounts;
  readonly candidates: readonly ScannedName[];
  readonly withoutVolume: number;
  /** Those that jumped as splits and bad rows do: set aside for this day, or begun anew. */
  readonly jumps: readonly (Omit<DoubtfulJump, 'symbol'> & { readonly symbol: Ticker })[];
};

export type Member = {
  readonly symbol: Ticker;
  /** In 1e-4, like the dollars. */
  readonly close: number;
  readonly meanDollars: number;
  readonly range: number;
};

/** The names of the session after the last one. */
export type NextUniverse = {
  readonly date: SessionDate | null;
  readonly names: number;
  readonly outside: ReasonCounts;
  readonly members: readonly Member[];
};

export type ReasonCounts = Readonly<Partial<Record<DropReason, number>>>;
export type ScanRequest = { readonly from: SessionDate; readonly to: SessionDate; readonly top: number; readonly weights: Weights };

/** Walks daily bars with the scanner's own rules; every session teaches, those from `from` to `to` are ranked. */
export class DayScans {
  readonly #bars: DailyBars;
  readonly #request: ScanRequest;
  readonly #market: MarketScan;
  readonly #limits;
  readonly #doubts = new DoubtfulJumps();
  readonly #tickers: Ticker[] = [];
  #last: SessionDate | null = null;

  constructor(bars: DailyBars, request: ScanRequest) {
    this.#bars = bars;
    this.#request = request;
    this.#limits = withWeights(defaultSettings, request.weights).scanner;
    this.#market = new MarketScan(request.top, { opensAt: 570, minutes: 1 });
  }

  /** One session further: its scan, or null when it only taught. */
  async next(): Promise<Result<ScannedDay | null, BarProblem>> {
    const loaded = await this.#bars.next();
    if (!loaded.ok) return loaded;
    const { from, to } = this.#request;
    const wanted = loaded.value.date >= from && loaded.value.date <= to;
    return ok(this.#day(loaded.value, wanted));
  }

  /** What is known for the session after the last one that was walked. */
  universe(): NextUniverse {
    const market = this.#market;
    market.startSession(0);
    const { dropped } = market.select(this.#limits);
    const { history } = market;
    const members = Array.from(market.universe.members, (s) => ({
      symbol: this.#tickers[s] as Ticker,
      close: history.previousClose.values[s] as number,
      meanDollars: history.meanDollars(s),
      range: history.rangeShare(s),
    })).sort((a, b) => b.meanDollars - a.meanDollars || (a.symbol < b.symbol ? -1 : 1));
    const after = this.#last === null ? null : usCalendar.nextSession(this.#last);
    return { date: after?.ok ? after.value.date : null, names: this.#tickers.length, outside: counted(dropped), members };
  }

  #day(session: DailySession, wanted: boolean): ScannedDay | null {
    const { date, frame, listed, splits, withoutVolume } = session;
    const market = this.#market;
    this.#last = date;
    this.#tickers.push(...listed);
    market.startSession(listed.length);
    const selected = market.select(this.#limits);
    for (const { symbol } of splits) market.forget(symbol);
    const jumps = this.#doubts.of(frame, market.history);
    const shown = jumps.map((jump) => ({ ...jump, symbol: this.#tickers[jump.symbol] as Ticker }));
    for (const { symbol, again } of jumps) {
      if (again) market.forget(symbol);
      else frame.volume[symbol] = -1;
    }
    market.update(frame);
    const found = wanted ? market.scan({ scan: 1, minute: 960 }, this.#limits) : null;
    const candidates = found?.kept.map(({ symbol, score, gap, change, relativeVolume }) => ({
      symbol: this.#tickers[symbol] as Ticker,
      score,
      gap,
      change,
      relativeVolume,
      previousClose: market.history.previousClose.values[symbol] as number,
      open: frame.open[symbol] as number,
      close: frame.close[symbol] as number,
      shares: frame.volume[symbol] as number,
    }));
    market.endSession();
    if (found === null || candidates === undefined) return null;
    return {
      date,
      names: this.#tickers.length,
      bars: frame.present - jumps.filter(({ again }) => !again).length,
      universe: selected.size,
      outside: counted(selected.dropped),
      ranked: found.universe,
      left: counted(found.dropped),
      candidates,
      withoutVolume,
      jumps: shown,
    };
  }
}

/** How many names each reason dropped; a name with two reasons counts for both. */
function counted({ reasons }: Dropped): ReasonCounts {
  const counts: Partial<Record<DropReason, number>> = {};
  for (const mask of reasons) for (const reason of dropReasonsOf(mask)) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
