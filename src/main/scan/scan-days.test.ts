import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { usCalendar } from '#domain/market/calendar';
import { parseSessionDate, type SessionDate } from '#domain/values/session-date';
import { type DailyBars, openDailyBars } from '#main/scan/daily-bars';
import { DayScans, type NextUniverse, type ScannedDay } from '#main/scan/scan-days';
import { hasReference, reference } from '#tests/reference-data';

const folder = mkdtempSync(join(tmpdir(), 'catalyst-scan-days-'));
const between = usCalendar.sessionsBetween('2019-06-24' as SessionDate, '2019-07-31' as SessionDate);
const dates = between.ok ? between.value.map(({ date }) => date) : [];
const never = parseSessionDate('9999-12-31') as SessionDate;

/** A day of a name: open, high, low, close, shares; null without a row. */
type Day = readonly [number, number, number, number, number] | null;
const usual: Day = [50, 51, 49.5, 50, 1_000_000];
const scaled = (by: number, shares = 1_000_000): Day => [50 * by, 51 * by, 49.5 * by, 50 * by, shares];

let files = 0;
async function bars(names: Readonly<Record<string, readonly Day[]>>, actions?: string): Promise<DailyBars> {
  const file = join(folder, `${files++}.csv`);
  const rows = Object.entries(names).flatMap(([name, days]) =>
    days.flatMap((day, place) => (day === null ? [] : [`${name},${dates[place]},${day.join(',')},${day[3]}`])),
  );
  writeFileSync(file, `${['symbol,date,open,high,low,close,volume,adj_close', ...rows].join('\n')}\n`);
  const opened = await openDailyBars(file, actions);
  if (!opened.ok) throw new Error(opened.problem.kind);
  return opened.value;
}

type Walked = { readonly days: readonly ScannedDay[]; readonly next: NextUniverse };

async function walk(
  daily: DailyBars,
  options: { readonly from?: SessionDate; readonly top?: number; readonly sessions?: number } = {},
): Promise<Walked> {
  const scans = new DayScans(daily, { from: options.from ?? (dates[0] as SessionDate), to: never, top: options.top ?? 100, weights: {} });
  const days: ScannedDay[] = [];
  for (const _ of daily.sessions.slice(0, options.sessions)) {
    const day = await scans.next();
    if (!day.ok) throw new Error(day.problem.kind);
    if (day.value !== null) days.push(day.value);
  }
  const next = scans.universe();
  await daily.close();
  return { days, next };
}

const repeat = (count: number, day: Day): readonly Day[] => Array.from({ length: count }, () => day);

test('a day is ranked by what the days before say, with the numbers of a trader', async () => {
  const { days } = await walk(
    await bars({
      AAA: [...repeat(6, usual), [52, 55, 52, 54, 3_000_000]],
      BBB: [...repeat(6, usual), [50, 51, 50, 50.5, 1_000_000]],
      CHEAP: repeat(7, [4, 4.2, 3.9, 4, 9_000_000]),
      STILL: repeat(7, [50, 50.1, 50, 50, 1_000_000]),
      THIN: repeat(7, [50, 51, 49.5, 50, 1000]),
    }),
  );
  const day = days.at(-1);
  expect(day).toMatchObject({ date: dates[6], names: 5, bars: 5, universe: 2, ranked: 2, jumps: [] });
  expect(day?.outside).toEqual({ price_too_low: 1, illiquid: 1, range_too_small: 1 });
  // Gap 4 %, move 8 %, three times the shares.
  expect(day?.candidates[0]).toMatchObject({ symbol: 'AAA', previousClose: 500_000, open: 520_000, close: 540_000, shares: 3_000_000 });
  expect(day?.candidates[0]?.score).toBeCloseTo(4 + 8 + 3, 9);
  expect(day?.candidates[1]?.score).toBeCloseTo(0 + 1 + 1, 9);
});

test('a session before the range only teaches; the universe after the last one names its day', async () => {
  const names = { AAA: repeat(7, usual), GONE: repeat(6, usual) };
  const { days, next } = await walk(await bars(names), { from: dates[6] as SessionDate, top: 1 });
  expect(days.map(({ date }) => date)).toEqual([dates[6]]);
  expect(next).toMatchObject({ date: dates[7], names: 2, outside: { not_listed: 1 } });
  expect(next.members).toEqual([{ symbol: 'AAA', close: 500_000, meanDollars: 500_000_000_000, range: 0.03 }]);
});

test('a row without a share is no bar', async () => {
  const { days } = await walk(await bars({ AAA: [...repeat(6, usual), scaled(1.2, 0)], BBB: repeat(7, usual) }));
  expect(days.at(-1)).toMatchObject({ withoutVolume: 1, bars: 1, ranked: 1, left: { no_bar_today: 1 } });
});

