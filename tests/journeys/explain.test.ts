import { cpSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '#domain/events/event';
import { dropReasonsOf, type StageEvent } from '#domain/events/funnel';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { decodeEntries } from '#engine/journal/reader';
import { printableJson } from '#main/commands/printable';
import { explanationLine } from '#main/explain/explain-line';
import { scanLines } from '#main/explain/explain-text';
import { readExplanation } from '#main/explain/read-explanation';
import { measuresAgain } from '#main/explain/recomputed';
import { catalyst, objects, type Ran } from './catalyst.js';
import { type MadeSession, madeSessions, newFolder, writeHeadlines, writeSessions } from './made-data.js';

const work = newFolder('explain');
const journal = join(work, 'journal');
const [from, to] = ['2019-06-20', '2019-07-03'];
const stages = ['candidates_found', 'catalysts_confirmed', 'indicators_agreed', 'setups_found', 'intents_chosen'] as const;
const words = {
  candidates_found: 'candidates',
  catalysts_confirmed: 'catalysts',
  indicators_agreed: 'indicators',
  setups_found: 'setups',
  intents_chosen: 'intents',
} as const;

const runDay = (folder: string, ...more: readonly string[]): Ran =>
  catalyst([
    'day',
    '--from',
    from,
    '--to',
    to,
    '--data',
    join(work, 'bars'),
    '--news',
    join(work, 'news.csv'),
    '--json',
    '--journal',
    folder,
    ...more,
  ]);
const explain = (symbol: string, ...more: readonly string[]): Ran =>
  catalyst(['explain', '--journal', journal, '--symbol', symbol, ...more]);

type Answer = {
  readonly universe: { readonly in: boolean; readonly reasons: readonly { readonly reason: string; readonly text: string }[] };
  readonly scans: readonly {
    readonly at: string;
    readonly verdict: string;
    readonly stages: readonly {
      readonly stage: string;
      readonly outcome: string;
      readonly seq: number;
      readonly rank?: number;
      readonly score?: number;
      readonly lastKept: number | null;
      readonly reasons?: readonly { readonly reason: string; readonly text: string }[];
      readonly recomputed?: Readonly<Record<string, number | string>>;
      readonly headlineText?: string;
      readonly indicators?: Readonly<Record<string, unknown>>;
    }[];
  }[];
  readonly outcomes: readonly { readonly kind: string; readonly text: string | null; readonly ofThisScan: boolean | null }[];
};
const answer = (symbol: string, ...more: readonly string[]): Answer => {
  const { code, out, err } = explain(symbol, '--json', ...more);
  expect(err).toBe('');
  expect(code).toBe(0);
  return objects(out)[0] as unknown as Answer;
};
/** What the command answers, without a process of its own: for when a great many are wanted. */
const answeredHere = (name: string, date: string, minute: number): { readonly json: Answer; readonly text: string } => {
  const explanation = readExplanation({ directory: journal, name, date: date as SessionDate, minute });
  if (explanation.kind !== 'found') throw new Error(explanation.kind);
  const json = JSON.parse(printableJson(explanationLine(name, minute, explanation))) as Answer;
  return { json, text: scanLines(name, minute, explanation).join('\n') };
};

/** What the journal says by itself: the day of each scan, and the name of each column. */
const names: string[] = [];
const scans: { readonly date: string; readonly event: StageEvent }[] = [];
const filled: { readonly date: string; readonly symbol: string; readonly clock: string }[] = [];
const clockOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
let made: readonly MadeSession[] = [];

beforeAll(async () => {
  made = await madeSessions({ seed: 11, symbols: 12, from, count: 10 });
  writeSessions(join(work, 'bars'), made);
  writeHeadlines(
    join(work, 'news.csv'),
    made.map((session, place) => (place === 6 ? { ...session, rows: [] } : session)),
  );
  const { code, err } = runDay(journal);
  if (code !== 0) throw new Error(err);
  let date = '';
  let asked = '';
  const kinds = ['session_opened', ...stages, 'intent_approved'] as const;
  for (const { event } of decodeEntries(journal, { kinds }) as Iterable<Entry<(typeof kinds)[number]>>) {
    if (event.kind === 'session_opened') {
      date = event.date;
      names.push(...event.listed);
    } else if (event.kind === 'intent_approved') filled.push({ date, symbol: names[event.order.symbol] ?? '', clock: asked });
    else {
      scans.push({ date, event });
      asked = clockOf(event.minute);
    }
  }
}, 60_000);

describe('catalyst explain', () => {
  test('a name that was traded: every stage with rank and score, the headline, the orders, the end', () => {
    const [trade] = filled;
    if (trade === undefined) throw new Error('the made days have a trade');
    const told = answer(trade.symbol, '--at', `${trade.date}T${trade.clock}`);
    const [scan] = told.scans;
    expect(told.universe).toMatchObject({ in: true, reasons: [] });
    expect(scan?.at).toBe(trade.clock);
    expect(scan?.stages.map(({ stage, outcome }) => [stage, outcome])).toEqual(stages.map((stage) => [words[stage], 'kept']));
    for (const { event } of scans.filter(({ date, event: { minute } }) => date === trade.date && clockOf(minute) === trade.clock)) {
      const place = event.kept.findIndex(({ symbol }) => names[symbol] === trade.symbol);
      expect(scan?.stages.find(({ stage }) => stage === words[event.kind])).toMatchObject({
        rank: place + 1,
        score: event.kept[place]?.score,
        lastKept: event.kept.at(-1)?.score,
      });
    }
    expect(scan?.stages[1]?.headlineText).toContain('beats quarterly earnings estimates');
    const own = told.outcomes.filter(({ ofThisScan }) => ofThisScan === true).map(({ kind }) => kind);
    expect(own.slice(0, 3)).toEqual(['intent_formed', 'intent_approved', 'order_requested']);
    const { code, out } = explain(trade.symbol, '--date', trade.date, '--at', trade.clock);
    expect(code).toBe(0);
    expect(out).toContain('New York time');
    expect(out).toContain('beats quarterly earnings estimates');
    expect(out).toMatch(/wanted: buy at \d+\.\d\d at most/);
    expect(out).toMatch(/approved: \d+ shares/);
  });

  test('a name that fell out: at the very stage of the journal and for all its reasons, at each stage where one did', {
    timeout: 120_000,
  }, () => {
    const seen = new Set<string>();
    const asked = new Set<string>();
    for (const { date, event } of scans) {
      const place = event.dropped.symbols.findIndex((_, i) => !seen.has(`${event.kind} ${event.dropped.reasons[i]}`));
      const mask = event.dropped.reasons[place];
      if (place < 0 || mask === undefined) continue;
      seen.add(`${event.kind} ${mask}`);
      const name = names[event.dropped.symbols[place] ?? 0] ?? '';
      const { json, text } = answeredHere(name, date, event.minute);
      // The command itself answers once a stage; it says the same.
      if (!asked.has(event.kind)) {
        asked.add(event.kind);
        expect(answer(name, '--at', `${date}T${clockOf(event.minute)}`)).toEqual(json);
        expect(explain(name, '--at', `${date}T${clockOf(event.minute)}`).out).toBe(`${text}\n`);
      }
      const [scan] = json.scans;
      const last = scan?.stages.at(-1);
      expect([last?.stage, last?.outcome]).toEqual([words[event.kind], 'dropped']);
      expect(last?.reasons?.map(({ reason }) => reason)).toEqual(dropReasonsOf(mask));
      expect(last?.lastKept).toBe(event.kept.at(-1)?.score ?? null);
      for (const reason of last?.reasons ?? []) expect(scan?.verdict).toContain(reason.text.slice('it '.length));
      const reasons = dropReasonsOf(mask);
      if (event.kind !== 'indicators_agreed' || reasons.includes('not_ready')) continue;
      const { close = 0, vwap = 0, ema9 = 0, ema21 = 0, rsi = 0, volumeRatio = 0 } = last?.recomputed ?? {};
      expect([
        Number(close) <= Number(vwap),
        Number(ema9) < Number(ema21),
        Number(rsi) < 50,
        Number(rsi) > 85,
        Number(volumeRatio) < 0.6,
      ]).toEqual(
        (['below_vwap', 'trend_down', 'momentum_too_weak', 'momentum_too_hot', 'volume_fading'] as const).map((reason) =>
          reasons.includes(reason),
        ),
      );
      expect(text).toContain(`RSI 14 ${Number(rsi).toFixed(1)} (50 to 85 may be bought)`);
      const dropped = { sequence: last?.seq ?? 0, reasons };
      expect(measuresAgain(journal, symbolIndex(names.indexOf(name)), dropped)).not.toBeNull();
      expect(measuresAgain(journal, symbolIndex(names.indexOf(name)), { ...dropped, reasons: ['not_ready'] })).toBeNull();
    }
    expect(new Set([...seen].map((key) => key.split(' ')[0])).size).toBeGreaterThanOrEqual(3);
  });

  test('outside of the universe: with the reason, on the first days', () => {
    const name = names[0] ?? '';
    const told = answer(name, '--at', `${from}T10:15`);
    expect(told.universe).toMatchObject({ in: false, reasons: [{ reason: 'no_history' }] });
    expect(explain(name, '--at', `${from}T10:15`).out).toContain('fewer than 5 earlier sessions');
  });

  test('without a minute there is a line for each scan of the day, the last day unless said otherwise', () => {
    const name = filled[0]?.symbol ?? '';
    const date = filled[0]?.date ?? '';
    const ofDay = scans.filter((scan) => scan.date === date && scan.event.kind === 'candidates_found');
    const lines = explain(name, '--date', date)
      .out.split('\n')
      .filter((line) => /^\d\d:\d\d {2}/.test(line));
    expect(lines.map((line) => line.slice(0, 5))).toEqual(ofDay.map(({ event }) => clockOf(event.minute)));
    expect(explain(name).out.split('\n')[0]).toContain(` on ${to}, New York time`);
  });

  test('the last scan at or before the minute answers; before the first there is none, after the close that is said', () => {
    const name = names[0] ?? '';
    expect(answer(name, '--at', `${to}T10:17`).scans[0]?.at).toBe('10:15');
    expect(explain(name, '--at', `${to}T03:00`).out).toMatch(/no scan had been made by then .*09:30 to 13:00.* first scan came at 09:31/);
    expect(explain(name, '--at', `${to}T18:00`).out).toContain('outside of the session');
  });

  test('an instant of UTC is answered in New York time, also in the evening and on a day without a session', () => {
    const name = names[0] ?? '';
    expect(explain(name, '--at', `${to}T14:15:00Z`).out).toContain(`${name} on ${to} at 10:15`);
    expect(explain(name, '--at', '2019-07-03T00:15:00Z').out).toContain(`${name} on 2019-07-02 at 20:15`);
    expect(explain(name, '--at', '2019-06-22T14:15:00Z')).toMatchObject({ code: 3, err: expect.stringContaining('no session 2019-06-22') });
  });

  test('for machines the indicators stand by their names, prices as decimal text', () => {
    const { date, symbol, clock } = filled[0] ?? { date: '', symbol: '', clock: '' };
    const asked = ['--at', `${date}T${clock}`];
    const { indicators } = answer(symbol, ...asked).scans[0]?.stages.find(({ stage }) => stage === 'indicators') ?? {};
    expect(indicators).toMatchObject({ rsi: expect.any(Number), ema_9: expect.stringMatching(/^\d+\.\d{4}$/), day_sma_200: null });
    expect(explain(symbol, ...asked).out).toContain(`, ema 9 ${Number(indicators?.['ema_9']).toFixed(2)}`);
  });

  test.each<readonly [args: readonly string[], code: number, words: string]>([
    [['NOBODY'], 3, 'NOBODY is none of the 12 names'],
    [['S0', '--date', '2019-06-22'], 3, 'none of the 12 names'],
    [['S0', '--at', '10.15'], 2, 'Expected a minute of a session'],
    [['S0', '--at', '2019-07-03T10:15', '--date', '2019-07-02'], 2, 'give one day'],
  ])('%o ends with %i', (args, code, text) => {
    const [symbol = '', ...more] = args;
    const ran = explain(symbol, ...more);
    expect(ran.code).toBe(code);
    expect(ran.err).toContain(text);
    expect(ran.err).not.toMatch(/\n\s+at /);
  });

  test('a day that is not there names those that are', () => {
    const { code, err } = explain(names[0] ?? '', '--date', '2019-06-22');
    expect(code).toBe(3);
    expect(err).toContain('2019-06-20 to 2019-07-03, 10 sessions');
  });

  test('a journal that was torn within the day is answered from, and that it ends early is said', () => {
    const torn = join(work, 'torn');
    cpSync(journal, torn, { recursive: true });
    const last = join(torn, readdirSync(torn).findLast((file) => file.endsWith('.journal')) ?? '');
    truncateSync(last, statSync(last).size - 2_000);
    const ask = (...more: readonly string[]): string => catalyst(['explain', '--journal', torn, '--symbol', names[0] ?? '', ...more]).out;
    const early = 'The journal ends before that session has closed';
    for (const at of [[], ['--at', '11:00'], ['--at', '03:00']]) expect(ask('--date', to, ...at)).toContain(early);
    expect(ask('--date', from)).not.toContain(early);
    expect(ask('--json')).toContain('"complete":false');
    expect(explain(names[0] ?? '', '--json').out).toContain('"complete":true');
  });

  test('a spoiled or missing journal is a failed check', () => {
    for (const place of [join(work, 'nothing'), join(work, 'news.csv')])
      expect(catalyst(['explain', '--journal', place, '--symbol', 'S0'])).toMatchObject({
        code: 1,
        err: `catalyst: no journal in ${place}\n`,
      });
  });
});

test('--weights stand in the record and change the order of the candidates', () => {
  const weighed = join(work, 'weighed');
  expect(runDay(weighed, '--weights', 'gap=0,change=0,relativeVolume=3,confidence=12').code).toBe(0);
  const [start] = decodeEntries(weighed, { kinds: ['run_started'] });
  expect(start?.event.settings.scanner.weights).toEqual({ gap: 0, change: 0, relativeVolume: 3 });
  expect(start?.event.settings.weights).toMatchObject({ catalyst: 5, confidence: 12 });
  for (const { event } of decodeEntries(weighed, { kinds: ['candidates_found'] }))
    for (const { score, relativeVolume } of event.kept) expect(score).toBeCloseTo(3 * Math.min(10, relativeVolume), 9);
  const { code, err } = runDay(join(work, 'refused'), '--weights', 'luck=1');
  expect(code).toBe(2);
  expect(err).toContain('No weight is called "luck"');
});
