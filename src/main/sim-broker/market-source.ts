import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import type { SessionDate } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';
import type { BarSource } from '#engine/ports/bar-source';
import { Failure } from '#main/commands/failure';
import type { SessionExtras } from '#simulation/broker-market/session-tape';
import type { PlainHeadline } from '#simulation/broker-market/wired-news';
import { simulatedMarket } from '#simulation/market/simulated-market';

/** Where the bars and headlines of a simulated broker come from. */
export type MarketSource = {
  readonly source: BarSource;
  /** Oldest first; those before the day that was asked for are history. */
  readonly sessions: readonly Session[];
  readonly extras: (date: SessionDate) => SessionExtras;
  readonly headlines: readonly PlainHeadline[];
};

/** Sessions before the first day, to be asked for as history, and from it on. */
export const HISTORY_SESSIONS = 20;
const SESSIONS_AHEAD = 60;

/** The session of a date, and what to do when there was none. */
export function sessionOn(date: SessionDate): Session {
  const session = usCalendar.session(date);
  if (session.ok) return session.value;
  const { problem } = session;
  const why = problem.kind === 'market_closed' ? `the market is closed (${problem.reason.replaceAll('_', ' ')})` : 'no calendar knows it';
  throw new Failure('usage', `${date} is no session: ${why}; say another day with --from`);
}

/** A market out of a seed. */
export function madeUpSource({
  seed,
  symbols,
  from,
}: {
  readonly seed: number;
  readonly symbols: number;
  readonly from: SessionDate;
}): MarketSource {
  const sessions = sessionsAround(sessionOn(from));
  const market = simulatedMarket({ seed, symbols, sessions: sessions.map(({ date }) => date), clock: sessionOn });
  const headlines = sessions.flatMap(({ date }) =>
    market.headlines(date).map(({ knownAt, text, source, symbols: named }) => ({
      at: knownAt,
      text,
      source,
      symbols: named.map((symbol) => market.tickers[symbol] as Ticker),
    })),
  );
  return { source: market, sessions, extras: (date) => market.truth(date), headlines };
}

function sessionsAround(first: Session): readonly Session[] {
  const sessions = [first];
  for (let before = usCalendar.previousSession(first.date); sessions.length <= HISTORY_SESSIONS && before.ok; ) {
    sessions.unshift(before.value);
    before = usCalendar.previousSession(before.value.date);
  }
  for (let next = usCalendar.nextSession(first.date), count = 0; count < SESSIONS_AHEAD && next.ok; count++) {
    sessions.push(next.value);
    next = usCalendar.nextSession(next.value.date);
  }
  return sessions;
}
