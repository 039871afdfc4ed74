import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { catalyst, objects } from './catalyst.js';
import { madeSessions, newFolder, writeSessions } from './made-data.js';

const work = newFolder('scan');
const file = join(work, 'daily.csv');
const scan = (...more: readonly string[]) => catalyst(['scan', '--data', file, ...more]);
let dates: readonly string[] = [];

beforeAll(async () => {
  const made = await madeSessions({ seed: 3, symbols: 8, from: '2019-06-20', count: 8 });
  dates = made.map(({ session }) => session.date);
  writeSessions(join(work, 'minutes'), made);
  const lines = made.flatMap(({ session, rows }) => {
    const byName = new Map<string, number[][]>();
    for (const { symbol, line } of rows) {
      const bars = byName.get(symbol) ?? [];
      byName.set(symbol, bars);
      bars.push(line.split(',').slice(2).map(Number));
    }
    return [...byName].map(([symbol, bars]) => {
      const column = (place: number): number[] => bars.map((bar) => bar[place] ?? 0);
      const shares = 10 * column(4).reduce((sum, each) => sum + each, 0);
      return [symbol, session.date, bars[0]?.[0], Math.max(...column(1)), Math.min(...column(2)), bars.at(-1)?.[3], shares].join(',');
    });
  });
  writeFileSync(file, `${['symbol,date,open,high,low,close,volume', ...lines].join('\n')}\n`);
}, 60_000);

test('a row a day, one day in full, and the universe of the next session', () => {
  const several = scan('--from', dates[0] ?? '', '--to', dates.at(-1) ?? '');
  expect(several.code).toBe(0);
  expect(several.out.split('\n').filter((line) => /^2019-/.test(line))).toHaveLength(8);
  const one = scan('--on', dates.at(-1) ?? '', '--top', '3');
  expect(one.out).toContain('in the universe by the days before');
  expect(one.out).toMatch(/\n {3}1 \w+/);
  expect(scan().out).toMatch(/^Universe of 2019-07-02: \d of 8 names\./);
  expect(scan('--on', '2019-07-02').out).toBe(scan().out);
});

test('--json gives an object a day, --out writes it to a file', () => {
  const { out } = scan('--from', dates[5] ?? '', '--json');
  const days = objects(out);
  expect(days.map(({ session }) => session)).toEqual(dates.slice(5));
  for (const { universe, ranked, candidates } of days) {
    expect(universe).toBeGreaterThan(0);
    expect((candidates as unknown[]).length).toBe(ranked);
  }
  const target = join(work, 'report.json');
  expect(scan('--from', dates[5] ?? '', '--json', '--out', target).out).toBe('');
  expect(readFileSync(target, 'utf8')).toBe(out);
});

test('a store of daily bars is read as its file is', () => {
  const store = join(work, 'store');
  expect(catalyst(['data', 'import', file, '--store', store]).code).toBe(0);
  expect(catalyst(['scan', '--data', store, '--json']).out).toBe(scan('--json').out);
});

test('weights are what a score is made of', () => {
  const [day] = objects(scan('--on', dates.at(-1) ?? '', '--json', '--weights', 'gap=0,change=0,relativeVolume=2').out);
  const candidates = day?.['candidates'] as readonly { readonly score: number; readonly relativeVolume: number }[];
  expect(candidates.length).toBeGreaterThan(1);
  for (const { score, relativeVolume } of candidates) expect(score).toBeCloseTo(2 * Math.min(10, relativeVolume), 9);
});

test.each<readonly [args: readonly string[], code: number, words: string]>([
  [['--on', '2019-06-22'], 3, 'no session 2019-06-22 lies there'],
  [['--on', '2019-08-01'], 3, 'they tell the universe of 2019-07-02'],
  [['--from', '2020-01-02'], 3, 'no session from 2020-01-02'],
  [['--on', '2019-06-24', '--to', '2019-06-25'], 2, '--on goes without'],
  [['--top', '0'], 2, 'at least 1'],
])('%o ends with %i', (args, code, text) => {
  const ran = scan(...args);
  expect([ran.code, ran.out]).toEqual([code, '']);
  expect(ran.err).toContain(text);
});

test('bars of a minute are refused with what is read instead', () => {
  const { code, err } = catalyst(['scan', '--data', join(work, 'minutes')]);
  expect(code).toBe(3);
  expect(err).toContain('days are scanned on daily bars');
});
