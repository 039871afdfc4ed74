import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, sqlText } from '#adapters/duckdb/database';
import type { SessionDate } from '#domain/values/session-date';
import { checkStore } from '#main/bars/check-store';
import { type ImportOptions, importBars } from '#main/bars/import-bars';
import { importReportLines } from '#main/bars/import-report-text';
import { listStore } from '#main/bars/list-store';
import { openBarSource } from '#main/bars/open-bar-source';

let folder = '';
let store = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
  store = join(folder, 'store');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const header = 'symbol,timestamp_utc,open,high,low,close,volume';

/** Bars of one price from 09:30 in New York's summer, a minute each. */
const bars = (symbol: string, date: string, price: number, minutes = 390, volume = 100): string[] =>
  Array.from({ length: minutes }, (_, minute) => {
    const at = 13 * 60 + 30 + minute;
    const clock = `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    return `${symbol},${date}T${clock}:00Z,${price},${price},${price},${price},${volume}`;
  });

function write(name: string, rows: readonly string[]): string {
  const path = join(folder, name);
  const text = `${[header, ...rows].join('\n')}\n`;
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

async function imported(inputs: readonly string[], more: Partial<ImportOptions> = {}) {
  const result = await importBars({ inputs, store, barLabel: 'start', replace: false, ...more });
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

async function cells(date: string): Promise<Record<string, number>> {
  const opened = await openBarSource({ path: store, barLabel: 'start', inProcess: true });
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  const { source } = opened.value;
  const names: string[] = [];
  const closes: Record<string, number> = {};
  for (const session of source.sessions) {
    const loaded = await source.load(session);
    names.push(...loaded.listed);
    if (session === date) for (const [column, name] of names.entries()) closes[name] = loaded.close[column] as number;
  }
  await source.close();
  return closes;
}

test('what is imported can be listed, checked and loaded', async () => {
  const report = await imported([write('a.csv', [...bars('B', '2018-03-13', 20), ...bars('A', '2018-03-12', 10)])]);
  expect(report).toMatchObject({ rowsRead: 780, rowsKept: 780, rowsRefused: 0, added: ['2018-03-12', '2018-03-13'], missing: [] });
  expect(await listStore(store)).toMatchObject({ ok: true, value: { symbols: ['A', 'B'], rows: 780, resolution: 'minute' } });
  expect(await checkStore(store)).toEqual({ ok: true, value: { sessions: 2, rows: 780, faults: [] } });
  expect(await cells('2018-03-13')).toEqual({ A: 0, B: 200_000 });
  expect(readdirSync(folder).sort()).toEqual(['a.csv', 'store']);
});

test('other sessions are added; those that are there are refused and stay as they were', async () => {
  await imported([write('a.csv', bars('B', '2018-03-13', 20))]);
  const report = await imported([write('b.csv', [...bars('A', '2018-03-12', 10), ...bars('B', '2018-03-13', 99)])]);
  expect(report).toMatchObject({ number: 2, added: ['2018-03-12'], kept: ['2018-03-13'], rowsKept: 390, rowsRefused: 390 });
  expect(report.refused).toMatchObject([{ fault: 'session_already_stored', rows: 390 }]);
  expect(await cells('2018-03-13')).toEqual({ A: 0, B: 200_000 });
  expect(await listStore(store)).toMatchObject({ value: { symbols: ['B', 'A'] } });
});

test('an import of nothing new is a problem and changes nothing', async () => {
  const path = write('a.csv', bars('B', '2018-03-13', 20));
  await imported([path]);
  const again = await importBars({ inputs: [path], store, barLabel: 'start', replace: false });
  expect(again).toMatchObject({ ok: false, problem: { kind: 'sessions_already_stored', dates: ['2018-03-13'] } });
  expect(readdirSync(join(store, 'reports'))).toEqual(['1.json']);
});

test('sessions are replaced when that is asked for', async () => {
  await imported([write('a.csv', [...bars('A', '2018-03-12', 10), ...bars('A', '2018-03-13', 10)])]);
  const report = await imported([write('b.csv', bars('A', '2018-03-13', 30))], { replace: true });
  expect(report).toMatchObject({ added: [], replaced: ['2018-03-13'] });
  expect([await cells('2018-03-12'), await cells('2018-03-13')]).toEqual([{ A: 100_000 }, { A: 300_000 }]);
  expect(await checkStore(store)).toMatchObject({ value: { faults: [] } });
});

test('a file that is cut off leaves none of its rows; the others are imported', async () => {
  const cut = join(folder, 'cut.csv.gz');
  const whole = gzipSync(`${[header, ...bars('X', '2018-03-12', 10), ...bars('X', '2018-03-13', 10)].join('\n')}\n`);
  writeFileSync(cut, whole.subarray(0, whole.length - 5));
  const report = await imported([cut, write('good.csv.gz', bars('A', '2018-03-12', 10))]);
  expect(report.refusedFiles).toMatchObject([{ path: cut, kind: 'damaged_gzip' }]);
  expect(report).toMatchObject({ rowsRead: 390, rowsKept: 390, added: ['2018-03-12'] });
  expect(await listStore(store)).toMatchObject({ value: { symbols: ['A'] } });
});

test('every row that was read is kept or refused', async () => {
  const rows = bars('A', '2018-03-12', 10);
  const mixed = [
    ...rows,
    rows[5] ?? '',
    rows[3] ?? '',
    'A,2018-03-12T13:30:00Z,1,1,1',
    'A,2018-03-11T13:30:00Z,1,1,1,1,1',
    'A,2018-03-12T13:30:00Z,-1,1,1,1,1',
    'A,2018-03-12T13:30:00Z,2,1,1,1,1',
  ];
  const report = await imported([write('a.csv', mixed)]);
  expect(report.rowsKept + report.rowsRefused).toBe(report.rowsRead);
  const faults = Object.fromEntries(report.refused.map(({ fault, rows: count, examples }) => [fault, [count, examples[0]?.line]]));
  expect(faults).toEqual({
    missing_column: [1, 394],
    closed_day: [1, 395],
    price_not_positive: [1, 396],
    ohlc_violation: [1, 397],
    duplicate: [2, 392],
  });
});

test('rows in any order come out sorted, and the disorder is told', async () => {
  const report = await imported([write('a.csv', bars('A', '2018-03-12', 10).reverse())]);
  expect(report.quality.disorder).toMatchObject({
    count: 389,
    examples: expect.arrayContaining([{ file: join(folder, 'a.csv'), line: 3 }]),
  });
  expect(await checkStore(store)).toMatchObject({ value: { rows: 390, faults: [] } });
});

test('F5: the report tells of gaps, jumps, changes in volume, cut sessions and symbols that stop', async () => {
  const gapped = bars('A', '2018-03-12', 10).filter((_, minute) => minute < 100 || minute >= 130);
  const jump = [...bars('B', '2018-03-12', 10, 200), ...bars('B', '2018-03-12', 13).slice(200)];
  const later = [...bars('A', '2018-03-13', 15, 390, 10_000), ...bars('A', '2018-03-14', 15, 95, 40_000)];
  const { quality, missing } = await imported([
    write('a.csv', [...gapped, ...jump, ...later, ...bars('A', '2018-03-16', 15, 390, 10_000)]),
  ]);
  expect(quality.gaps).toEqual({ count: 30, examples: [{ symbol: 'A', date: '2018-03-12', fromMinute: 670, minutes: 30 }] });
  expect(quality.jumps).toEqual({
    count: 1,
    examples: [{ symbol: 'B', date: '2018-03-12', minute: 770, before: 100_000, after: 130_000 }],
  });
  expect(quality.overnightJumps).toMatchObject({
    count: 1,
    examples: [{ symbol: 'A', date: '2018-03-13', before: 100_000, after: 150_000 }],
  });
  expect(quality.volumeShifts).toMatchObject([{ date: '2018-03-13', symbols: 1 }]);
  expect(quality.incomplete).toMatchObject([{ date: '2018-03-14', lastMinute: 664 }]);
  expect(quality.stopped).toEqual([{ symbol: 'B', last: '2018-03-12' }]);
  expect(missing).toEqual(['2018-03-15']);
});

test('the report is in the store, and reads as text', async () => {
  const report = await imported([write('a.csv', bars('A', '2018-03-12', 10, 95))]);
  expect(JSON.parse(readFileSync(join(store, 'reports', '1.json'), 'utf8'))).toEqual(report);
  expect(importReportLines(report).join('\n')).toContain('Incomplete session 2018-03-12: bars from 09:30 to 11:05 of 09:30 to 16:00.');
});

test('a split explains a jump overnight, is kept, and comes with the session in which it takes effect', async () => {
  const actions = join(folder, 'splits.csv');
  writeFileSync(actions, 'symbol,date,kind,ratio\nA,2018-03-13,split,7\n');
  const input = write('a.csv', [...bars('A', '2018-03-12', 700), ...bars('A', '2018-03-13', 100)]);
  expect((await imported([input], { actions })).quality.overnightJumps.count).toBe(0);
  const opened = await openBarSource({ path: store, barLabel: 'start', inProcess: true });
  if (!opened.ok) throw new Error('the store opens');
  const splits = [];
  for (const date of opened.value.source.sessions) splits.push((await opened.value.source.load(date)).splits);
  expect(splits).toEqual([[], [{ symbol: 0, ratio: 7 }]]);
});

test('Parquet in the same layout gives the same store, with times as text or as timestamps', async () => {
  const csv = write('a.csv', [
    'A,2018-03-12T13:30:00Z,77.07,77.285,77.07,77.27,15787',
    'A,2018-03-12T13:31:00Z,0.0001,123456.789,0.0001,1.5,1',
  ]);
  const database = await openDatabase();
  const select = (time: string): string =>
    `SELECT symbol, ${time} AS timestamp_utc, open::DOUBLE AS open, high::DECIMAL(12,4) AS high, low::DOUBLE AS low, close::DOUBLE AS close, volume FROM read_csv(${sqlText(csv)}, all_varchar = true)`;
  const files = { text: 'timestamp_utc', time: 'CAST(timestamp_utc AS TIMESTAMP)' };
  for (const [name, time] of Object.entries(files))
    await database.connection.run(`COPY (${select(time)}) TO ${sqlText(join(folder, `${name}.parquet`))} (FORMAT parquet)`);
  await database.connection.run(`COPY (SELECT 1 AS a) TO ${sqlText(join(folder, 'other.parquet'))} (FORMAT parquet)`);
  database.close();
  const hashes = [];
  for (const name of ['a.csv', 'text.parquet', 'time.parquet']) {
    rmSync(store, { recursive: true, force: true });
    expect(await imported([join(folder, name)])).toMatchObject({ rowsKept: 2, rowsRefused: 0 });
    hashes.push(JSON.parse(readFileSync(join(store, 'catalyst-store.json'), 'utf8')).sessions[0].sha256);
  }
  expect(new Set(hashes).size).toBe(1);
  writeFileSync(join(folder, 'garbage.parquet'), 'PAR1 nothing');
  const report = await imported([join(folder, 'other.parquet'), join(folder, 'garbage.parquet'), csv], { replace: true });
  expect(report.refusedFiles.map(({ kind }) => kind)).toEqual(['other_shape', 'unreadable_parquet']);
});

test('daily bars have a store of their own kind, which is not traded', async () => {
  const daily = join(folder, 'daily.csv');
  writeFileSync(daily, 'symbol,date,open,high,low,close,volume,adj_close\nA,2018-03-12,1,2,1,2,5,1\nA,2018-03-13,1,2,1,2,5,1\n');
  expect(await imported([daily])).toMatchObject({ resolution: 'daily', rowsKept: 2 });
  expect(await checkStore(store)).toMatchObject({ value: { rows: 2, faults: [] } });
  expect(await openBarSource({ path: store, barLabel: 'start', inProcess: true })).toMatchObject({
    ok: false,
    problem: { kind: 'daily_bars' },
  });
  const report = await importBars({ inputs: [write('m.csv', bars('A', '2018-03-14', 1))], store, barLabel: 'start', replace: false });
  expect(report).toMatchObject({ ok: false, problem: { kind: 'nothing_to_import', refusedFiles: 1 } });
});

test('a check finds a file that is changed, missing or strange', async () => {
  await imported([
    write(
      'a.csv',
      ['2018-03-12', '2018-03-13', '2018-03-14'].flatMap((date) => bars('A', date, 10)),
    ),
  ]);
  const path = (date: string): string => join(store, 'bars', `${date}.parquet`);
  const bytes = readFileSync(path('2018-03-12'));
  bytes[50] = (bytes[50] as number) ^ 255;
  writeFileSync(path('2018-03-12'), bytes);
  rmSync(path('2018-03-13'));
  writeFileSync(path('2018-03-15'), '');
  const checked = await checkStore(store);
  expect(checked.ok && checked.value.faults.map(({ kind }) => kind)).toEqual(['unknown_file', 'file_changed', 'file_missing']);
});

test('a folder that is something else is left alone', async () => {
  mkdirSync(store);
  writeFileSync(join(store, 'letter.txt'), 'dear');
  const result = await importBars({ inputs: [write('a.csv', bars('A', '2018-03-12', 10))], store, barLabel: 'start', replace: true });
  expect(result).toMatchObject({ ok: false, problem: { kind: 'not_a_store' } });
  expect(readdirSync(store)).toEqual(['letter.txt']);
});

test('inputs of which nothing can be used make no store', async () => {
  writeFileSync(join(folder, 'bad.csv'), 'x\n');
  const result = await importBars({ inputs: [join(folder, 'bad.csv')], store, barLabel: 'start', replace: false });
  expect(result).toMatchObject({ ok: false, problem: { kind: 'nothing_to_import', refusedFiles: 1 } });
  expect(existsSync(store)).toBe(false);
});

test('a store that was moved aside by an import that died comes back', async () => {
  await imported([write('a.csv', bars('A', '2018-03-12', 10))]);
  renameSync(store, join(folder, '.store.previous'));
  writeFileSync(join(folder, '.store.importing'), '999999999');
  mkdirSync(join(folder, '.store.incoming'));
  expect(await listStore(store)).toMatchObject({ ok: true, value: { rows: 390 } });
  await imported([write('b.csv', bars('A', '2018-03-13', 10))]);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  const dates: readonly SessionDate[] = ((r) => (r.ok ? r.value.sessions.map(({ date }) => date) : []))(await listStore(store));
  expect(dates).toEqual(['2018-03-12', '2018-03-13']);
});
