import { Buffer } from 'node:buffer';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SessionDate } from '#domain/values/session-date';
import { BarsFailed } from '#main/bars/bar-problem';
import { importBars } from '#main/bars/import-bars';
import { openBarSource } from '#main/bars/open-bar-source';
import type { BarsRequest } from '#main/bars/session-reader';
import { wholeReader } from '#main/bars/whole-reader';
import { hasReference, reference } from '#tests/reference-data';

/** The thread runs built code; without a build only loading in process can be tried. */
const built = existsSync(new URL('../../../dist/main/bars/loader-worker.js', import.meta.url));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'source-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const header = 'symbol,timestamp_utc,open,high,low,close,volume';
const bar = (symbol: string, date: string, clock: string, price: number): string =>
  `${symbol},${date}T${clock}:00Z,${price},${price},${price},${price},1`;
const days: Readonly<Record<string, readonly string[]>> = {
  '2018-03-09': [bar('B', '2018-03-09', '14:30', 2), bar('C', '2018-03-09', '14:31', 3)],
  '2018-03-12': [bar('A', '2018-03-12', '13:30', 1), bar('B', '2018-03-12', '12:00', 2)],
};
const text = (rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(content) : content);
  return path;
}

async function opened(request: Partial<BarsRequest> & { readonly path: string; readonly inProcess?: boolean }) {
  const result = await openBarSource({ barLabel: 'start', inProcess: true, ...request });
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** What a run would see: names, minutes and every present bar of each session. */
async function seen(request: Parameters<typeof opened>[0]) {
  const { source, refused } = await opened(request);
  const sessions = [];
  for (const date of source.sessions) {
    const { minutes, width, bars, close, volume, listed } = await source.load(date);
    const present = [...volume.keys()]
      .filter((cell) => volume[cell] !== -1)
      .map((cell) => `${minutes[Math.floor(cell / width)]}/${cell % width}=${close[cell]}`);
    sessions.push({ date, rows: minutes.length, width, bars, listed, present });
  }
  await source.close();
  return { sessions, refused: refused() };
}

const expected = {
  sessions: [
    { date: '2018-03-09', rows: 390, width: 2, bars: 2, listed: ['B', 'C'], present: ['570/0=20000', '571/1=30000'] },
    { date: '2018-03-12', rows: 391, width: 3, bars: 2, listed: ['A'], present: ['480/0=20000', '570/2=10000'] },
  ],
  refused: [],
};

const kinds: readonly [kind: string, make: () => Promise<string>][] = [
  [
    'a folder with a file a session',
    async () => {
      for (const [date, rows] of Object.entries(days)) write(`${date}.csv.gz`, text(rows));
      write('symbols.txt', 'A\n');
      return folder;
    },
  ],
  ['one file with several sessions', async () => write('all.csv', text(Object.values(days).flat().reverse()))],
  [
    'a folder of other files',
    async () => {
      write(
        'b.csv',
        text(
          Object.values(days)
            .flat()
            .filter((row) => row.startsWith('B')),
        ),
      );
      write(
        'others.csv.gz',
        text(
          Object.values(days)
            .flat()
            .filter((row) => !row.startsWith('B')),
        ),
      );
      return folder;
    },
  ],
  [
    'a store',
    async () => {
      const path = join(folder, 'store');
      await importBars({ inputs: [write('all.csv', text(Object.values(days).flat()))], store: path, barLabel: 'start', replace: false });
      return path;
    },
  ],
];
for (const [kind, make] of kinds) {
  test(`${kind} gives the sessions, columns in order of first appearance`, async () =>
    expect(await seen({ path: await make() })).toEqual(expected));
  test.skipIf(!built)(`${kind} gives the same from a thread`, async () =>
    expect(await seen({ path: await make(), inProcess: false })).toEqual(expected),
  );
}

test('only sessions within the dates asked for are given', async () => {
  const path = write('all.csv', text(Object.values(days).flat()));
  expect((await seen({ path, to: '2018-03-11' as SessionDate })).sessions.map(({ date }) => date)).toEqual(['2018-03-09']);
  expect((await seen({ path, from: '2018-03-10' as SessionDate })).sessions).toMatchObject([{ date: '2018-03-12', listed: ['A', 'B'] }]);
});

test('a row of another session than the file is named after is refused, and so is a second bar', async () => {
  for (const [date, rows] of Object.entries(days))
    write(`${date}.csv`, text([...rows, bar('B', '2018-03-12', '15:00', 5), bar('B', '2018-03-12', '15:00', 6)]));
  const { refused, sessions } = await seen({ path: folder });
  expect(refused.map(({ fault, rows, examples }) => [fault, rows, examples[0]])).toEqual([
    ['other_session', 2, { file: join(folder, '2018-03-09.csv'), line: 4 }],
    ['duplicate', 1, { file: join(folder, '2018-03-12.csv'), line: 5 }],
  ]);
  expect(sessions[1]?.present).toContain('660/0=50000');
});

test('a file named after a day without a session is left out and told', async () => {
  write('2018-03-12.csv', text(days['2018-03-12'] ?? []));
  const path = write('2018-03-11.csv', text([]));
  const { source, skipped } = await opened({ path: folder });
  expect([source.sessions, skipped]).toEqual([['2018-03-12'], [path]]);
});

const problems: readonly [why: string, make: () => string, kind: string][] = [
  ['a path that is not there', () => join(folder, 'none'), 'not_found'],
  ['an empty folder', () => folder, 'other_shape'],
  ['a file of another kind', () => write('a.txt', ''), 'other_shape'],
  ['a file of another layout', () => write('a.csv', 'x\n'), 'other_shape'],
  ['daily bars', () => write('a.csv', 'symbol,date,open,high,low,close,volume\nA,2018-03-12,1,1,1,1,1\n'), 'daily_bars'],
  ['bars of no session', () => write('a.csv', text([bar('A', '2018-03-11', '15:00', 1)])), 'no_sessions'],
  [
    'a manifest that is no JSON',
    () => {
      mkdirSync(join(folder, 's'));
      write('s/catalyst-store.json', '{');
      return join(folder, 's');
    },
    'store_unreadable',
  ],
  [
    'a store of a later schema',
    () => {
      mkdirSync(join(folder, 's'));
      write('s/catalyst-store.json', '{"schema": 2}');
      return join(folder, 's');
    },
    'store_schema',
  ],
];
for (const [why, make, kind] of problems) {
  test(`${why} is a problem of its own`, async () =>
    expect(await openBarSource({ path: make(), barLabel: 'start', inProcess: true })).toMatchObject({ ok: false, problem: { kind } }));
}

test.skipIf(!built)('a problem comes through from the thread', async () =>
  expect(await openBarSource({ path: join(folder, 'none'), barLabel: 'start' })).toMatchObject({
    ok: false,
    problem: { kind: 'not_found' },
  }),
);

test.skipIf(process.getuid?.() === 0)('a folder that may not be read is told as such', async () => {
  const path = join(folder, 'locked');
  mkdirSync(path);
  chmodSync(path, 0);
  expect(await openBarSource({ path, barLabel: 'start', inProcess: true })).toMatchObject({
    ok: false,
    problem: { kind: 'no_permission' },
  });
});

const asked: readonly [why: string, date: string, kind: string][] = [
  ['a session out of order', '2018-03-12', 'out_of_order'],
  ['a date that is not there', '2018-03-13', 'unknown_session'],
];
for (const [why, date, kind] of asked) {
  test(`asking for ${why} fails with a typed problem`, async () => {
    const { source } = await opened({ path: write('all.csv', text(Object.values(days).flat())) });
    const failure: unknown = await source.load(date as SessionDate).catch((error: unknown) => error);
    expect(failure instanceof BarsFailed && failure.problem.kind).toBe(kind);
  });
}

for (const inProcess of built ? [true, false] : [true]) {
  test(`a file that is cut off fails when it is loaded, not before (${inProcess ? 'in process' : 'thread'})`, async () => {
    write('2018-03-09.csv.gz', text(days['2018-03-09'] ?? []));
    writeFileSync(join(folder, '2018-03-12.csv.gz'), gzipSync(text(days['2018-03-12'] ?? [])).subarray(0, 40));
    const { source } = await opened({ path: folder, inProcess });
    expect((await source.load('2018-03-09' as SessionDate)).bars).toBe(2);
    const failure: unknown = await source.load('2018-03-12' as SessionDate).catch((error: unknown) => error);
    expect(failure instanceof BarsFailed && failure.problem.kind).toBe('damaged_gzip');
    await source.close();
  });
}

test('a session of a store whose bytes were changed or lost is told as damaged', async () => {
  const path = join(folder, 'store');
  await importBars({ inputs: [write('all.csv', text(Object.values(days).flat()))], store: path, barLabel: 'start', replace: false });
  const file = join(path, 'bars', '2018-03-12.parquet');
  const bytes = readFileSync(file);
  for (const content of [bytes.subarray(1), Buffer.alloc(bytes.length, 7), null]) {
    rmSync(file);
    if (content !== null) writeFileSync(file, content);
    else mkdirSync(file);
    const { source } = await opened({ path });
    await source.load('2018-03-09' as SessionDate);
    const failure: unknown = await source.load('2018-03-12' as SessionDate).catch((error: unknown) => error);
    expect(failure instanceof BarsFailed && failure.problem.kind).toBe('session_damaged');
    await source.close();
  }
});

test('files with more rows than may be read whole are to be imported first', async () => {
  const path = write('all.csv', text(Object.values(days).flat()));
  expect(await wholeReader([path], { path, barLabel: 'start' }, 3)).toMatchObject({
    ok: false,
    problem: { kind: 'too_many_rows', max: 3 },
  });
});

test.skipIf(!hasReference)('the split of Apple in 2014 comes on 9 June (needs CATALYST_REFERENCE)', async () => {
  const lean = 'data/open/us_equity/lean';
  const { source, refused } = await opened({
    path: reference(`${lean}/minute/AAPL_trade_20140605_20140609.csv.gz`),
    actions: reference(`${lean}/corporate_actions/factors.csv`),
  });
  const splits = [];
  for (const date of source.sessions) splits.push([date, ...(await source.load(date)).splits]);
  expect(splits).toEqual([['2014-06-05'], ['2014-06-06'], ['2014-06-09', { symbol: 0, ratio: 7 }]]);
  expect(refused()).toEqual([]);
});

test.skipIf(!hasReference)('an early close has its own number of minutes (needs CATALYST_REFERENCE)', async () => {
  const { source } = await opened({
    path: reference('data/open/us_equity/lean/minute/GOOG_trade_20151223_20151228.csv.gz'),
    to: '2015-12-24' as SessionDate,
  });
  const regular = [];
  for (const date of source.sessions)
    regular.push((await source.load(date)).minutes.filter((minute) => minute >= 570 && minute < 960).length);
  expect(regular[0]).toBe(390);
  expect(regular[1]).toBeGreaterThanOrEqual(210);
  expect(regular[1]).toBeLessThan(240);
});
