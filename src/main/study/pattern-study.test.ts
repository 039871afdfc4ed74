import { expect, test } from 'vitest';
import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import type { SessionDate } from '#domain/values/session-date';
import type { SessionBars } from '#engine/ports/bar-source';
import { compared } from '#main/study/clustered-mean';
import { PatternStudy, type StudiedSighting, type StudyTally } from '#main/study/pattern-study';
import { studyText, verdictOf } from '#main/study/study-text';
import { simulatedMarket } from '#simulation/market/simulated-market';

const dates = ['12', '13', '14', '15', '16', '19', '20', '21'].map((day) => `2018-03-${day}` as SessionDate);
const sessions: readonly Session[] = dates.map((date) => {
  const session = usCalendar.session(date);
  if (!session.ok) throw new Error(date);
  return session.value;
});

async function loaded(): Promise<readonly SessionBars[]> {
  const clock = (date: SessionDate): Session => sessions[dates.indexOf(date)] as Session;
  const source = simulatedMarket({ seed: 7, symbols: 40, sessions: dates, clock });
  const all: SessionBars[] = [];
  for (const { date } of sessions) all.push(await source.load(date));
  return all;
}

async function studied(
  bend: (bars: SessionBars, index: number) => void = () => {},
  seed = 1,
): Promise<{ study: PatternStudy; seen: StudiedSighting[] }> {
  const seen: StudiedSighting[] = [];
  const study = new PatternStudy({ seed, watch: (one) => seen.push({ ...one, view: { ...one.view, minutes: [], fives: [] } }) });
  for (const [i, bars] of (await loaded()).entries()) {
    bend(bars, i);
    study.addSession(sessions[i] as Session, bars);
  }
  return { study, seen };
}

const place = ({ date, symbol, name, view: { now } }: StudiedSighting): string => `${date} ${now} ${symbol} ${name}`;
const ends = ({ tallies }: PatternStudy): number => tallies.reduce((sum, { seen }) => sum + seen.ends.length, 0);

test('five sessions teach; then every name is asked every five minutes from 09:45 to 15:30, one open sighting of a kind', async () => {
  const { study, seen } = await studied();
  expect(new Set(seen.map(({ date }) => date))).toEqual(new Set(dates.slice(5)));
  const times = seen.map(({ view }) => view.now);
  expect([Math.min(...times), Math.max(...times), times.every((now) => now % 5 === 0)]).toEqual([585, 930, true]);
  expect(new Set(seen.map(place)).size).toBe(seen.length);
  expect(ends(study)).toBeGreaterThan(100);
  for (const { sightings, seen: own, random } of study.tallies) {
    expect(own.ends.length + own.unfilled).toBe(sightings);
    expect(random.ends.length + random.unfilled).toBe(sightings);
  }
});

test('the same seed draws the same names, another seed others; the sightings are the same', async () => {
  const [one, again, other] = [await studied(), await studied(), await studied(undefined, 2)];
  expect(studyText('made up', again.study, 1)).toBe(studyText('made up', one.study, 1));
  expect(other.seen.map(place)).toEqual(one.seen.map(place));
  const drawn = ({ study }: { study: PatternStudy }) => study.tallies.map(({ random }) => random.ends);
  expect(drawn(other)).not.toEqual(drawn(one));
});

test('what comes after a minute changes no sighting before it', async () => {
  const row = (bars: SessionBars): number => bars.minutes.indexOf(720);
  const { seen } = await studied();
  const bent = await studied((bars, index) => {
    if (index !== 6) return;
    for (let cell = row(bars) * bars.width; cell < bars.volume.length; cell++) {
      if ((bars.volume[cell] as number) < 0) continue;
      for (const prices of [bars.open, bars.high, bars.low, bars.close]) prices[cell] = Math.round((prices[cell] as number) * 1.03);
    }
  });
  const known = (all: readonly StudiedSighting[]): readonly string[] =>
    all.filter(({ date, view }) => date < (dates[6] as string) || (date === dates[6] && view.now <= 720)).map(place);
  // What is open still keeps its pattern from being told again: so long both are alike.
  expect(known(bent.seen)).toEqual(known(seen));
  expect(bent.seen.map(place)).not.toEqual(seen.map(place));
});

test('names that are cheap or hardly trade are not asked about', async () => {
  const { seen } = await studied((bars) => {
    for (let cell = 0; cell < bars.volume.length; cell++) {
      if (cell % bars.width !== 3 && (bars.volume[cell] as number) > 0) bars.volume[cell] = 1;
    }
  });
  expect(new Set(seen.map(({ symbol }) => symbol)).size).toBeLessThanOrEqual(1);
});

