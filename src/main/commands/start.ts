import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { assert } from '#domain/values/assert';
import { parseSessionDate, type SessionDate } from '#domain/values/session-date';
import { describe, JournalError } from '#engine/journal/problems';
import { Failure } from '#main/commands/failure';
import { type ModeChoice, withMode } from '#main/commands/mode-option';
import { settingsFrom } from '#main/commands/parameters-option';
import { type Weights, withWeights } from '#main/commands/weights';
import { openControl } from '#main/control/control';
import { noNews } from '#main/day/news-feed';
import { holdsJournal, openRecorder } from '#main/day/open-recorder';
import { type RanSession, runDays } from '#main/day/run-day';
import { sessionRow, sessionTableHead, summaryLines, tradeRow } from '#main/day/session-text';
import { summaryOf } from '#main/day/summary-line';
import { SymbolTable } from '#main/day/symbol-table';
import { DayLog } from '#main/live/day-log';
import { Pace } from '#main/live/pace';
import { StatusLine } from '#main/live/status-line';
import { answeringRules, Interrupted, seatOperator } from '#main/operator/seated-operator';
import { together } from '#main/operator/together';
import { note, show } from '#main/terminal';
import { simulatedMarket } from '#simulation/market/simulated-market';

/** The made-up day, and the sessions before it that teach the averages. */
const DAY = parseSessionDate('2026-03-16');
const TEACHING_SESSIONS = 10;

export type StartOptions = {
  readonly seed: number;
  readonly symbols: number;
  readonly speed: number;
  readonly journal?: string;
  readonly mode: ModeChoice;
  readonly operator?: string;
  readonly questionSpeed: number;
  readonly parameters?: string;
  readonly weights: Weights;
};

/** One simulated US day with production's settings, to be watched in the terminal. */
export async function startCommand(options: StartOptions): Promise<void> {
  const { seed, symbols: count, speed, journal, mode, weights } = options;
  const settings = withWeights(withMode(settingsFrom(options.parameters), mode), weights);
  const rules = answeringRules(settings.session.control, options.operator);
  show(`SIMULATED: market, exchange, broker and headlines are made up from seed ${seed}. No order leaves this machine.`);
  if (count < 1) throw new Failure('usage', '--symbols must be at least 1');
  const sessions = sessionsOf();
  const market = simulatedMarket({ seed, symbols: count, sessions: sessions.map(({ date }) => date), clock: sessionOf });
  const directory = journal ?? newDirectory(seed);
  if (holdsJournal(directory))
    throw new Failure(
      'badJournal',
      `${directory} holds a journal already; choose another folder, or see it with: catalyst ledger --journal ${directory}`,
    );
  const opened = openRecorder(directory);
  if (!opened.ok) throw new Failure('badJournal', describe(opened.problem));
  const { recorder } = opened.value;
  const symbols = new SymbolTable();
  const log = new DayLog(() => symbols);
  const status = new StatusLine('SIMULATED');
  const pace = new Pace(speed);
  const control = openControl(directory, (text) => status.print(`note     ${text}`));
  const seated = seatOperator({
    control: settings.session.control,
    rules,
    questionSpeed: options.questionSpeed,
    caughtUp: () => true,
    say: (line) => status.print(line),
  });
  const ran: RanSession[] = [];
  const run = runDays({
    source: market,
    sourceKind: 'simulated_market',
    sessions: sessions.map((session, place) => ({ session, history: place < TEACHING_SESSIONS })),
    settings,
    recorder,
    durability: 'each_frame',
    news: noNews,
    symbols,
    companies: market.names,
    headlinesFor: (date) => market.headlines(date),
    watch: (entry) => {
      const line = log.lineOf(entry);
      if (line !== null) status.print(line);
      status.see(entry);
    },
    operator: together([control.operator, seated.operator]),
    afterFrame: async (frame) => {
      await pace.wait(control.hasSomething);
      await seated.afterFrame?.(frame);
      await control.listen();
    },
  });
  try {
    for await (const session of run) ran.push(session);
  } catch (error) {
    if (error instanceof Interrupted) {
      recorder.commit();
      status.clear();
      return note(`ended by Ctrl-C; what happened so far: catalyst ledger --journal ${directory}`);
    }
    if (error instanceof JournalError) throw new Failure('badJournal', describe(error.problem));
    throw error;
  } finally {
    seated.close();
    recorder.close();
    control.close();
  }
  status.clear();
  report(ran, symbols, { directory, hash: recorder.headHash() });
}

function report(ran: readonly RanSession[], symbols: SymbolTable, { directory, hash }: { directory: string; hash: string | null }): void {
  const day = ran.at(-1);
  assert(day !== undefined, 'the day was run');
  const traded = ran.filter(({ history }) => !history);
  show('', `Report of the SIMULATED day ${day.date}`, '', ...sessionTableHead, sessionRow(day), '');
  show(...day.report.trades.map((trade) => tradeRow(symbols.nameOf(trade.symbol), trade)));
  show(...day.report.refused.map(({ kind, count }) => `refused ${count} × ${kind.replaceAll('_', ' ')}`));
  show(...summaryLines(traded, summaryOf(ran, hash)), '', `The journal lies in ${directory}`);
  for (const command of ['ledger', 'replay']) show(`  npx catalyst ${command} --journal ${directory}`);
}

function sessionOf(date: SessionDate): Session {
  const session = usCalendar.session(date);
  assert(session.ok, `${date} is a session`);
  return session.value;
}

function sessionsOf(): readonly Session[] {
  assert(DAY !== null, 'the day is a date');
  const sessions = [sessionOf(DAY)];
  for (let place = 0; place < TEACHING_SESSIONS; place++) {
    const before = usCalendar.previousSession((sessions[0] as Session).date);
    assert(before.ok, 'the calendar reaches back that far');
    sessions.unshift(before.value);
  }
  return sessions;
}

/** A folder of its own for every run, named by when it began. */
function newDirectory(seed: number): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const directory = resolve(join('journals', `simulated-${stamp}-seed-${seed}-${process.pid}`));
  mkdirSync(directory, { recursive: true });
  return directory;
}
