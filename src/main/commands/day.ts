import { resolve } from 'node:path';
import { faultWords } from '#adapters/files/refused-rows';
import { readSectors, type Sectors } from '#adapters/files/sectors-file';
import { headlineFaultWords } from '#adapters/headlines/refused-headlines';
import type { EventOf } from '#domain/events/event';
import type { Settings } from '#domain/settings';
import type { Cash } from '#domain/values/cash';
import type { SessionDate } from '#domain/values/session-date';
import { describe, JournalError } from '#engine/journal/problems';
import { BarsFailed, barProblemText } from '#main/bars/bar-problem';
import { openBarSource } from '#main/bars/open-bar-source';
import type { OpenedBars } from '#main/bars/opened-bars';
import { Failure } from '#main/commands/failure';
import { type ModeChoice, withMode } from '#main/commands/mode-option';
import { isSamePlace } from '#main/commands/own-output';
import { settingsFrom, settingsToContinue } from '#main/commands/parameters-option';
import { type Weights, withWeights } from '#main/commands/weights';
import { openControl } from '#main/control/control';
import { heardLines } from '#main/day/heard-text';
import { type NewsFeed, noNews, openNews } from '#main/day/news-feed';
import { NewsFailed, newsProblemText } from '#main/day/news-problem';
import { openRecorder } from '#main/day/open-recorder';
import { planProblemText, sectorsProblemText } from '#main/day/problem-text';
import { afterEach, type RanSession, runDays } from '#main/day/run-day';
import { sessionLine } from '#main/day/session-line';
import { type PlannedSession, planSessions } from '#main/day/session-plan';
import { sessionRow, sessionTableHead, summaryLines } from '#main/day/session-text';
import { summaryOf } from '#main/day/summary-line';
import { SymbolTable } from '#main/day/symbol-table';
import { taughtRecords } from '#main/day/taught-records';
import { unusedAdvice } from '#main/day/unused-advice';
import type { ScriptRule } from '#main/operator/operator-script';
import { answeringRules, Interrupted, seatOperator } from '#main/operator/seated-operator';
import { together } from '#main/operator/together';
import { note, show, showJson, tell } from '#main/terminal';

export type DayOptions = {
  readonly data: string;
  readonly from: SessionDate;
  readonly to: SessionDate;
  readonly news: readonly string[];
  readonly names: readonly string[];
  readonly journal?: string;
  readonly json: boolean;
  readonly strict: boolean;
  readonly capital?: Cash;
  readonly mode: ModeChoice;
  readonly operator?: string;
  readonly questionSpeed: number;
  readonly parameters?: string;
  readonly sectors?: string;
  readonly history: 'auto' | number;
  readonly barLabel: 'start' | 'end';
  readonly actions?: string;
  /** Journals whose ended setups count in the track records. */
  readonly learnFrom: readonly string[];
  /** False with --no-surge. */
  readonly surge: boolean;
  readonly weights: Weights;
};

/** Real sessions as fast as they can be computed, on the simulated exchange. */
export async function dayCommand(options: DayOptions): Promise<void> {
  const settings = settingsToContinue(settingsOf(options), options, note);
  const rules = answeringRules(settings.session.control, options.operator);
  const bars = await barsOf(options);
  try {
    const sessions = planOf(bars, options);
    // The loader's thread decodes bars meanwhile.
    const sectors = await sectorsOf(options.sectors);
    const news = await newsOf(options, sessions);
    try {
      await runOn({ bars, sessions, news, rules, settings, sectors }, options);
    } finally {
      news.close();
    }
  } finally {
    await bars.source.close();
  }
}

type Opened = {
  readonly bars: OpenedBars;
  readonly sessions: readonly PlannedSession[];
  readonly news: NewsFeed;
  readonly rules: readonly ScriptRule[] | null;
  readonly settings: Settings;
  readonly sectors: Sectors;
};

