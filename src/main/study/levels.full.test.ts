import { expect, test } from 'vitest';
import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { parseSessionDate } from '#domain/values/session-date';
import type { SessionBars } from '#engine/ports/bar-source';
import type { SourceRecord } from '#main/study/level-tally';
import { LevelStudy } from '#main/study/levels';
import { RandomStream } from '#simulation/market/seeded-random';

const DOLLAR = 10_000;
/** A minute moves a name of ten dollars by some five cents, a day by about a dollar. */
const MINUTE_MOVE = 900;

type Walk = (price: number, chance: RandomStream) => number;
const noise: Walk = (price, chance) => Math.max(2 * DOLLAR, price + Math.round(chance.between(-MINUTE_MOVE, MINUTE_MOVE)));
/** Nine times in ten a whole dollar throws the price back as far as it would have gone beyond. */
const thrownBack: Walk = (price, chance) => {
  const next = noise(price, chance);
  const wall = Math.max(Math.floor(price / DOLLAR), Math.floor(next / DOLLAR)) * DOLLAR;
  const crossed = Math.floor(price / DOLLAR) !== Math.floor(next / DOLLAR);
  return crossed && chance.uniform() < 0.9 ? 2 * wall - next : next;
};

function sessions(count: number): Session[] {
  const first = parseSessionDate('2025-01-06');
  const opening = first === null ? null : usCalendar.session(first);
  if (opening === null || !opening.ok) throw new Error('no session');
  const list = [opening.value];
  while (list.length < count) {
    const next = usCalendar.nextSession((list.at(-1) as Session).date);
    if (!next.ok) throw new Error('no session');
    list.push(next.value);
  }
  return list;
}

function daysOf(
  walk: Walk,
  seed: number,
  { days, symbols, dollars }: { readonly days: number; readonly symbols: number; readonly dollars: number },
): LevelStudy {
  const study = new LevelStudy(seed);
  const chance = new RandomStream(seed, 'made-up bars');
  const prices = Array.from({ length: symbols }, () => Math.round(chance.between(dollars - 1, dollars + 1) * DOLLAR));
  for (const session of sessions(days)) {
    const rows = session.closeMinute - session.openMinute;
    const column = (): Int32Array => new Int32Array(rows * symbols);
    const [open, high, low, close, volume] = [column(), column(), column(), column(), column()];
    for (let cell = 0; cell < rows * symbols; cell++) {
      const s = cell % symbols;
      const from = prices[s] as number;
      const to = walk(from, chance);
      open[cell] = from;
      high[cell] = Math.max(from, to);
      low[cell] = Math.min(from, to);
      close[cell] = to;
      volume[cell] = 100 + chance.below(900);
      prices[s] = to;
    }
    const minutes = Int32Array.from({ length: rows }, (_, row) => session.openMinute + row);
    const grid: SessionBars = {
      date: session.date,
      minutes,
      width: symbols,
      bars: rows * symbols,
      open,
      high,
      low,
      close,
      volume,
      listed: [],
      splits: [],
    };
    study.session(session, grid);
  }
  return study;
}

const recordOf = (records: readonly SourceRecord[], source: SourceRecord['source']): SourceRecord => {
  const record = records.find((one) => one.source === source);
  if (record === undefined) throw new Error(`no record of ${source}`);
  return record;
};

const market = { days: 25, symbols: 60, dollars: 10 };
/** So dear that nobody comes near the least price, which would be a level, too. */
const dear = { ...market, dollars: 60 };

test('where whole dollars throw the price back, the study finds that they do', () => {
  const rounds = recordOf(daysOf(thrownBack, 3, market).tally.records(1), 'round_number');
  expect(rounds.verdict).toBe('better');
  expect(rounds.differenceBetween.low).toBeGreaterThan(0.05);
});

test.each([5, 6, 7])('in pure noise no source is better, and the swings, of which there are most, are said not to be: seed %i', (seed) => {
  const records = daysOf(noise, seed, dear).tally.records(1);
  expect(records.map(({ source }) => source)).toContain('vwap');
  expect(records.filter(({ verdict }) => verdict === 'better').map(({ source }) => source)).toEqual([]);
  expect(recordOf(records, 'swing').verdict).toBe('not better');
  for (const { difference } of records) expect(Math.abs(difference)).toBeLessThan(0.05);
});

test('the same sessions and the same seed give the same record', () => {
  const once = (): readonly SourceRecord[] => daysOf(noise, 9, { days: 6, symbols: 5, dollars: 10 }).tally.records(1);
  expect(once()).toEqual(once());
});

test('of a few sessions nothing is said', () => {
  const verdicts = daysOf(thrownBack, 3, { ...market, days: 4 })
    .tally.records(1)
    .map(({ verdict }) => verdict);
  expect(new Set(verdicts)).toEqual(new Set(["can't say"]));
});
