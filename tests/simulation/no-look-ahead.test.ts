import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { defaultSettings } from '#domain/settings';
import { MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { ByteWriter } from '#engine/journal/codec/byte-writer';
import { encodeEvent } from '#engine/journal/codec/event-codec';
import { type Recorder, unrecorded } from '#engine/journal/recorder';
import type { BarSource, SessionBars } from '#engine/ports/bar-source';
import { openBarSource } from '#main/bars/open-bar-source';
import { type NewsFeed, noNews, openNews } from '#main/day/news-feed';
import { type DayRun, runDays } from '#main/day/run-day';
import { SymbolTable } from '#main/day/symbol-table';
import { simulatedMarket } from '#simulation/market/simulated-market';
import { hasReference, reference } from '#tests/reference-data';
import { chance } from '../bar-columns.js';
import { scaled, silenced } from './bends.js';
import { sessionsFrom } from './simulated-house.js';

const SEED = 42;

type Market = { readonly source: BarSource; readonly run: Pick<DayRun, 'news'> & Partial<DayRun> };
type Future = (bars: SessionBars, row: number) => void;

/** Every entry as a line: when, why, and the hash of its bytes. */
class Lines {
  readonly lines: string[] = [];
  readonly ats: number[] = [];
  readonly recorder: Recorder = {
    ...unrecorded(),
    append: (event, at, cause, origin) => {
      const out = new ByteWriter();
      encodeEvent(event, out);
      this.ats.push(at);
      this.lines.push(`${at} ${cause} ${origin} ${event.kind} ${createHash('sha256').update(out.bytes.subarray(0, out.at)).digest('hex')}`);
      return this.lines.length;
    },
  };

  upTo(instant: number): readonly string[] {
    return this.lines.filter((_, place) => (this.ats[place] as number) <= instant);
  }
}

const everything = () => true;
const futures: readonly (readonly [name: string, future: Future])[] = [
  ['ends', (bars, row) => silenced(bars, row, Number.POSITIVE_INFINITY, everything)],
  ['is bent', (bars, row) => scaled(bars, row, () => 1.03, everything)],
];

/** Sessions with another future from a row of one of them on. */
function changed(source: BarSource, date: SessionDate, change: (bars: SessionBars) => void): BarSource {
  return {
    sessions: source.sessions,
    close: () => source.close(),
    load: async (wanted) => {
      const bars = await source.load(wanted);
      if (wanted === date) change(bars);
      return bars;
    },
  };
}

async function linesOf({ source, run }: Market, sessions: readonly Session[]): Promise<Lines> {
  const lines = new Lines();
  const settings = { ...defaultSettings, unexplainedSurge: { on: true, gapMin: -1, relativeVolumeMin: 0 } };
  const planned = sessions.map((session, place) => ({ session, history: place < 5 }));
  const day: DayRun = {
    source,
    sourceKind: 'recorded_market',
    sessions: planned,
    settings,
    recorder: lines.recorder,
    durability: 'grouped',
    symbols: new SymbolTable(),
    ...run,
  };
  for await (const _ of runDays(day));
  await source.close();
  return lines;
}

/** Cuts at random minutes of the traded sessions and one bar later, and holds everything up to the cut against the undisturbed run. */
async function needSamePast(make: () => Promise<Market>, sessions: readonly Session[], cuts: number): Promise<void> {
  const next = chance(SEED);
  const undisturbed = await linesOf(await make(), sessions);
  expect(undisturbed.lines.some((line) => line.includes(' order_filled '))).toBe(true);
  for (let cut = 0; cut < cuts; cut++) {
    const session = sessions[5 + Math.floor(next() * (sessions.length - 5))] as Session;
    const first = 15 + Math.floor(next() * (session.closeMinute - session.openMinute - 60));
    const [name, future] = futures[cut % 2] as (typeof futures)[number];
    for (const row of [first, first + 1]) {
      const market = await make();
      const other = await linesOf({ ...market, source: changed(market.source, session.date, (bars) => future(bars, row)) }, sessions);
      const known = session.open + row * MINUTE_MS;
      const where = `seed ${SEED}: the future ${name} from row ${row} of ${session.date}`;
      expect(other.upTo(known), where).toEqual(undisturbed.upTo(known));
      expect(other.lines.at(-1), `${where}, and the house saw it`).not.toBe(undisturbed.lines.at(-1));
    }
  }
}

test(`no decision in a simulated market depends on a later bar (seed ${SEED})`, async () => {
  const sessions = sessionsFrom('2019-06-24', 8);
  const byDate = new Map(sessions.map((session) => [session.date, session]));
  const make = async (): Promise<Market> => {
    const market = simulatedMarket({
      seed: SEED,
      symbols: 50,
      sessions: sessions.map(({ date }) => date),
      clock: (date) => byDate.get(date) as Session,
      momentum: 4,
    });
    return { source: market, run: { news: noNews, companies: market.names, headlinesFor: (date) => market.headlines(date) } };
  };
  await needSamePast(make, sessions, 4);
});

test.skipIf(!hasReference)(
  `no decision in real sessions depends on a later bar (seed ${SEED}) (needs CATALYST_REFERENCE)`,
  { timeout: 120_000 },
  async () => {
    const [from, to] = ['2018-03-14' as SessionDate, '2018-03-22' as SessionDate];
    const between = usCalendar.sessionsBetween(from, to);
    if (!between.ok) throw new Error('the calendar is not what it was');
    const read = await openNews({
      files: [reference('data/open/news/cnbc_headlines_timed.csv.gz')],
      names: [],
      sessions: between.value.map((session) => ({ session, history: false })),
    });
    if (!read.ok) throw new Error('the reference is not what it was');
    const news: NewsFeed = read.value;
    const make = async (): Promise<Market> => {
      const path = reference('data/restricted/us_equity/minute_284sym_2018');
      const opened = await openBarSource({ path, barLabel: 'start', to, teach: { from, history: 0 }, inProcess: true });
      if (!opened.ok) throw new Error(opened.problem.kind);
      return { source: opened.value.source, run: { news } };
    };
    await needSamePast(make, between.value, 1);
  },
);