test.each<readonly [what: string, days: readonly Day[], last: Partial<ScannedDay>, outside: NextUniverse['outside']]>([
  ['a row at a tenth is set aside: out for a day, and then on as if it had not been', [scaled(0.1), usual], { ranked: 1, jumps: [] }, {}],
  [
    'a reverse split is set aside on its day, and on the next one the name begins anew',
    [scaled(10, 100_000), scaled(10, 100_000)],
    { jumps: [{ symbol: 'AAA' as never, previousClose: 500_000, open: 5_000_000, again: true }] },
    { no_history: 1 },
  ],
  [
    'the day after a split begins anew even when it brings a crowd',
    [scaled(10, 100_000), scaled(10, 900_000)],
    { jumps: [{ symbol: 'AAA' as never, previousClose: 500_000, open: 5_000_000, again: true }] },
    { no_history: 1 },
  ],
  [
    'a jump on the day after that is a new doubt',
    [scaled(10, 100_000), scaled(10, 100_000), scaled(100, 10_000)],
    { jumps: [{ symbol: 'AAA' as never, previousClose: 5_000_000, open: 50_000_000, again: false }] },
    { no_history: 1, not_listed: 1 },
  ],
  ['a split likewise', [scaled(0.5, 2_000_000), scaled(0.5, 2_000_000)], { ranked: 1 }, { no_history: 1 }],
  ['news with its crowd is no split', [usual, scaled(1.6, 9_000_000)], { jumps: [], ranked: 2 }, {}],
])('%s', async (_, days, last, outside) => {
  const walked = await walk(await bars({ AAA: [...repeat(6, usual), ...days], BBB: repeat(6 + days.length, usual) }));
  expect(walked.days.at(-1)).toMatchObject(last);
  expect(walked.next.outside).toEqual(outside);
});

test('F7: a split that is told begins the name anew on its day, and nothing has to be guessed', async () => {
  const actions = join(folder, 'actions.csv');
  writeFileSync(actions, `symbol,date,kind,ratio\nAAA,${dates[6]},split,2\n`);
  const names = { AAA: [...repeat(6, usual), scaled(0.5, 2_000_000)], BBB: repeat(7, usual) };
  const { days, next } = await walk(await bars(names, actions));
  expect(days.at(-1)).toMatchObject({ universe: 2, jumps: [], left: { no_history: 1 } });
  expect(next.outside).toEqual({ no_history: 1 });
});

test('days that come later change nothing of a day', async () => {
  const names = { AAA: [...repeat(6, usual), [52, 55, 52, 54, 3_000_000] as Day], BBB: repeat(7, usual) };
  const other = { AAA: [...names.AAA, scaled(3, 90_000_000)], BBB: [...names.BBB, null], CCC: [...repeat(7, null), usual] };
  const before = await walk(await bars(names));
  const after = await walk(await bars(other));
  expect(after.days.slice(0, 7)).toEqual(before.days);
});

type Row = { readonly symbol: string; readonly date: string; readonly prices: readonly number[]; readonly shares: number };

/** The universe reckoned a second time from the raw file, name by name, for names that never jumped. */
function reckoned(rows: readonly Row[], sessions: number): { readonly members: ReadonlySet<string>; readonly judged: ReadonlySet<string> } {
  const known = [...new Set(rows.map(({ date }) => date))].sort().slice(0, sessions);
  const bySymbol = grouped(rows);
  const members = new Set<string>();
  const judged = new Set<string>();
  for (const [symbol, all] of bySymbol) {
    const days = all.filter(({ date, shares }) => known.includes(date) && shares > 0);
    if (days.length === 0 || days.some(({ prices }, i) => i > 0 && jumped(prices[0] ?? 0, days[i - 1]?.prices[3] ?? 0))) continue;
    judged.add(symbol);
    const closes = days.map(({ prices }) => prices[3] ?? 0);
    const ranges = days.map(({ prices: [, high = 0, low = 0] }, i) =>
      i === 0 ? high - low : Math.max(high, closes[i - 1] ?? 0) - Math.min(low, closes[i - 1] ?? 0),
    );
    const first = ranges.slice(0, 14);
    const seed = first.reduce((sum, range) => sum + range, 0) / first.length;
    const atr = ranges.slice(14).reduce((mean, range) => (mean * 13 + range) / 14, seed);
    const last = closes.at(-1) ?? 0;
    const dollars = days.slice(-20).reduce((sum, { prices, shares }) => sum + (prices[3] ?? 0) * shares, 0) / Math.min(days.length, 20);
    if (days.length >= 5 && days.at(-1)?.date === known.at(-1) && last >= 5 && dollars >= 1e7 && atr / last >= 0.01) members.add(symbol);
  }
  return { members, judged };
}

function grouped(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.symbol);
    if (group === undefined) groups.set(row.symbol, [row]);
    else group.push(row);
  }
  return groups;
}

const jumped = (open: number, close: number): boolean => open >= close * 1.399 || open * 1.399 <= close;

test.skipIf(!hasReference)(
  'the universe of a whole market is what the raw file gives (needs CATALYST_REFERENCE)',
  { timeout: 60_000 },
  async () => {
    const file = reference('data/open/us_equity/daily_whole_market_20161017_20161223.csv.gz');
    const rows = gunzipSync(readFileSync(file))
      .toString('latin1')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line): Row => {
        const [symbol = '', date = '', ...numbers] = line.split(',');
        return { symbol, date, prices: numbers.slice(0, 4).map(Number), shares: Number(numbers[4]) };
      })
      .filter(
        ({ prices: [open = 0, high = 0, low = 0, close = 0] }) =>
          high <= 214_748 && high >= open && high >= close && low <= open && low <= close && low > 0,
      );
    const opened = await openDailyBars(file);
    if (!opened.ok) throw new Error(opened.problem.kind);
    const { next } = await walk(opened.value, { from: never, sessions: 30 });
    const { members, judged } = reckoned(rows, 30);
    const found = next.members.map(({ symbol }) => symbol as string).filter((symbol) => judged.has(symbol));
    expect(judged.size).toBeGreaterThan(5000);
    // Prices are rounded to 1e-4, so that one that is nearly at a limit may fall on either side of it.
    const differ = [...new Set([...found, ...members])].filter((symbol) => found.includes(symbol) !== members.has(symbol));
    expect(found.length).toBeGreaterThan(1000);
    expect(differ).toEqual([]);
  },
);
