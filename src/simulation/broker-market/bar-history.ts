import type { Session } from '#domain/market/session-table';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import type { Ticker } from '#domain/values/symbol';
import type { ToldBar } from '#simulation/broker-market/market-moment';
import { cellOf, rowStart, type TapedSession } from '#simulation/broker-market/session-tape';
import { joinedBar, toldBar } from '#simulation/broker-market/told-bar';

/** A span of bars: so many minutes, or whole sessions. */
export type Timeframe = { readonly unit: 'minute' | 'session'; readonly minutes: number };

/** Which bars are asked for, and when. */
export type BarQuestion = {
  readonly ticker: Ticker;
  readonly timeframe: Timeframe;
  /** Of the bars' own starts, both inclusive. */
  readonly from: Instant;
  readonly to: Instant;
  /** Whether prices before a split are told as if it had been then already. */
  readonly splitAdjusted: boolean;
  /** What is not over by then is not told; the session under way is told as far as it has come. */
  readonly now: Instant;
};

/** A split and the session from which on it holds. */
export type KnownSplit = { readonly ticker: Ticker; readonly ratio: number; readonly session: Session };

/** When the local day of a session begins, by which its daily bar is named. */
export const dayStart = (session: Session): Instant => instant(session.open - session.openMinute * MINUTE_MS);

/** Bars of all sessions so far, to be asked for. Extended hours count in bars of minutes, never in those of sessions. */
export class BarHistory {
  readonly #sessions: TapedSession[] = [];
  readonly #columns = new Map<Ticker, number>();

  add(taped: TapedSession): void {
    this.#sessions.push(taped);
    for (const [column, ticker] of taped.tickers.entries()) this.#columns.set(ticker, column);
  }

  knows(ticker: Ticker): boolean {
    return this.#columns.has(ticker);
  }

  splits(): readonly KnownSplit[] {
    return this.#sessions.flatMap(({ session, bars, tickers }) =>
      bars.splits.map(({ symbol, ratio }) => ({ ticker: tickers[symbol] as Ticker, ratio, session })),
    );
  }

  /** Oldest first. */
  bars(question: BarQuestion): readonly ToldBar[] {
    const { ticker, timeframe, from, to, now } = question;
    const column = this.#columns.get(ticker);
    if (column === undefined) return [];
    return this.#sessions.flatMap((taped) => {
      const { session } = taped;
      if (session.postClose < from || dayStart(session) > to || dayStart(session) > now) return [];
      const bars = timeframe.unit === 'session' ? wholeSession(taped, column, now) : spans(taped, column, timeframe.minutes, now);
      const factor = question.splitAdjusted ? this.#factor(ticker, session, now) : 1;
      return bars.filter(({ start }) => start >= from && start <= to).map((bar) => (factor === 1 ? bar : rescaled(bar, factor)));
    });
  }

  /** By how much shares have multiplied since that session. */
  #factor(ticker: Ticker, since: Session, now: Instant): number {
    return this.splits()
      .filter((split) => split.ticker === ticker && split.session.open > since.open && dayStart(split.session) <= now)
      .reduce((product, { ratio }) => product * ratio, 1);
  }
}

function wholeSession(taped: TapedSession, column: number, now: Instant): readonly ToldBar[] {
  const { openMinute, closeMinute } = taped.session;
  const regular = rowsOf(taped, column, now).filter(({ minute }) => minute >= openMinute && minute < closeMinute);
  const bar = joinedBar(
    dayStart(taped.session),
    regular.map((row) => row.bar),
  );
  return bar === null ? [] : [bar];
}

function spans(taped: TapedSession, column: number, minutes: number, now: Instant): readonly ToldBar[] {
  const rows = rowsOf(taped, column, now);
  if (minutes === 1) return rows.map(({ bar }) => bar);
  const first = dayStart(taped.session);
  const groups = new Map<number, ToldBar[]>();
  for (const { minute, bar } of rows) {
    const group = Math.floor(minute / minutes) * minutes;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [bar]);
    else members.push(bar);
  }
  return [...groups].flatMap(([group, members]) => joinedBar(instant(first + group * MINUTE_MS), members) ?? []);
}

function rowsOf(taped: TapedSession, column: number, now: Instant): readonly { readonly minute: number; readonly bar: ToldBar }[] {
  const rows: { minute: number; bar: ToldBar }[] = [];
  for (let row = 0; row < taped.bars.minutes.length; row++) {
    const start = rowStart(taped, row);
    if (start + MINUTE_MS > now) break;
    const cell = cellOf(taped, row, column);
    if (cell !== null) rows.push({ minute: taped.bars.minutes[row] as number, bar: toldBar(start, cell) });
  }
  return rows;
}

const rescaled = (bar: ToldBar, factor: number): ToldBar => {
  const cut = (value: number) => price(Math.max(1, Math.round(value / factor)));
  return {
    ...bar,
    open: cut(bar.open),
    high: cut(bar.high),
    low: cut(bar.low),
    close: cut(bar.close),
    volume: Math.round(bar.volume * factor),
    meanPrice: bar.meanPrice / factor,
  };
};
