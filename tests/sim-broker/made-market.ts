import type { Session } from '#domain/market/session-table';
import type { Instant } from '#domain/values/instant';
import { parseSessionDate, type SessionDate } from '#domain/values/session-date';
import { symbolIndex, ticker } from '#domain/values/symbol';
import type { SessionBars } from '#engine/ports/bar-source';
import { type MarketSource, madeUpSource, sessionOn } from '#main/sim-broker/market-source';
import { DataDesk } from '#simulation/broker-market/data-desk';
import type { MarketMoment } from '#simulation/broker-market/market-moment';
import { dayBegins, MarketTape } from '#simulation/broker-market/market-tape';
import { noExtras } from '#simulation/broker-market/session-tape';
import { wiredNews } from '#simulation/broker-market/wired-news';

export const keys = { keyId: 'SIMULATEDKEY', secret: 'SIMULATED-NOT-A-SECRET' };

/** The rest of a market's parts, over other sessions: bars of one name that somebody wrote by hand. */
export function writtenSource(
  days: readonly { readonly session: Session; readonly close: number; readonly split?: number }[],
): MarketSource {
  const bars = (place: number): SessionBars => {
    const { session, close, split } = days[place] as (typeof days)[number];
    const column = (value: number) => Int32Array.from({ length: 3 }, () => value);
    const minutes = Int32Array.from([570, 571, 572]);
    return {
      date: session.date,
      minutes,
      width: 1,
      bars: 3,
      open: column(close),
      high: column(close),
      low: column(close),
      close: column(close),
      volume: column(1000),
      listed: place === 0 ? [ticker('ZZQ')] : [],
      splits: split === undefined ? [] : [{ symbol: symbolIndex(0), ratio: split }],
    };
  };
  const dates = days.map(({ session }) => session.date);
  const source = { sessions: dates, load: async (date: SessionDate) => bars(dates.indexOf(date)), close: async () => {} };
  return { source, sessions: days.map(({ session }) => session), extras: () => noExtras, headlines: [] };
}

export type MadeMarket = {
  readonly session: Session;
  readonly tape: MarketTape;
  readonly desk: DataDesk;
  /** What the day before left. */
  readonly before: readonly MarketMoment[];
  /** Tells everything up to then to the desk, and returns it. */
  run(until: Instant): readonly MarketMoment[];
};

export const day = (text: string): SessionDate => {
  const date = parseSessionDate(text);
  if (date === null) throw new RangeError(text);
  return date;
};

type Making = { readonly seed?: number; readonly symbols?: number; readonly date?: string; readonly plan?: 'free' | 'paid' };

/** A market of a few names with a desk beside it, at the beginning of a day. */
export const madeMarket = ({ symbols = 4, date = '2026-03-16', ...rest }: Making = {}): Promise<MadeMarket> =>
  marketOf(madeUpSource({ seed: rest.seed ?? 5, symbols, from: day(date) }), { ...rest, date });

export async function marketOf(
  { source, sessions, extras, headlines }: MarketSource,
  { seed = 5, date = '2026-03-16', plan = 'free' }: Making = {},
): Promise<MadeMarket> {
  const session = sessionOn(day(date));
  const desk = new DataDesk({
    now: dayBegins(session),
    plan,
    isAuthorized: (keyId, secret) => keyId === keys.keyId && secret === keys.secret,
  });
  const tape = new MarketTape({ seed, sessions, source, extras, stories: wiredNews(headlines, seed), history: desk.history });
  await tape.prepare(dayBegins(session));
  const before = tape.skipTo(dayBegins(session));
  desk.see(before);
  return {
    session,
    tape,
    desk,
    before,
    run(until) {
      const told: MarketMoment[] = [];
      for (let due = tape.nextDue(); due !== null && due <= until; due = tape.nextDue()) {
        desk.advanceTo(due);
        const moments = tape.takeNext();
        desk.see(moments);
        told.push(...moments);
      }
      desk.advanceTo(until);
      return told;
    },
  };
}