test('what trades much only today is not asked about yet, nor a name that has not traded in the last minute', async () => {
  const late = await studied((bars, index) => {
    for (let cell = 0; cell < bars.volume.length; cell++)
      if ((bars.volume[cell] as number) > 0) bars.volume[cell] = index < 5 ? 1 : 100_000_000;
  });
  expect(late.seen.filter(({ date }) => date === dates[5])).toEqual([]);
  expect(late.seen.length).toBeGreaterThan(0);
  const silent = await studied((bars) => {
    for (const [row, minute] of bars.minutes.entries()) if (minute % 5 === 4) bars.volume.fill(0, row * bars.width, (row + 1) * bars.width);
  });
  expect(silent.seen).toEqual([]);
});

test('where all names are alike chance ends as the pattern does: the same minute, the same plan, the same fills', async () => {
  const { study } = await studied(({ width, open, high, low, close, volume }) => {
    for (const column of [open, high, low, close, volume])
      for (let row = 0; row < column.length; row += width) column.fill(column[row + 3] as number, row, row + width);
  });
  expect(ends(study)).toBeGreaterThan(100);
  for (const { seen, random } of study.tallies) expect(random).toEqual(seen);
});

test('chance draws another name, never the one that was seen', async () => {
  const [one, flat] = [3, 5];
  const { study } = await studied((bars, index) => {
    for (let cell = 0; cell < bars.volume.length; cell++) {
      const name = cell % bars.width;
      if (name !== one && name !== flat && (bars.volume[cell] as number) > 0) bars.volume[cell] = 1;
      if (name !== flat || index < 5 || (bars.volume[cell] as number) < 0) continue;
      for (const prices of [bars.open, bars.high, bars.low, bars.close]) prices[cell] = 1_000_000;
    }
  });
  const charts = study.tallies.filter(({ pattern: { group } }) => group === 'chart');
  expect(charts.some(({ seen }) => seen.ends.some(({ r }) => r > 0))).toBe(true);
  // A price that stands still wins nothing and pays to cross.
  for (const { random } of charts) for (const { r } of random.ends) expect(r).toBeLessThan(0);
});

test('the interval of a mean comes from whole sessions', () => {
  // Two sessions that differ, a thousand entries in each: nothing is known better for the thousand.
  const of = (r: number, session: number) => Array.from({ length: 1000 }, () => ({ r, session }));
  const few = compared([...of(1, 0), ...of(-1, 1)], [...of(0, 0), ...of(0, 1)], 2, 1);
  expect(few.difference).toMatchObject({ mean: 0, interval: { low: -1, high: 1 } });
  // Of two sessions drawn again half the draws mix both: the mean is −1, 0, 0 or 1, its deviation the root of a half.
  expect(few.difference.deviation).toBeCloseTo(Math.SQRT1_2, 1);
  const alike = compared([...of(1, 0), ...of(1, 1)], [...of(0, 0), ...of(0, 1)], 2, 1);
  expect(alike.difference).toEqual({ mean: 1, interval: { low: 1, high: 1 }, deviation: 0 });
});

test('better or not only with enough entries in enough sessions', () => {
  const tallyOf = (sessionsWith: number, each: number, r: number, swing = 0): StudyTally => {
    const many = (value: number, swung = 0) =>
      Array.from({ length: sessionsWith * each }, (_, i) => {
        const session = i % sessionsWith;
        return { r: value + 0.01 * (i % 3) + (session % 2 === 0 ? swung : -swung), session };
      });
    const pattern = { name: 'bull_flag', side: 1, group: 'chart', asks: () => false } as const;
    return { pattern, sightings: 0, seen: { unfilled: 0, ends: many(r, swing) }, random: { unfilled: 0, ends: many(0) } };
  };
  const verdict = (tally: StudyTally) => verdictOf(tally, compared(tally.seen.ends, tally.random.ends, 12, 1));
  const answers = [tallyOf(12, 10, 0.5), tallyOf(12, 10, -0.5), tallyOf(12, 10, 0)].map(verdict);
  expect(answers).toEqual(['better', 'not better', 'not better']);
  // A standard error of 0.5 / √12 = 0.14: 0.4 is less than 3.5 of them, and 0 leaves room for an advantage.
  expect([tallyOf(12, 10, 0.4, 0.5), tallyOf(12, 10, 0, 0.5), tallyOf(12, 10, 0.6, 0.5)].map(verdict)).toEqual([
    "can't say",
    "can't say",
    'better',
  ]);
  expect([verdict(tallyOf(9, 10, 0.5)), verdict(tallyOf(12, 2, 0.5))]).toEqual(["can't say", "can't say"]);
});
