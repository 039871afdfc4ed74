import { usCalendar } from '../dist/domain/market/calendar.js';
import { parseSessionDate } from '../dist/domain/values/session-date.js';
import { openBarSource } from '../dist/main/bars/open-bar-source.js';
import { noNews } from '../dist/main/day/news-feed.js';
import { planSessions } from '../dist/main/day/session-plan.js';
import { simulatedMarket } from '../dist/simulation/market/simulated-market.js';
import { must } from './case.mjs';
import { recordedBars } from './reference.mjs';

const FIRST = '2025-01-02';

function sessionsFrom(first, count) {
  const sessions = [must(usCalendar.session(parseSessionDate(first)))];
  while (sessions.length < count) sessions.push(must(usCalendar.nextSession(sessions.at(-1).date)));
  return sessions;
}

/** A made-up market as `runDays` wants it; its bars are made while it runs. */
export function simulated({ symbols, sessions: count, reuseGrids = false }) {
  const sessions = sessionsFrom(FIRST, count);
  const clock = (date) => must(usCalendar.session(date));
  const source = simulatedMarket({ seed: 1, symbols, sessions: sessions.map(({ date }) => date), clock, reuseGrids });
  return {
    source,
    sourceKind: 'simulated_market',
    sessions: sessions.map((session) => ({ session, history: false })),
    news: noNews,
    companies: source.names,
    headlinesFor: (date) => source.headlines(date),
  };
}

/** The recorded market as `runDays` wants it. */
export async function recorded() {
  const { source } = must(await openBarSource({ path: recordedBars, barLabel: 'start' }));
  const available = source.sessions;
  const sessions = must(planSessions({ available, from: available[0], to: available.at(-1) }));
  return { source, sourceKind: 'recorded_market', sessions, news: noNews };
}

/** The same market with every bar and headline in memory, so that only the house is measured. */
export async function inMemory(market) {
  const bars = new Map();
  const headlines = new Map();
  for (const date of market.source.sessions) {
    bars.set(date, await market.source.load(date));
    headlines.set(date, market.headlinesFor?.(date) ?? []);
  }
  await market.source.close();
  const source = { sessions: market.source.sessions, load: async (date) => bars.get(date), close: async () => {} };
  return { ...market, source, headlinesFor: (date) => headlines.get(date) };
}
