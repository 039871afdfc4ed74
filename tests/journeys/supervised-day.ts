import { cpSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { EventKind } from '#domain/events/event';
import { defaultSettings, type Settings } from '#domain/settings';
import { decodeEntries, type RecordedEntry } from '#engine/journal/reader';
import { chainStart, scan } from '#engine/journal/scan';
import { segmentName, segmentsIn } from '#engine/journal/segment-format';
import type { Operator } from '#engine/ports/operator';
import { noNews } from '#main/day/news-feed';
import { openRecorder } from '#main/day/open-recorder';
import { noQuestions, type QuestionCounts } from '#main/day/question-tally';
import { runDays } from '#main/day/run-day';
import { SymbolTable } from '#main/day/symbol-table';
import type { ScriptRule } from '#main/operator/operator-script';
import { ScriptOperator } from '#main/operator/script-operator';
import { simulatedMarket } from '#simulation/market/simulated-market';
import { sayingOnce } from '../saying-once.js';
import { scriptRule } from '../script-rule.js';
import { scaled } from '../simulation/bends.js';
import { sessionsFrom } from '../simulation/simulated-house.js';

const sessions = sessionsFrom('2019-06-20', 6);
const TRADED = 1;

/** Every candidate counts as having a catalyst, so that there is much to ask. */
const settings: Settings = {
  ...defaultSettings,
  mode: 'aggressive',
  session: { ...defaultSettings.session, control: 'supervised' },
  scanner: { ...defaultSettings.scanner, priceMin: 10_000, dollarVolumeMin: 10_000 },
  unexplainedSurge: { on: true, gapMin: -1, relativeVolumeMin: 0 },
};

/** A supervised session of a simulated market that rises after the open, after five that teach; goes on with a journal that is there. */
export async function superviseDay(directory: string, operator: Operator | null): Promise<QuestionCounts> {
  const opened = openRecorder(directory);
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  const { recorder, past } = opened.value;
  const market = simulatedMarket({
    seed: 11,
    symbols: 16,
    sessions: sessions.map(({ date }) => date),
    clock: (date) => sessions.find((session) => session.date === date) ?? (sessions[0] as (typeof sessions)[number]),
    momentum: 3,
  });
  const source = {
    ...market,
    async load(date: (typeof sessions)[number]['date']) {
      const bars = await market.load(date);
      const rise = (row: number): number => 1 + 0.03 * Math.min(1, (row - 19) / 40);
      if (sessions.findIndex((session) => session.date === date) >= 5) scaled(bars, 20, rise, (symbol) => symbol % 2 === 0);
      return bars;
    },
  };
  const run = runDays({
    source,
    sourceKind: 'simulated_market',
    sessions: sessions.map((session, place) => ({ session, history: place < sessions.length - TRADED })),
    settings,
    recorder,
    durability: 'grouped',
    news: noNews,
    symbols: new SymbolTable(),
    companies: market.names,
    headlinesFor: (date) => market.headlines(date),
    operator,
    past,
  });
  let counts = noQuestions;
  try {
    for await (const { questions, history } of run) if (!history) counts = questions;
  } finally {
    recorder.close();
  }
  return counts;
}

/** The bytes of a journal. */
const bytesOf = (directory: string): string =>
  segmentsIn(directory)
    .map((segment) => readFileSync(join(directory, segmentName(segment))).toString('latin1'))
    .join('');

/** A copy that ends behind so many entries, as if the power had failed there. */
export function cutJournal(from: string, to: string, entries: number): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  const chain = chainStart();
  const walk = scan(from, chain);
  while (chain.sequence < entries) walk.next();
  for (const segment of segmentsIn(to)) if (segment > chain.segment) rmSync(join(to, segmentName(segment)));
  truncateSync(join(to, segmentName(chain.segment)), chain.offset);
}

export const entriesOf = (directory: string): readonly RecordedEntry[] => [...decodeEntries(directory)];

const rule = (nth: number | null, changes: Partial<ScriptRule> = {}): ScriptRule =>
  scriptRule({ when: nth === null ? {} : { nth }, afterSeconds: 45.5, ...changes });

/** All that can happen to an answer: double, the other way, late, at the last moment, forged, never, of a program, without a reason. */
const script: readonly ScriptRule[] = [
  rule(2, { repeat: 2 }),
  rule(3, { answer: 'decline', because: 'the move has run' }),
  rule(4, { afterSeconds: 300 }),
  rule(5, { afterSeconds: 299.999 }),
  rule(6, { tamper: true }),
  rule(7, { answer: 'silence' }),
  rule(8, { from: 'program' }),
  rule(9, { answer: 'decline' }),
  rule(10, { afterSeconds: 60 }),
  rule(null),
];

/** A day that nothing disturbed. */
export type WholeDay = { readonly folder: string; readonly counts: QuestionCounts; readonly entries: readonly RecordedEntry[] };

export async function wholeDay(folder: string): Promise<WholeDay> {
  const counts = await superviseDay(folder, new ScriptOperator(script));
  return { folder, counts, entries: entriesOf(folder) };
}

export const places = ({ entries }: WholeDay, ...kinds: readonly EventKind[]): readonly number[] =>
  entries.filter(({ event }) => kinds.includes(event.kind)).map(({ sequence }) => sequence);

/** Where a crash is most awkward: before and behind each question, request, refusal and settlement. */
export function awkwardLengths(day: WholeDay): readonly number[] {
  const near = places(day, 'question_asked', 'request_received', 'answer_given', 'question_settled', 'request_refused', 'intent_approved');
  return [...new Set(near.flatMap((place) => [place - 1, place]))].sort((a, b) => a - b);
}

/** Whether a day that failed after so many entries is to the byte this day when it is started again, with a script or with a person. */
export async function survives(day: WholeDay, length: number, who: 'script' | 'person'): Promise<boolean> {
  const cut = `${day.folder}-${who}-${length}`;
  cutJournal(day.folder, cut, length);
  const unsaid = day.entries
    .slice(length)
    .flatMap(({ at, event }) => (event.kind === 'request_received' ? [{ at, request: event.request }] : []));
  await superviseDay(cut, who === 'script' ? new ScriptOperator(script) : sayingOnce(unsaid));
  return bytesOf(cut) === bytesOf(day.folder);
}
