import type { Sectors } from '#adapters/files/sectors-file';
import type { Entry, EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { NamedCompany } from '#domain/events/news';
import type { Settings } from '#domain/settings';
import type { SessionDate } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';
import { House } from '#engine/house';
import type { Recorder, Replaying } from '#engine/journal/recorder';
import type { BarSource } from '#engine/ports/bar-source';
import type { Operator } from '#engine/ports/operator';
import { Requests } from '#engine/requests';
import { type Durability, type Headline, runSession } from '#engine/session-run';
import { type NewsFeed, namesFor } from '#main/day/news-feed';
import { NewsFailed } from '#main/day/news-problem';
import { type QuestionCounts, QuestionTally } from '#main/day/question-tally';
import type { PlannedSession } from '#main/day/session-plan';
import type { SymbolTable } from '#main/day/symbol-table';
import { version } from '#main/version';
import { plan } from '#production/plan';
import type { SessionReport } from '#production/reporting/session-report';
import { SimulatedExchange } from '#simulation/exchange/simulated-exchange';
import { usFeesOf } from '#simulation/exchange/us-fees';

export type DayRun = {
  readonly source: BarSource;
  readonly sourceKind: 'simulated_market' | 'recorded_market';
  readonly sessions: readonly PlannedSession[];
  readonly settings: Settings;
  readonly recorder: Recorder;
  readonly durability: Durability;
  readonly news: NewsFeed;
  /** What earlier journals tell of setups that ended before the first session. */
  readonly taught?: readonly EventOf<'record_taught'>[];
  /** Filled as sessions list their tickers; views may look names up in it. */
  readonly symbols: SymbolTable;
  /** Headlines that do not come from files: those of a simulated market. */
  readonly headlinesFor?: (date: SessionDate) => readonly Headline[];
  readonly companies?: readonly NamedCompany[];
  /** In which sector names are; unknown when it is left out. */
  readonly sectors?: Sectors;
  readonly watch?: (entry: Entry) => void;
  /** Whoever asks and answers; nobody when it is left out. */
  readonly operator?: Operator | null;
  /** The journal that is made again, from which requests of people are taken. */
  readonly past?: Replaying | null;
  /** Waited for after each minute of a session that is traded: what slows a live view down to the user's speed. */
  readonly afterFrame?: ((frame: Frame) => Promise<void>) | null;
};

/** A session that has been run; `seconds` of computing and recording, `waited` of waiting for its bars. */
export type RanSession = {
  readonly date: SessionDate;
  readonly history: boolean;
  /** Sessions that this run has seen before it. */
  readonly earlier: number;
  readonly report: SessionReport;
  readonly questions: QuestionCounts;
  readonly stateHash: string;
  readonly unnamed: number;
  readonly seconds: number;
  readonly waited: number;
};

/** What is waited for after each minute, one after the other; null when nothing is. */
export function afterEach(
  waits: readonly (((frame: Frame) => Promise<void>) | undefined | null)[],
): ((frame: Frame) => Promise<void>) | null {
  const all = waits.filter((wait) => wait !== undefined && wait !== null);
  if (all.length === 0) return null;
  return async (frame) => {
    for (const wait of all) await wait(frame);
  };
}

const now = (): number => Number(process.hrtime.bigint()) / 1e9;

/** Runs sessions one after the other through the house, on the simulated exchange. */
export async function* runDays(run: DayRun): AsyncGenerator<RanSession> {
  const { services, reporting } = plan();
  const venue = new SimulatedExchange({ capital: run.settings.capital, feesOf: usFeesOf });
  const { symbols, operator = null, past = null } = run;
  const questions = new QuestionTally();
  const watch = (entry: Entry): void => {
    operator?.see(entry);
    questions.see(entry);
    run.watch?.(entry);
  };
  const house = new House({ plan: services, recorder: run.recorder, broker: venue, watch });
  const requests = new Requests(operator, past);
  const stage = { house, venue, recorder: run.recorder, durability: run.durability, requests };
  let year = 0;
  for (const [earlier, { session, history }] of run.sessions.entries()) {
    const asked = now();
    const bars = await run.source.load(session.date);
    const began = now();
    if (symbols.tickers.length === 0) {
      house.accept({ kind: 'run_started', settings: run.settings, source: run.sourceKind, version }, session.preOpen);
      for (const record of run.taught ?? []) house.accept(record, session.preOpen);
    }
    symbols.list(bars.listed);
    const sessionYear = Number(session.date.slice(0, 4));
    const named = namesFor(run.news, sessionYear, symbols);
    const event: EventOf<'names_listed'> =
      run.companies === undefined ? named.event : { kind: 'names_listed', year: sessionYear, companies: run.companies };
    const names = sessionYear !== year || bars.listed.length > 0 ? event : null;
    year = sessionYear;
    const headlines = history ? [] : headlinesOf(run, session.date);
    const sectors = sectorsOf(bars.listed, run);
    const steps = runSession({ session, bars, symbols: symbols.tickers.length, history, names, sectors, headlines }, stage);
    let step = steps.next();
    while (!step.done) {
      if (run.afterFrame != null && !history) await run.afterFrame(step.value);
      step = steps.next();
    }
    const report = reporting.report();
    if (report === null) throw new Error(`assertion failed: ${session.date} was run and has no report`);
    yield {
      date: session.date,
      history,
      earlier,
      report,
      questions: questions.counts,
      stateHash: step.value,
      unnamed: run.companies === undefined ? named.unnamed : symbols.tickers.length - run.companies.length,
      seconds: now() - began,
      waited: began - asked,
    };
  }
}

function sectorsOf(listed: readonly Ticker[], { sectors, symbols }: DayRun): EventOf<'sectors_listed'> | null {
  const known = listed.flatMap((ticker) => {
    const [symbol, sector] = [symbols.indexOf(ticker), sectors?.get(ticker)];
    return symbol === null || sector === undefined ? [] : [{ symbol, sector }];
  });
  return known.length === 0 ? null : { kind: 'sectors_listed', sectors: known };
}

function headlinesOf({ news, symbols, headlinesFor }: DayRun, session: SessionDate): readonly Headline[] {
  const told = news.headlinesOf(session, symbols);
  if (!told.ok) throw new NewsFailed(told.problem);
  return headlinesFor === undefined ? told.value : [...told.value, ...headlinesFor(session)];
}
