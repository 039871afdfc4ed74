import { minuteStart } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { dayOf } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';
import type { SessionBars } from '#engine/ports/bar-source';
import type { MarketMoment, ToldBar } from '#simulation/broker-market/market-moment';
import { type MinuteBar, minutePath } from '#simulation/broker-market/minute-path';
import { quotedAround } from '#simulation/broker-market/spread';
import { toldBar } from '#simulation/broker-market/told-bar';
import { RandomStream } from '#simulation/market/seeded-random';

/** What a source of bars cannot say: bad ticks, and when a name was halted. Rows are those of the session. */
export type SessionExtras = {
  readonly badTicks: readonly { readonly symbol: number; readonly row: number; readonly side: 'high' | 'low' }[];
  readonly halts: readonly { readonly symbol: number; readonly from: number; readonly rows: number }[];
};

/** A session without any. */
export const noExtras: SessionExtras = { badTicks: [], halts: [] };

/** One session with its bars and the names of their columns. */
export type TapedSession = {
  readonly session: Session;
  readonly bars: SessionBars;
  readonly tickers: readonly Ticker[];
  readonly extras: SessionExtras;
};

/** Some prints come late: the bar is told without them, and again with them after so long. Source: broker-alpaca §15. */
const LATE = 0.02;
const LATE_MS = 30_000;
const ROWS_A_DAY = 1440;

/** When a row's minute begins. */
export const rowStart = ({ session, bars }: TapedSession, row: number): Instant => minuteStart(session, bars.minutes[row] as number);

/** A cell of the grid; null where nothing was traded. */
export function cellOf({ bars }: TapedSession, row: number, symbol: number): MinuteBar | null {
  const cell = row * bars.width + symbol;
  const volume = bars.volume[cell] as number;
  if (symbol >= bars.width || volume <= 0) return null;
  return {
    open: bars.open[cell] as number,
    high: bars.high[cell] as number,
    low: bars.low[cell] as number,
    close: bars.close[cell] as number,
    volume,
  };
}

/**
 * What happens in a row's minute, in order of time: quotes and prints on the way, and the bar only when the minute is over.
 * Late prints are told 30 s after that, which the caller sorts in.
 */
export function momentsOfRow(taped: TapedSession, row: number, seed: number): readonly MarketMoment[] {
  const start = rowStart(taped, row);
  const stream = new RandomStream(seed, 'tape');
  const moments: MarketMoment[] = [];
  const bars: MarketMoment[] = [];
  for (let symbol = 0; symbol < taped.bars.width; symbol++) {
    const bar = cellOf(taped, row, symbol);
    if (bar === null) continue;
    const ticker = taped.tickers[symbol] as Ticker;
    stream.restart(dayOf(taped.session.date) * ROWS_A_DAY + row, symbol);
    const odd = taped.extras.badTicks.find((tick) => tick.symbol === symbol && tick.row === row)?.side ?? null;
    for (const print of minutePath(bar, stream, odd)) {
      const at = instant(start + print.afterMs);
      // A bad tick is printed where nobody quotes.
      if (!print.odd) moments.push({ kind: 'quote', at, ticker, ...quotedAround(print.price, bar.volume, stream) });
      moments.push({ kind: 'trade', at, ticker, price: print.price, size: print.size });
    }
    bars.push(...barsOf(ticker, toldBar(start, bar), stream));
  }
  for (const halt of taped.extras.halts) moments.push(...statusesOf(taped, halt, row, start));
  return [...moments, ...bars].sort((a, b) => a.at - b.at);
}

function barsOf(ticker: Ticker, whole: ToldBar, stream: RandomStream): readonly MarketMoment[] {
  const at = instant(whole.start + MINUTE_MS);
  const late = whole.volume >= 100 && stream.chance(LATE) ? Math.floor(whole.volume * stream.between(0.01, 0.1)) : 0;
  const first: MarketMoment = { kind: 'bar', at, ticker, bar: { ...whole, volume: whole.volume - late } };
  return late === 0 ? [first] : [first, { kind: 'updated_bar', at: instant(at + LATE_MS), ticker, bar: whole }];
}

function statusesOf(taped: TapedSession, halt: SessionExtras['halts'][number], row: number, at: Instant): readonly MarketMoment[] {
  const ticker = taped.tickers[halt.symbol];
  if (ticker === undefined) return [];
  if (row === halt.from) return [{ kind: 'status', at, ticker, code: 'P', reason: 'LUDP' }];
  return row === halt.from + halt.rows ? [{ kind: 'status', at, ticker, code: 'T', reason: '' }] : [];
}
