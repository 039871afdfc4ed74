import type { EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { Request } from '#domain/events/request';
import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import type { Order, OrderId } from '#domain/orders/order';
import type { Approved } from '#domain/risk/approval';
import type { Settings } from '#domain/settings';
import type { Cash } from '#domain/values/cash';
import { instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { House } from '#engine/house';
import type { Recorder } from '#engine/journal/recorder';
import type { SessionBars } from '#engine/ports/bar-source';
import type { Venue } from '#engine/ports/venue';
import { type Headline, runSession } from '#engine/session-run';
import { plan } from '#production/plan';
import type { SessionReport } from '#production/reporting/session-report';
import { defaultFillModel, type FillModel } from '#simulation/exchange/fill-model';
import { SimulatedExchange } from '#simulation/exchange/simulated-exchange';
import { usFeesOf } from '#simulation/exchange/us-fees';
import { type SimulatedMarket, simulatedMarket } from '#simulation/market/simulated-market';

/** Changes what a session's bars say, in place; `index` counts sessions from 0. */
export type Bend = (bars: SessionBars, index: number) => void;

export type SimulatedRun = {
  readonly seed: number;
  readonly symbols: number;
  readonly sessions: readonly Session[];
  /** Sessions that only teach. */
  readonly history: number;
  readonly settings: Settings;
  readonly recorder: Recorder;
  readonly momentum?: number;
  readonly bend?: Bend;
  readonly headlinesOf?: (market: SimulatedMarket, date: SessionDate) => readonly Headline[];
  readonly model?: FillModel;
  /** What somebody asks of the house after a minute of a session. */
  readonly requestAt?: (index: number, frame: Frame) => Request | null;
  /** Told what goes out to the exchange. */
  readonly sent?: (orders: readonly Order[]) => void;
  readonly afterSession?: (session: SimulatedSession) => void;
};

export type SimulatedSession = {
  readonly report: SessionReport;
  readonly hash: string;
  readonly exchangeCash: Cash;
  readonly history: boolean;
};

/** So many sessions of the calendar from a date on. */
export function sessionsFrom(date: string, count: number): readonly Session[] {
  const found = usCalendar.sessionsBetween(date as SessionDate, usCalendar.to);
  if (!found.ok) throw new Error(`the calendar does not reach ${date}`);
  return found.value.slice(0, count);
}

/** The nine services in the house on the simulated exchange, for sessions of a simulated market. */
export async function runSimulation(run: SimulatedRun): Promise<readonly SimulatedSession[]> {
  const { recorder, settings, sessions } = run;
  const { services, reporting } = plan();
  const exchange = new SimulatedExchange({ capital: settings.capital, feesOf: usFeesOf, model: run.model ?? defaultFillModel });
  const venue = overheard(exchange, run.sent ?? (() => {}));
  const house = new House({ plan: services, recorder, broker: venue });
  const byDate = new Map(sessions.map((session) => [session.date, session]));
  const market = simulatedMarket({
    seed: run.seed,
    symbols: run.symbols,
    sessions: sessions.map(({ date }) => date),
    clock: (date) => byDate.get(date) as Session,
    momentum: run.momentum ?? 1,
  });
  const ran: SimulatedSession[] = [];
  let year = 0;
  for (const [index, day] of sessions.entries()) {
    const history = index < run.history;
    const bars = await market.load(day.date);
    run.bend?.(bars, index);
    if (index === 0) house.accept({ kind: 'run_started', settings, source: 'simulated_market', version: 'test' }, day.preOpen);
    const now = Number(day.date.slice(0, 4));
    const names: EventOf<'names_listed'> | null = now === year ? null : { kind: 'names_listed', year: now, companies: market.names };
    year = now;
    const headlines = run.headlinesOf?.(market, day.date) ?? (history ? [] : market.headlines(day.date));
    const steps = runSession(
      { session: day, bars, symbols: run.symbols, history, names, headlines },
      { house, recorder, venue, durability: 'grouped' },
    );
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      const request = run.requestAt?.(index, step.value) ?? null;
      if (request !== null) house.accept({ kind: 'request_received', request }, instant(step.value.start + MINUTE_MS));
    }
    const report = reporting.report();
    if (report === null) throw new Error('a session that was run has a report');
    const session = { report, hash: step.value, exchangeCash: exchange.cash, history };
    ran.push(session);
    run.afterSession?.(session);
  }
  return ran;
}

/** The exchange itself; who wants to is told what goes out to it. */
function overheard(exchange: SimulatedExchange, sent: (orders: readonly Order[]) => void): Venue {
  return {
    submit(orders: readonly Approved<Order>[]) {
      sent(orders);
      exchange.submit(orders);
    },
    cancel: (order: OrderId) => exchange.cancel(order),
    suspend: () => exchange.suspend(),
    resume: () => exchange.resume(),
    timeIs: (at) => exchange.timeIs(at),
    openSession: (session) => exchange.openSession(session),
    advance: (frame) => exchange.advance(frame),
    closeSession: () => exchange.closeSession(),
    takeNews: () => exchange.takeNews(),
  };
}