async function runOn({ bars, sessions, news, rules, settings, sectors }: Opened, options: DayOptions): Promise<void> {
  const opened = openRecorder(options.journal);
  if (!opened.ok) throw new Failure('badJournal', describe(opened.problem));
  const { recorder, resumed, repaired, caughtUp, past } = opened.value;
  if (repaired !== null) note(`torn tail of the journal cut off: ${repaired.bytes} bytes after entry ${repaired.afterSequence}`);
  if (resumed) note('a journal is there: the run makes its entries again, compares each, and goes on where it ends');
  const advice = unusedAdvice({ unused: bars.unused, sessions, asked: options.history });
  if (advice !== null) note(advice);
  for (const file of bars.skipped) note(`${file} is left out: there was no session on that date`);
  for (const { kind, rows, first } of news.refused)
    note(`${rows} headlines refused: ${headlineFaultWords[kind]}, first at ${first.file}:${first.line}`);
  for (const line of heardLines(news.files, settings.unexplainedSurge.on)) note(line);
  for (const row of news.names.flatMap((names) => names.refused)) note(`name refused: ${row.file}:${row.line} ${row.kind}`);
  const control = options.journal === undefined ? null : openControl(options.journal, note);
  const seated = seatOperator({
    control: settings.session.control,
    rules,
    questionSpeed: options.questionSpeed,
    caughtUp,
    say: options.json ? tell : show,
  });
  const ran: RanSession[] = [];
  const durability = options.strict ? 'each_frame' : 'grouped';
  const run = {
    source: bars.source,
    sourceKind: 'recorded_market',
    sessions,
    settings,
    recorder,
    durability,
    news,
    taught: taughtOf(options, sessions),
    symbols: new SymbolTable(),
    sectors,
    operator: together([control?.operator ?? null, seated.operator]),
    past,
    afterFrame: afterEach([seated.afterFrame, control?.listen]),
  } as const;
  if (!options.json) show(...sessionTableHead);
  try {
    for await (const session of runDays(run)) {
      ran.push(session);
      if (session.history) continue;
      if (options.json) showJson(sessionLine(session));
      else show(sessionRow(session));
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw failureOf(error);
    recorder.commit();
    return note('ended by Ctrl-C; with a journal the same command goes on from here');
  } finally {
    seated.close();
    recorder.close();
    control?.close();
  }
  if (!caughtUp()) note('the journal goes on beyond this range: what it holds for the range was made again, nothing was added');
  for (const { fault, rows, examples } of bars.refused())
    note(`${rows} rows refused: ${faultWords[fault]}, first at ${examples[0]?.file}:${examples[0]?.line}`);
  const repeats = news.repeats();
  if (repeats > 0) note(`${repeats.toLocaleString('en-US')} headlines repeat another word for word in the same session and are told once`);
  const summary = summaryOf(ran, recorder.headHash());
  if (options.json) showJson({ summary });
  else show(...summaryLines(ran, summary));
}

/** Those of the file, with what the command line says in their place. */
function settingsOf({ capital, mode, parameters, surge, weights }: DayOptions): Settings {
  const file = settingsFrom(parameters);
  const unexplainedSurge = surge ? file.unexplainedSurge : { ...file.unexplainedSurge, on: false };
  return withWeights(withMode({ ...file, ...(capital && { capital }), unexplainedSurge }, mode), weights);
}

async function newsOf({ news, names }: DayOptions, sessions: readonly PlannedSession[]): Promise<NewsFeed> {
  if (news.length === 0) return noNews;
  const read = await openNews({ files: news, names, sessions });
  if (!read.ok) throw new Failure('badInput', newsProblemText(read.problem));
  return read.value;
}

async function sectorsOf(file: string | undefined): Promise<Sectors> {
  if (file === undefined) return new Map();
  const read = await readSectors(file);
  if (!read.ok) throw new Failure('badInput', sectorsProblemText(read.problem));
  return read.value;
}

async function barsOf({ data, barLabel, from, to, history, actions }: DayOptions): Promise<OpenedBars> {
  const opened = await openBarSource({ path: data, barLabel, to, teach: { from, history }, ...(actions !== undefined && { actions }) });
  if (!opened.ok) throw new Failure('badInput', barProblemText(opened.problem));
  return opened.value;
}

function planOf(bars: OpenedBars, { from, to }: DayOptions): readonly PlannedSession[] {
  const planned = planSessions({ available: bars.source.sessions, from, to });
  if (!planned.ok) throw new Failure('badInput', planProblemText(planned.problem));
  return planned.value;
}

function taughtOf({ learnFrom, journal }: DayOptions, sessions: readonly PlannedSession[]): readonly EventOf<'record_taught'>[] {
  const [first] = sessions;
  if (first === undefined || learnFrom.length === 0) return [];
  if (journal !== undefined && learnFrom.some((one) => isSamePlace(one, journal)))
    throw new Failure('usage', 'a run cannot learn from the journal that it writes; give --learn-from another folder');
  try {
    return taughtRecords([...new Set(learnFrom.map((one) => resolve(one)))], first.session.preOpen);
  } catch (error) {
    throw failureOf(error);
  }
}

function failureOf(error: unknown): unknown {
  if (error instanceof NewsFailed) return new Failure('badInput', newsProblemText(error.problem));
  if (error instanceof BarsFailed) return new Failure('badInput', barProblemText(error.problem));
  if (!(error instanceof JournalError)) return error;
  const hint =
    error.problem.kind === 'diverged' ? '; it was made with other data, other settings or another version: use another folder' : '';
  return new Failure('badJournal', `${describe(error.problem)}${hint}`);
}
