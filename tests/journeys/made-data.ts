import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Session } from '#domain/market/session-table';
import { formatE4 } from '#domain/values/decimal';
import { formatInstant, instant, MINUTE_MS } from '#domain/values/instant';
import type { Ticker } from '#domain/values/symbol';
import type { SessionBars } from '#engine/ports/bar-source';
import { simulatedMarket } from '#simulation/market/simulated-market';
import { scaled } from '../simulation/bends.js';
import { sessionsFrom } from '../simulation/simulated-house.js';

/** One session as the rows of a file, by symbol and then by time, as the documented layout has them. */
export type MadeSession = { readonly session: Session; readonly rows: readonly MadeRow[] };
export type MadeRow = { readonly symbol: string; readonly time: string; readonly line: string };

export const newFolder = (name: string): string => mkdtempSync(join(tmpdir(), `catalyst-${name}-`));

/** Sessions of a simulated market that rises soon after the open of each session from the sixth on, so that there is something to trade. */
export async function madeSessions(options: {
  readonly seed: number;
  readonly symbols: number;
  readonly from: string;
  readonly count: number;
}): Promise<readonly MadeSession[]> {
  const sessions = sessionsFrom(options.from, options.count);
  const byDate = new Map(sessions.map((session) => [session.date, session]));
  const market = simulatedMarket({
    ...options,
    sessions: sessions.map(({ date }) => date),
    clock: (date) => byDate.get(date) as Session,
    momentum: 3,
  });
  const made: MadeSession[] = [];
  for (const [index, session] of sessions.entries()) {
    const bars = await market.load(session.date);
    if (index >= 5)
      scaled(
        bars,
        20,
        (row) => 1 + 0.03 * Math.min(1, (row - 19) / 40),
        (symbol) => symbol % 2 === 0,
      );
    made.push({ session, rows: rowsOf(bars, market.tickers, session) });
  }
  return made;
}

function rowsOf(bars: SessionBars, tickers: readonly Ticker[], session: Session): readonly MadeRow[] {
  const rows: MadeRow[] = [];
  for (const [s, symbol] of tickers.entries()) {
    for (let row = 0; row < bars.minutes.length; row++) {
      const cell = row * bars.width + s;
      const shares = bars.volume[cell] as number;
      if (shares < 0) continue;
      const time = formatInstant(instant(session.open + row * MINUTE_MS));
      const prices = [bars.open, bars.high, bars.low, bars.close].map((column) => formatE4(column[cell] as number));
      rows.push({ symbol, time, line: `${symbol},${time},${prices.join(',')},${shares}` });
    }
  }
  return rows;
}

/** Good news of every name before the open of each session from the sixth on, in a file as vendors give them. */
export function writeHeadlines(file: string, made: readonly MadeSession[]): string {
  const lines = made.slice(5).flatMap(({ session, rows }) => {
    const time = formatInstant(instant(session.open - 60 * MINUTE_MS));
    return [...new Set(rows.map(({ symbol }) => symbol))].map((symbol) => `${time},${symbol},${symbol} beats quarterly earnings estimates`);
  });
  writeFileSync(file, `${['timestamp_utc,symbol,headline', ...lines].join('\n')}\n`);
  return file;
}

/** Writes one file a session; `keep` leaves rows out. */
export function writeSessions(folder: string, made: readonly MadeSession[], keep: (row: MadeRow) => boolean = () => true): string {
  mkdirSync(folder, { recursive: true });
  for (const { session, rows } of made) {
    const lines = ['symbol,timestamp_utc,open,high,low,close,volume', ...rows.filter(keep).map(({ line }) => line)];
    writeFileSync(join(folder, `${session.date}.csv.gz`), gzipSync(`${lines.join('\n')}\n`, { level: 1 }));
  }
  return folder;
}

/** Arguments of `catalyst day` over ten made sessions with their headlines, which lie in `work`; a run gives its journal. */
export async function madeDay(
  work: string,
  made: { readonly seed: number; readonly symbols: number },
): Promise<(journal: string) => string[]> {
  const sessions = await madeSessions({ ...made, from: '2019-06-20', count: 10 });
  const data = writeSessions(join(work, 'bars'), sessions);
  const news = writeHeadlines(join(work, 'news.csv'), sessions);
  const range = ['--from', '2019-06-20', '--to', '2019-07-03'];
  return (journal) => ['day', ...range, '--data', data, '--news', news, '--json', '--journal', journal];
}
